/**
 * Exact decimals: a bigint and a scale, never a float.
 *
 * Rounding is half away from zero everywhere, which is what the DECIMAL casts of
 * DuckDB, PostgreSQL, Trino and Spark do, so that all engines agree to the last digit.
 */

const PLAIN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

const POWERS: readonly bigint[] = Array.from({ length: 39 }, (_, n) => 10n ** BigInt(n));

/** 10^n as a bigint. `n` is a scale, 0 to 38 in tables; larger ones work, too. */
export function pow10(n: number): bigint {
  return POWERS[n] ?? 10n ** BigInt(n);
}

/** Integer division rounded half away from zero. Throws RangeError when `divisor` is 0. */
export function divRound(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < (divisor < 0n ? -divisor : divisor)) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** Moves a scaled integer from one scale to another, rounding half away from zero when digits are lost. */
export function rescale(units: bigint, from: number, to: number): bigint {
  return to >= from ? units * pow10(to - from) : divRound(units, pow10(from - to));
}

/** An immutable exact decimal number. It has no currency: see `Money` for an amount that has one. */
export class Decimal {
  static readonly ZERO: Decimal = new Decimal(0n, 0);
  readonly units: bigint;
  readonly scale: number;

  constructor(units: bigint, scale: number) {
    this.units = units;
    this.scale = scale;
  }

  /** Reads `-1234.56`. Throws SyntaxError for anything else: separators of a locale are the caller's business. */
  static parse(text: string): Decimal {
    const match = PLAIN.exec(text.trim());
    if (match === null) throw new SyntaxError("not a plain decimal number");
    const fraction = match[3] ?? "";
    const units = BigInt(`${match[2]}${fraction}`);
    return new Decimal(match[1] === "-" ? -units : units, fraction.length);
  }

  /** The exact value of a whole number. Throws RangeError when `n` is not a safe integer. */
  static of(n: number | bigint): Decimal {
    if (typeof n === "number" && !Number.isSafeInteger(n)) throw new RangeError("not a whole number");
    return new Decimal(BigInt(n), 0);
  }

  plus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.unitsAt(scale) + other.unitsAt(scale), scale);
  }

  minus(other: Decimal): Decimal {
    return this.plus(other.negated());
  }

  /** The exact product; its scale is the sum of both. */
  times(other: Decimal): Decimal {
    return new Decimal(this.units * other.units, this.scale + other.scale);
  }

  /** The quotient rounded to `scale` digits, or null when `divisor` is zero. */
  dividedBy(divisor: Decimal, scale: number): Decimal | null {
    if (divisor.units === 0n) return null;
    return new Decimal(
      divRound(this.units * pow10(scale + divisor.scale), divisor.units * pow10(this.scale)),
      scale,
    );
  }

  negated(): Decimal {
    return new Decimal(-this.units, this.scale);
  }

  abs(): Decimal {
    return this.units < 0n ? this.negated() : this;
  }

  /** Rounded half away from zero to `scale` digits, or widened to it. */
  round(scale: number): Decimal {
    return scale === this.scale ? this : new Decimal(rescale(this.units, this.scale, scale), scale);
  }

  /** The scaled integer at `scale`, rounded where digits are lost. */
  unitsAt(scale: number): bigint {
    return rescale(this.units, this.scale, scale);
  }

  /** -1, 0 or 1. */
  sign(): -1 | 0 | 1 {
    return this.units === 0n ? 0 : this.units < 0n ? -1 : 1;
  }

  compare(other: Decimal): -1 | 0 | 1 {
    return this.minus(other).sign();
  }

  equals(other: Decimal): boolean {
    return this.compare(other) === 0;
  }

  /** For charts, logarithms and root finding only: money never passes through it. */
  toNumber(): number {
    return Number(this.toString());
  }

  /** Plain notation with all its digits: `-1234.50`. */
  toString(): string {
    const digits = (this.units < 0n ? -this.units : this.units).toString().padStart(this.scale + 1, "0");
    const whole = digits.slice(0, digits.length - this.scale);
    const fraction = this.scale === 0 ? "" : `.${digits.slice(-this.scale)}`;
    return `${this.units < 0n ? "-" : ""}${whole}${fraction}`;
  }

  /** Plain notation without trailing zeros: `-1234.5`, the form that JSON answers carry. */
  toJSON(): string {
    const text = this.toString();
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  }
}

/** Adds up any number of decimals exactly. */
export function sum(values: Iterable<Decimal>): Decimal {
  let total = Decimal.ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}
