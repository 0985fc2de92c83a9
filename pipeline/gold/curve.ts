import { DECIMAL, type DuckDBDecimalValue, type DuckDBVector, INTEGER, VARCHAR } from "@duckdb/node-api";
import { allBankDays } from "../../src/market/calendar.ts";
import { CURVE_CLASSES } from "../../src/market/classes.ts";
import { dayNumber } from "../../src/money/day.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { curveTerms } from "../../src/portfolio/curve.ts";
import { CurveBook } from "../../src/portfolio/curve-book.ts";
import { type CurveOperation, CurvePosition } from "../../src/portfolio/curve-position.ts";
import type { EventType } from "../../src/portfolio/event.ts";
import { type Engine, quote } from "../engine.ts";
import { TableWriter } from "./table-writer.ts";

/** The classes as an SQL list. */
export const CURVE_CLASS_LIST = CURVE_CLASSES.map(quote).join(", ");

/** The day number of a state that holds. */
export const FOREVER = dayNumber("9999-12-31");
/** What a DECIMAL(18,8) holds. */
export const PRICE_MAX_E8 = 10n ** 18n;

/**
 * Follows every deposit of which some operation states terms into `curve_lots`: what a client holds of it from a day until
 * before another, by terms. Transfers that leave get the curve's price in `op_prices`, so that they leave at the value that
 * is shown. Needs `ops` and, where a previous run is kept, `g_operations`; runs before the fold.
 */
export async function makeCurveLots(engine: Engine, keepOld: boolean): Promise<CurveBook> {
  const book = await readCurveBook(engine);
  await engine.run(`
    create or replace table curve_lots (client_id varchar, instrument_id varchar, valid_from integer, valid_to integer,
      quantity decimal(38,8), terms_no integer, since integer, units decimal(38,24));
    create or replace table curve_op_prices (seq integer, price decimal(18,8))`);
  const reader = await engine.fork();
  try {
    const lots = await TableWriter.open(engine.connection, "curve_lots", [
      VARCHAR,
      VARCHAR,
      INTEGER,
      INTEGER,
      DECIMAL(38, 8),
      INTEGER,
      INTEGER,
      DECIMAL(38, 24),
    ]);
    const prices = await TableWriter.open(engine.connection, "curve_op_prices", [INTEGER, DECIMAL(18, 8)]);
    const follower = new Follower(book, lots, prices);
    for await (const chunk of await reader.stream(operationsQuery(keepOld))) {
      const vectors = Array.from({ length: chunk.columnCount }, (_, index) => chunk.getColumnVector(index));
      for (let row = 0; row < chunk.rowCount; row++) follower.take(readOperation(vectors, row));
    }
    follower.close();
    lots.close();
    prices.close();
  } finally {
    reader.closeSync();
  }
  await engine.run(`
    delete from op_prices where seq in (select seq from curve_op_prices);
    insert into op_prices select seq, price from curve_op_prices`);
  return book;
}

/** The rates that curves accrue by, from `indexes`. */
async function readCurveBook(engine: Engine): Promise<CurveBook> {
  const rows = await engine.rows(`
    select index_id, cast(date as varchar) as day, cast(value as varchar) as value from indexes
    where index_id in ('CDI', 'SELIC', 'IPCA') and value is not null order by date`);
  const points = rows.map((row) => ({
    index: String(row["index_id"]),
    day: dayNumber(String(row["day"])),
    valueE8: Decimal.parse(String(row["value"])).unitsAt(8),
  }));
  return new CurveBook(
    Map.groupBy(points, (point) => point.index),
    () => allBankDays().map(dayNumber),
  );
}

/** Deposits' operations in the order of the fold, of the pairs of client and code for which terms are stated at all. */
function operationsQuery(keepOld: boolean): string {
  const columns =
    "client_id, instrument_id, date, seq, type, quantity, price, amount, currency, indexer, indexer_rate, maturity";
  const kept = `union all select ${columns}, false from g_operations
    where client_id in (select client_id from clients) and client_id not in (select client_id from dirty)`;
  const dayOfColumn = (name: string): string => `cast(o.${name} - date '1970-01-01' as integer)`;
  return `
    with deposits as (
      select o.*, o.currency = i.currency as own_currency
      from (select ${columns}, true as fresh from ops ${keepOld ? kept : ""}) o join instruments i using (instrument_id)
      where i.class in (${CURVE_CLASS_LIST})
    )
    select o.client_id, o.instrument_id, ${dayOfColumn("date")}, o.type, cast(o.quantity as decimal(38,8)),
           cast(case when o.own_currency then o.price end as decimal(38,8)), cast(case when o.own_currency then o.amount end as decimal(38,8)),
           o.indexer, cast(o.indexer_rate as decimal(38,8)), ${dayOfColumn("maturity")}, cast(case when o.fresh then o.seq end as integer)
    from deposits o
    where (o.client_id, o.instrument_id) in (select (client_id, instrument_id) from deposits where indexer is not null)
    order by o.client_id, o.instrument_id, o.seq`;
}

interface DepositRow extends CurveOperation {
  readonly client: string;
  readonly instrument: string;
  /** Number in `ops`; null for an operation of a client who is not folded now. */
  readonly seq: number | null;
}

function readOperation(vectors: readonly DuckDBVector[], row: number): DepositRow {
  const at = <T>(column: number): T => vectors[column]?.getItem(row) as T;
  const amount = (column: number): bigint | null => at<DuckDBDecimalValue | null>(column)?.value ?? null;
  return {
    client: at<string>(0),
    instrument: at<string>(1),
    day: at<number>(2),
    type: at<string>(3) as EventType,
    quantityE8: amount(4),
    priceE8: amount(5),
    amountE8: amount(6),
    terms: curveTerms({ indexer: at<string | null>(7), rateE8: amount(8), maturity: at<number | null>(9) }),
    seq: at<number | null>(10),
  };
}

/** Takes the rows of `operationsQuery` one by one, and writes what is held after each day of a position. */
class Follower {
  readonly #book: CurveBook;
  readonly #lots: TableWriter;
  readonly #prices: TableWriter;
  #position: CurvePosition;
  #day: DepositRow[] = [];

  constructor(book: CurveBook, lots: TableWriter, prices: TableWriter) {
    this.#book = book;
    this.#lots = lots;
    this.#prices = prices;
    this.#position = this.#fresh();
  }

  take(row: DepositRow): void {
    const [first] = this.#day;
    const same = first?.client === row.client && first.instrument === row.instrument;
    if (first !== undefined && !(same && first.day === row.day)) {
      this.#endDay(same ? row.day : FOREVER);
      if (!same) this.#position = this.#fresh();
    }
    this.#day.push(row);
  }

  close(): void {
    this.#endDay(FOREVER);
  }

  #fresh(): CurvePosition {
    return new CurvePosition((terms) => this.#book.seriesOf(terms));
  }

  #endDay(until: number): void {
    const [first] = this.#day;
    if (first === undefined) return;
    this.#position.takeDay(this.#day, (priceE8) => {
      if (priceE8 >= PRICE_MAX_E8) return;
      for (const { seq, type } of this.#day)
        if (seq !== null && type === "transferencia_saida") this.#prices.add([seq, priceE8]);
    });
    this.#day = [];
    if (!this.#position.known) return;
    const groups = Map.groupBy(this.#position.lots, ({ terms }) => this.#book.numberOf(terms));
    for (const [number, lots] of groups) {
      const units = lots.reduce((total, lot) => total + lot.units, 0n);
      // A lot is worth its price on the day of its purchase, whatever is known of the index; the oldest one counts.
      const since = Math.min(...lots.map((lot) => lot.day));
      const { quantityE8 } = this.#position;
      this.#lots.add([first.client, first.instrument, first.day, until, quantityE8, number, since, units]);
    }
  }
}

/**
 * Makes `curve_spans`: the lots where the fold holds as many units (`n_position_spans`). Where it does not, something
 * happened that the curve knows nothing of, and the position has none.
 */
export async function makeCurveSpans(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table curve_spans as
    select client_id, instrument_id, greatest(l.valid_from, p.valid_from - date '1970-01-01') as valid_from,
           least(l.valid_to, p.valid_to - date '1970-01-01') as valid_to, l.quantity, l.terms_no, l.since, l.units
    from curve_lots l join (
      select * from n_position_spans where (client_id, instrument_id) in (select (client_id, instrument_id) from curve_lots)
    ) p using (client_id, instrument_id)
    where l.quantity = p.quantity and l.valid_from < p.valid_to - date '1970-01-01' and p.valid_from - date '1970-01-01' < l.valid_to`);
}
