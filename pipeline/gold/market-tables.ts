import { SAME_EVENT_DAYS } from "../../src/market/actions.ts";
import type { Engine } from "../engine.ts";
import { CHANGES_UNITS } from "./ledger.ts";

/**
 * Makes `splits`: what changes the basis of a price. The ledger that an admin or a source filed is trusted, also where
 * it is only inferred: a source that tells of a split has restated its closes by it. What was rejected does not count. Splits
 * that clients' own operations state only carry a last price over the day, and only where they agree. A split and bonus
 * shares of one day are two rows, since both restate.
 */
export async function makeSplits(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table splits as
    with filed as (
      select instrument_id, date, any_value(factor_new) as factor_new, any_value(factor_old) as factor_old, true as trusted,
             type = 'bonificacao' as bonus
      from effective_actions where ${CHANGES_UNITS} group by instrument_id, date, type
    ), told as (
      select instrument_id, date, min(factor_new) as factor_new, min(factor_old) as factor_old, false as trusted, false as bonus
      from effective_operations
      where (type in ('desdobramento', 'grupamento') or (type = 'conversao' and to_instrument_id = instrument_id and factor_new <> factor_old))
        and factor_new is not null
      group by 1, 2 having count(distinct (factor_new, factor_old)) = 1
    )
    select * from filed
    union all
    select t.* from told t
    where not exists (select 1 from filed f where f.instrument_id = t.instrument_id and not f.bonus and abs(f.date - t.date) <= ${SAME_EVENT_DAYS})`);
}

/**
 * Makes `fx_direct` (published pairs), and `fx` with every pair that an instrument and a client's base currency need,
 * both ways and across BRL, on each day that has a rate. Quotients are rounded to 8 digits in integers.
 */
export async function makeRates(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table fx_direct as
    select substr(instrument_id, 1, 3) as from_currency, substr(instrument_id, 4, 3) as to_currency, date,
           cast(price as decimal(17,8)) as rate, source, captured_at, source_file, row_number
    from (
      select p.*, row_number() over (partition by instrument_id, date order by captured_at desc, source) as n
      from effective_prices p join instruments i using (instrument_id)
      where i.class = 'cambio' and p.price > 0 and length(p.instrument_id) = 6
    ) where n = 1;
    create or replace table fx_both as
    select from_currency, to_currency, date, rate, source, captured_at, source_file, row_number, 0 as derived from fx_direct
    union all
    select to_currency, from_currency, date, cast(of_e8(div_round(cast(10000000000000000 as hugeint), e8_of(rate))) as decimal(17,8)),
           source, captured_at, source_file, row_number, 1
    from fx_direct;
    create or replace table fx_cross as
    select a.from_currency, b.to_currency, a.date,
           cast(of_e8(div_round(e8_of(a.rate) * e8_of(b.rate), cast(100000000 as hugeint))) as decimal(17,8)) as rate,
           a.source, greatest(a.captured_at, b.captured_at) as captured_at, a.source_file, a.row_number, 2 as derived
    from (
      select a.*, t.target from fx_both a, (select distinct to_currency as target from fx_both where from_currency = 'BRL') t
      where a.to_currency = 'BRL' and a.from_currency <> t.target
    ) a
    asof join (select * from fx_both where from_currency = 'BRL') b on b.to_currency = a.target and a.date >= b.date;
    create or replace table fx as
    select from_currency, to_currency, date, rate, source, captured_at, source_file, row_number from (
      select *, row_number() over (partition by from_currency, to_currency, date order by derived, source) as n
      from (select * from fx_both union all select * from fx_cross)
    ) where n = 1 and from_currency <> to_currency`);
}

/**
 * Makes `prices`: one traded price per instrument and day in the instrument's own currency. The newest capture wins, the
 * source breaks ties; a close that later splits restated is turned back (docs/money.md, rule 5); a price in
 * another currency is converted at the day's rate, and left out where there is none.
 */
export async function makePrices(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table chosen_prices as
    select * from (
      select p.*, i.currency as own_currency, coalesce(p.currency, i.currency) as stated_currency,
             row_number() over (partition by p.instrument_id, p.date order by p.captured_at desc, p.source, p.row_hash) as n
      from effective_prices p join instruments i using (instrument_id)
      where i.class not in ('cambio', 'indice', 'caixa') and p.price > 0
    ) where n = 1;
    -- The day of capture is São Paulo's: in Greenwich the day of a split begins on the evening before.
    create or replace table price_factors as
    select p.instrument_id, p.date, cast(product(s.factor_new) as hugeint) as factor_new, cast(product(s.factor_old) as hugeint) as factor_old
    from chosen_prices p join splits s
      on s.instrument_id = p.instrument_id and s.trusted and p.date < s.date and s.date <= cast(p.captured_at - interval 3 hour as date)
    where p.restated group by 1, 2;
    create or replace table traded_prices as
    select p.instrument_id, p.date,
           cast(of_e8(case
             when f.factor_new is not null then div_round(e8_of(c.price) * cast(f.factor_new as hugeint), cast(f.factor_old as hugeint))
             else e8_of(c.price) end) as decimal(18,8)) as price,
           p.price as received_price, p.own_currency as currency, p.source, p.captured_at, p.source_file, p.row_number, p.row_hash
    from (
      select q.instrument_id, q.date, case when q.stated_currency = q.own_currency then q.price
             else cast(round(cast(q.price as decimal(38,8)) * x.rate, 8) as decimal(18,8)) end as price
      from chosen_prices q asof left join fx x
        on x.from_currency = q.stated_currency and x.to_currency = q.own_currency and q.date >= x.date
    ) c
    join chosen_prices p using (instrument_id, date)
    left join price_factors f using (instrument_id, date)
    where c.price is not null`);
  await carryOverSplits(engine);
}

/**
 * Makes `prices` of `traded_prices`: on the day of a split that has no price, the last one stands on the new basis (source
 * `ajuste`), so that no reader multiplies new units by an old price (docs/money.md, rule 13).
 */
async function carryOverSplits(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table carried_prices as
    select b.instrument_id, b.date, b.last_date, cast(product(s.factor_new) as hugeint) as factor_new, cast(product(s.factor_old) as hugeint) as factor_old
    from (
      select s.instrument_id, s.date, p.date as last_date
      from (select distinct instrument_id, date from splits) s
      asof join traded_prices p on p.instrument_id = s.instrument_id and s.date >= p.date
      where p.date < s.date
    ) b
    join splits s on s.instrument_id = b.instrument_id and s.date > b.last_date and s.date <= b.date
    group by 1, 2, 3;
    create or replace table prices as
    select * from traded_prices
    union all
    select p.instrument_id, c.date, cast(of_e8(div_round(e8_of(p.price) * c.factor_old, c.factor_new)) as decimal(18,8)), p.received_price,
           p.currency, 'ajuste', p.captured_at, p.source_file, p.row_number, p.row_hash
    from carried_prices c join traded_prices p on p.instrument_id = c.instrument_id and p.date = c.last_date`);
}

/** Published points of all indices, the newest capture of each day. */
export async function readIndexPoints(engine: Engine): Promise<readonly Record<string, unknown>[]> {
  return await engine.rows(`
    select instrument_id as index_id, cast(date as varchar) as day, cast(price as varchar) as value, source,
           captured_at, source_file, row_number
    from (
      select p.*, row_number() over (partition by instrument_id, date order by captured_at desc, source) as n
      from effective_prices p join instruments i using (instrument_id) where i.class = 'indice'
    ) where n = 1 order by 1, 2`);
}
