import { applyBonus, applyConversion, applySplit } from "./apply-action.ts";
import { applyToCash } from "./apply-cash.ts";
import { applyAmortization, applyContribution, applyFee, applyIncome, applyTax } from "./apply-payment.ts";
import { applySnapshots } from "./apply-snapshot.ts";
import { applyBuy, applyFraction, applyRedemption, applySell, applyTaxInUnits } from "./apply-trade.ts";
import { applyTransferIn, applyTransferOut } from "./apply-transfer.ts";
import { emitDayFlow } from "./day-flow.ts";
import { matchDay } from "./day-matches.ts";
import { compareWithinDay, isOrdered } from "./day-order.ts";
import { type EventType, type FoldClient, type FoldSink, OPEN_DAY, type PortfolioEvent } from "./event.ts";
import { type Ledger, openLedger, positionOf, report, takeRate } from "./ledger.ts";
import { emitSpan, NEVER, type Position } from "./position.ts";

type Apply = (ledger: Ledger, position: Position, event: PortfolioEvent) => void;

/** What each type does to a position. Custody snapshots are taken together at the end of a day. */
const APPLY: Readonly<Record<Exclude<EventType, "custodia">, Apply>> = {
  compra: applyBuy,
  venda: applySell,
  subscricao: applyBuy,
  dividendo: applyIncome,
  jcp: applyIncome,
  rendimento: applyIncome,
  juros: applyIncome,
  amortizacao: applyAmortization,
  bonificacao: applyBonus,
  desdobramento: applySplit,
  grupamento: applySplit,
  fracao: applyFraction,
  conversao: applyConversion,
  transferencia_entrada: applyTransferIn,
  transferencia_saida: applyTransferOut,
  resgate: applyRedemption,
  vencimento: applyRedemption,
  come_cotas: applyTaxInUnits,
  ir: applyTax,
  taxa: applyFee,
  aporte: applyContribution,
  retirada: applyContribution,
};

/**
 * Folds the operations of one client into position spans, gains, income and flows (docs/money.md, rules 2 to 7
 * and 14). Amounts are integers of scale 8 in each instrument's currency and in the client's base currency.
 *
 * @param events all events of the client, sorted by day; the order within a day is made here.
 * @throws RangeError when the events are not sorted by day. What is wrong with a row is a finding, not an error.
 */
export function foldClient(client: FoldClient, events: readonly PortfolioEvent[], sink: FoldSink): void {
  const ledger = openLedger(client, events, sink);
  let lastDay = NEVER;
  let at = 0;
  for (let first = events[at]; first !== undefined; first = events[at]) {
    const { day } = first;
    if (day < lastDay) throw new RangeError(`events of client are not sorted by day at index ${at}`);
    let end = at + 1;
    while (events[end]?.day === day) end += 1;
    if (end === at + 1 && first.type !== "custodia") apply(ledger, first, first.type);
    else applyDay(ledger, events.slice(at, end));
    closeDay(ledger, day);
    lastDay = day;
    at = end;
  }
  for (const position of ledger.positions.values()) {
    if (position.changeDay !== NEVER) emitSpan(ledger, position, OPEN_DAY);
  }
}

function applyDay(ledger: Ledger, day: PortfolioEvent[]): void {
  if (!isOrdered(day)) day.sort(compareWithinDay);
  ledger.matches = matchDay(day);
  const snapshots: PortfolioEvent[] = [];
  for (const event of day) {
    if (event.type === "custodia") snapshots.push(event);
    else apply(ledger, event, event.type);
  }
  if (snapshots.length > 0) applySnapshots(ledger, snapshots);
  ledger.matches = null;
}

function apply(ledger: Ledger, event: PortfolioEvent, type: keyof typeof APPLY): void {
  const position = positionOf(ledger, event.instrument, event.currency);
  takeRate(ledger, event);
  if (position.isCash) applyToCash(ledger, position, event);
  else if (position.currency !== event.currency) report(ledger, event, "currency_differs");
  else APPLY[type](ledger, position, event);
}

/** Emits the day's flows, and says of cash that it ends the day overdrawn. */
function closeDay({ client, sink, flows }: Ledger, day: number): void {
  for (const flow of flows.values()) {
    if (!flow.used) continue;
    emitDayFlow({ client, sink }, flow, day);
    const { cash } = flow;
    if (cash === null || cash.changeDay !== day || cash.quantity >= 0n) continue;
    sink.finding({
      clientId: client.clientId,
      instrument: cash.instrument,
      day,
      code: "sold_more_than_held",
      expectedE8: null,
      foundE8: cash.quantity,
      sourceFile: cash.sourceFile,
      rowNumber: cash.rowNumber,
    });
  }
}
