import { join } from "node:path";
import { DECIMAL, INTEGER } from "@duckdb/node-api";
import { CURVE_DAILY } from "../../src/contracts/gold.ts";
import { addDays, addMonths } from "../../src/money/day.ts";
import { type Engine, quote } from "../engine.ts";
import type { CurveDay } from "./curve-window.ts";
import { copyText, typedColumns } from "./sql.ts";
import { TableWriter } from "./table-writer.ts";
import type { Window } from "./window.ts";

/** Readers of one client touch few row groups of this size. */
const ROW_GROUP = 30_000;

/** Curves have a price on each day of a change, also after the last session of a month; none after the last one of all. */
export function curveEnd(window: Window, sessions: readonly string[]): string {
  const end = addDays(addMonths(`${window.months.at(-1)}-01`, 1), -1);
  const asOf = sessions.at(-1) ?? end;
  return end < asOf ? end : asOf;
}

/** Makes `curve_rows` and opens it. */
export async function openCurveRows(engine: Engine): Promise<TableWriter> {
  await engine.run(`create or replace table curve_rows (client_no integer, instrument_no integer, day integer, price decimal(18,8),
    previous_close decimal(18,8), previous_day integer, price_day integer)`);
  const price = DECIMAL(18, 8);
  const types = [INTEGER, INTEGER, INTEGER, price, price, INTEGER, INTEGER];
  return await TableWriter.open(engine.connection, "curve_rows", types);
}

export function curveRowOf(client: number, row: CurveDay): Parameters<TableWriter["add"]>[0] {
  return [client, row.instrument, row.day, row.priceE8, row.previousE8, row.previousDay, row.throughDay];
}

/** Writes a month of curve_daily from `curve_rows`, with what is kept of the previous run's; null where no deposit has a curve in the month. */
export async function writeCurveMonth(
  engine: Engine,
  options: { month: string; inMonth: string; runId: string; keepOld: boolean },
): Promise<string | null> {
  const { month, inMonth, runId, keepOld } = options;
  const columns = typedColumns(CURVE_DAILY.columns);
  const day = (name: string): string => `date '1970-01-01' + r.${name}`;
  const fresh = `select c.client_id, i.instrument_id, ${day("day")} as date, r.price, r.previous_close, ${day("previous_day")} as previous_date,
      ${day("price_day")} as price_date, ${quote(runId)} as run_id
    from curve_rows r join valued_clients c using (client_no) join valued_instruments i using (instrument_no)`;
  const kept = `union all select ${columns} from g_curve_daily d
    where ${inMonth} and d.client_id in (select client_id from clients)
      and not exists (
        select 1 from valued v join sessions s on s.session_no = v.from_no - 1
        where v.client_id = d.client_id and d.date > s.session)`;
  const rows = `select ${columns} from (${fresh}) where ${inMonth} ${keepOld ? kept : ""}`;
  const [found] = await engine.rows(`select 1 from (${rows}) limit 1`);
  if (found === undefined) return null;
  const path = join(engine.scratchDir, `curve_daily-${month}.parquet`);
  await engine.run(copyText(rows, CURVE_DAILY.sortedBy, path, ROW_GROUP));
  return path;
}
