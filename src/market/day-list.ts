import { dayNumber, dayOf, type IsoDay } from "../money/day.ts";

/**
 * An ordered set of days inside a range of calendar days, with constant-time steps: a portfolio walks over
 * 25 years of sessions for every client.
 */
export class DayList {
  readonly #first: number;
  readonly #last: number;
  readonly #days: readonly IsoDay[];
  /** For each calendar day of the range, how many days of the list lie on or before it. */
  readonly #countUpTo: Int32Array;

  /** The calendar days `first` … `last` for which `belongs` is true. */
  constructor(first: IsoDay, last: IsoDay, belongs: (day: IsoDay) => boolean) {
    this.#first = dayNumber(first);
    this.#last = dayNumber(last);
    this.#countUpTo = new Int32Array(this.#last - this.#first + 1);
    const days: IsoDay[] = [];
    for (let at = this.#first; at <= this.#last; at++) {
      const day = dayOf(at);
      if (belongs(day)) days.push(day);
      this.#countUpTo[at - this.#first] = days.length;
    }
    this.#days = days;
  }

  has(day: IsoDay): boolean {
    return this.#days[this.#upTo(day) - 1] === day;
  }

  /** The last day of the list that is `day` or before it; throws CalendarError where it lies before the range. */
  onOrBefore(day: IsoDay): IsoDay {
    return this.#days[this.#upTo(day) - 1] ?? missing(dayOf(this.#first - 1));
  }

  before(day: IsoDay): IsoDay {
    const upTo = this.#upTo(day);
    const found = this.#days[upTo - 1];
    return (found === day ? this.#days[upTo - 2] : found) ?? missing(dayOf(this.#first - 1));
  }

  /** The first day of the list that is after `day`; throws CalendarError where it lies after the range. */
  after(day: IsoDay): IsoDay {
    return this.#days[this.#upTo(day)] ?? missing(dayOf(this.#last + 1));
  }

  onOrAfter(day: IsoDay): IsoDay {
    return this.has(day) ? day : this.after(day);
  }

  /** The days of the list from `from` to `to`, both included; none where `from` is after `to`. */
  between(from: IsoDay, to: IsoDay): readonly IsoDay[] {
    if (from > to) return [];
    const start = this.#upTo(from) - (this.has(from) ? 1 : 0);
    return this.#days.slice(start, this.#upTo(to));
  }

  #upTo(day: IsoDay): number {
    return this.#countUpTo[dayNumber(day) - this.#first] ?? missing(day);
  }
}

/** Raised for a day in a year whose holidays are not known: a schedule must refuse it rather than guess. */
export class CalendarError extends Error {
  readonly code = "year_missing";
  readonly year: string;

  constructor(day: IsoDay) {
    const year = day.slice(0, 4);
    super(`no calendar for the year ${year} (asked for ${day}): add its holidays to src/market/holidays.ts`);
    this.year = year;
  }
}

function missing(day: IsoDay): never {
  throw new CalendarError(day);
}
