import { divRound } from "../money/decimal.ts";

/**
 * Arithmetic on integers scaled by 10^8, rounded half away from zero (docs/money.md, rule 1).
 * These run several times for each operation, hence plain bigints rather than `Decimal` objects.
 */

/** 1 at the scale of quantities, prices, rates and money. */
export const ONE_E8 = 100_000_000n;
const HALF_E8 = 50_000_000n;

/**
 * The product of two figures of scale 8 at scale 8: quantity x price, or money x exchange rate.
 *
 * Most quantities are whole, and whole units need no rounding: that spares the division of a 128-bit product,
 * which costs seven times as much. Otherwise half a unit is added before the truncating division, which rounds
 * half away from zero in one division.
 */
export function timesE8(left: bigint, right: bigint): bigint {
  const whole = left / ONE_E8;
  if (whole * ONE_E8 === left) return whole * right;
  const product = left * right;
  return (product < 0n ? product - HALF_E8 : product + HALF_E8) / ONE_E8;
}

/** `amount` x `part` / `whole`, rounded once. Throws RangeError when `whole` is 0. */
export function share({ amount, part, whole }: { amount: bigint; part: bigint; whole: bigint }): bigint {
  return part === whole ? amount : divRound(amount * part, whole);
}

/** The quotient of two figures of scale 8 at scale 8: money / quantity is a price. Throws RangeError on 0. */
export function perUnit({ amount, units }: { amount: bigint; units: bigint }): bigint {
  return divRound(amount * ONE_E8, units);
}

export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

export function smaller(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
