/**
 * Calendar days as ISO text (`2026-11-23`) and as day numbers (days since 1970-01-01).
 * There is no time zone in either: a day is a day in Brazil unless its name says otherwise.
 */

/** A calendar day, `YYYY-MM-DD`. */
export type IsoDay = string;

const MS_PER_DAY = 86_400_000;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a day that exists: `2026-02-29` is not. */
export function isIsoDay(text: string): boolean {
  return ISO_DAY.test(text) && dayOf(dayNumber(text)) === text;
}

/** Days since 1970-01-01. The text must be a day in ISO form. */
export function dayNumber(day: IsoDay): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY);
}

/** The day with that number. */
export function dayOf(number: number): IsoDay {
  return Number.isFinite(number) ? new Date(number * MS_PER_DAY).toISOString().slice(0, 10) : "";
}

export function addDays(day: IsoDay, count: number): IsoDay {
  return dayOf(dayNumber(day) + count);
}

/** The same day `count` months later (negative: earlier); the end of a shorter month where the day is missing. */
export function addMonths(day: IsoDay, count: number): IsoDay {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1 + count;
  const last = new Date(Date.UTC(year, month + 1, 0));
  const wanted = Math.min(Number(day.slice(8, 10)), last.getUTCDate());
  return `${last.toISOString().slice(0, 8)}${String(wanted).padStart(2, "0")}`;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: IsoDay): number {
  return new Date(dayNumber(day) * MS_PER_DAY).getUTCDay();
}

/** The Monday of the week that `day` lies in. */
export function startOfWeek(day: IsoDay): IsoDay {
  return addDays(day, -((weekday(day) + 6) % 7));
}

export function startOfMonth(day: IsoDay): IsoDay {
  return `${day.slice(0, 8)}01`;
}

/** The calendar day that an instant falls on in a time zone (IANA name; default where B3 is). */
export function dayIn(instant: Date, timeZone = "America/Sao_Paulo"): IsoDay {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(instant);
}
