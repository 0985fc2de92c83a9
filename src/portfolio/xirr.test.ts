import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { xirr } from "./xirr.ts";

const rateOf = (flows: readonly (readonly [number, number])[]): number => {
  const result = xirr(flows.map(([day, amount]) => ({ day, amount })));
  if ("reason" in result) throw new Error(result.reason);
  return result.rate;
};

describe("xirr", () => {
  it("is the rate of a year for one payment", () => {
    expect(
      rateOf([
        [0, -1000],
        [365, 1100],
      ]),
    ).toBeCloseTo(0.1, 10);
    expect(
      rateOf([
        [0, -1000],
        [365, 1000],
      ]),
    ).toBe(0);
    expect(
      rateOf([
        [0, -1000],
        [730, 810],
      ]),
    ).toBeCloseTo(-0.1, 10);
  });

  it("annualises by actual/365", () => {
    // 1% in 73 days: 1.01^5 - 1
    expect(
      rateOf([
        [100, -1000],
        [173, 1010],
      ]),
    ).toBeCloseTo(1.01 ** 5 - 1, 10);
  });

  it("agrees with the example of the spreadsheet manuals", () => {
    // -10000 on 2008-01-01, 2750, 4250, 3250, 2750 on 03-01, 10-30, 2009-02-15, 04-01: 37.3362535%
    const rate = rateOf([
      [0, -10_000],
      [60, 2_750],
      [303, 4_250],
      [411, 3_250],
      [456, 2_750],
    ]);
    expect(rate).toBeCloseTo(0.373362535, 8);
  });

  it("finds extreme rates: a day's loss of half, and a hundredfold", () => {
    expect(
      rateOf([
        [0, -100],
        [1, 50],
      ]),
    ).toBeCloseTo(-1, 10);
    expect(
      rateOf([
        [0, -1],
        [3650, 100],
      ]),
    ).toBeCloseTo(100 ** 0.1 - 1, 10);
  });

  it("takes the root nearest to zero where there are several", () => {
    // -1000 + 2300 / 1.1 - 1320 / 1.1^2 = 0 and the same at 20%
    expect(
      rateOf([
        [0, -1000],
        [365, 2300],
        [730, -1320],
      ]),
    ).toBeCloseTo(0.1, 8);
  });

  it("does not depend on the order of flows", () => {
    expect(
      rateOf([
        [365, 1100],
        [0, -1000],
      ]),
    ).toBeCloseTo(0.1, 10);
  });

  it("says why there is none", () => {
    expect(xirr([])).toEqual({ reason: "no_sign_change" });
    expect(xirr([{ day: 0, amount: -5 }])).toEqual({ reason: "no_sign_change" });
    expect(
      xirr([
        { day: 0, amount: 5 },
        { day: 9, amount: 0 },
      ]),
    ).toEqual({ reason: "no_sign_change" });
    expect(
      xirr([
        { day: 3, amount: -5 },
        { day: 3, amount: 6 },
      ]),
    ).toEqual({ reason: "no_root" });
    // 1000 - 2000 x + 1500 x^2 has no real root
    const none = [
      [0, 1000],
      [365, -2000],
      [730, 1500],
    ].map(([day, amount]) => ({ day: day ?? 0, amount: amount ?? 0 }));
    expect(xirr(none)).toEqual({ reason: "no_root" });
  });

  it("finds the rate that made the closing value", () => {
    const payments = fc.array(
      fc.record({ day: fc.nat({ max: 3_000 }), amount: fc.integer({ min: 1, max: 100_000 }) }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(payments, fc.double({ min: -0.5, max: 2, noNaN: true }), (paid, rate) => {
        const end = 3_100;
        const value = paid.reduce((sum, p) => sum + p.amount * (1 + rate) ** ((end - p.day) / 365), 0);
        const flows = [...paid.map((p) => ({ ...p, amount: -p.amount })), { day: end, amount: value }];
        const found = xirr(flows);
        expect("rate" in found && Math.abs(found.rate - rate)).toBeLessThan(1e-8);
      }),
    );
  });
});
