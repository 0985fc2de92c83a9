import { sessionOnOrBefore } from "../market/calendar.ts";
import { addDays, addMonths, type IsoDay, startOfMonth } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import type { Benchmark } from "../questions/question.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { SourceNote } from "./answer.ts";
import { percentChange } from "./percent.ts";
import { countOrNull, decimal, decimalOrNull, text, textOrNull } from "./rows.ts";

export const BENCHMARKS = ["CDI", "IBOV", "IPCA"] as const satisfies readonly Benchmark[];

/** Digits of an accumulated level, as gold keeps it. */
const LEVEL_SCALE = 12;

interface Point {
  readonly date: IsoDay;
  /** As published; null on the day after the last rate. */
  readonly value: Decimal | null;
  readonly level: Decimal;
  readonly source: string;
  /** When it was traded, of a session that is still running; null for what is published of a day. */
  readonly at: string | null;
  readonly delayMinutes: number | null;
}

export interface IpcaReturn {
  readonly percent: Decimal;
  /** The last month that counted, `2026-10`. */
  readonly through: string;
}

/** The levels of CDI, IBOV and IPCA, for returns between two days (docs/money.md, rule 11). */
export class IndexLevels {
  readonly #points: ReadonlyMap<string, readonly Point[]>;

  /**
   * @param rows of the query `index_levels`, by index and date.
   * @param live of the query `live_levels`: what a running session has come to, so that a portfolio's return up to now is compared
   * with an index up to now.
   */
  constructor(rows: readonly Row[], live: readonly Row[] = []) {
    const points = rows.map((row) => ({
      index: text(row, "index_id"),
      date: text(row, "date"),
      value: decimalOrNull(row, "value"),
      level: decimal(row, "level"),
      source: text(row, "source"),
      at: null,
      delayMinutes: null,
    }));
    const running = live.map((row) => ({
      index: text(row, "instrument_id"),
      date: text(row, "price_date"),
      value: decimal(row, "price"),
      level: decimal(row, "price"),
      source: text(row, "source"),
      at: textOrNull(row, "price_at"),
      delayMinutes: countOrNull(row, "delay_minutes"),
    }));
    const newest = new Map(points.map(({ index, date }) => [index, date]));
    const later = running.filter(({ index, date }) => date > (newest.get(index) ?? ""));
    this.#points = Map.groupBy([...points, ...later], (point) => point.index);
  }

  /** The level of CDI or IBOV on a day: the last one on or before it; null before the first. */
  at(index: "CDI" | "IBOV", day: IsoDay): Decimal | null {
    return this.#before(index, day)?.level ?? null;
  }

  /** The return from one day's close to another's in percent, to 8 digits. */
  percent(index: "CDI" | "IBOV", period: { readonly from: IsoDay; readonly to: IsoDay }): Decimal | null {
    const from = this.at(index, period.from);
    const to = this.at(index, period.to);
    return from === null || to === null ? null : percentChange({ from, to });
  }

  /**
   * IPCA over the whole months that lie between the closes of two days and are published by now: a month counts
   * when `from` is before its first day and its last session is not after `to`. Null where none is.
   */
  ipca(period: { readonly from: IsoDay; readonly to: IsoDay }): IpcaReturn | null {
    const months = (this.#points.get("IPCA") ?? []).filter(
      ({ date, value }) =>
        value !== null &&
        date > period.from &&
        sessionOnOrBefore(addDays(addMonths(startOfMonth(date), 1), -1)) <= period.to,
    );
    const first = months[0];
    const last = months.at(-1);
    if (first === undefined || last === undefined || last.value === null) return null;
    const growth = Decimal.of(1).plus(new Decimal(last.value.units, last.value.scale + 2));
    const percent = percentChange({ from: first.level, to: last.level.times(growth).round(LEVEL_SCALE) });
    return percent === null ? null : { percent, through: last.date.slice(0, 7) };
  }

  /** Who published an index, as far as `to` needed it. The day of a CDI level is the last rate in it. */
  note(index: Benchmark, to: IsoDay): SourceNote | null {
    const rated = (this.#points.get(index) ?? []).filter(({ value, date }) => value !== null && date <= to);
    const point = rated.at(-1);
    return point === undefined
      ? null
      : {
          source: point.source,
          of: index,
          at: point.at ?? point.date,
          delayMinutes: point.delayMinutes,
        };
  }

  #before(index: string, day: IsoDay): Point | null {
    const points = this.#points.get(index) ?? [];
    let low = 0;
    let high = points.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const point = points[middle];
      if (point !== undefined && point.date <= day) low = middle + 1;
      else high = middle;
    }
    return points[low - 1] ?? null;
  }
}
