import { divRound, pow10, rescale } from "../money/decimal.ts";

/**
 * What a deposit accrues by its own terms: levels of which a ratio is the factor between two days (docs/money.md,
 * rule 15). All in integers, so that every engine and machine has the same digits.
 *
 * The formulas are those of B3's "Caderno de Fórmulas: CDBs, DIs, … e RDB" (Cetip): percentages of the DI multiply the
 * daily rate, spreads and fixed rates are (1 + rate)^(1/252) a bank day. Levels are rounded to 12 digits a step where
 * Cetip keeps 8 of a day's rate, so that 100% of the CDI is exactly the benchmark.
 */

/** Digits of a level, as in `index_daily`. */
const LEVEL_SCALE = 12;
const LEVEL_ONE = pow10(LEVEL_SCALE);
/** Digits of what is multiplied over many days before it becomes a level. */
const FINE_SCALE = 30;
const FINE_ONE = pow10(FINE_SCALE);
const ROOT_SCALE = 40;
const ROOT_STEPS_MAX = 200;
const BANK_DAYS_A_YEAR = 252;

/** Percent at scale 8: 100% and 1 as the sum of a rate in percent. */
const HUNDRED_E8 = pow10(10);
/** Above it a figure beside the CDI or the Selic is a percentage of the rate, up to it a yearly spread. */
const SPREAD_MAX_E8 = 20n * pow10(8);
const RATE_MAX_E8 = 1_000n * pow10(8);

type CurveIndex = "CDI" | "SELIC" | "IPCA" | "PRE";

/** How a deposit accrues. `rateE8` is in percent: of the index for `percent`, a year for `spread`. */
export interface CurveTerms {
  readonly index: CurveIndex;
  readonly basis: "percent" | "spread";
  readonly rateE8: bigint;
  /** Day number from which nothing accrues any more; null where no row states it. */
  readonly maturity: number | null;
}

/**
 * Reads the terms of an operation; null where they are missing, incomplete or of an index that has no curve here.
 * `CDI_MAIS` and `CDI_PERCENTUAL` say which is meant; a bare `CDI` is a percentage above 20 and a spread up to 20.
 */
export function curveTerms(stated: {
  readonly indexer: string | null;
  readonly rateE8: bigint | null;
  readonly maturity: number | null;
}): CurveTerms | null {
  const { indexer, rateE8, maturity } = stated;
  if (indexer === null || rateE8 === null) return null;
  const [index, said] = indexer.split("_");
  if (index !== "CDI" && index !== "SELIC" && index !== "IPCA" && index !== "PRE") return null;
  const floating = index === "CDI" || index === "SELIC";
  const percent = floating && (said === undefined ? rateE8 > SPREAD_MAX_E8 : said === "PERCENTUAL");
  const known = percent ? rateE8 > 0n : rateE8 > -HUNDRED_E8;
  if (!known || rateE8 > RATE_MAX_E8) return null;
  return { index, basis: percent ? "percent" : "spread", rateE8, maturity };
}

/** A published rate in percent with 8 digits: of a day for CDI and SELIC, of the month that starts on `day` for IPCA. */
export interface RatePoint {
  readonly day: number;
  readonly valueE8: bigint;
}

/** Levels by day: the factor from one day to another is the ratio of theirs. */
export class CurveSeries {
  readonly #days: readonly number[];
  readonly #levelsE12: readonly bigint[];
  readonly #reaches: readonly number[];

  /**
   * @param days on which something accrues, oldest first.
   * @param levelsE12 the level before the first of them, and after each.
   * @param bankDays all that the calendar knows: a day accrues to the next of them.
   */
  constructor(days: readonly number[], levelsE12: readonly bigint[], bankDays: readonly number[]) {
    this.#days = days;
    this.#levelsE12 = levelsE12;
    this.#reaches = nextDays(days, bankDays);
  }

  /** The product of all days d < `day` (docs/money.md, rule 11); null before the first. Flat where the index ends. */
  levelAt(day: number): bigint | null {
    const first = this.#days[0];
    if (first === undefined || day < first) return null;
    return this.#levelsE12[this.#daysBefore(day)] ?? null;
  }

  /** The day that the level of `day` is really of: earlier where the index is not known any further. */
  throughAt(day: number): number {
    return Math.min(day, this.#reaches[this.#daysBefore(day) - 1] ?? day);
  }

  #daysBefore(day: number): number {
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#days[middle] ?? 0) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** For each day the bank day after it; the next calendar day where the calendar ends. Both lists are in order. */
function nextDays(days: readonly number[], bankDays: readonly number[]): readonly number[] {
  let place = 0;
  return days.map((day) => {
    while (place < bankDays.length && (bankDays[place] ?? 0) <= day) place++;
    return bankDays[place] ?? day + 1;
  });
}

/**
 * The levels of terms. `points` are the index's, oldest first (none for PRE); `bankDays` all that the calendar knows.
 *
 * @example 110% of a CDI of 0.05% a day: each day's level is the one before x (1 + 0.0005 x 1.10).
 */
export function curveSeries(
  terms: CurveTerms,
  points: readonly RatePoint[],
  bankDays: readonly number[],
): CurveSeries {
  if (terms.index === "PRE") return fixedSeries(terms, bankDays);
  if (terms.index === "IPCA") return inflationSeries(terms, points, bankDays);
  return floatingSeries(terms, points, bankDays);
}

/** CDI and SELIC: each step is rounded to 12 digits, as the benchmark's levels are. */
function floatingSeries(
  { basis, rateE8 }: CurveTerms,
  points: readonly RatePoint[],
  bankDays: readonly number[],
): CurveSeries {
  const spread = basis === "spread" ? dayFactor(rateE8) : FINE_ONE;
  const percent = basis === "percent" ? rateE8 : HUNDRED_E8;
  const whole = HUNDRED_E8 * HUNDRED_E8;
  const levels = [LEVEL_ONE];
  let level = LEVEL_ONE;
  for (const { valueE8 } of points) {
    level = divRound(level * (whole + valueE8 * percent) * spread, whole * FINE_ONE);
    levels.push(level);
  }
  const days = points.map(({ day }) => day);
  return new CurveSeries(days, levels, bankDays);
}

/** A yearly rate on 252 bank days: known as far as the calendar is. */
function fixedSeries({ rateE8 }: CurveTerms, bankDays: readonly number[]): CurveSeries {
  const factor = dayFactor(rateE8);
  return productSeries(
    bankDays.map((day) => ({ day, factor })),
    bankDays,
  );
}

/**
 * A yearly real rate over the IPCA. In a month accrues the IPCA of the month before, in equal parts of its bank days:
 * Cetip's rule for anniversaries before the 15th, which take the index of the second month before. Without the next
 * month's figure the series ends.
 */
function inflationSeries(
  { rateE8 }: CurveTerms,
  points: readonly RatePoint[],
  bankDays: readonly number[],
): CurveSeries {
  const real = dayFactor(rateE8);
  const byMonth = Map.groupBy(bankDays, monthOf);
  const factors: { day: number; factor: bigint }[] = [];
  let expected: number | null = null;
  for (const { day, valueE8 } of points) {
    const month = monthOf(day) + 1;
    const days = byMonth.get(month) ?? [];
    if ((expected !== null && month !== expected) || days.length === 0) break;
    expected = month + 1;
    const part = rootOf({ value: FINE_ONE + valueE8 * pow10(FINE_SCALE - 10), degree: days.length });
    const factor = divRound(part * real, FINE_ONE);
    for (const accrued of days) factors.push({ day: accrued, factor });
  }
  return productSeries(factors, bankDays);
}

function productSeries(
  steps: readonly { readonly day: number; readonly factor: bigint }[],
  bankDays: readonly number[],
): CurveSeries {
  const levels = [LEVEL_ONE];
  let fine = FINE_ONE;
  for (const { factor } of steps) {
    fine = divRound(fine * factor, FINE_ONE);
    levels.push(rescale(fine, FINE_SCALE, LEVEL_SCALE));
  }
  const days = steps.map(({ day }) => day);
  return new CurveSeries(days, levels, bankDays);
}

/** Months since 1970. */
function monthOf(day: number): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth() - 1970 * 12;
}

/** (1 + rate)^(1/252) with 30 digits, of a yearly rate in percent. */
export function dayFactor(rateE8: bigint): bigint {
  if (rateE8 === 0n) return FINE_ONE;
  return rootOf({ value: FINE_ONE + rateE8 * pow10(FINE_SCALE - 10), degree: BANK_DAYS_A_YEAR });
}

/**
 * The root of a positive number with 30 digits, by Newton's steps from above, where they only fall (Bernoulli:
 * 1 + (x - 1) / n is never below the root). Ten digits more are kept on the way.
 */
function rootOf({ value, degree }: { value: bigint; degree: number }): bigint {
  const one = pow10(ROOT_SCALE);
  const wanted = rescale(value, FINE_SCALE, ROOT_SCALE);
  const n = BigInt(degree);
  let root = one + (wanted - one) / n + 1n;
  for (let step = 0; step < ROOT_STEPS_MAX; step++) {
    const next = ((n - 1n) * root + (wanted * one) / power(root, degree - 1, one)) / n;
    if (next >= root) break;
    root = next;
  }
  return rescale(root, ROOT_SCALE, FINE_SCALE);
}

/** base^exponent where both are scaled by `one`. */
function power(base: bigint, exponent: number, one: bigint): bigint {
  let result = one;
  let square = base;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if (rest % 2 === 1) result = (result * square) / one;
    square = (square * square) / one;
  }
  return result;
}
