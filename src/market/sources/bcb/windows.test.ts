import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addMonths, dayNumber, dayOf } from "../../../money/day.ts";
import { splitWindow } from "./windows.ts";

describe("splitWindow", () => {
  it.each([
    // To the day, and one day more.
    ["2016-01-01", "2025-12-31", ["2016-01-01 2025-12-31"]],
    ["2016-01-01", "2026-01-01", ["2016-01-01 2025-12-31", "2026-01-01 2026-01-01"]],
    // A leap day, whose tenth anniversary is none.
    ["2016-02-29", "2026-02-27", ["2016-02-29 2026-02-27"]],
    ["2016-02-29", "2026-02-28", ["2016-02-29 2026-02-27", "2026-02-28 2026-02-28"]],
    ["2014-03-01", "2024-02-29", ["2014-03-01 2024-02-29"]],
    ["2026-01-09", "2026-01-09", ["2026-01-09 2026-01-09"]],
    ["2026-01-09", "2026-01-08", []],
  ])("%s to %s", (from, to, pieces) => {
    expect(splitWindow({ from, to }, 10).map((piece) => `${piece.from} ${piece.to}`)).toEqual(pieces);
  });

  it("covers every day once, in pieces that are short enough", () => {
    const day = fc.integer({ min: dayNumber("1980-01-01"), max: dayNumber("2027-12-31") }).map(dayOf);
    fc.assert(
      fc.property(day, day, fc.constantFrom(1, 10), (from, to, years) => {
        const pieces = splitWindow({ from, to }, years);
        let next = from;
        for (const piece of pieces) {
          expect(piece.from).toBe(next);
          expect(piece.to < addMonths(piece.from, years * 12)).toBe(true);
          next = addDays(piece.to, 1);
        }
        expect(next).toBe(from > to ? from : addDays(to, 1));
      }),
    );
  });
});
