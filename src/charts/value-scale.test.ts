import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueScale } from "./value-scale.ts";

describe("valueScale", () => {
  it.each([
    [[-10.5, 15.9], { min: -15, max: 20, step: 5, digits: 0 }],
    [[0, 0.4], { min: -0.4, max: 0.8, step: 0.2, digits: 1 }],
    [[0, 0], { min: -0.6, max: 0.6, step: 0.2, digits: 1 }],
    [[3, 48], { min: 0, max: 50, step: 10, digits: 0 }],
  ])("%j", (values, scale) => {
    const made = valueScale(values);
    expect(made.digits).toBe(scale.digits);
    expect([made.min, made.max, made.step].map((value) => Number(value.toFixed(6)))).toEqual([
      scale.min,
      scale.max,
      scale.step,
    ]);
  });

  it("holds every value and zero in two to seven steps", () => {
    const value = fc.double({ min: -2_000, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const { min, max, step } = valueScale(values);
        for (const one of [0, ...values]) {
          expect(one).toBeGreaterThanOrEqual(min);
          expect(one).toBeLessThanOrEqual(max);
        }
        const steps = Math.round((max - min) / step);
        expect(steps).toBeGreaterThanOrEqual(2);
        expect(steps).toBeLessThanOrEqual(7);
      }),
    );
  });
});
