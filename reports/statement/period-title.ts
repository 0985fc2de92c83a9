import type { Pen } from "../../src/messages/page.ts";
import { addDays, addMonths, type IsoDay, startOfMonth } from "../../src/money/day.ts";

/** The days of a report; both are included. */
export interface Days {
  readonly kind: string;
  readonly from: IsoDay;
  readonly to: IsoDay;
  /** Whether the last day is still running. */
  readonly live?: boolean;
}

/**
 * What the period is called: `Outubro de 2026`, `2026, até 25/11`, or its two days. A month or year that is not over by the
 * last day says up to which day it goes.
 */
export function periodTitle({ kind, from, to, live = false }: Days, { words, format }: Pen): string {
  const { statement } = words;
  if (kind === "inception") return statement.sinceStart(format.day(to));
  const until = (name: string, end: IsoDay) =>
    to < end || live ? statement.untilDay(name, format.shortDay(to)) : name;
  const year = from.slice(0, 4);
  if (from === `${year}-01-01` && (kind === "year_to_date" || kind === year || to === `${year}-12-31`)) {
    return until(year, `${year}-12-31`);
  }
  const end = addDays(addMonths(startOfMonth(from), 1), -1);
  if (from === startOfMonth(from) && to <= end && to !== from) {
    const month = statement.months[Number(from.slice(5, 7)) - 1] ?? "";
    return until(statement.monthOf(month, year), end);
  }
  return from === to ? format.day(to) : statement.betweenDays(format.day(from), format.day(to));
}

/** The period in a file's name: `2026-10`, `2026`, or its two days. */
export function periodSlug({ from, to }: Days): string {
  if (from.slice(0, 7) === to.slice(0, 7) && from.endsWith("-01")) return to.slice(0, 7);
  if (from.slice(0, 4) === to.slice(0, 4) && from.endsWith("-01-01") && to.endsWith("-12-31"))
    return to.slice(0, 4);
  return `${from}_${to}`;
}
