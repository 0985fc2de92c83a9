import { formatMonth, formatShortDay } from "../messages/format.ts";

/** Months between two ticks: every month, or months that divide a year, or whole years. */
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
/** Up to this many sessions single days are named, beyond it months. */
const DAYS_NAMED_MAX = 45;

export interface Tick {
  readonly index: number;
  readonly label: string;
}

/**
 * Ticks for an axis with one step a session, at least `distance` apart on an axis of `width`: days for a short
 * stretch, the first session of months for a longer one, counted from January so that they fall on the same months.
 */
export function dayTicks(
  days: readonly string[],
  axis: { readonly width: number; readonly distance: number },
  language: "pt" | "en",
): readonly Tick[] {
  const perStep = axis.width / Math.max(1, days.length - 1);
  if (days.length <= DAYS_NAMED_MAX) {
    const step = Math.max(1, Math.ceil(axis.distance / perStep));
    return days.flatMap((day, index) =>
      index % step === 0 ? [{ index, label: formatShortDay(day, language) }] : [],
    );
  }
  const firsts = days.flatMap((day, index) =>
    index > 0 && day.slice(0, 7) !== days[index - 1]?.slice(0, 7) ? [{ index, day }] : [],
  );
  for (const step of MONTH_STEPS) {
    const chosen = firsts.filter(({ day }) => monthNumber(day) % step === 0);
    const apart = chosen.every(
      ({ index }, at) => at === 0 || (index - (chosen[at - 1]?.index ?? 0)) * perStep >= axis.distance,
    );
    if (apart) return chosen.map(({ index, day }) => ({ index, label: formatMonth(day, language) }));
  }
  return [];
}

/** Months since the year 0, January being divisible by 12. */
function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}
