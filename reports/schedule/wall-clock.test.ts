import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isZone, shownAt, wallInstant } from "./wall-clock.ts";

const ZONES = [
  "America/Sao_Paulo",
  "America/New_York",
  "Europe/Lisbon",
  "Asia/Kolkata",
  "Pacific/Apia",
  "UTC",
];
const at = (day: string, time: string, zone: string) => wallInstant({ day, time, zone }).toISOString();

describe("a time of day", () => {
  it.each([
    // Brazil's clocks went from 00:00 to 01:00 on 4 November 2018 and from 00:00 back to 23:00 on 17 February 2018.
    ["America/Sao_Paulo", "2018-11-04", "00:30", "2018-11-04T03:00:00.000Z"],
    ["America/Sao_Paulo", "2018-11-04", "01:00", "2018-11-04T03:00:00.000Z"],
    ["America/Sao_Paulo", "2018-02-17", "23:30", "2018-02-18T01:30:00.000Z"],
    ["America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00:00.000Z"],
    ["America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59:00.000Z"],
    ["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00.000Z"],
    ["Europe/Lisbon", "2026-03-29", "01:15", "2026-03-29T01:00:00.000Z"],
    ["Europe/Lisbon", "2026-10-25", "01:15", "2026-10-25T00:15:00.000Z"],
    // Samoa had no 30 December 2011.
    ["Pacific/Apia", "2011-12-30", "08:00", "2011-12-30T10:00:00.000Z"],
    ["Asia/Kolkata", "2026-11-25", "08:30", "2026-11-25T03:00:00.000Z"],
  ])("in %s on %s at %s is %s", (zone, day, time, instant) => {
    expect(at(day, time, zone)).toBe(instant);
  });

  it("is what clocks show at it, or the first that they show after a gap; and never a later one that shows the same", () => {
    const minute = fc.integer({ min: 0, max: 25 * 366 * 1440 });
    fc.assert(
      fc.property(minute, fc.constantFrom(...ZONES), (minutes, zone) => {
        const text = new Date(Date.UTC(2003, 0, 1) + minutes * 60_000).toISOString();
        const [day, time] = [text.slice(0, 10), text.slice(11, 16)];
        const instant = wallInstant({ day, time, zone });
        const shown = shownAt(instant, zone);
        const wanted = `${day} ${time}`;
        expect(`${shown.day} ${shown.time}` >= wanted).toBe(true);
        // The minute before shows an earlier time: this is the first that shows it or, in a gap, anything after it.
        const before = shownAt(new Date(instant.getTime() - 60_000), zone);
        expect(`${before.day} ${before.time}` < wanted).toBe(true);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});

describe("a zone", () => {
  it.each(ZONES)("%s is known", (zone) => expect(isZone(zone)).toBe(true));
  it.each(["", "Brasília", "America/Brasilia", "+03:00", "-3", "GMT+99", "x".repeat(999)])(
    "%s is not",
    (zone) => expect(isZone(zone)).toBe(false),
  );
});
