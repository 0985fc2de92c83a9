import { IANAZone } from "luxon";
import type { IsoDay } from "../../src/money/day.ts";

/** What clocks show in any IANA zone, through the changes that laws make to them. */

/** No zone is further from UTC, and no change moves a clock by more than a day (Samoa's missing 30 December 2011). */
const REACH_MS = 26 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the name is one of the time zones that this machine knows. */
export function isZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

/** The calendar day and the time (`HH:MM`) that clocks in the zone show at an instant. */
export function shownAt(instant: Date, zone: string): { readonly day: IsoDay; readonly time: string } {
  const shown = new Date(instant.getTime() + offsetMs(instant.getTime(), zone)).toISOString();
  return { day: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/**
 * The instant at which clocks in the zone show that day and time: the first of two, where they are put back over it; the
 * first moment after the gap, where they are put forward over it.
 */
export function wallInstant(shown: {
  readonly day: IsoDay;
  readonly time: string;
  readonly zone: string;
}): Date {
  const { zone } = shown;
  const asUtcMs = Date.parse(`${shown.day}T${shown.time}:00Z`);
  const [before, after] = [offsetMs(asUtcMs - REACH_MS, zone), offsetMs(asUtcMs + REACH_MS, zone)];
  const fitting = [before, after]
    .map((offset) => asUtcMs - offset)
    .filter((instantMs) => instantMs + offsetMs(instantMs, zone) === asUtcMs);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : changeBetween(asUtcMs, zone));
}

/** The first millisecond at which the clocks of the zone show a time after the one that they never show. */
function changeBetween(asUtcMs: number, zone: string): number {
  let [early, late] = [asUtcMs - REACH_MS, asUtcMs + REACH_MS];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (middle + offsetMs(middle, zone) < asUtcMs) early = middle;
    else late = middle;
  }
  return late;
}

/** How far clocks in the zone are ahead of UTC at an instant. The platform's own format takes a sixth of luxon's time. */
function offsetMs(instantMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    // Sweden writes days and times as ISO does.
    format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
    formats.set(timeZone, format);
  }
  const wholeMs = Math.floor(instantMs / 1_000) * 1_000;
  return Date.parse(`${format.format(wholeMs).replace(" ", "T")}Z`) - wholeMs;
}
