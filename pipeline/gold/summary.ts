import { join } from "node:path";
import { CLIENT_SUMMARY, SUMMARY_PERIODS } from "../../src/contracts/gold.ts";
import { periodBases } from "../../src/market/periods.ts";
import { type Engine, quote } from "../engine.ts";
import { copyText, typedColumns } from "./sql.ts";

/**
 * Writes client_summary as of the last session. The base of a period is the session that docs/money.md, rule 8, names;
 * a client who is younger starts with the first session, from an index of 1.
 */
export async function writeSummary(
  engine: Engine,
  options: { runId: string; asOf: string },
): Promise<string> {
  const bases = periodBases(options.asOf);
  const periods = SUMMARY_PERIODS.map((period) => ({
    period,
    base: period === "inception" ? "date '1900-01-01'" : `date ${quote(bases[period])}`,
  }));
  await engine.run(`
    create or replace table bases (period varchar, base date);
    insert into bases values ${periods.map(({ period, base }) => `(${quote(period)}, ${base})`).join(", ")};
    create or replace table firsts as
    select client_id, min(date) as first_date from n_portfolio_daily group by 1;
    create or replace table base_points as
    select f.client_id, b.period, greatest(b.base, f.first_date) as from_day,
           case when d.twr_index is null or b.base < f.first_date then cast(1 as decimal(18,12)) else d.twr_index end as index_point
    from firsts f cross join bases b
    left join n_portfolio_daily d on d.client_id = f.client_id and d.date = b.base;
    create or replace table level_points as
    select d.from_day, c.level as cdi, i.level as ibov
    from (select distinct from_day from base_points union select date ${quote(options.asOf)}) d
    asof left join (select * from indexes where index_id = 'CDI') c on d.from_day >= c.date
    asof left join (select * from indexes where index_id = 'IBOV') i on d.from_day >= i.date`);
  const point = (period: string): string => `
      max(case when p.period = '${period}' then p.from_day end) as p_${period}_from,
      max(case when p.period = '${period}' then p.index_point end) as p_${period}_index,
      max(case when p.period = '${period}' then l.cdi end) as p_${period}_cdi,
      max(case when p.period = '${period}' then l.ibov end) as p_${period}_ibov`;
  const rows = `
    select ${typedColumns(CLIENT_SUMMARY.columns)} from (
      select f.client_id, f.first_date, e.date as as_of, e.value, e.twr_index, t.cdi as cdi_level, t.ibov as ibov_level,
             ${SUMMARY_PERIODS.map((period) => `q.p_${period}_from, q.p_${period}_index, q.p_${period}_cdi, q.p_${period}_ibov`).join(", ")},
             ${quote(options.runId)} as run_id
      from firsts f
      join n_portfolio_daily e on e.client_id = f.client_id and e.date = date ${quote(options.asOf)}
      join level_points t on t.from_day = date ${quote(options.asOf)}
      join (
        select p.client_id, ${SUMMARY_PERIODS.map(point).join(", ")}
        from base_points p join level_points l using (from_day) group by 1
      ) q on q.client_id = f.client_id)`;
  const path = join(engine.scratchDir, "client_summary.parquet");
  await engine.run(copyText(rows, CLIENT_SUMMARY.sortedBy, path));
  return path;
}
