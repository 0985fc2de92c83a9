import { smaller } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";
import { inBase, type Ledger, report, touchMoney } from "./ledger.ts";
import type { Position } from "./position.ts";
import { chargeFees, contribute, receive, settle, withhold } from "./settlement.ts";
import { cashAmount, paidAmount } from "./terms.ts";
import { addDayFlow, addFees, realize } from "./units.ts";

/** dividendo, jcp, rendimento, juros: net = gross - tax, on the credit date (docs/money.md, rule 14). */
export function applyIncome(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const gross = paidAmount(event);
  if (gross === null) {
    report(ledger, event, "incomplete");
    return;
  }
  touchMoney(ledger, position, event);
  const net = gross - event.taxE8;
  const netBase = inBase(ledger, net);
  position.own.income += net;
  if (position.base !== null) {
    position.base.income += netBase;
    if (!ledger.rateKnown) position.totalsBaseKnown = false;
  }
  ledger.sink.income({
    clientId: ledger.client.clientId,
    instrument: event.instrument,
    currency: event.currency,
    day: event.day,
    type: event.type,
    grossE8: gross,
    taxE8: event.taxE8,
    netE8: net,
    netBaseE8: ledger.rateKnown ? netBase : null,
    sourceFile: event.sourceFile,
    rowNumber: event.rowNumber,
    rowHash: event.rowHash,
  });
  receive(ledger, event, net);
  chargeFees(ledger, position, event, event.feesE8);
}

/**
 * amortizacao: money that comes back lowers the cost; what exceeds the cost is gain.
 * Cost 1000, 300 come back: cost 700. Then 800 come back: cost 0, gain 100.
 * The same holds in base currency, each payment at the rate of its day.
 */
export function applyAmortization(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const amount = paidAmount(event);
  if (amount === null) {
    report(ledger, event, "incomplete");
    return;
  }
  touchMoney(ledger, position, event);
  const { own, base } = position;
  const net = amount - event.feesE8;
  const removed = lowering(own.cost, net);
  const gain = net - removed;
  own.cost -= removed;
  own.costGross -= lowering(own.costGross, amount);
  let gainBase = gain;
  const baseKnown = base === null || (ledger.rateKnown && position.costBaseKnown);
  if (base !== null) {
    const netBase = inBase(ledger, net);
    const removedBase = lowering(base.cost, netBase);
    gainBase = netBase - removedBase;
    base.cost -= removedBase;
    base.costGross -= lowering(base.costGross, inBase(ledger, amount));
    if (!ledger.rateKnown && position.quantity !== 0n) position.costBaseKnown = false;
  }
  if (gain !== 0n || gainBase !== 0n) {
    realize(ledger, position, event, {
      dayTrade: false,
      quantity: 0n,
      proceeds: amount,
      fees: event.feesE8,
      costRemoved: removed,
      gain,
      gainBase,
      gainKnown: position.costKnown,
      baseKnown,
    });
  }
  addFees(ledger, position, event.feesE8);
  addDayFlow(ledger, position, -amount);
  settle(ledger, event, -amount);
  withhold(ledger, event, event.taxE8);
}

/** How much of a payment lowers a cost: as much as there is of it, and nothing of a short's. */
function lowering(cost: bigint, payment: bigint): bigint {
  return cost > 0n ? smaller(cost, payment) : 0n;
}

/** taxa: into the fees of its instrument or of cash, not into the realised gain. */
export function applyFee(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const amount = paidAmount(event);
  if (amount === null && event.feesE8 === 0n) {
    report(ledger, event, "incomplete");
    return;
  }
  chargeFees(ledger, position, event, (amount ?? 0n) + event.feesE8);
}

/** ir: tax paid, a withdrawal from controlled cash; without it nothing of the portfolio changes. */
export function applyTax(ledger: Ledger, _position: Position, event: PortfolioEvent): void {
  const amount = paidAmount(event) ?? event.taxE8;
  if (amount === 0n) report(ledger, event, "incomplete");
  else withhold(ledger, event, amount);
}

/** aporte, retirada: money that the client brings or takes; only meaningful where cash is controlled. */
export function applyContribution(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const amount = cashAmount(event);
  if (!ledger.client.controlsCash) {
    report(ledger, event, "cash_not_controlled");
  } else if (amount === null) {
    report(ledger, event, "incomplete");
  } else {
    contribute(ledger, event, event.type === "aporte" ? amount : -amount);
    chargeFees(ledger, position, event, event.feesE8);
  }
}
