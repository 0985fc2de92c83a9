/**
 * Arithmetic for tests that work figures out a second time: whole numbers only, and none of the product's own functions.
 */

/** `units` / 10^`scale`, above zero. */
interface PlainDecimal {
  readonly units: bigint;
  readonly scale: number;
}

const DIGITS = 8;
const E8 = 10n ** 8n;

/** Reads `41.880001068115234` as it stands. */
export function parseDecimal(text: string): PlainDecimal {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (match === null) throw new SyntaxError(`no decimal: ${text}`);
  const [, whole = "", fraction = ""] = match;
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** In units of 10^-8, half up. */
export function unitsOf(decimal: PlainDecimal): bigint {
  return unitsAt(decimal, DIGITS);
}

/** In units of 10^-`digits`, half up. */
export function unitsAt({ units, scale }: PlainDecimal, digits: number): bigint {
  return scale <= digits
    ? units * 10n ** BigInt(digits - scale)
    : halfUp(units, 10n ** BigInt(scale - digits));
}

/** A decimal string with a sign, such as the command line prints, in units of 10^-8; it may not have more digits. */
export function printedUnits(text: unknown): bigint {
  const printed = String(text);
  const decimal = parseDecimal(printed.replace(/^-/, ""));
  if (decimal.scale > DIGITS) throw new RangeError(`more than eight digits: ${printed}`);
  return printed.startsWith("-") ? -unitsOf(decimal) : unitsOf(decimal);
}

/**
 * The decimal with the fewest digits that lies nearer to `value` than to any other 32-bit number: within half of the distance of
 * two neighbours, 2^(exponent - 23) (IEEE 754, binary32, 24 bits of precision).
 */
export function readFloat32(value: PlainDecimal): PlainDecimal {
  const { units, scale } = value;
  const one = 10n ** BigInt(scale);
  let exponent = 0;
  while (units >= one << BigInt(exponent + 1)) exponent++;
  if (units < one) throw new RangeError("prices below one are not recorded");
  for (let dropped = String(units).length - 1; dropped >= 0; dropped--) {
    const step = 10n ** BigInt(dropped);
    const rounded = halfUp(units, step) * step;
    const apart = rounded > units ? rounded - units : units - rounded;
    // apart / 10^scale < 2^(exponent - 24)
    if (apart << 24n < one << BigInt(exponent)) return { units: rounded, scale };
  }
  return value;
}

/** (to / from - 1) in percent, in units of 10^-8, half away from zero. */
export function percentUnits(from: bigint, to: bigint): bigint {
  const change = (to - from) * 100n * E8;
  return change < 0n ? -halfUp(-change, from) : halfUp(change, from);
}

function halfUp(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

/** `123456789` -> `1.23456789`. */
export function shown(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(DIGITS + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`;
}

export function apart(left: bigint, right: bigint): bigint {
  return left > right ? left - right : right - left;
}
