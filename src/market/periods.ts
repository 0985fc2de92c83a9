import { addMonths, type IsoDay, startOfMonth, startOfWeek } from "../money/day.ts";
import { CALENDAR_YEARS, previousSession, sessionOnOrAfter, sessionOnOrBefore } from "./calendar.ts";

/** The periods whose index points are kept ready for every client. */
export type StandardPeriod = "day" | "wtd" | "mtd" | "3m" | "6m" | "12m" | "ytd";

/**
 * The base session of each standard period that ends with `asOf`: its return runs from the base's close to
 * the close of `asOf` (docs/money.md, rule 8). Of an `asOf` without a session the one before it counts.
 */
export function periodBases(asOf: IsoDay): Readonly<Record<StandardPeriod, IsoDay>> {
  const to = sessionOnOrBefore(asOf);
  return {
    day: previousSession(to),
    wtd: previousSession(startOfWeek(to)),
    mtd: previousSession(startOfMonth(to)),
    "3m": monthsBefore(to, 3),
    "6m": monthsBefore(to, 6),
    "12m": monthsBefore(to, 12),
    ytd: previousSession(`${to.slice(0, 4)}-01-01`),
  };
}

const MONTHS = /^(\d+)m$/;

/**
 * The sessions that a period asked for runs between: from the close of `base` to the close of `to`, which is
 * never after `asOf`, the last session there are figures of. A null base is the client's own start.
 * Where `asOf` lies before the period, both are the same session: nothing of it has happened yet.
 * Throws CalendarError for a period that ends in a year without a calendar.
 *
 * @example resolvePeriod({ kind: "2025", from: "2025-01-01", to: "2025-12-31" }, "2026-11-23")
 *   // { base: "2024-12-30", to: "2025-12-30" }
 */
export function resolvePeriod(
  period: { readonly kind: string; readonly from: IsoDay | null; readonly to: IsoDay },
  asOf: IsoDay,
): { base: IsoDay | null; to: IsoDay } {
  const to = sessionOnOrBefore(earlier(period.to, asOf));
  if (period.kind === "inception" || period.from === null) return { base: null, to };
  const base = baseOf({ kind: period.kind, from: period.from, asked: period.to, to });
  return { base: base === null ? null : earlier(base, to), to };
}

function baseOf(period: { kind: string; from: IsoDay; asked: IsoDay; to: IsoDay }): IsoDay | null {
  const { kind, from, asked, to } = period;
  // "Hoje" on a Sunday is Friday's session, and so is "ontem" on a Monday.
  if (kind === "today" || kind === "yesterday") return previousSession(sessionOnOrBefore(asked));
  const months = MONTHS.exec(kind)?.[1];
  if (months !== undefined) return sinceKnown(addMonths(to, -Number(months)), sessionOnOrBefore);
  // What starts after the last figures needs no calendar, which may not reach as far.
  return from > to ? to : sinceKnown(from, previousSession);
}

/** Before the calendar's first session there are no figures: such a period starts with the client. */
function sinceKnown(day: IsoDay, session: (day: IsoDay) => IsoDay): IsoDay | null {
  return day <= sessionOnOrAfter(`${CALENDAR_YEARS.first}-01-01`) ? null : session(day);
}

function monthsBefore(day: IsoDay, count: number): IsoDay {
  return sessionOnOrBefore(addMonths(day, -count));
}

function earlier(a: IsoDay, b: IsoDay): IsoDay {
  return a < b ? a : b;
}
