import type { IsoDay } from "../../../money/day.ts";
import { isIsoDay, weekday } from "../../../money/day.ts";
import { Decimal } from "../../../money/decimal.ts";
import { CALENDAR_YEARS, isBankDay } from "../../calendar.ts";
import type { ProblemCode, SeriesPoint } from "../source.ts";
import type { PointRules } from "./series.ts";
import type { DayWindow } from "./windows.ts";

/** A point as an answer states it. A null value is one that is not published yet. */
export interface StatedPoint {
  readonly day: IsoDay;
  readonly value: string | null;
}

/** What an answer holds, or null where it is none that can be read. */
export type StatedPoints = readonly StatedPoint[] | null;

export interface CheckedPoints {
  /** Oldest first, each day once: where a day is stated twice, the last statement holds. */
  readonly points: readonly SeriesPoint[];
  /** Why points were refused, each reason once. */
  readonly refused: readonly ProblemCode[];
}

/** Takes what is plausible. Refused are days outside the window, to come or without a rate, and what is no number. */
export function checkPoints(
  stated: readonly StatedPoint[],
  expected: { readonly window: DayWindow; readonly today: IsoDay; readonly rules: PointRules },
): CheckedPoints {
  const byDay = new Map<IsoDay, SeriesPoint>();
  const refused = new Set<ProblemCode>();
  for (const { day, value } of stated) {
    const text = value?.trim() ?? "";
    if (text === "") continue;
    const number = decimalOf(text);
    if (!dayFits(day, expected)) refused.add("time_invalid");
    else if (number === null || (expected.rules.positive && number.sign() <= 0)) refused.add("price_invalid");
    else byDay.set(day, { day, value: number });
  }
  const points = [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  return { points, refused: [...refused] };
}

function decimalOf(text: string): Decimal | null {
  try {
    return Decimal.parse(text);
  } catch {
    return null;
  }
}

function dayFits(day: IsoDay, expected: Parameters<typeof checkPoints>[1]): boolean {
  const { window, today, rules } = expected;
  if (!isIsoDay(day) || day < window.from || day > window.to || day > today) return false;
  return rules.rhythm === "month" ? day.endsWith("-01") : mayHaveRate(day);
}

/** Of years without a calendar only weekends are known. */
function mayHaveRate(day: IsoDay): boolean {
  const year = Number(day.slice(0, 4));
  if (year >= CALENDAR_YEARS.first && year <= CALENDAR_YEARS.last) return isBankDay(day);
  return weekday(day) !== 0 && weekday(day) !== 6;
}
