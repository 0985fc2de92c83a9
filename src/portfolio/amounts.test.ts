import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divRound } from "../money/decimal.ts";
import { ONE_E8, perUnit, share, timesE8 } from "./amounts.ts";
import { e8 } from "./events.testing.ts";

describe("timesE8", () => {
  it("rounds half away from zero on both sides", () => {
    expect(timesE8(e8("0.00000005"), e8("0.5"))).toBe(3n);
    expect(timesE8(e8("-0.00000005"), e8("0.5"))).toBe(-3n);
    expect(timesE8(e8("0.00000005"), e8("0.49999999"))).toBe(2n);
  });

  it("is the exact product rounded once, for whole units and fractions alike", () => {
    const amount = fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n });
    fc.assert(
      fc.property(amount, amount, (left, right) => {
        expect(timesE8(left, right)).toBe(divRound(left * right, ONE_E8));
        expect(timesE8(left * ONE_E8, right)).toBe(left * right);
      }),
    );
  });
});

describe("share and perUnit", () => {
  it("divide once, rounded", () => {
    expect(share({ amount: e8("10"), part: 1n, whole: 3n })).toBe(e8("3.33333333"));
    expect(share({ amount: e8("-10"), part: 2n, whole: 3n })).toBe(e8("-6.66666667"));
    expect(perUnit({ amount: e8("100"), units: e8("3") })).toBe(e8("33.33333333"));
  });
});
