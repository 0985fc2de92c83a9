import { describe, expect, it } from "vitest";
import { freeSpot, type Point } from "./free-spot.ts";

const area = { left: 0, top: 0, right: 600, bottom: 300 };
const size = { width: 80, height: 14 };

/** A line at a height across the whole area. */
function across(y: number): readonly Point[] {
  return [
    { x: 0, y },
    { x: 600, y },
  ];
}

describe("freeSpot", () => {
  it("takes the place below where nothing is there", () => {
    expect(freeSpot({ x: 300, y: 100 }, size, { area, lines: [across(100)] })).toEqual({
      left: 260,
      top: 110,
      right: 340,
      bottom: 124,
    });
  });

  it("goes above where a line crosses below, even one with no point near", () => {
    const steep = [
      { x: 300, y: 100 },
      { x: 310, y: 300 },
    ];
    const box = freeSpot({ x: 300, y: 100 }, size, { area, lines: [steep, across(130)] });
    expect(box?.bottom).toBeLessThan(100);
  });

  it("stays inside the area", () => {
    const box = freeSpot({ x: 2, y: 295 }, size, { area, lines: [] });
    expect(box?.left).toBeGreaterThanOrEqual(0);
    expect(box?.bottom).toBeLessThanOrEqual(300);
  });

  it("finds none where lines are everywhere", () => {
    const lines = Array.from({ length: 31 }, (_, at) => across(at * 10));
    expect(freeSpot({ x: 300, y: 150 }, size, { area, lines })).toBeNull();
  });
});
