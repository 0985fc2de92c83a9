import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../../../money/decimal.ts";
import { readNumber, readPositive } from "./number.ts";

const SEED = { seed: 20260729, numRuns: 2000 };
const text = (value: unknown): string | undefined => readNumber(value)?.toJSON();

describe("a number of Yahoo's JSON", () => {
  it.each([
    [41.880001068115234, "41.88"],
    [24.559999465942383, "24.56"],
    [173205.34375, "173205.34"],
    [1.1220825910568237, "1.1220826"],
    [7200.17431640625, "7200.1743"],
    [41.88, "41.88"],
    [1.0489877, "1.0489877"],
    [97208.17, "97208.17"],
    [0.5, "0.5"],
    [1505, "1505"],
    [-37.63, "-37.63"],
    [0, "0"],
    [1e21, "1000000000000000000000"],
    [1.5e-8, "0.00000002"],
    [-1.5e-8, "-0.00000002"],
    [1.4e-8, "0.00000001"],
    [1e-9, "0"],
  ])("%d is %s", (value, expected) => expect(text(value)).toBe(expected));

  it("keeps whole numbers that a float32 cannot tell apart", () => {
    expect(text(134_217_728)).toBe("134217728");
    expect(text(16_777_217)).toBe("16777217");
  });

  it.each(["41,88", "41.88", "", null, undefined, Number.NaN, Number.POSITIVE_INFINITY, true, {}, [41.88]])(
    "%j is none",
    (value) => expect(readNumber(value)).toBeNull(),
  );

  it.each([0, -1, 1e-9, "1"])("%j is not positive", (value) => expect(readPositive(value)).toBeNull());

  it("is what a price of up to 6 significant digits was before Yahoo widened it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 6 }), (units, scale) => {
        const price = new Decimal(BigInt(units), scale);
        expect(text(Math.fround(price.toNumber()))).toBe(price.toJSON());
        expect(text(price.toNumber())).toBe(price.toJSON());
      }),
      SEED,
    );
  });

  it("is the same float32 again where it was one, and within half a unit of the 8th digit where not", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 100_000, noNaN: true }), (value) => {
        const widened = Math.fround(value);
        expect(Math.fround(Number(text(widened)))).toBe(widened);
        if (widened !== value) expect(Math.abs(Number(text(value)) - value)).toBeLessThanOrEqual(5.1e-9);
      }),
      SEED,
    );
  });
});
