import { dayNumber } from "../../src/money/day.ts";
import type { CurrencyWindow, SessionFlow } from "../../src/portfolio/client-days.ts";
import { ExactSeries, ones, type ScaledPrices, scalePrices } from "../../src/portfolio/exact-series.ts";
import type { Engine } from "../engine.ts";
import { closesQuery, ratesQuery } from "./valuation.ts";

const E8 = 100_000_000n;

/** Whole months of sessions that are valued together. Session `fromNo` carries the opening values. */
export interface Window {
  readonly fromNo: number;
  readonly toNo: number;
  readonly months: readonly string[];
}

/** Closes and rates of a window, by position in it: 0 is the session `fromNo`. */
export interface WindowMarket {
  readonly length: number;
  readonly cash: ScaledPrices;
  closes(instrument: number): ScaledPrices;
  isCash(instrument: number): boolean;
  rates(from: string, to: string): readonly (bigint | null)[];
  /** First position on or after a day; the length where there is none. */
  positionOf(day: number): number;
}

/** Reads the last closes and rates on or before each session of the window. */
export async function readMarket(
  engine: Engine,
  window: Window,
  sessions: readonly string[],
): Promise<WindowMarket> {
  const length = window.toNo - window.fromNo + 1;
  const days = sessions.slice(window.fromNo, window.toNo + 1).map(dayNumber);
  const none = (): (bigint | null)[] => new Array<bigint | null>(length).fill(null);
  const prices = new Map<number, (bigint | null)[]>();
  for (const row of await engine.rows(closesQuery(window.fromNo, window.toNo))) {
    const own = getOrAdd(prices, row["instrument_no"] as number, none);
    own[(row["session_no"] as number) - window.fromNo] = row["price"] as bigint;
  }
  const cashRows = await engine.rows(
    "select cast(instrument_no as integer) as instrument_no from valued_instruments where starts_with(instrument_id, 'CAIXA-')",
  );
  const cash = new Set(cashRows.map((row) => row["instrument_no"] as number));
  const rates = new Map<string, (bigint | null)[]>();
  for (const row of await engine.rows(ratesQuery(window.fromNo, window.toNo))) {
    const own = getOrAdd(rates, `${row["from_currency"]}${row["to_currency"]}`, none);
    own[(row["session_no"] as number) - window.fromNo] = row["rate"] as bigint;
  }
  const scaled = new Map([...prices].map(([instrument, own]) => [instrument, scalePrices(own)]));
  const unpriced = scalePrices(none());
  const unknownRates = none();
  const par = none().fill(E8);
  return {
    length,
    cash: ones(length),
    isCash: (instrument) => cash.has(instrument),
    closes: (instrument) => scaled.get(instrument) ?? unpriced,
    rates: (from, to) => (from === to ? par : (rates.get(`${from}${to}`) ?? unknownRates)),
    positionOf(day) {
      let low = 0;
      let high = length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((days[middle] ?? 0) < day) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

export function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** Collects what one client holds in one currency over a window. */
export class CurrencyCollector implements CurrencyWindow {
  readonly value: ExactSeries;
  readonly cost: ExactSeries;
  readonly unpriced: Int32Array;
  readonly flows = new Map<number, SessionFlow>();
  readonly #market: WindowMarket;
  readonly #rates: readonly (bigint | null)[];

  constructor(market: WindowMarket, currency: string, baseCurrency: string) {
    this.value = new ExactSeries(market.length);
    this.cost = new ExactSeries(market.length);
    this.unpriced = new Int32Array(market.length);
    this.#market = market;
    this.#rates = market.rates(currency, baseCurrency);
  }

  rate(session: number): bigint | null {
    return this.#rates[session] ?? null;
  }

  /**
   * Adds a position held from `from` until before `to` (day numbers). `closes` null is cash. Before the first close the
   * client's own trade price counts; without one the position is unpriced (docs/money.md, rule 5).
   */
  hold(position: {
    readonly from: number;
    readonly to: number;
    readonly quantityE8: bigint;
    readonly costE8: bigint | null;
    readonly tradePriceE8: bigint | null;
    readonly closes: ScaledPrices | null;
  }): void {
    const first = this.#market.positionOf(position.from);
    const last = this.#market.positionOf(position.to) - 1;
    if (position.costE8 !== null) this.cost.add(position.costE8, this.#market.cash, first, last);
    if (position.closes === null) {
      this.value.add(position.quantityE8, this.#market.cash, first, last);
      return;
    }
    const known = Math.max(first, Math.min(position.closes.firstKnown, last + 1));
    this.value.add(position.quantityE8, position.closes, known, last);
    if (known === first) return;
    if (position.tradePriceE8 !== null) {
      const own = scalePrices(new Array<bigint>(this.#market.length).fill(position.tradePriceE8));
      this.value.add(position.quantityE8, own, first, known - 1);
      return;
    }
    for (let session = first; session < known; session++)
      this.unpriced[session] = (this.unpriced[session] ?? 0) + 1;
  }
}
