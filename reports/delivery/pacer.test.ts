import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";
import { createPacer } from "./pacer.ts";

describe("the pace", () => {
  it("lets so many a second into a channel, and keeps those of one place further apart", () => {
    const pacer = createPacer({ perSecond: 4, samePlaceMs: 1_000 }, () => 0);
    expect(["a", "b", "c", "d"].map((place) => pacer.take("slack", place))).toEqual([0, 250, 500, 750]);
    expect(pacer.take("slack", "a")).toBe(1_000);
    expect(pacer.take("teams", "a")).toBe(0);
    expect(pacer.take("teams", "a")).toBe(1_000);
    // Whoever waits for the place has not taken the channel's turns meanwhile.
    expect(pacer.take("teams", "b")).toBe(500);
  });

  it("holds a channel back, and lets it out one by one after that", () => {
    let atMs = 0;
    const pacer = createPacer({ perSecond: 10, samePlaceMs: 0 }, () => atMs);
    pacer.hold("slack", 5_000);
    pacer.hold("slack", 1_000);
    expect(pacer.heldMs("slack")).toBe(5_000);
    expect(pacer.heldMs("teams")).toBe(0);
    expect([pacer.take("slack", "a"), pacer.take("slack", "b")]).toEqual([5_000, 5_100]);
    atMs = 6_000;
    expect(pacer.heldMs("slack")).toBe(0);
    expect(pacer.take("slack", "c")).toBe(0);
  });
});

describe("the wait before a next try", () => {
  it("doubles up to the most, with a random part of its upper half", () => {
    const settings = { firstMs: 1_000, mostMs: 60_000 };
    expect([1, 2, 3].map((attempts) => backoffMs(attempts, () => 0, settings))).toEqual([500, 1_000, 2_000]);
    fc.assert(
      fc.property(
        fc.integer({ min: -1, max: 1_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, r) => {
          const waitMs = backoffMs(n, () => r, settings);
          expect(waitMs).toBeGreaterThanOrEqual(500);
          expect(waitMs).toBeLessThanOrEqual(60_000);
        },
      ),
    );
  });
});
