import { Decimal } from "../money/decimal.ts";
import { SCALE } from "../money/money.ts";

/** Digits of a percentage: those of a return, less the two that the factor of 100 takes. */
const PERCENT_SCALE = SCALE.return - 2;

/** `part` / `whole` in percent, rounded half away from zero; null where `whole` is zero. */
export function ratioPercent({ part, whole }: { part: Decimal; whole: Decimal }): Decimal | null {
  return part.times(Decimal.of(100)).dividedBy(whole, PERCENT_SCALE);
}

/** How far `to` lies from `from`, in percent of `from`; null where `from` is zero or less. */
export function changePercent({ from, to }: { from: Decimal; to: Decimal }): Decimal | null {
  return from.sign() <= 0 ? null : ratioPercent({ part: to.minus(from), whole: from });
}

/** A return at scale 12 in percent; no digit is lost. */
export function returnPercent(returnE12: bigint): Decimal {
  return new Decimal(returnE12, PERCENT_SCALE);
}
