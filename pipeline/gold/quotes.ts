import type { Engine } from "../engine.ts";

/** What a newest price has before it is published: the columns of quotes_latest without the run. */
export const QUOTE_COLUMNS =
  "instrument_id, price, currency, price_date, price_at, previous_close, previous_date, source, delay_minutes, captured_at";

/**
 * Makes `points`, every close, rate and index level by code and day, of the tables that a build has made
 * (`prices`, `fx`, `indexes`) or of views of the same columns over published ones.
 */
export async function makePoints(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table points as
    select instrument_id, date, price, currency, source, captured_at from prices
    union all select from_currency || to_currency, date, cast(rate as decimal(18,8)), to_currency, source, captured_at from fx
    union all select index_id, date, value, 'BRL', source, captured_at from indexes where value is not null and index_id not in ('CDI', 'SELIC', 'IPCA')`);
}

/**
 * Makes `closed_quotes`: the newest close of each instrument, pair and index with the close before it, which is
 * turned onto the newest day's basis when a split lies between them (docs/money.md, rule 13). Needs `points`.
 * A close that is fetched days later says nothing of the sessions since: it counts as captured by the end of its day (UTC), so that
 * an answer sees that nobody has told a price of the session that is running.
 */
export async function makeClosedQuotes(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table newest as
    select p.*, lead(p.date) over w as previous_date, lead(p.price) over w as previous_price,
           row_number() over w as n
    from points p window w as (partition by instrument_id order by date desc);
    create or replace table quote_factors as
    select q.instrument_id, cast(product(s.factor_new) as hugeint) as factor_new, cast(product(s.factor_old) as hugeint) as factor_old
    from newest q join splits s on s.instrument_id = q.instrument_id and q.previous_date < s.date and s.date <= q.date and not s.bonus
    where q.n = 1 group by 1;
    create or replace table closed_quotes as
    select q.instrument_id, q.price, q.currency, q.date as price_date, cast(null as timestamp) as price_at,
           case when f.factor_new is null then q.previous_price
                else cast(of_e8(div_round(e8_of(q.previous_price) * f.factor_old, f.factor_new)) as decimal(18,8)) end as previous_close,
           q.previous_date, q.source, cast(null as bigint) as delay_minutes,
           least(q.captured_at, cast(q.date + 1 as timestamp)) as captured_at
    from newest q left join quote_factors f using (instrument_id) where q.n = 1`);
}
