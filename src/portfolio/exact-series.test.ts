import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divRound } from "../money/decimal.ts";
import { ExactSeries, ones, scalePrices } from "./exact-series.ts";

const SESSIONS = 4;

describe("ExactSeries", () => {
  it("adds 1,000 x 30.81999969 and 0.00000001 x 0.01 without losing a digit", () => {
    const series = new ExactSeries(1);
    series.add(100_000_000_000n, scalePrices([3_081_999_969n]), 0, 0);
    series.add(1n, scalePrices([1_000_000n]), 0, 0);
    // 30,819.99969 + 0.0000000001: the second is below half of the last digit.
    expect(series.totalE8(0)).toBe(3_081_999_969_000n);
  });

  it("rounds the sum once, half away from zero: 0.5 and 0.5 of the last digit are one", () => {
    const series = new ExactSeries(1);
    const half = scalePrices([50_000_000n]);
    series.add(1n, half, 0, 0);
    expect(series.totalE8(0)).toBe(1n);
    series.add(1n, half, 0, 0);
    expect(series.totalE8(0)).toBe(1n);
    series.add(-3n, half, 0, 0);
    expect(series.totalE8(0)).toBe(-1n);
  });

  it("equals sums in bigints, whatever the sizes", () => {
    const amount = fc.oneof(
      fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }),
      fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }).map((n) => n * 10n ** 8n),
      fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    );
    const price = fc.oneof(
      fc.bigInt({ min: 1n, max: 10n ** 18n }),
      fc.bigInt({ min: 1n, max: 10n ** 7n }).map((n) => n * 10n ** 6n),
    );
    const term = fc.record({
      quantity: amount,
      prices: fc.array(price, { minLength: SESSIONS, maxLength: SESSIONS }),
      from: fc.nat(SESSIONS - 1),
      to: fc.nat(SESSIONS - 1),
    });
    fc.assert(
      fc.property(fc.array(term, { maxLength: 40 }), (terms) => {
        const series = new ExactSeries(SESSIONS);
        const expected = new Array<bigint>(SESSIONS).fill(0n);
        for (const { quantity, prices, from, to } of terms) {
          series.add(quantity, scalePrices(prices), from, to);
          for (let s = from; s <= to; s++) expected[s] = (expected[s] ?? 0n) + quantity * (prices[s] ?? 0n);
        }
        expect(expected.map((_, s) => series.totalE8(s))).toEqual(
          expected.map((sum) => divRound(sum, 100_000_000n)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("adds up amounts with ones", () => {
    const series = new ExactSeries(3);
    series.add(123_456_789n, ones(3), 1, 2);
    expect([0, 1, 2].map((s) => series.totalE8(s))).toEqual([0n, 123_456_789n, 123_456_789n]);
  });
});

describe("scalePrices", () => {
  it("keeps unknown prices apart and needs no more digits than there are", () => {
    const prices = scalePrices([null, 1_050_000_000n, 1_000_000_000n]);
    expect(prices).toMatchObject({ scale: 1, firstKnown: 1, largest: 105 });
    expect([...prices.values]).toEqual([Number.NaN, 105, 100]);
  });
});
