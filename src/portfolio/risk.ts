import type { IsoDay } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";
import { changePercent } from "./percent.ts";

/** Sessions in a year, the convention of the market for annual volatility. */
const SESSIONS_PER_YEAR = 252;
/** Fewer returns than this say nothing about volatility (docs/money.md, rule 12). */
const MIN_RETURNS = 20;

/**
 * Annual volatility as a fraction: sample standard deviation of the log returns between consecutive index
 * points, x sqrt(252). Doubles: it passes through logarithms.
 *
 * @returns null with fewer than 20 returns, or where an index point is zero or less.
 */
export function volatility(indexes: readonly number[]): number | null {
  if (indexes.length <= MIN_RETURNS || indexes.some((index) => !(index > 0))) return null;
  const logs = indexes.map(Math.log);
  const returns = logs.slice(1).map((log, i) => log - (logs[i] ?? log));
  const mean = returns.reduce((total, r) => total + r, 0) / returns.length;
  const squares = returns.reduce((total, r) => total + (r - mean) ** 2, 0);
  return Math.sqrt((squares / (returns.length - 1)) * SESSIONS_PER_YEAR);
}

/** A session and the linked index at its close. */
export interface IndexPoint {
  readonly date: IsoDay;
  readonly index: Decimal;
}

export interface Drawdown {
  /** Fall from peak to trough in percent: -25 for a quarter. */
  readonly percent: Decimal;
  readonly peak: IsoDay;
  readonly trough: IsoDay;
  /** First session back at the peak's level; null while it is not reached. */
  readonly recovery: IsoDay | null;
}

/**
 * The deepest fall of an index from an earlier peak, with its days; the first one of equals.
 * 100, 120, 90, 130: -25% from 120 to 90, recovered at 130.
 *
 * @param points in order of date, indexes positive.
 * @returns null where the index never fell.
 */
export function drawdown(points: readonly IndexPoint[]): Drawdown | null {
  let peak: IndexPoint | null = null;
  let worst: { peak: IndexPoint; trough: IndexPoint; recovery: IsoDay | null } | null = null;
  for (const point of points) {
    if (worst?.recovery === null && point.index.compare(worst.peak.index) >= 0) worst.recovery = point.date;
    if (peak === null || point.index.compare(peak.index) >= 0) peak = point;
    else if (worst === null || isDeeper({ peak, trough: point }, worst)) {
      worst = { peak, trough: point, recovery: null };
    }
  }
  if (worst === null) return null;
  const percent = changePercent({ from: worst.peak.index, to: worst.trough.index });
  if (percent === null) return null;
  return { percent, peak: worst.peak.date, trough: worst.trough.date, recovery: worst.recovery };
}

interface Fall {
  readonly peak: IndexPoint;
  readonly trough: IndexPoint;
}

/** Compares trough / peak of two falls exactly, by cross-multiplying. */
function isDeeper(fall: Fall, than: Fall): boolean {
  return fall.trough.index.times(than.peak.index).compare(than.trough.index.times(fall.peak.index)) < 0;
}

/**
 * Herfindahl-Hirschman index of concentration, 0 to 1: the sum of squared weights. 1 is everything in one
 * position, 1/n is n equal ones.
 *
 * @param amounts values or weights of the positions, in one unit: only their proportions count.
 * @returns null where they add up to zero or less.
 */
export function herfindahl(amounts: readonly Decimal[]): Decimal | null {
  let total = Decimal.ZERO;
  let squares = Decimal.ZERO;
  for (const amount of amounts) {
    total = total.plus(amount);
    squares = squares.plus(amount.times(amount));
  }
  return total.sign() <= 0 ? null : squares.dividedBy(total.times(total), SCALE.return);
}
