import { addDays, addMonths, type IsoDay, isIsoDay, startOfMonth, weekday } from "../money/day.ts";
import { endOfMonth, rangeSpan, type Span, yearSpan } from "./spans.ts";

/** A date, month, quarter, year or weekday as written, in which the year may be left open. */
export interface Point {
  /** Tokens that it is made of. */
  readonly length: number;
  /**
   * The days it stands for; null for a day that does not exist. What was left open is filled from `near`:
   * the latest one that has begun by then (or, looking ahead, the first one from then on).
   */
  resolve(near: IsoDay, today: IsoDay, ahead?: boolean): Span | null;
}

export interface Parts {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
}

/** A point made of a year, a month and a day, of which some are left open. */
export function point(parts: Parts, length: number): Point {
  return { length, resolve: (near, today, ahead = false) => resolveParts(parts, near, today, ahead) };
}

/** The `number`-th quarter (3 months) or half (6) of a year; null where a year has no such part. */
export function part(number: number, months: number, year: number | null, length: number): Point | null {
  if (number * months > 12) return null;
  const first = String((number - 1) * months + 1).padStart(2, "0");
  return {
    length,
    resolve(near, today) {
      let from = `${year ?? near.slice(0, 4)}-${first}-01`;
      if (year === null && from > near) from = addMonths(from, -12);
      const end = addDays(addMonths(from, months), -1);
      return rangeSpan(from, end < today || from > today ? end : today);
    },
  };
}

/** A weekday (Sunday = 0): the latest one up to the day, or a week before that one; looking ahead, the next one. */
export function weekdayPoint(wanted: number, past: boolean, length: number): Point {
  return {
    length,
    resolve(near, _today, ahead = false) {
      const back = (weekday(near) - wanted + 7) % 7 || (past ? 7 : 0);
      const day = ahead ? addDays(near, (7 - back) % 7 || 7) : addDays(near, -back);
      return rangeSpan(day, day);
    },
  };
}

function resolveParts({ year, month, day }: Parts, near: IsoDay, today: IsoDay, ahead: boolean): Span | null {
  if (month === null && day === null) return year === null ? null : yearSpan(year, today);
  if (month !== null && (month < 1 || month > 12)) return null;
  const step = month === null ? 1 : 12;
  const start = month === null ? startOfMonth(near) : isoDay(year ?? Number(near.slice(0, 4)), month, 1);
  const spanIn = (first: IsoDay) => (day === null ? monthSpan(first, today) : daySpan(first, day));
  const here = spanIn(start);
  if (year !== null) return here;
  if (here?.from != null && (ahead ? here.from < near : here.from > near)) {
    return spanIn(addMonths(start, ahead ? step : -step));
  }
  return here ?? (month === null ? spanIn(addMonths(start, ahead ? 1 : -1)) : null);
}

function monthSpan(first: IsoDay, today: IsoDay): Span {
  const end = endOfMonth(first);
  return rangeSpan(first, end < today || first > today ? end : today);
}

function daySpan(first: IsoDay, day: number): Span | null {
  const text = `${first.slice(0, 8)}${String(day).padStart(2, "0")}`;
  return isIsoDay(text) ? rangeSpan(text, text) : null;
}

function isoDay(year: number, month: number, day: number): IsoDay {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
