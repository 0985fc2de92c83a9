import { type CurveSeries, type CurveTerms, curveSeries, type RatePoint } from "./curve.ts";

/** The terms that deposits state, by number, and their levels, each made at its first use. */
export class CurveBook {
  readonly #points: ReadonlyMap<string, readonly RatePoint[]>;
  readonly #bankDays: () => readonly number[];
  readonly #numbers = new Map<string, number>();
  readonly #terms: CurveTerms[] = [];
  readonly #series = new Map<string, CurveSeries>();
  #days: readonly number[] | null = null;

  /**
   * @param points of CDI, SELIC and IPCA, oldest first.
   * @param bankDays all that the calendar knows, oldest first; asked for once there are terms.
   */
  constructor(points: ReadonlyMap<string, readonly RatePoint[]>, bankDays: () => readonly number[]) {
    this.#points = points;
    this.#bankDays = bankDays;
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
    this.#days ??= this.#bankDays();
    const made = curveSeries(terms, this.#points.get(terms.index) ?? [], this.#days);
    this.#series.set(key, made);
    return made;
  }
}

function keyOf({ index, basis, rateE8 }: CurveTerms): string {
  return `${index} ${basis} ${rateE8}`;
}
