import { addDays, addMonths, type IsoDay, isIsoDay } from "../../../money/day.ts";

/** Days from `from` to `to`, both included. */
export interface DayWindow {
  readonly from: IsoDay;
  readonly to: IsoDay;
}

/** A window that needs more pieces than this is a mistake of the caller: no series of the bank is that old. */
const PIECES_MAX = 60;

/**
 * Cuts a window into pieces of at most `years` years, oldest first and without a gap; none where it ends before it
 * starts. Ten years from 2016-01-01 end on 2025-12-31, a day before the tenth anniversary, so that a service which
 * counts both ends is content, too. Throws RangeError for what is no day, and for a window of absurd length.
 */
export function splitWindow(window: DayWindow, years: number): readonly DayWindow[] {
  for (const day of [window.from, window.to]) {
    if (!isIsoDay(day)) throw new RangeError(`a window of days starts or ends on "${day}", which is no day`);
  }
  const pieces: DayWindow[] = [];
  for (let from = window.from; from <= window.to; ) {
    if (pieces.length === PIECES_MAX)
      throw new RangeError(`the window ${window.from} to ${window.to} is too long`);
    const end = addDays(addMonths(from, years * 12), -1);
    const to = end < window.to ? end : window.to;
    pieces.push({ from, to });
    from = addDays(to, 1);
  }
  return pieces;
}
