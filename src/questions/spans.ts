import { addDays, addMonths, type IsoDay, startOfMonth, startOfWeek } from "../money/day.ts";
import type { Period, PeriodKind } from "./question.ts";
import type { NamedSpan } from "./time-words.ts";

/** A stretch of days, both included. `from` is null where only the data know it. */
export interface Span {
  readonly kind: PeriodKind;
  readonly from: IsoDay | null;
  readonly to: IsoDay;
}

/** The last day of the month that `day` lies in. */
export function endOfMonth(day: IsoDay): IsoDay {
  return addDays(addMonths(startOfMonth(day), 1), -1);
}

function startOfYear(day: IsoDay): IsoDay {
  return `${day.slice(0, 4)}-01-01`;
}

/** The first day of the quarter (3) or half-year (6) that `day` lies in. */
function startOfMonths(day: IsoDay, months: 3 | 6): IsoDay {
  return addMonths(startOfYear(day), Math.floor((Number(day.slice(5, 7)) - 1) / months) * months);
}

/** A calendar year as itself; the current one ends today. */
export function yearSpan(year: number, today: IsoDay): Span {
  const end = `${year}-12-31`;
  return { kind: `${year}`, from: `${year}-01-01`, to: end < today ? end : today };
}

/** The `count` months up to today: from the same day that many months before. */
export function monthsBack(count: number, today: IsoDay): Period {
  return { kind: `${count}m`, from: addMonths(today, -count), to: today };
}

export function rangeSpan(from: IsoDay, to: IsoDay): Span {
  return { kind: "range", from, to };
}

const readers: Readonly<Record<Exclude<NamedSpan, "vague">, (today: IsoDay) => Span>> = {
  today: (today) => ({ kind: "today", from: today, to: today }),
  yesterday: (today) => ({ kind: "yesterday", from: addDays(today, -1), to: addDays(today, -1) }),
  day_before: (today) => rangeSpan(addDays(today, -2), addDays(today, -2)),
  tomorrow: (today) => rangeSpan(addDays(today, 1), addDays(today, 1)),
  week_to_date: (today) => ({ kind: "week_to_date", from: startOfWeek(today), to: today }),
  last_week: (today) => {
    const monday = addDays(startOfWeek(today), -7);
    return { kind: "last_week", from: monday, to: addDays(monday, 6) };
  },
  month_to_date: (today) => ({ kind: "month_to_date", from: startOfMonth(today), to: today }),
  last_month: (today) => {
    const first = addMonths(startOfMonth(today), -1);
    return { kind: "last_month", from: first, to: endOfMonth(first) };
  },
  month_before_last: (today) => {
    const first = addMonths(startOfMonth(today), -2);
    return rangeSpan(first, endOfMonth(first));
  },
  quarter_to_date: (today) => rangeSpan(startOfMonths(today, 3), today),
  last_quarter: (today) => blockBefore(startOfMonths(today, 3), 3),
  half_to_date: (today) => rangeSpan(startOfMonths(today, 6), today),
  last_half: (today) => blockBefore(startOfMonths(today, 6), 6),
  year_to_date: (today) => ({ kind: "year_to_date", from: startOfYear(today), to: today }),
  last_year: (today) => yearSpan(Number(today.slice(0, 4)) - 1, today),
  year_before_last: (today) => yearSpan(Number(today.slice(0, 4)) - 2, today),
  inception: (today) => ({ kind: "inception", from: null, to: today }),
  "3m": (today) => monthsBack(3, today),
  "6m": (today) => monthsBack(6, today),
  "12m": (today) => monthsBack(12, today),
};

/** The days that a name such as `last_week` stands for on that day. Weeks begin on Monday. */
export function namedSpan(name: Exclude<NamedSpan, "vague">, today: IsoDay): Span {
  return readers[name](today);
}

function blockBefore(start: IsoDay, months: number): Span {
  return rangeSpan(addMonths(start, -months), addDays(start, -1));
}
