import { describe, expect, it } from "vitest";
import { CalendarError } from "../../src/market/calendar.ts";
import { DEFAULT_HOURS } from "../../src/market/hours.ts";
import { readSchedule, type Schedule, scheduleOf } from "./schedule.ts";
import { nextRuns, type SlotRules, slotsBetween } from "./slots.ts";

const RULES: SlotRules = { hours: DEFAULT_HOURS, beforeOpenMs: 3_600_000, afterCloseMs: 2_700_000 };

function schedule(times: readonly string[], days: Schedule["days"] = "sessions", zone = "America/Sao_Paulo") {
  const made = scheduleOf({ zone, days, times });
  if (made === null) throw new Error("no schedule");
  return made;
}

const between = (one: Schedule, after: string, until: string) =>
  slotsBetween(one, { after: new Date(after), until: new Date(until) }, RULES).map(
    ({ at, time }) => `${at.toISOString().slice(0, 16)} ${time}`,
  );
const next = (one: Schedule, from: string, count = 3) =>
  nextRuns(one, count, new Date(from), RULES).map(({ at }) => at.toISOString().slice(0, 16));

describe("slots", () => {
  it("by the session are there on sessions only, and late on Ash Wednesday", () => {
    // Carnival of 2026: Monday 16 and Tuesday 17 February; Ash Wednesday opens at 13:00.
    const both = schedule(["before_open", "after_close"]);
    expect(between(both, "2026-02-13T12:00:00Z", "2026-02-19T12:00:00Z")).toEqual([
      "2026-02-13T21:45 after_close",
      "2026-02-18T15:00 before_open",
      "2026-02-18T21:45 after_close",
      "2026-02-19T12:00 before_open",
    ]);
  });

  it("of a time on sessions skip holidays; on weekdays they do not", () => {
    // 20 November 2026 is a Friday and a holiday.
    expect(between(schedule(["08:30"]), "2026-11-19T00:00:00Z", "2026-11-24T00:00:00Z")).toEqual([
      "2026-11-19T11:30 08:30",
      "2026-11-23T11:30 08:30",
    ]);
    expect(
      between(schedule(["08:30"], ["fri", "sat"]), "2026-11-19T00:00:00Z", "2026-11-24T00:00:00Z"),
    ).toEqual(["2026-11-20T11:30 08:30", "2026-11-21T11:30 08:30"]);
    // By the session, a holiday on a chosen weekday has none.
    expect(
      between(schedule(["before_open"], ["fri"]), "2026-11-14T00:00:00Z", "2026-11-28T00:00:00Z"),
    ).toEqual(["2026-11-27T12:00 before_open"]);
  });

  it("are after the one instant and up to the other, and no other span of it finds them again", () => {
    const one = schedule(["08:30"], ["wed"]);
    expect(between(one, "2026-11-25T11:29:59.999Z", "2026-11-25T11:30:00Z")).toHaveLength(1);
    expect(between(one, "2026-11-25T11:30:00Z", "2026-11-25T23:00:00Z")).toEqual([]);
  });

  it("at the same instant are one", () => {
    expect(
      between(schedule(["before_open", "09:00"]), "2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z"),
    ).toEqual(["2026-11-25T12:00 before_open"]);
    // 02:30 is moved to 03:00, which is asked for too.
    const gap = schedule(["02:30", "03:00"], ["sun"], "America/New_York");
    expect(between(gap, "2026-03-08T00:00:00Z", "2026-03-09T00:00:00Z")).toEqual(["2026-03-08T07:00 02:30"]);
  });

  it("that fall on another day of UTC or are moved over midnight are found", () => {
    const late = schedule(["23:30"], ["sat"], "America/Sao_Paulo");
    expect(between(late, "2018-02-17T00:00:00Z", "2018-02-19T00:00:00Z")).toEqual(["2018-02-18T01:30 23:30"]);
    const early = schedule(["00:30"], ["sun"], "America/Sao_Paulo");
    expect(between(early, "2018-11-03T00:00:00Z", "2018-11-05T00:00:00Z")).toEqual([
      "2018-11-04T03:00 00:30",
    ]);
  });

  it("in a year without a calendar are refused, but for those that need none", () => {
    const span = ["2027-12-28T00:00:00Z", "2028-01-04T00:00:00Z"] as const;
    expect(() => between(schedule(["08:30"]), ...span)).toThrow(CalendarError);
    expect(() => between(schedule(["before_open"], ["mon"]), ...span)).toThrow(CalendarError);
    expect(between(schedule(["08:30"], ["mon"]), ...span)).toEqual(["2028-01-03T11:30 08:30"]);
    // The days beside are looked at, but are not asked for.
    expect(between(schedule(["08:30"]), "2027-12-28T00:00:00Z", "2027-12-31T23:00:00Z")).toHaveLength(3);
  });
});

describe("the next runs", () => {
  it("are told in order", () => {
    expect(next(schedule(["before_open", "after_close"]), "2026-11-25T12:00:00Z")).toEqual([
      "2026-11-25T21:45",
      "2026-11-26T12:00",
      "2026-11-26T21:45",
    ]);
  });

  it("are fewer where the calendar ends, and refused where it has ended", () => {
    expect(next(schedule(["08:30"]), "2027-12-29T15:00:00Z")).toEqual(["2027-12-30T11:30"]);
    expect(() => next(schedule(["08:30"]), "2028-01-02T15:00:00Z")).toThrow(CalendarError);
  });
});

describe("a schedule", () => {
  it("has one form", () => {
    expect(
      scheduleOf({ zone: "UTC", days: ["fri", "mon"], times: ["09:00", "08:30", "after_close", "09:00"] }),
    ).toEqual({
      zone: "UTC",
      days: ["mon", "fri"],
      times: ["after_close", "08:30", "09:00"],
    });
  });

  it.each([
    { zone: "Nowhere", days: "sessions", times: ["08:30"] },
    { zone: "UTC", days: [], times: ["08:30"] },
    { zone: "UTC", days: ["someday"], times: ["08:30"] },
    { zone: "UTC", days: "sessions", times: [] },
    { zone: "UTC", days: "sessions", times: ["24:00"] },
    { zone: "UTC", days: "always", times: ["08:30"] },
    { zone: "UTC", days: "sessions", times: [8] },
    null,
    "sessions",
  ])("is none: %j", (value) => expect(readSchedule(value)).toBeNull());
});
