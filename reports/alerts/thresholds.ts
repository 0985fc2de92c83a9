import { Decimal } from "../../src/money/decimal.ts";

/**
 * How far a value must come back before the same rule can fire again, as a part of its threshold. Moves clear at four fifths: a
 * share that swings between 4.9% and 5.1% is told once. A price level clears one percent away from it, a weight one twentieth below.
 */
export const CLEAR = {
  move: Decimal.parse("0.8"),
  weight: Decimal.parse("0.95"),
  levelUp: Decimal.parse("0.99"),
  levelDown: Decimal.parse("1.01"),
} as const;

/** A move this many times its threshold is urgent. */
export const URGENT_TIMES = Decimal.of(2);
/** Income whose ex day is further back is no news. */
export const INCOME_DAYS = 7;
