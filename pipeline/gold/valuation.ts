import { type Engine, quote } from "../engine.ts";

/**
 * Makes `sessions(session, session_no, previous)`: the B3 sessions to value, with the one before the first,
 * which carries the opening values.
 */
export async function makeSessions(engine: Engine, sessions: readonly string[]): Promise<void> {
  await engine.run(`
    create or replace table sessions as
    select cast(day as date) as session, row_number() over (order by day) - 1 as session_no,
           lag(cast(day as date)) over (order by day) as previous
    from (select unnest([${sessions.map(quote).join(", ")}]) as day)`);
}

/**
 * Makes `closes(instrument_id, session_no, price)`: the last price on or before each session, carried over splits, and
 * `rates(from_currency, to_currency, session_no, rate)` likewise. Only what some span needs.
 */
export async function makeCloses(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table closes as
    select h.instrument_id, h.session_no, h.session, p.date as price_date, p.price
    from (
      select i.instrument_id, s.session_no, s.session
      from (select distinct instrument_id from n_position_spans where not starts_with(instrument_id, 'CAIXA-')) i, sessions s
    ) h asof join prices p on p.instrument_id = h.instrument_id and h.session >= p.date;
    create or replace table rates as
    select h.from_currency, h.to_currency, h.session_no, r.rate
    from (
      select c.currency as from_currency, c.base_currency as to_currency, s.session_no, s.session
      from (select distinct currency, base_currency from n_position_spans where currency <> base_currency) c, sessions s
    ) h asof join fx r on r.from_currency = h.from_currency and r.to_currency = h.to_currency and h.session >= r.date`);
  await carryOverSplits(engine);
}

/** A last price from before a split is turned onto the basis of the sessions after it. */
async function carryOverSplits(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table carried as
    select c.instrument_id, c.session_no, cast(product(s.factor_new) as hugeint) as factor_new, cast(product(s.factor_old) as hugeint) as factor_old
    from closes c join splits s on s.instrument_id = c.instrument_id and c.price_date < s.date and s.date <= c.session
    group by 1, 2;
    update closes set price = cast(of_e8(div_round(e8_of(closes.price) * k.factor_old, k.factor_new)) as decimal(18,8))
    from carried k where k.instrument_id = closes.instrument_id and k.session_no = closes.session_no`);
}

/**
 * Makes `currencies_held(client_id, currency, base_currency, first_no)` and `session_flows`, in which the flows of days
 * without a session have joined the next one. Needs `sessions` and `valued(client_id, base_currency, controls_cash, from_no)`.
 */
export async function makeFlows(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table currencies_held as
    select p.client_id, p.currency, p.base_currency, min(s.session_no) as first_no
    from (
      select client_id, currency, base_currency, min(valid_from) as first_day from n_position_spans
      where client_id in (select client_id from valued) group by all
      union all
      select f.client_id, f.currency, v.base_currency, min(f.date) from n_flows f join valued v using (client_id) group by all
    ) p asof join sessions s on p.first_day <= s.session
    group by all;
    create or replace table session_flows as
    select f.client_id, f.currency, s.session_no, sum(f.flow_gross) as flow_gross, sum(f.flow_base) as flow_base,
           sum(f.flow_gross_base) as flow_gross_base, sum(f.income_base) as income_base, sum(f.fees_base) as fees_base
    from (select * from n_flows where client_id in (select client_id from valued)) f
    asof join sessions s on f.date <= s.session
    group by all`);
}

/**
 * Makes `daily_amounts`: per client, currency and session of [fromNo, toNo] the exact value summed once and rounded, its
 * cost, flows and price effect. Sessions before a client's first span are left out.
 * Value: sum of quantity x price per currency, rounded, times the session's rate, rounded (docs/money.md, rule 1).
 */
export async function makeDailyAmounts(engine: Engine, fromNo: number, toNo: number): Promise<void> {
  await engine.run(`
    create or replace table held as
    select s.client_id, s.instrument_id, s.currency, s.base_currency, s.quantity, s.cost_base, s.trade_price,
           unnest(range(s.first_no, s.last_no + 1)) as session_no
    from (
      select p.client_id, p.instrument_id, p.currency, p.base_currency, p.quantity, p.cost_base, p.trade_price,
             greatest(a.session_no, ${fromNo}) as first_no, least(coalesce(b.session_no - 1, ${toNo}), ${toNo}) as last_no
      from n_position_spans p
      join valued v using (client_id)
      asof join sessions a on p.valid_from <= a.session
      asof left join sessions b on p.valid_to <= b.session
      where p.quantity <> 0 and greatest(a.session_no, v.from_no - 1, ${fromNo}) <= least(coalesce(b.session_no - 1, ${toNo}), ${toNo})
    ) s;
    create or replace table currency_values as
    select h.client_id, h.currency, h.base_currency, h.session_no,
           cast(sum(cast(h.quantity * case when starts_with(h.instrument_id, 'CAIXA-') then cast(1 as decimal(18,8))
                else coalesce(c.price, h.trade_price) end as decimal(38,16))) as decimal(38,8)) as value,
           cast(sum(h.cost_base) as decimal(38,8)) as cost,
           count(*) filter (c.price is null and h.trade_price is null and not starts_with(h.instrument_id, 'CAIXA-')) as unpriced
    from held h left join closes c on c.instrument_id = h.instrument_id and c.session_no = h.session_no
    group by all;
    drop table held;
    create or replace table daily_amounts as
    with grid as (
      select g.client_id, g.currency, g.base_currency, s.session_no, v.from_no, v.controls_cash
      from (select client_id, currency, base_currency, first_no from currencies_held) g
      join valued v using (client_id)
      join sessions s on s.session_no between greatest(g.first_no, ${fromNo}) and ${toNo} and s.session_no >= v.from_no - 1
    ), amounts as (
      select g.*, coalesce(cv.value, 0) as value, coalesce(cv.cost, 0) as cost, coalesce(cv.unpriced, 0) as unpriced,
             case when g.currency = g.base_currency then cast(1 as decimal(17,8)) else r.rate end as rate,
             case when g.currency = g.base_currency then cast(1 as decimal(17,8)) else o.rate end as opening_rate,
             coalesce(f.flow_gross, 0) as flow_gross, coalesce(f.flow_base, 0) as flow_base,
             coalesce(f.flow_gross_base, 0) as flow_gross_base, coalesce(f.income_base, 0) as income, coalesce(f.fees_base, 0) as fees
      from grid g
      left join currency_values cv using (client_id, currency, session_no)
      left join rates r on r.from_currency = g.currency and r.to_currency = g.base_currency and r.session_no = g.session_no
      left join rates o on o.from_currency = g.currency and o.to_currency = g.base_currency and o.session_no = g.session_no - 1
      left join session_flows f on f.client_id = g.client_id and f.currency = g.currency and f.session_no = g.session_no
    ), based as (
      select *, cast(round(value * rate, 8) as decimal(38,8)) as value_base,
             lag(value) over w as previous_value,
             lag(cast(round(value * rate, 8) as decimal(38,8))) over w as previous_base
      from amounts window w as (partition by client_id, currency order by session_no)
    )
    select client_id, session_no, controls_cash,
           sum(coalesce(value_base, 0)) as value, sum(cost) as cost, sum(flow_base) as flow, sum(income) as income, sum(fees) as fees,
           sum(cast(round((value - coalesce(previous_value, 0) - flow_gross) * coalesce(opening_rate, rate, 0), 8) as decimal(38,8))) as price_gain,
           sum(coalesce(value_base, 0) - coalesce(previous_base, 0) - flow_gross_base) as gain,
           sum(unpriced + case when value_base is null and value <> 0 then 1 else 0 end) as unpriced
    from based
    where session_no >= greatest(from_no, ${fromNo} + 1)
    group by all;
    drop table currency_values`);
}
