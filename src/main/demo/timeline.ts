import { sessionOnOrBefore, sessionsBetween } from "../../market/calendar.ts";
import { addDays, addMonths, type IsoDay, startOfMonth } from "../../money/day.ts";

/** A month with all its sessions, also those before the demo starts or after it ends. */
export interface DemoMonth {
  /** `2026-11`. */
  readonly key: string;
  readonly days: readonly IsoDay[];
}

/** The sessions of the demo, and its months. */
export interface Timeline {
  readonly sessions: readonly IsoDay[];
  readonly months: readonly DemoMonth[];
  readonly indexOf: ReadonlyMap<IsoDay, number>;
}

/** From `start` to the last session on or before `today`. Throws CalendarError for a year without a calendar. */
export function timelineOf(start: IsoDay, today: IsoDay): Timeline {
  const sessions = sessionsBetween(start, sessionOnOrBefore(today));
  const months: DemoMonth[] = [];
  for (let month = startOfMonth(start); month <= today; month = addMonths(month, 1)) {
    const end = addDays(addMonths(month, 1), -1);
    months.push({ key: month.slice(0, 7), days: sessionsBetween(month, end) });
  }
  return { sessions, months, indexOf: new Map(sessions.map((day, index) => [day, index])) };
}
