import type { IsoDay } from "../../../money/day.ts";

/** Formatters by zone: making one takes longer than reading a hundred days with it. Null: no such zone. */
const formatters = new Map<string, Intl.DateTimeFormat | null>();
/** Yahoo knows some eighty zones; more than this is not its list. */
const ZONES_MAX = 500;

/** Reads the calendar day of an instant in one market. */
export type DayReader = (epochSeconds: number) => IsoDay;

/**
 * The reader of days in a zone of the IANA list, null where there is no such zone. The zone is what counts:
 * the offset that comes with it is wrong in recorded answers (Brazil with a summer time that it no longer has).
 */
export function dayReader(timeZone: unknown): DayReader | null {
  if (typeof timeZone !== "string") return null;
  const formatter = formatterOf(timeZone);
  return formatter === null ? null : (epochSeconds) => formatter.format(epochSeconds * 1000);
}

/** A moment in whole seconds since 1970, as Yahoo writes them; null for anything else, and beyond the year 9999. */
export function readSeconds(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 && value < 253_402_300_800
    ? value
    : null;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = makeFormatter(timeZone);
  if (formatters.size < ZONES_MAX) formatters.set(timeZone, made);
  return made;
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat | null {
  try {
    // Swedish dates are ISO dates.
    return new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
