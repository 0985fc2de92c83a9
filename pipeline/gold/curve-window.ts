import { dayNumber } from "../../src/money/day.ts";
import type { CurveBook } from "../../src/portfolio/curve-book.ts";
import { accruedTo, knownThrough, priceOf } from "../../src/portfolio/curve-position.ts";
import { type ScaledPrices, scalePrices } from "../../src/portfolio/exact-series.ts";
import { PRICE_MAX_E8 } from "./curve.ts";
import { getOrAdd } from "./window.ts";

/** A part of a deposit, held from a day until before another: a row of `curve_spans`. */
export interface CurvePart {
  readonly instrument: number;
  readonly from: number;
  readonly to: number;
  readonly quantityE8: bigint;
  readonly terms: number;
  readonly since: number;
  readonly units: bigint;
}

/** One unit price: `session` is the position in the window, or that of the next session for a day without one. */
export interface CurveDay {
  readonly instrument: number;
  readonly day: number;
  readonly priceE8: bigint;
  readonly previousE8: bigint | null;
  readonly previousDay: number | null;
  readonly throughDay: number;
}

interface Point {
  worth: bigint;
  quantityE8: bigint;
  through: number;
}

/** The days of a window at which curves are valued, shared by all clients. */
export class CurveWindow {
  readonly days: readonly number[];
  readonly #book: CurveBook;
  readonly #levels = new Map<number, readonly (bigint | null)[]>();
  readonly #throughs = new Map<number, readonly number[]>();

  /** @param sessions of the window; the first one carries the opening values. */
  constructor(book: CurveBook, sessions: readonly string[]) {
    this.#book = book;
    this.days = sessions.map(dayNumber);
  }

  /** The level of terms at each session. */
  levels(number: number): readonly (bigint | null)[] {
    return getOrAdd(this.#levels, number, () => this.days.map((day) => this.levelOn(number, day)));
  }

  levelOn(number: number, day: number): bigint | null {
    const terms = this.#book.termsOf(number);
    return this.#book.seriesOf(terms).levelAt(accruedTo(terms, day));
  }

  /** The day that the level of each session is really of. */
  throughs(number: number): readonly number[] {
    return getOrAdd(this.#throughs, number, () => this.days.map((day) => this.throughOn(number, day)));
  }

  throughOn(number: number, day: number): number {
    const terms = this.#book.termsOf(number);
    return knownThrough(this.#book.seriesOf(terms), terms, day);
  }

  /** First position on or after a day; the length where there is none. */
  positionOf(day: number): number {
    let low = 0;
    let high = this.days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.days[middle] ?? 0) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The unit prices of one client's deposits over a window. */
export class ClientCurve {
  readonly #window: CurveWindow;
  readonly #sessions = new Map<number, (Point | undefined)[]>();
  readonly #changes = new Map<number, Map<number, Point>>();

  constructor(window: CurveWindow) {
    this.#window = window;
  }

  add(part: CurvePart): void {
    const { days } = this.#window;
    const first = this.#window.positionOf(part.from);
    const last = this.#window.positionOf(part.to) - 1;
    const levels = this.#window.levels(part.terms);
    const throughs = this.#window.throughs(part.terms);
    const points = getOrAdd(this.#sessions, part.instrument, () => new Array<Point | undefined>(days.length));
    for (let session = first; session <= last; session++) {
      const through = throughs[session] ?? part.from;
      points[session] = grown(points[session], part, { level: levels[session] ?? null, through });
    }
    if (days[first] === part.from || part.from < (days[0] ?? 0)) return;
    const changes = getOrAdd(this.#changes, part.instrument, () => new Map<number, Point>());
    const level = this.#window.levelOn(part.terms, part.from);
    const through = this.#window.throughOn(part.terms, part.from);
    changes.set(part.from, grown(changes.get(part.from), part, { level, through }));
  }

  /** The closes of a deposit over sessions from..to; null where it has no curve at one of them. */
  closes(instrument: number, days: { readonly from: number; readonly to: number }): ScaledPrices | null {
    const points = this.#sessions.get(instrument);
    if (points === undefined) return null;
    const first = this.#window.positionOf(days.from);
    const last = this.#window.positionOf(days.to) - 1;
    const prices = new Array<bigint | null>(this.#window.days.length).fill(null);
    for (let session = first; session <= last; session++) {
      const price = priceAt(points[session]);
      if (price === null) return null;
      prices[session] = price;
    }
    return scalePrices(prices);
  }

  /** Emits each unit price of days after `after` and up to `until` (day numbers). */
  emit(bounds: { readonly after: number; readonly until: number }, take: (day: CurveDay) => void): void {
    const { days } = this.#window;
    for (const [instrument, points] of this.#sessions) {
      const write = (point: Point | undefined, day: number, before: number): void => {
        const priceE8 = priceAt(point);
        if (point === undefined || priceE8 === null || day <= bounds.after || day > bounds.until) return;
        const previousE8 = priceAt(points[before]);
        const previousDay = previousE8 === null ? null : (days[before] ?? null);
        take({ instrument, day, priceE8, previousE8, previousDay, throughDay: point.through });
      };
      for (const [session, day] of days.entries()) write(points[session], day, session - 1);
      for (const [day, point] of this.#changes.get(instrument) ?? [])
        write(point, day, this.#window.positionOf(day) - 1);
    }
  }
}

/** Adds a part to a point. One without a level leaves the whole position without a price. */
function grown(
  point: Point | undefined,
  part: CurvePart,
  at: { readonly level: bigint | null; readonly through: number },
): Point {
  const through = Math.max(at.through, part.since);
  const sum = point ?? { worth: 0n, quantityE8: part.quantityE8, through };
  if (at.level === null) sum.quantityE8 = 0n;
  else sum.worth += part.units * at.level;
  sum.through = Math.min(sum.through, through);
  return sum;
}

function priceAt(point: Point | undefined): bigint | null {
  if (point === undefined || point.quantityE8 <= 0n) return null;
  const price = priceOf(point);
  return price < PRICE_MAX_E8 ? price : null;
}
