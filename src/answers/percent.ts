import { Decimal } from "../money/decimal.ts";

/** Digits of every `…Percent` field: 12.34 stands for 12.34%. */
export const PERCENT_SCALE = 8;

const HUNDRED = Decimal.of(100);

/** `part` of `whole` in percent, rounded half away from zero; null where `whole` is zero. */
export function percentOf(part: Decimal, whole: Decimal): Decimal | null {
  return part.times(HUNDRED).dividedBy(whole, PERCENT_SCALE);
}

/** How far `to` lies from `from`, in percent of `from`; null where `from` is zero or less. */
export function percentChange(points: { readonly from: Decimal; readonly to: Decimal }): Decimal | null {
  return points.from.sign() <= 0 ? null : percentOf(points.to.minus(points.from), points.from);
}

/** Beyond this a double no longer holds the digits of a percentage: a day's 5% as a rate a year, for example. */
const DOUBLE_PERCENT_MAX = Number.MAX_SAFE_INTEGER / 10 ** PERCENT_SCALE;

/** A fraction that came out of doubles (XIRR, volatility), in percent; null where it is too large to be told. */
export function percentOfDouble(fraction: number): Decimal | null {
  const percent = fraction * 100;
  return Math.abs(percent) <= DOUBLE_PERCENT_MAX ? Decimal.parse(percent.toFixed(PERCENT_SCALE)) : null;
}
