import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  dayIn,
  dayNumber,
  dayOf,
  isIsoDay,
  startOfMonth,
  startOfWeek,
  weekday,
} from "./day.ts";

const anyDay = fc.integer({ min: -25_000, max: 2_932_896 }).map(dayOf);

describe("days as numbers", () => {
  it("count from 1970-01-01", () => {
    expect([dayNumber("1970-01-01"), dayNumber("1969-12-31"), dayNumber("9999-12-31")]).toEqual([
      0, -1, 2_932_896,
    ]);
  });

  it("round trip", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(dayOf(dayNumber(day))).toBe(day);
      }),
    );
  });

  it("are days that exist", () => {
    expect(["2024-02-29", "2000-02-29", "2026-12-31"].every(isIsoDay)).toBe(true);
    expect(
      ["2026-02-29", "1900-02-29", "2026-13-01", "2026-04-31", "2026-1-1", "01/02/2026", ""].some(isIsoDay),
    ).toBe(false);
  });
});

describe("days later", () => {
  it("cross months and years", () => {
    expect(addDays("2025-12-31", 1)).toBe("2026-01-01");
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
  });

  it("clamp to the end of a shorter month", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2024-01-31", 1)).toBe("2024-02-29");
    expect(addMonths("2024-02-29", 12)).toBe("2025-02-28");
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2026-05-31", -6)).toBe("2025-11-30");
    expect(addMonths("2026-12-15", 1)).toBe("2027-01-15");
    expect(addMonths("2026-01-15", -1)).toBe("2025-12-15");
  });

  it("in months land in the month that was meant and never on a later day of it", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -240, max: 240 }), (day, count) => {
        const months = (iso: string): number => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7));
        fc.pre(months(day) + count < 9_999 * 12);
        const moved = addMonths(day, count);
        expect(isIsoDay(moved)).toBe(true);
        expect(months(moved)).toBe(months(day) + count);
        expect(moved.slice(8) <= day.slice(8)).toBe(true);
      }),
    );
  });
});

describe("weeks and months", () => {
  it("start on Monday and on the first", () => {
    // 2026-11-23 is a Monday
    expect([weekday("2026-11-22"), weekday("2026-11-23"), weekday("2026-11-28")]).toEqual([0, 1, 6]);
    expect([startOfWeek("2026-11-22"), startOfWeek("2026-11-23")]).toEqual(["2026-11-16", "2026-11-23"]);
    expect(startOfMonth("2026-11-23")).toBe("2026-11-01");
  });
});

describe("dayIn", () => {
  it("is the day on the wall where the clock hangs", () => {
    const lateEvening = new Date("2026-01-01T02:30:00Z");
    expect(dayIn(lateEvening)).toBe("2025-12-31");
    expect(dayIn(lateEvening, "UTC")).toBe("2026-01-01");
    expect(dayIn(lateEvening, "Asia/Tokyo")).toBe("2026-01-01");
  });
});
