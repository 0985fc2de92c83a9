import { DuckDBDecimal64Vector, DuckDBDecimal128Vector, type DuckDBVector } from "@duckdb/node-api";
import { OPERATION_TYPES, SNAPSHOT } from "../../src/contracts/operation-types.ts";
import { isB3Class } from "../../src/market/instruments.ts";
import type { EventType, FoldClient, PortfolioEvent } from "../../src/portfolio/event.ts";
import { foldClient } from "../../src/portfolio/fold.ts";
import type { Engine } from "../engine.ts";
import type { Progress } from "../ports.ts";
import { type Dictionary, FoldTables } from "./fold-tables.ts";
import { inWidth, type Width } from "./width.ts";

const EVENT_TYPES: readonly EventType[] = [...OPERATION_TYPES, SNAPSHOT];

interface Dimensions {
  readonly clients: readonly FoldClient[];
  readonly instruments: readonly string[];
  readonly currencies: readonly string[];
  readonly dayTradable: readonly boolean[];
  /** One text per upload: rows of one custody file add up, those of two are compared. */
  readonly sources: readonly string[];
  readonly dictionary: Dictionary;
}

/**
 * Folds the operations in `ops` into the tables fold_spans, fold_realized, fold_income, fold_flows and fold_findings,
 * one client at a time in bounded memory. Amounts stay integers scaled by 10^8 until the tables are written.
 */
export async function runFold(engine: Engine, progress: Progress): Promise<void> {
  const dimensions = await readDimensions(engine);
  await inWidth((width) => foldAll(engine, dimensions, width, progress));
}

async function readDimensions(engine: Engine): Promise<Dimensions> {
  const clients = await engine.rows(
    "select client_id, base_currency, controls_cash from client_numbers order by client_no",
  );
  const instruments = await engine.rows(
    "select instrument_id, currency, class from instrument_numbers order by instrument_no",
  );
  const sources = await engine.rows("select source_file, upload_id from source_numbers order by source_no");
  const ids = instruments.map((row) => String(row["instrument_id"]));
  return {
    clients: clients.map((row) => ({
      clientId: String(row["client_id"]),
      baseCurrency: String(row["base_currency"]),
      controlsCash: row["controls_cash"] === true,
    })),
    instruments: ids,
    currencies: instruments.map((row) => String(row["currency"])),
    dayTradable: instruments.map((row) => isB3Class(String(row["class"]))),
    sources: sources.map((row) => `${row["source_file"]} ${row["upload_id"]}`),
    dictionary: {
      clients: new Map(clients.map((row, index) => [String(row["client_id"]), index])),
      instruments: new Map(ids.map((id, index) => [id, index])),
      types: new Map(EVENT_TYPES.map((type, index) => [type, index])),
    },
  };
}

function eventQuery(width: Width): string {
  const typeList = EVENT_TYPES.map((type) => `'${type}'`).join(", ");
  const digits = width === "narrow" ? 18 : 38;
  const whole = (name: string): string => `cast(${name} as decimal(${digits},8))`;
  return `
    select cast(c.client_no as integer), cast(i.instrument_no as integer), cast(t.instrument_no as integer),
           cast(o.date - date '1970-01-01' as integer), o.time, cast(list_position([${typeList}], o.type) - 1 as integer),
           ${whole("o.quantity")}, ${whole("o.price")}, ${whole("o.fees")}, ${whole("o.amount")}, ${whole("o.tax")},
           o.factor_new, o.factor_old, o.brokerage, ${whole("o.fx_rate")}, ${whole("p.price")}, o.origin like 'b3%', cast(o.seq as integer), cast(s.source_no as integer),
           case when o.currency <> i.currency then o.currency end
    from ops o
    join client_numbers c using (client_id)
    join instrument_numbers i on i.instrument_id = o.instrument_id
    left join instrument_numbers t on t.instrument_id = o.to_instrument_id
    join source_numbers s on s.source_file = o.source_file and s.upload_id = o.upload_id
    left join op_prices p using (seq)
    order by seq`;
}

async function foldAll(
  engine: Engine,
  dimensions: Dimensions,
  width: Width,
  progress: Progress,
): Promise<void> {
  const [count] = await engine.rows("select count(*) as n from ops");
  const total = Number(count?.["n"] ?? 0);
  const reader = await engine.fork();
  const tables = await FoldTables.open(engine, width, dimensions.dictionary);
  try {
    const result = await reader.stream(eventQuery(width));
    let events: PortfolioEvent[] = [];
    let current = -1;
    let done = 0;
    const foldCurrent = (): void => {
      const client = dimensions.clients[current];
      if (client !== undefined && events.length > 0) foldClient(client, events, tables);
      events = [];
    };
    for await (const chunk of result) {
      const vectors = Array.from({ length: chunk.columnCount }, (_, index) => chunk.getColumnVector(index));
      const clientNumbers = vectors[0];
      for (let row = 0; row < chunk.rowCount; row++) {
        const client = clientNumbers?.getItem(row) as number;
        if (client !== current) {
          foldCurrent();
          current = client;
        }
        events.push(readEvent(vectors, row, dimensions));
      }
      done += chunk.rowCount;
      progress("fold", total === 0 ? 1 : done / total);
    }
    foldCurrent();
    tables.close();
  } finally {
    reader.closeSync();
  }
}

function readEvent(vectors: readonly DuckDBVector[], row: number, dimensions: Dimensions): PortfolioEvent {
  const at = <T>(column: number): T => vectors[column]?.getItem(row) as T;
  const amount = (column: number): bigint | null => unitsAt(vectors[column], row);
  const instrument = at<number>(1);
  const toInstrument = at<number | null>(2);
  return {
    day: at<number>(3),
    time: at<string | null>(4),
    type: EVENT_TYPES[at<number>(5)] as EventType,
    instrument: dimensions.instruments[instrument] as string,
    toInstrument: toInstrument === null ? null : (dimensions.instruments[toInstrument] as string),
    currency: at<string | null>(19) ?? (dimensions.currencies[instrument] as string),
    quantityE8: amount(6),
    priceE8: amount(7),
    feesE8: amount(8) ?? 0n,
    amountE8: amount(9),
    taxE8: amount(10) ?? 0n,
    factorNew: at<bigint | null>(11),
    factorOld: at<bigint | null>(12),
    brokerage: at<string>(13),
    fxRateE8: amount(14),
    marketPriceE8: amount(15),
    dayTradable: dimensions.dayTradable[instrument] === true,
    unordered: at<boolean>(16),
    sourceFile: dimensions.sources[at<number>(18)] as string,
    rowNumber: at<number>(17),
    rowHash: "",
  };
}

/** The units of a decimal without an object for each. */
function unitsAt(vector: DuckDBVector | undefined, row: number): bigint | null {
  if (vector instanceof DuckDBDecimal64Vector || vector instanceof DuckDBDecimal128Vector)
    return vector.getScaledValue(row);
  throw new TypeError("an amount was not read as a decimal");
}
