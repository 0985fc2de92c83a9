import { addDays, dayNumber, type IsoDay, weekday } from "../money/day.ts";
import { DayList } from "./day-list.ts";
import { ashWednesday, b3Holidays, bankHolidays } from "./holidays.ts";

/**
 * Two calendars: the sessions of B3, and the bank days that CDI and PTAX run on. They differ on
 * 24 December and on the last business day of the year, which are bank days without a session.
 * Every function throws CalendarError (`year_missing`) where the answer needs a year outside CALENDAR_YEARS.
 */

export { CalendarError } from "./day-list.ts";

/** The years whose rules are known. The last one is as far as they have been checked against B3's calendar. */
export const CALENDAR_YEARS = { first: 2000, last: 2027 } as const;

/** This long before the calendar ends, people are told. */
const WARNING_DAYS = 60;

/** Whether the calendar still covers a day: `ending` in its last 60 days, `ended` after them. */
export function calendarReach(
  day: IsoDay,
  lastYear: number = CALENDAR_YEARS.last,
): "covered" | "ending" | "ended" {
  const daysLeft = dayNumber(`${lastYear}-12-31`) - dayNumber(day);
  if (daysLeft < 0) return "ended";
  return daysLeft <= WARNING_DAYS ? "ending" : "covered";
}

const sessions = lazy(() => workingDays(b3Holidays));
const bankDays = lazy(() => workingDays(bankHolidays));

/** Whether B3 holds a trading session on that day. */
export function isSession(day: IsoDay): boolean {
  return sessions().has(day);
}

/** Whether B3's session on that day opens late: only on Ash Wednesday. */
export function isLateOpen(day: IsoDay): boolean {
  return isSession(day) && day === ashWednesday(Number(day.slice(0, 4)));
}

/** The last session strictly before `day`. */
export function previousSession(day: IsoDay): IsoDay {
  return sessions().before(day);
}

/** `day` if it is a session, else the last one before it. */
export function sessionOnOrBefore(day: IsoDay): IsoDay {
  return sessions().onOrBefore(day);
}

/** `day` if it is a session, else the first one after it. */
export function sessionOnOrAfter(day: IsoDay): IsoDay {
  return sessions().onOrAfter(day);
}

/** The first session strictly after `day`. */
export function nextSession(day: IsoDay): IsoDay {
  return sessions().after(day);
}

/** Every session of CALENDAR_YEARS, oldest first. */
export function allSessions(): readonly IsoDay[] {
  return sessions().between(`${CALENDAR_YEARS.first}-01-01`, `${CALENDAR_YEARS.last}-12-31`);
}

/** The sessions from `from` to `to`, both included, oldest first. */
export function sessionsBetween(from: IsoDay, to: IsoDay): readonly IsoDay[] {
  return sessions().between(from, to);
}

/** The year's days from Monday to Friday without a session of B3, oldest first. */
export function restDays(year: number): readonly IsoDay[] {
  return [...new Set(b3Holidays(year))].filter((day) => !isWeekend(day) && !isSession(day)).sort();
}

/** Whether the banks work on that day: a day of which there is a CDI rate. */
export function isBankDay(day: IsoDay): boolean {
  return bankDays().has(day);
}

/** The first bank day strictly after `day`. */
export function nextBankDay(day: IsoDay): IsoDay {
  return bankDays().after(day);
}

/**
 * The bank days d with from <= d < to, oldest first: those whose CDI rates accrue from `from` to `to`
 * (docs/money.md, rule 11).
 */
export function bankDaysBetween(from: IsoDay, to: IsoDay): readonly IsoDay[] {
  return bankDays().between(from, addDays(to, -1));
}

/** Every bank day of CALENDAR_YEARS, oldest first. */
export function allBankDays(): readonly IsoDay[] {
  return bankDays().between(`${CALENDAR_YEARS.first}-01-01`, `${CALENDAR_YEARS.last}-12-31`);
}

function workingDays(holidaysOf: (year: number) => readonly IsoDay[]): DayList {
  const closed = new Set<IsoDay>();
  for (let year = CALENDAR_YEARS.first; year <= CALENDAR_YEARS.last; year++) {
    for (const day of holidaysOf(year)) closed.add(day);
  }
  return new DayList(
    `${CALENDAR_YEARS.first}-01-01`,
    `${CALENDAR_YEARS.last}-12-31`,
    (day) => !isWeekend(day) && !closed.has(day),
  );
}

function isWeekend(day: IsoDay): boolean {
  return weekday(day) === 0 || weekday(day) === 6;
}

/** Makes a value at its first use, so that a command that needs no calendar does not wait for one. */
function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
