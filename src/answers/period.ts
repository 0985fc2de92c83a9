import { resolvePeriod } from "../market/periods.ts";
import { addDays, addMonths, type IsoDay } from "../money/day.ts";
import type { Period } from "../questions/question.ts";
import type { PeriodInfo } from "./answer.ts";
import type { AnswerContext } from "./context.ts";

/** The beginning of all history, for queries: no book is as old. */
export const BEGINNING: IsoDay = "1900-01-01";

/** The last twelve months: what is meant where no period is said. */
export function twelveMonths(today: IsoDay): Period {
  return { kind: "12m", from: addDays(addMonths(today, -12), 1), to: today };
}

/** A period between two closes; a null base is the client's own start. */
export interface Closes {
  readonly kind: string;
  readonly base: IsoDay | null;
  readonly to: IsoDay;
}

/** The closes that a period asked for runs between, none after `asOf`. Throws CalendarError. */
export function closesOf(period: Period, asOf: IsoDay): Closes {
  return { kind: period.kind, ...resolvePeriod(period, asOf) };
}

/** The calendar days of a period, for what happens on days and not between closes. */
export function daysOf({ question, today }: AnswerContext): Period & { readonly from: IsoDay } {
  const period = question.period ?? twelveMonths(today);
  return { ...period, from: period.from ?? BEGINNING, to: period.to < today ? period.to : today };
}

/** Names the days of operations or income; a period without a beginning starts with the first of them. */
export function dayInfo(
  period: { kind: string; from: IsoDay; to: IsoDay },
  first: IsoDay | null,
): PeriodInfo {
  const from = period.from === BEGINNING ? (first ?? period.to) : period.from;
  return { kind: period.kind, from, to: period.to, shortened: false };
}
