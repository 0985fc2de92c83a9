import { ONE_E8, timesE8 } from "./amounts.ts";
import { type DayFlow, newDayFlow } from "./day-flow.ts";
import type { DayMatches } from "./day-matches.ts";
import type { FindingCode, FoldClient, FoldSink, PortfolioEvent } from "./event.ts";
import { newPosition, type Position, touch } from "./position.ts";

/**
 * Units and money that enter a position (positive) or leave it (negative). There is one per ledger, filled again
 * for each booking, so that the fold allocates nothing but rows.
 */
export interface Deal {
  quantity: bigint;
  /** At trade value, without fees; of the sign of `quantity`. */
  value: bigint;
  /** Never negative. */
  fees: bigint;
  /** `value` in base currency; only filled for a position in another currency. */
  valueBase: bigint;
  /** `value + fees` in base currency; only filled for a position in another currency. */
  totalBase: bigint;
  /** Whether the file stated a value. */
  valueKnown: boolean;
  /** Whether the base figures rest on known rates. */
  baseKnown: boolean;
}

/** The cost that left with units: one per ledger, filled again for each release. */
interface Released {
  cost: bigint;
  costGross: bigint;
  costBase: bigint;
  costGrossBase: bigint;
  costKnown: boolean;
  costBaseKnown: boolean;
}

/** Everything the fold of one client holds. */
export interface Ledger {
  readonly client: FoldClient;
  readonly events: readonly PortfolioEvent[];
  readonly sink: FoldSink;
  readonly positions: Map<string, Position>;
  readonly flows: Map<string, DayFlow>;
  readonly deal: Deal;
  readonly released: Released;
  /** What day trades and own moves took out of today's events; null on a day without them. */
  matches: DayMatches | null;
  /** Base currency for one unit of the current event's currency; 0 where no rate is known. */
  rate: bigint;
  rateKnown: boolean;
}

export function openLedger(client: FoldClient, events: readonly PortfolioEvent[], sink: FoldSink): Ledger {
  return {
    client,
    events,
    sink,
    positions: new Map(),
    flows: new Map(),
    deal: {
      quantity: 0n,
      value: 0n,
      fees: 0n,
      valueBase: 0n,
      totalBase: 0n,
      valueKnown: true,
      baseKnown: true,
    },
    released: {
      cost: 0n,
      costGross: 0n,
      costBase: 0n,
      costGrossBase: 0n,
      costKnown: true,
      costBaseKnown: true,
    },
    matches: null,
    rate: ONE_E8,
    rateKnown: true,
  };
}

/** Takes the exchange rate of an event: 1 for the base currency itself, whatever the event says. */
export function takeRate(ledger: Ledger, event: PortfolioEvent): void {
  const same = event.currency === ledger.client.baseCurrency;
  ledger.rateKnown = same || event.fxRateE8 !== null;
  ledger.rate = same ? ONE_E8 : (event.fxRateE8 ?? 0n);
}

/** An amount of the current event's currency in base currency; 0 where no rate is known. */
export function inBase(ledger: Ledger, amount: bigint): bigint {
  return ledger.rate === ONE_E8 ? amount : timesE8(amount, ledger.rate);
}

/** The client's position in an instrument, made where there is none. */
export function positionOf(ledger: Ledger, instrument: string, currency: string): Position {
  const found = ledger.positions.get(instrument);
  if (found !== undefined) return found;
  const made = newPosition(ledger.client, instrument, currency);
  ledger.positions.set(instrument, made);
  return made;
}

/** The flows of a currency on the current day, marked as used. */
export function flowOf(ledger: Ledger, currency: string): DayFlow {
  let flow = ledger.flows.get(currency);
  if (flow === undefined) {
    flow = newDayFlow(ledger.client, currency);
    ledger.flows.set(currency, flow);
  }
  flow.used = true;
  if (flow.base !== null && !ledger.rateKnown) flow.baseKnown = false;
  return flow;
}

/** Opens the event's day for a position that is about to take money, and says once a day where the rate is missing. */
export function touchMoney(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  touch(ledger, position, event);
  if (position.base !== null && !ledger.rateKnown && position.dayBaseKnown) {
    position.dayBaseKnown = false;
    report(ledger, event, "rate_missing", { instrument: position.instrument });
  }
}

/** Hands a finding about an event to the sink. */
export function report(
  { client, sink }: Ledger,
  event: PortfolioEvent,
  code: FindingCode,
  details: { instrument?: string; expected?: bigint; found?: bigint } = {},
): void {
  sink.finding({
    clientId: client.clientId,
    instrument: details.instrument ?? event.instrument,
    day: event.day,
    code,
    expectedE8: details.expected ?? null,
    foundE8: details.found ?? null,
    sourceFile: event.sourceFile,
    rowNumber: event.rowNumber,
  });
}
