import type { IsoDay } from "../money/day.ts";

/** What the clocks of a place show, by its IANA time zone and never by a fixed offset: offsets have changed by law. */

export type Zone = "America/Sao_Paulo" | "America/New_York";

/** A time of day, `HH:MM`, 24 hours. */
export type ClockTime = string;

const formats = new Map<Zone, Intl.DateTimeFormat>();

/** The calendar day and the time (`HH:MM:SS`) that clocks in the zone show at an instant. */
export function clockAt(instant: Date, zone: Zone): { readonly day: IsoDay; readonly time: string } {
  const [day = "", time = ""] = formatOf(zone).format(instant).split(" ");
  return { day, time };
}

/**
 * The instant at which clocks in the zone show that day and time. Of a time that summer time makes show twice,
 * one of the two; of one that it skips, an instant within an hour.
 */
export function instantAt(shown: {
  readonly day: IsoDay;
  readonly time: ClockTime;
  readonly zone: Zone;
}): Date {
  const asUtc = Date.parse(`${shown.day}T${shown.time}:00Z`);
  const near = asUtc - offsetMs(asUtc, shown.zone);
  return new Date(asUtc - offsetMs(near, shown.zone));
}

/** How far clocks in the zone are ahead of UTC at an instant (whole seconds in milliseconds). */
function offsetMs(instantMs: number, zone: Zone): number {
  const { day, time } = clockAt(new Date(instantMs), zone);
  return Date.parse(`${day}T${time}Z`) - instantMs;
}

/** Kept, because making one takes longer than all that is done with it. */
function formatOf(timeZone: Zone): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  // Sweden writes days and times as ISO does.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  formats.set(timeZone, format);
  return format;
}
