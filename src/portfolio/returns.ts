import { divRound } from "../money/decimal.ts";

/** 1 at the scale of returns and of the linked index. */
export const ONE_E12 = 1_000_000_000_000n;

/** One session of a portfolio, amounts at scale 8 in base currency. */
export interface DayFigures {
  /** Value at the close of the session before. */
  readonly previousE8: bigint;
  /** Value at this close. */
  readonly endE8: bigint;
  /** Net flow since the session before, into the portfolio positive. */
  readonly flowE8: bigint;
  /** Net income since then; 0 for a client whose cash is controlled, since the value holds it already. */
  readonly incomeE8: bigint;
}

/**
 * The return of one session at scale 12 (docs/money.md, rule 7):
 * r = (end + max(-F, 0) + income) / (previous + max(F, 0)) - 1, one division, rounded half away from zero.
 * What comes in counts as there from the start of the session, what leaves as there until its end:
 * 1000 sold and bought back on a day that rose 10% is 10%.
 *
 * @returns null where the denominator is zero or less: the day has no return and is to be flagged.
 */
export function dayReturn({ previousE8, endE8, flowE8, incomeE8 }: DayFigures): bigint | null {
  const invested = flowE8 > 0n ? previousE8 + flowE8 : previousE8;
  if (invested <= 0n) return null;
  const gotBack = (flowE8 < 0n ? endE8 - flowE8 : endE8) + incomeE8;
  return divRound((gotBack - invested) * ONE_E12, invested);
}

/** Links a session's return to the index of the session before: round12(index x (1 + r)). Both at scale 12. */
export function linkIndex(indexE12: bigint, returnE12: bigint): bigint {
  return divRound(indexE12 * (ONE_E12 + returnE12), ONE_E12);
}

/**
 * The return between two points of an index, at scale 12.
 *
 * @returns null where the first point is zero or less.
 */
export function periodReturn({ fromE12, toE12 }: { fromE12: bigint; toE12: bigint }): bigint | null {
  return fromE12 <= 0n ? null : divRound((toE12 - fromE12) * ONE_E12, fromE12);
}
