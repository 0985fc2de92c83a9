import { DECIMAL, type DuckDBDecimalValue, INTEGER, VARCHAR } from "@duckdb/node-api";
import { previousSession } from "../../src/market/calendar.ts";
import { dayNumber, dayOf } from "../../src/money/day.ts";
import type { CurveBook } from "../../src/portfolio/curve-book.ts";
import { accruedTo, knownThrough, priceOf } from "../../src/portfolio/curve-position.ts";
import type { Engine } from "../engine.ts";
import { FOREVER, PRICE_MAX_E8 } from "./curve.ts";
import { TableWriter } from "./table-writer.ts";

/**
 * Makes `curve_newest`, the rows of gold's `curve_latest`: the unit price of each open deposit at the last session, or on
 * the day of a later change, with the close of the session before.
 */
export async function makeNewestCurve(engine: Engine, book: CurveBook, asOf: string): Promise<void> {
  await engine.run(`
    create or replace table curve_newest (client_id varchar, instrument_id varchar, day integer, price decimal(18,8),
      previous_close decimal(18,8), previous_day integer, price_day integer, maturity integer)`);
  const rows = await engine.rows(`
    select client_id, instrument_id, cast(valid_from as integer) as valid_from, cast(valid_to as integer) as valid_to,
           quantity, terms_no, since, units
    from curve_spans where valid_to > ${dayNumber(previousSession(asOf))} order by client_id, instrument_id`);
  const writer = await TableWriter.open(engine.connection, "curve_newest", [
    VARCHAR,
    VARCHAR,
    INTEGER,
    DECIMAL(18, 8),
    DECIMAL(18, 8),
    INTEGER,
    INTEGER,
    INTEGER,
  ]);
  for (const spans of Map.groupBy(rows.map(readSpan), ({ pair }) => pair).values()) {
    const open = spans.filter((span) => span.to === FOREVER);
    const [first] = open;
    if (first === undefined) continue;
    const day = Math.max(dayNumber(asOf), first.from);
    const previous = dayNumber(previousSession(dayOf(day)));
    const price = worthOn(book, open, day);
    if (price === null) continue;
    const before = worthOn(
      book,
      spans.filter((span) => span.from <= previous && previous < span.to),
      previous,
    );
    const through = open.map((span) => {
      const terms = book.termsOf(span.terms);
      return Math.max(knownThrough(book.seriesOf(terms), terms, day), span.since);
    });
    const maturities = open.flatMap((span) => book.termsOf(span.terms).maturity ?? []);
    const maturity = maturities.length === 0 ? null : Math.min(...maturities);
    const previousDay = before === null ? null : previous;
    writer.add([
      first.client,
      first.instrument,
      day,
      price,
      before,
      previousDay,
      Math.min(...through),
      maturity,
    ]);
  }
  writer.close();
}

interface Span {
  readonly pair: string;
  readonly client: string;
  readonly instrument: string;
  readonly from: number;
  readonly to: number;
  readonly quantityE8: bigint;
  readonly terms: number;
  readonly since: number;
  readonly units: bigint;
}

function readSpan(row: Record<string, unknown>): Span {
  const client = String(row["client_id"]);
  const instrument = String(row["instrument_id"]);
  return {
    pair: `${client}\n${instrument}`,
    client,
    instrument,
    from: Number(row["valid_from"]),
    to: Number(row["valid_to"]),
    quantityE8: (row["quantity"] as DuckDBDecimalValue).value,
    terms: Number(row["terms_no"]),
    since: Number(row["since"]),
    units: (row["units"] as DuckDBDecimalValue).value,
  };
}

/** The unit price of a position that consists of these spans. */
function worthOn(book: CurveBook, spans: readonly Span[], day: number): bigint | null {
  const [first] = spans;
  if (first === undefined) return null;
  let worth = 0n;
  for (const { terms: number, units } of spans) {
    const terms = book.termsOf(number);
    const level = book.seriesOf(terms).levelAt(accruedTo(terms, day));
    if (level === null) return null;
    worth += units * level;
  }
  const price = priceOf({ worth, quantityE8: first.quantityE8 });
  return price < PRICE_MAX_E8 ? price : null;
}
