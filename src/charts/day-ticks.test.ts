import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayTicks } from "./day-ticks.ts";

/** So many weekdays, the last one being 2026-11-20. */
function sessions(count: number): string[] {
  const days: string[] = [];
  for (let at = Date.UTC(2026, 10, 20); days.length < count; at -= 86_400_000) {
    const day = new Date(at);
    if (day.getUTCDay() % 6 !== 0) days.unshift(day.toISOString().slice(0, 10));
  }
  return days;
}

const axis = { width: 590, distance: 45 };

describe("dayTicks", () => {
  it("names every day of a week, and the months of a year", () => {
    expect(dayTicks(sessions(5), axis, "pt").map(({ label }) => label)).toEqual([
      "16/11",
      "17/11",
      "18/11",
      "19/11",
      "20/11",
    ]);
    const year = dayTicks(sessions(252), axis, "pt").map(({ label }) => label);
    expect(year).toHaveLength(11);
    expect(year.at(-1)).toBe("nov/26");
  });

  it("names the same months of each year where not all fit", () => {
    const labels = dayTicks(sessions(756), axis, "pt").map(({ label }) => label);
    expect(labels.slice(-4)).toEqual(["jan/26", "abr/26", "jul/26", "out/26"]);
  });

  it("keeps labels apart at every length, and has two at least", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 780 }), (count) => {
        const ticks = dayTicks(sessions(count), axis, "pt");
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        const places = ticks.map(({ index }) => (index * axis.width) / (count - 1));
        for (const [at, place] of places.entries()) {
          if (at > 0) expect(place - (places[at - 1] ?? 0)).toBeGreaterThanOrEqual(axis.distance);
        }
      }),
      { numRuns: 60 },
    );
  });
});
