import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spread } from "./spread.ts";

const options = { gap: 19, low: 60, high: 360 };

describe("spread", () => {
  it("leaves labels that do not collide where they want to be", () => {
    expect(spread([100, 200, 150], options)).toEqual([100, 200, 150]);
  });

  it("parts equal wishes evenly around them, in the order given", () => {
    expect(spread([200, 200], options)).toEqual([190.5, 209.5]);
    expect(spread([360, 360, 360], options)).toEqual([322, 341, 360]);
  });

  it("never lets two overlap, keeps their order, and stays inside where they fit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 420, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (wishes) => {
          const places = spread(wishes, options);
          const ordered = wishes
            .map((wish, at) => ({ wish, place: places[at] ?? Number.NaN }))
            .sort((a, b) => a.place - b.place);
          for (const [at, { wish, place }] of ordered.entries()) {
            expect(place).toBeGreaterThanOrEqual(options.low - 1e-9);
            expect(place).toBeLessThanOrEqual(options.high + 1e-9);
            const next = ordered[at + 1];
            if (next === undefined) continue;
            expect(next.place - place).toBeGreaterThanOrEqual(options.gap - 1e-9);
            expect(next.wish).toBeGreaterThanOrEqual(wish);
          }
        },
      ),
    );
  });
});
