import { join } from "node:path";
import { DATA_QUALITY } from "../../src/contracts/gold.ts";
import { type Engine, quote } from "../engine.ts";
import { CURVE_CLASS_LIST } from "./curve.ts";
import { copyText, typedColumns } from "./sql.ts";

/** A close that moved more than this without an action of the ledger that explains it is shown to a person, never rejected (HAPV3 really fell 42% in a day). */
export const JUMP = "0.20";

/**
 * Writes data_quality: the fold's findings, instruments that nobody registered, positions without a price, closes that
 * jumped, actions that nobody confirmed, deposits that matured or have no curve, splits that only operations tell of, and
 * amounts in another currency than their instrument's.
 */
export async function writeQuality(
  engine: Engine,
  options: { runId: string; keepOld: boolean; asOf: string },
): Promise<string> {
  const keptCodes =
    "'sold_more_than_held', 'snapshot_differs', 'cost_unknown', 'rate_missing', 'cash_not_controlled', 'nothing_held', 'currency_differs', 'incomplete', 'other_currency'";
  const findings = `
    select f.code, case when f.code = 'cash_not_controlled' then 'info' else 'warning' end as severity, c.client_id, i.instrument_id,
           date '1970-01-01' + f.day as date, f.expected, f.found, o.source_file, o.row_number
    from fold_findings f join client_numbers c using (client_no) join instrument_numbers i using (instrument_no)
    left join ops o on o.seq = f.op_no
    union all
    select 'other_currency', 'warning', client_id, instrument_id, date, null, null, source_file, row_number from ops where stated_currency is not null`;
  const kept = `union all select code, severity, client_id, instrument_id, date, expected, found, source_file, row_number from g_data_quality
    where code in (${keptCodes}) and client_id in (select client_id from clients) and client_id not in (select client_id from dirty)`;
  const book = `
    select 'instrument_unknown', 'warning', null, instrument_id, null, null, null, null, null from instruments where class = 'desconhecida'
    union all
    select distinct 'price_missing', 'warning', p.client_id, p.instrument_id, p.valid_from, null, null, p.source_file, p.row_number
    from n_positions p
    where p.quantity <> 0 and not starts_with(p.instrument_id, 'CAIXA-')
      and not exists (select 1 from prices q where q.instrument_id = p.instrument_id)
      and not exists (select 1 from n_curve_latest c where c.client_id = p.client_id and c.instrument_id = p.instrument_id)
    union all
    select 'matured', 'warning', c.client_id, c.instrument_id, c.maturity, null, null, null, null
    from n_curve_latest c where c.maturity <= date ${quote(options.asOf)}
    union all
    select distinct 'curve_missing', 'warning', p.client_id, p.instrument_id, p.valid_from, null, null, p.source_file, p.row_number
    from n_positions p join n_operations o using (client_id, instrument_id) join instruments i using (instrument_id)
    where i.class in (${CURVE_CLASS_LIST}) and o.indexer is not null and o.indexer_rate is not null and p.quantity > 0
      and not exists (select 1 from n_curve_latest c where c.client_id = p.client_id and c.instrument_id = p.instrument_id)
    union all
    select 'price_jump', 'info', null, j.instrument_id, j.date, null, null, j.source_file, j.row_number
    from (select *, lag(price) over (partition by instrument_id order by date) as before,
                 lag(date) over (partition by instrument_id order by date) as before_date from prices) j
    where j.before is not null and abs(j.price - j.before) > cast(${JUMP} as decimal(4,2)) * j.before
      and not exists (select 1 from splits s where s.instrument_id = j.instrument_id and s.date > j.before_date and s.date <= j.date)
      and not exists (
        select 1 from effective_actions a
        where a.instrument_id = j.instrument_id and a.date > j.before_date and a.date <= j.date and a.type = 'provento' and a.status <> 'recusado'
          and abs(j.price + a.amount - j.before) <= cast(${JUMP} as decimal(4,2)) * j.before)
    union all
    select 'action_inferred', 'warning', null, instrument_id, date, null, null, source_file, row_number
    from effective_actions where status = 'inferido' and type <> 'provento'
    union all
    select 'split_not_in_ledger', 'warning', null, s.instrument_id, s.date, null, null, null, null
    from splits s where not s.trusted and exists (select 1 from chosen_prices p where p.instrument_id = s.instrument_id and p.restated)`;
  const rows = `select ${typedColumns(DATA_QUALITY.columns)} from (
    select *, ${quote(options.runId)} as run_id from (${findings} ${options.keepOld ? kept : ""} union all ${book}))`;
  const path = join(engine.scratchDir, "data_quality.parquet");
  await engine.run(
    copyText(rows, ["client_id nulls last", "date nulls last", "code", "instrument_id"], path),
  );
  return path;
}
