import { join } from "node:path";
import { QUOTES_LATEST } from "../../src/contracts/gold.ts";
import { type Engine, quote } from "../engine.ts";
import { copyText, typedColumns } from "./sql.ts";

/**
 * Writes quotes_latest: the newest price of each instrument, pair and index with the close before it, which is
 * turned onto the newest day's basis when a split lies between them (docs/money.md, rule 13).
 */
export async function writeQuotes(engine: Engine, runId: string): Promise<string> {
  await engine.run(`
    create or replace table points as
    select instrument_id, date, price, currency, source, captured_at from prices
    union all select from_currency || to_currency, date, cast(rate as decimal(18,8)), to_currency, source, captured_at from fx
    union all select index_id, date, value, 'BRL', source, captured_at from indexes where value is not null and index_id not in ('CDI', 'SELIC', 'IPCA');
    create or replace table newest as
    select p.*, lead(p.date) over w as previous_date, lead(p.price) over w as previous_price,
           row_number() over w as n
    from points p window w as (partition by instrument_id order by date desc);
    create or replace table quote_factors as
    select q.instrument_id, cast(product(s.factor_new) as hugeint) as factor_new, cast(product(s.factor_old) as hugeint) as factor_old
    from newest q join splits s on s.instrument_id = q.instrument_id and q.previous_date < s.date and s.date <= q.date and not s.bonus
    where q.n = 1 group by 1`);
  const rows = `
    select ${typedColumns(QUOTES_LATEST.columns)} from (
      select q.instrument_id, q.price, q.currency, q.date as price_date, null as price_at,
             case when f.factor_new is null then q.previous_price
                  else of_e8(div_round(e8_of(q.previous_price) * f.factor_old, f.factor_new)) end as previous_close,
             q.previous_date, q.source, null as delay_minutes, q.captured_at, ${quote(runId)} as run_id
      from newest q left join quote_factors f using (instrument_id) where q.n = 1)`;
  const path = join(engine.scratchDir, "quotes_latest.parquet");
  await engine.run(copyText(rows, QUOTES_LATEST.sortedBy, path));
  return path;
}
