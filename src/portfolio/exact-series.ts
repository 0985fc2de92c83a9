import { divRound, pow10 } from "../money/decimal.ts";

/** Largest magnitude below which every whole number is a double. */
const EXACT_MAX = Number.MAX_SAFE_INTEGER;
const SCALE_MAX = 16;

/** Prices by session as whole numbers: price = values[session] / 10^scale. NaN where no price is known. */
export interface ScaledPrices {
  readonly scale: number;
  readonly values: Float64Array;
  /** The prices as they came, for products beyond what doubles hold. */
  readonly pricesE8: readonly (bigint | null)[];
  /** Largest magnitude of the values. */
  readonly largest: number;
  /** Index of the first session with a price; the length where there is none. Later ones all have one. */
  readonly firstKnown: number;
}

/** Scales prices (units of 10^-8, null where unknown, carried forward once known) to the fewest digits that hold them all. */
export function scalePrices(pricesE8: readonly (bigint | null)[]): ScaledPrices {
  let scale = 0;
  for (const price of pricesE8) if (price !== null) scale = Math.max(scale, digitsOf(price));
  const unit = pow10(8 - scale);
  const values = new Float64Array(pricesE8.length).fill(Number.NaN);
  let largest = 0;
  let firstKnown = pricesE8.length;
  for (const [session, price] of pricesE8.entries()) {
    if (price === null) continue;
    firstKnown = Math.min(firstKnown, session);
    values[session] = Number(price / unit);
    largest = Math.max(largest, Math.abs(values[session] ?? 0));
  }
  return { scale, values, pricesE8, largest, firstKnown };
}

/** One, at every session: what amounts are added up with. */
export function ones(sessions: number): ScaledPrices {
  return scalePrices(new Array<bigint>(sessions).fill(100_000_000n));
}

/** How many of the 8 digits after the point are needed. */
function digitsOf(unitsE8: bigint): number {
  let digits = 8;
  for (let rest = unitsE8; digits > 0 && rest % 10n === 0n; rest /= 10n) digits--;
  return digits;
}

/**
 * Exact sums of quantity x price for each session. Whole numbers are added in doubles as long as no sum can
 * reach 2^53, several hundred million products a second, and go over to bigints before one could.
 */
export class ExactSeries {
  readonly #sessions: number;
  readonly #sums: (Float64Array | undefined)[] = new Array(SCALE_MAX + 1);
  /** The scales in use: few of the many, as prices have two digits more often than eight. */
  readonly #scales: number[] = [];
  readonly #bounds = new Float64Array(SCALE_MAX + 1);
  #large: bigint[] | null = null;

  constructor(sessions: number) {
    this.#sessions = sessions;
  }

  /** Adds quantity x price to the sessions from..to (both included), all of which must have a price. */
  add(quantityE8: bigint, prices: ScaledPrices, from: number, to: number): void {
    if (quantityE8 === 0n || to < from) return;
    const digits = digitsOf(quantityE8);
    const quantity = Number(quantityE8 / pow10(8 - digits));
    const reach = Math.abs(quantity) * prices.largest;
    if (reach > EXACT_MAX || Math.abs(quantity) > EXACT_MAX || prices.largest > EXACT_MAX) {
      this.#addLarge(quantityE8, prices, from, to);
      return;
    }
    const scale = digits + prices.scale;
    const bound = (this.#bounds[scale] ?? 0) + reach;
    if (bound > EXACT_MAX) this.#spill(scale);
    this.#bounds[scale] = bound > EXACT_MAX ? reach : bound;
    const sums = this.#sums[scale] ?? new Float64Array(this.#sessions);
    if (this.#sums[scale] === undefined) {
      this.#sums[scale] = sums;
      this.#scales.push(scale);
    }
    const values = prices.values;
    for (let session = from; session <= to; session++) {
      sums[session] = (sums[session] as number) + quantity * (values[session] as number);
    }
  }

  /** The sum at a session in units of 10^-8, rounded once, half away from zero (docs/money.md, rule 1). */
  totalE8(session: number): bigint {
    let totalE8 = 0n;
    let restE16 = this.#large?.[session] ?? 0n;
    for (const scale of this.#scales) {
      const sum = this.#sums[scale]?.[session];
      if (sum === undefined || sum === 0) continue;
      if (scale <= 8) totalE8 += BigInt(sum) * pow10(8 - scale);
      else restE16 += BigInt(sum) * pow10(SCALE_MAX - scale);
    }
    return restE16 === 0n ? totalE8 : divRound(totalE8 * 100_000_000n + restE16, 100_000_000n);
  }

  #addLarge(quantityE8: bigint, prices: ScaledPrices, from: number, to: number): void {
    const large = this.#largeSums();
    for (let session = from; session <= to; session++) {
      large[session] = (large[session] ?? 0n) + quantityE8 * (prices.pricesE8[session] ?? 0n);
    }
  }

  #spill(scale: number): void {
    const sums = this.#sums[scale];
    if (sums === undefined) return;
    const large = this.#largeSums();
    const unit = pow10(SCALE_MAX - scale);
    for (const [session, sum] of sums.entries()) {
      large[session] = (large[session] ?? 0n) + BigInt(sum) * unit;
    }
    sums.fill(0);
  }

  #largeSums(): bigint[] {
    this.#large ??= new Array<bigint>(this.#sessions).fill(0n);
    return this.#large;
  }
}
