import fc from "fast-check";
import { timesE8 } from "./amounts.ts";
import { OPEN_DAY, type PortfolioEvent, type SpanRow } from "./event.ts";
import { e8, event, type Folded } from "./events.testing.ts";

/** Random histories of trades for this room's property tests. */

/** One trade of a random history. `gap` is the number of days since the trade before. */
export interface Step {
  readonly gap: number;
  readonly buy: boolean;
  readonly quantity: bigint;
  readonly price: bigint;
  readonly fees: bigint;
  readonly asset: string;
  readonly brokerage: string;
}

/** Whole units at prices of cents, as in most files: products need no rounding. */
export const roundStep = fc.record({
  gap: fc.nat({ max: 2 }),
  buy: fc.boolean(),
  quantity: fc.bigInt({ min: 1n, max: 500n }).map((n) => n * e8("1")),
  price: fc.bigInt({ min: 1n, max: 9_999n }).map((n) => n * e8("0.01")),
  fees: fc.bigInt({ min: 0n, max: 999n }).map((n) => n * e8("0.01")),
  asset: fc.constantFrom("PETR4", "VALE3"),
  brokerage: fc.constantFrom("XP", "BTG"),
});

/** Units and prices with all their digits, as crypto and funds have them. */
export const fineStep = fc.record({
  gap: fc.nat({ max: 2 }),
  buy: fc.boolean(),
  quantity: fc.bigInt({ min: 1n, max: e8("50") }),
  price: fc.bigInt({ min: 1n, max: e8("300") }),
  fees: fc.bigInt({ min: 0n, max: e8("9") }),
  asset: fc.constantFrom("PETR4", "VALE3"),
  brokerage: fc.constantFrom("XP", "BTG"),
});

/** The day from which the gaps of a history count. */
export const START = event({ type: "compra" }).day;

/** A history as buys and sells in BRL, or as `more` says. */
export function eventsOf(steps: readonly Step[], more: Partial<PortfolioEvent> = {}): PortfolioEvent[] {
  let day = START;
  return steps.map((step, i) => {
    day += step.gap;
    return {
      ...event({ type: step.buy ? "compra" : "venda", asset: step.asset, brokerage: step.brokerage }, i + 1),
      day,
      quantityE8: step.quantity,
      priceE8: step.price,
      feesE8: step.fees,
      dayTradable: true,
      ...more,
    };
  });
}

/** The open spans: the state at the end. */
export function lastSpans(folded: Folded): SpanRow[] {
  return folded.spans.filter((span) => span.validTo === OPEN_DAY);
}

/** The exact sum. */
export const total = (values: Iterable<bigint>): bigint => {
  let result = 0n;
  for (const value of values) result += value;
  return result;
};

/** Units that an event adds. */
export const signed = (e: PortfolioEvent): bigint =>
  e.type === "compra" ? (e.quantityE8 ?? 0n) : -(e.quantityE8 ?? 0n);
/** What an event took out of the client's pocket. */
export const paid = (e: PortfolioEvent): bigint => timesE8(signed(e), e.priceE8 ?? 0n) + e.feesE8;
