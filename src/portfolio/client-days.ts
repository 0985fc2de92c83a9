import { divRound } from "../money/decimal.ts";
import type { ExactSeries } from "./exact-series.ts";
import { dayReturn, linkIndex } from "./returns.ts";

const E8 = 100_000_000n;
/** What DECIMAL(18,12) cannot hold: a return of a million times the money. Such a day is skipped and flagged. */
const LARGEST_E12 = 10n ** 18n;

/** Flows of one currency that reach a session, those of the days before it without a session included. */
export interface SessionFlow {
  readonly flowGrossE8: bigint;
  readonly flowBaseE8: bigint;
  readonly flowGrossBaseE8: bigint;
  readonly incomeBaseE8: bigint;
  readonly feesBaseE8: bigint;
}

/** One currency of a client over a window of sessions. */
export interface CurrencyWindow {
  /** Market value in the currency. */
  readonly value: ExactSeries;
  /** Acquisition cost in base currency. */
  readonly cost: ExactSeries;
  /** Positions without any price, by session. */
  readonly unpriced: Int32Array;
  readonly flows: ReadonlyMap<number, SessionFlow>;
  /** Base currency for one unit, by session; null where no rate is known. */
  rate(session: number): bigint | null;
}

/** Where a client's linked index and value stand after a session. */
export interface Chain {
  indexE12: bigint;
  valueE8: bigint;
}

/** One row of portfolio_daily, amounts in base currency. */
export interface ClientDay {
  readonly session: number;
  readonly valueE8: bigint;
  readonly costE8: bigint;
  readonly flowE8: bigint;
  readonly incomeE8: bigint;
  readonly feesE8: bigint;
  readonly priceGainE8: bigint;
  readonly currencyGainE8: bigint;
  readonly returnE12: bigint;
  readonly indexE12: bigint;
  readonly unpriced: number;
  readonly skipped: boolean;
}

/**
 * Values a client at the sessions from..to and links the returns (docs/money.md, rules 1, 7 and 10). The session before
 * `from` only carries opening values. Moves `chain` along; a day whose denominator is zero or less is skipped.
 */
export function clientDays(
  currencies: readonly CurrencyWindow[],
  options: { from: number; to: number; controlsCash: boolean; chain: Chain },
  emit: (day: ClientDay) => void,
): void {
  const { chain } = options;
  const previous = currencies.map((currency) => currency.value.totalE8(options.from - 1));
  for (let session = options.from; session <= options.to; session++) {
    const day = sumDay(currencies, session, previous);
    const r = dayReturn({
      previousE8: chain.valueE8,
      endE8: day.valueE8,
      flowE8: day.flowE8,
      incomeE8: options.controlsCash ? 0n : day.incomeE8,
    });
    const next = r === null ? null : linkIndex(chain.indexE12, r);
    const linked = r !== null && next !== null && fits(r) && fits(next);
    if (linked) chain.indexE12 = next;
    chain.valueE8 = day.valueE8;
    emit({ ...day, session, returnE12: linked ? r : 0n, indexE12: chain.indexE12, skipped: !linked });
  }
}

function fits(unitsE12: bigint): boolean {
  return unitsE12 < LARGEST_E12 && unitsE12 > -LARGEST_E12;
}

type DaySums = Omit<ClientDay, "session" | "returnE12" | "indexE12" | "skipped">;

/** `previous` holds each currency's value at the session before, and is moved along. */
function sumDay(currencies: readonly CurrencyWindow[], session: number, previous: bigint[]): DaySums {
  const sums = {
    valueE8: 0n,
    costE8: 0n,
    flowE8: 0n,
    incomeE8: 0n,
    feesE8: 0n,
    priceGainE8: 0n,
    gainE8: 0n,
    unpriced: 0,
  };
  for (const [place, currency] of currencies.entries()) {
    const value = currency.value.totalE8(session);
    const before = previous[place] ?? 0n;
    previous[place] = value;
    const rate = currency.rate(session);
    const opening = currency.rate(session - 1);
    const flow = currency.flows.get(session);
    const valueBase = inBase(value, rate);
    sums.valueE8 += valueBase;
    sums.costE8 += currency.cost.totalE8(session);
    sums.unpriced += (currency.unpriced[session] ?? 0) + (rate === null && value !== 0n ? 1 : 0);
    sums.priceGainE8 += inBase(value - before - (flow?.flowGrossE8 ?? 0n), opening ?? rate);
    sums.gainE8 += valueBase - inBase(before, opening) - (flow?.flowGrossBaseE8 ?? 0n);
    if (flow === undefined) continue;
    sums.flowE8 += flow.flowBaseE8;
    sums.incomeE8 += flow.incomeBaseE8;
    sums.feesE8 += flow.feesBaseE8;
  }
  const { gainE8, ...rest } = sums;
  return { ...rest, currencyGainE8: gainE8 - rest.priceGainE8 };
}

/** An amount at a rate, rounded; an unknown rate leaves it out, which `unpriced` tells. */
function inBase(amountE8: bigint, rateE8: bigint | null): bigint {
  if (rateE8 === null) return 0n;
  return rateE8 === E8 ? amountE8 : divRound(amountE8 * rateE8, E8);
}
