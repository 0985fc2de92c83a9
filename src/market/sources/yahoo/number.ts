import { Decimal } from "../../../money/decimal.ts";
import { SCALE } from "../../../money/money.ts";

/** The digits of a number as JavaScript writes it: `41.88`, `1e-7`, `4.2e+21`. */
const WRITTEN = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;
/** No float32 needs more significant digits than these to be told apart from its neighbours. */
const FLOAT32_DIGITS = 9;

/**
 * The decimal that a number of Yahoo's JSON means, at most 8 digits after the point, rounded half away from zero.
 * Null for all that is no finite JSON number: the text "41,88" is no price.
 *
 * Charts carry float32 values widened to doubles (41.880001068115234 for 41.88). Such a number is read as the
 * shortest decimal that is the same float32; any other as the shortest that is the same double.
 */
export function readNumber(value: unknown): Decimal | null {
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  const decimal = exact(isWidened(value) ? shortestFloat32(value) : String(value));
  return decimal.scale > SCALE.price ? decimal.round(SCALE.price) : decimal;
}

/** As `readNumber`, but null also for what is not above zero once it is rounded. */
export function readPositive(value: unknown): Decimal | null {
  const decimal = readNumber(value);
  return decimal !== null && decimal.sign() > 0 ? decimal : null;
}

/** A whole number has no noise, and above 2^24 fewer digits would change it. */
function isWidened(value: number): boolean {
  return !Number.isInteger(value) && Math.fround(value) === value;
}

function shortestFloat32(value: number): string {
  for (let digits = 1; digits < FLOAT32_DIGITS; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return value.toPrecision(FLOAT32_DIGITS);
}

function exact(text: string): Decimal {
  const match = WRITTEN.exec(text);
  if (match === null) throw new SyntaxError("not a number as JavaScript writes it");
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const units = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? new Decimal(units, scale) : new Decimal(units * 10n ** BigInt(-scale), 0);
}
