import { allBankDays } from "../../src/market/calendar.ts";
import { dayNumber } from "../../src/money/day.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { type CurveSeries, type CurveTerms, curveSeries, type RatePoint } from "../../src/portfolio/curve.ts";
import type { Engine } from "../engine.ts";

/** The terms that deposits of a book state, by number, and their levels, each made at its first use. */
export class CurveBook {
  readonly #points: ReadonlyMap<string, readonly RatePoint[]>;
  readonly #numbers = new Map<string, number>();
  readonly #terms: CurveTerms[] = [];
  readonly #series = new Map<string, CurveSeries>();
  #bankDays: readonly number[] | null = null;

  constructor(points: ReadonlyMap<string, readonly RatePoint[]>) {
    this.#points = points;
  }

  numberOf(terms: CurveTerms): number {
    const key = `${keyOf(terms)} ${terms.maturity}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#terms.push(terms);
    this.#numbers.set(key, this.#terms.length - 1);
    return this.#terms.length - 1;
  }

  termsOf(number: number): CurveTerms {
    const terms = this.#terms[number];
    if (terms === undefined) throw new RangeError("terms without a number");
    return terms;
  }

  seriesOf(terms: CurveTerms): CurveSeries {
    const key = keyOf(terms);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    this.#bankDays ??= allBankDays().map(dayNumber);
    const made = curveSeries(terms, this.#points.get(terms.index) ?? [], this.#bankDays);
    this.#series.set(key, made);
    return made;
  }
}

function keyOf({ index, basis, rateE8 }: CurveTerms): string {
  return `${index} ${basis} ${rateE8}`;
}

/** The rates that curves accrue by, from `indexes`. */
export async function readCurveBook(engine: Engine): Promise<CurveBook> {
  const rows = await engine.rows(`
    select index_id, cast(date as varchar) as day, cast(value as varchar) as value from indexes
    where index_id in ('CDI', 'SELIC', 'IPCA') and value is not null order by date`);
  const points = rows.map((row) => ({
    index: String(row["index_id"]),
    day: dayNumber(String(row["day"])),
    valueE8: Decimal.parse(String(row["value"])).unitsAt(8),
  }));
  return new CurveBook(Map.groupBy(points, (point) => point.index));
}
