import { isB3Class } from "../market/instruments.ts";
import { dayNumber, type IsoDay } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { compareWithinDay } from "../portfolio/day-order.ts";
import type { EventType, FoldClient, FoldSink, PortfolioEvent, SpanRow } from "../portfolio/event.ts";
import { foldClient } from "../portfolio/fold.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { ExplanationData, ExplanationStep } from "./answer.ts";
import { type AnswerContext, dayParam, textParam } from "./context.ts";
import { explainCurve } from "./curve.ts";
import { holdingOf } from "./holding-data.ts";
import { grossValue, readClientBook } from "./positions.ts";
import { countOrNull, decimal, decimalOrNull, flag, text, textOrNull } from "./rows.ts";

/** An operation as the fold takes it, with the row it was read from. */
interface Source {
  readonly row: Row;
  readonly event: PortfolioEvent;
}

/** The state of the asset after some events: what a step shows before and after. */
type State = Pick<
  ExplanationStep,
  "quantityAfter" | "costAfter" | "realizedAfter" | "feesAfter" | "incomeAfter"
>;

const NOTHING: State = {
  quantityAfter: Decimal.ZERO,
  costAfter: Decimal.ZERO,
  realizedAfter: Decimal.ZERO,
  feesAfter: Decimal.ZERO,
  incomeAfter: Decimal.ZERO,
};

/**
 * Shows where a holding's figures come from, by folding the client's operations of the asset again, one more at each
 * step. Null where the asker has no such client, or the client never had the asset.
 */
export async function explainHolding(
  context: AnswerContext,
  { client, asset }: { readonly client: string; readonly asset: string },
): Promise<ExplanationData | null> {
  const [book, rows] = await Promise.all([
    readClientBook(context, client),
    context.run(CATALOGUE.foldEvents, { client: textParam(client), day: dayParam(lastDay(context)) }),
  ]);
  const position = book?.positions.find((one) => one.asset === asset);
  const first = rows[0];
  if (book === null || position === undefined || first === undefined) return null;
  const folded: FoldClient = {
    clientId: client,
    baseCurrency: book.baseCurrency,
    controlsCash: flag(first, "controls_cash"),
  };
  return {
    holding: holdingOf(book, position, grossValue(book.positions)),
    steps: stepsOf(folded, asset, sourcesOf(rows, asset)),
    curve: await explainCurve(context, position, rows),
    fxRate: position.rate,
    fxAt: position.rateAt ?? position.rateDate,
    runId: context.snapshot.runId,
  };
}

/** The positions of now hold every operation, also one that is dated ahead. */
function lastDay({ past, today }: AnswerContext): IsoDay {
  return past ? today : "9999-12-31";
}

/** The operations that reach the asset, also by way of what was converted into it, in the order of the fold. */
function sourcesOf(rows: readonly Row[], asset: string): readonly Source[] {
  const all = rows.map((row) => ({ row, event: eventOf(row) }));
  const reached = new Set([asset]);
  let before = 0;
  while (reached.size > before) {
    before = reached.size;
    for (const { event } of all) {
      if (event.toInstrument !== null && reached.has(event.toInstrument)) reached.add(event.instrument);
    }
  }
  return all
    .filter(({ event }) => reached.has(event.instrument) || touches(event, asset))
    .toSorted((left, right) => left.event.day - right.event.day || compareWithinDay(left.event, right.event));
}

/** With controlled cash every operation settles there: each is a step of the cash in its currency. */
function touches(event: PortfolioEvent, asset: string): boolean {
  return event.instrument === asset || event.toInstrument === asset || asset === `CAIXA-${event.currency}`;
}

function stepsOf(client: FoldClient, asset: string, sources: readonly Source[]): readonly ExplanationStep[] {
  const steps: ExplanationStep[] = [];
  let before = NOTHING;
  for (const [place, { row, event }] of sources.entries()) {
    if (!touches(event, asset)) continue;
    const after = stateAfter(
      client,
      asset,
      sources.slice(0, place + 1).map((source) => source.event),
    );
    steps.push({
      ...figuresOf(row),
      quantityBefore: before.quantityAfter,
      costBefore: before.costAfter,
      ...after,
    });
    before = after;
  }
  return steps;
}

/** Folds events and keeps the asset's last span. */
function stateAfter(client: FoldClient, asset: string, events: readonly PortfolioEvent[]): State {
  let state = NOTHING;
  const ignore = (): void => {};
  const sink: FoldSink = {
    span(row) {
      if (row.instrument === asset) state = stateOf(row);
    },
    realized: ignore,
    income: ignore,
    flow: ignore,
    finding: ignore,
  };
  foldClient(client, events, sink);
  return state;
}

function stateOf(span: SpanRow): State {
  const amount = (e8: bigint): Decimal => new Decimal(e8, SCALE.money);
  return {
    quantityAfter: new Decimal(span.quantityE8, SCALE.quantity),
    costAfter: amount(span.costE8),
    realizedAfter: amount(span.realizedE8),
    feesAfter: amount(span.feesE8),
    incomeAfter: amount(span.incomeE8),
  };
}

function figuresOf(
  row: Row,
): Pick<
  ExplanationStep,
  "date" | "type" | "sourceFile" | "rowNumber" | "quantity" | "price" | "fees" | "amount" | "factor"
> {
  const factorNew = countOrNull(row, "factor_new");
  const factorOld = countOrNull(row, "factor_old");
  return {
    date: text(row, "date"),
    type: text(row, "type"),
    sourceFile: textOrNull(row, "source_file") ?? "",
    rowNumber: countOrNull(row, "row_number") ?? 0,
    quantity: decimalOrNull(row, "quantity"),
    price: decimalOrNull(row, "price"),
    fees: decimal(row, "fees"),
    amount: decimalOrNull(row, "amount"),
    factor: factorNew === null || factorOld === null ? null : `${factorOld}:${factorNew}`,
  };
}

function eventOf(row: Row): PortfolioEvent {
  const e8 = (name: string): bigint | null => decimalOrNull(row, name)?.unitsAt(SCALE.money) ?? null;
  const whole = (name: string): bigint | null => {
    const cell = countOrNull(row, name);
    return cell === null ? null : BigInt(cell);
  };
  return {
    day: dayNumber(text(row, "date")),
    time: textOrNull(row, "time"),
    // Gold holds only types that the contract knows.
    type: text(row, "type") as EventType,
    instrument: text(row, "instrument_id"),
    toInstrument: textOrNull(row, "to_instrument_id"),
    currency: text(row, "currency"),
    quantityE8: e8("quantity"),
    priceE8: e8("price"),
    feesE8: decimal(row, "fees").unitsAt(SCALE.money),
    amountE8: e8("amount"),
    taxE8: decimal(row, "tax").unitsAt(SCALE.money),
    factorNew: whole("factor_new"),
    factorOld: whole("factor_old"),
    brokerage: text(row, "brokerage"),
    fxRateE8: e8("fx_rate"),
    // Only flows at market value need it, and a step shows none.
    marketPriceE8: null,
    dayTradable: isB3Class(textOrNull(row, "class") ?? ""),
    unordered: text(row, "origin").startsWith("b3"),
    sourceFile: textOrNull(row, "source_file") ?? "",
    rowNumber: countOrNull(row, "row_number") ?? 0,
    rowHash: textOrNull(row, "row_hash") ?? "",
  };
}
