import { join } from "node:path";
import { GOLD_TABLES, type GoldTableName } from "../../src/contracts/gold.ts";
import { OPERATION_TYPES, SNAPSHOT } from "../../src/contracts/operation-types.ts";
import { type Engine, quote } from "../engine.ts";
import { FRESH_OPERATIONS } from "./operations.ts";
import { copyText, typedColumns } from "./sql.ts";

const TYPES = [...OPERATION_TYPES, SNAPSHOT].map(quote).join(", ");
const day = (number: string): string => `date '1970-01-01' + ${number}`;
const money = (names: readonly string[]): string => names.map((name) => `f.${name}`).join(", ");

/** Rows of the dirty clients, by table, as SQL over the fold's tables. Each yields the contract's columns by name. */
const CLIENT_ROWS: Partial<Record<GoldTableName, string>> = {
  operations: "select * exclude (run_id) from ops",
  position_spans: `
    select c.client_id, i.instrument_id, i.currency, c.base_currency, ${day("f.valid_from")} as valid_from, ${day("f.valid_to")} as valid_to,
           ${money(["quantity", "cost", "cost_gross", "realized_gain", "fees", "income", "cost_base", "cost_gross_base", "realized_gain_base", "fees_base", "income_base"])},
           f.cost_known, ${money(["opening_quantity", "day_flow", "day_flow_base", "trade_price"])},
           ${day("f.trade_day")} as trade_day, o.source_file, o.row_number
    from fold_spans f join client_numbers c using (client_no) join instrument_numbers i using (instrument_no)
    left join ops o on o.seq = f.op_no`,
  realized_gains: `
    select c.client_id, i.instrument_id, ${day("f.day")} as date, list_extract([${TYPES}], f.type_no + 1) as type, f.day_trade, i.currency,
           ${money(["quantity", "proceeds", "fees", "cost_removed", "gain", "gain_base"])}, o.source_file, o.row_number, o.row_hash
    from fold_realized f join client_numbers c using (client_no) join instrument_numbers i using (instrument_no)
    left join ops o on o.seq = f.op_no`,
  income: `
    select c.client_id, i.instrument_id, ${day("f.day")} as date, list_extract([${TYPES}], f.type_no + 1) as type, i.currency,
           ${money(["gross", "tax", "net", "net_base"])}, o.source_file, o.row_number, o.row_hash
    from fold_income f join client_numbers c using (client_no) join instrument_numbers i using (instrument_no)
    left join ops o on o.seq = f.op_no`,
  flows: `
    select c.client_id, ${day("f.day")} as date, f.currency,
           ${money(["flow", "flow_gross", "flow_base", "flow_gross_base", "income", "income_base", "fees", "fees_base"])}
    from fold_flows f join client_numbers c using (client_no)`,
};

/** Tables that are written anew whenever a run builds: small, or cheap in SQL alone. */
const BOOK_ROWS: Partial<Record<GoldTableName, string>> = {
  clients: "select * from clients",
  instruments: "select * from instruments",
  positions: "select * exclude (run_id) from n_position_spans where valid_to = date '9999-12-31'",
  prices_daily: "select * from prices",
  fx_daily: "select * from fx",
  index_daily: "select * from indexes",
  announced_payments: `
    select instrument_id, date, amount, source, source_file, row_number, row_hash
    from effective_actions where type = 'provento' and status <> 'recusado' and amount > 0`,
  curve_latest: `
    select client_id, instrument_id, ${day("day")} as date, price, previous_close, ${day("previous_day")} as previous_date,
           ${day("price_day")} as price_date, ${day("maturity")} as maturity
    from curve_newest`,
};

/**
 * Writes a table's Parquet file into the scratch folder and makes the view `n_<table>` over it. Tables that the
 * fold fills keep the previous run's rows (`g_<table>`) of clients who are not dirty.
 */
export async function writeTable(
  engine: Engine,
  name: GoldTableName,
  options: { runId: string; keepOld: boolean },
): Promise<string> {
  // In a full build the operations are written already, in their order.
  if (name === "operations" && !options.keepOld) return join(engine.scratchDir, FRESH_OPERATIONS);
  const table = GOLD_TABLES[name];
  const columns = typedColumns(table.columns);
  const fresh = CLIENT_ROWS[name] ?? BOOK_ROWS[name];
  if (fresh === undefined) throw new Error(`${name} is not written from a query`);
  const kept = `union all select ${columns} from g_${name}
    where client_id in (select client_id from clients) and client_id not in (select client_id from dirty)`;
  const rows = `select ${columns} from (select *, ${quote(options.runId)} as run_id from (${fresh}))
    ${options.keepOld && CLIENT_ROWS[name] !== undefined ? kept : ""}`;
  const path = join(engine.scratchDir, `${name}.parquet`);
  await engine.run(copyText(rows, table.sortedBy, path));
  await engine.run(`create or replace view n_${name} as select * from read_parquet(${quote(path)})`);
  return path;
}
