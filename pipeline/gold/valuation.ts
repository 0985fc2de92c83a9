import { type Engine, quote } from "../engine.ts";

/**
 * Makes `sessions(session, session_no)`: the B3 sessions to value, with the one before the first, number 0,
 * which carries the opening values.
 */
export async function makeSessions(engine: Engine, sessions: readonly string[]): Promise<void> {
  await engine.run(`
    create or replace table sessions as
    select cast(day as date) as session, row_number() over (order by day) - 1 as session_no
    from (select unnest([${sessions.map(quote).join(", ")}]) as day)`);
}

/**
 * Numbers the clients and instruments of a valuation and says from where each client counts:
 * `valued_clients(client_no, client_id, base_currency, controls_cash, first_no)`, in the order of ids; `first_no` is the first session to
 * write, that of the client's first position or flow at the earliest; `continues` says whether there is anything before `from_no`.
 * Needs `sessions` and `valued(client_id, base_currency, controls_cash, from_no)`.
 */
export async function makeValuedClients(engine: Engine): Promise<void> {
  await engine.run(`
    create or replace table valued_clients as
    select row_number() over (order by v.client_id) - 1 as client_no, v.client_id, v.base_currency, v.controls_cash, v.from_no,
           greatest(v.from_no, s.session_no) as first_no, s.session_no <= v.from_no as continues
    from (
      select v.client_id, v.base_currency, v.controls_cash, v.from_no, min(p.first_day) as first_day
      from valued v join (
        select client_id, min(valid_from) as first_day from n_position_spans group by 1
        union all select client_id, min(date) from n_flows group by 1
      ) p using (client_id)
      group by all
    ) v asof join sessions s on v.first_day <= s.session;
    create or replace table valued_instruments as
    select row_number() over (order by instrument_id) - 1 as instrument_no, instrument_id
    from (select distinct instrument_id from n_position_spans)`);
}

/** Last prices on or before each session of [fromNo, toNo], by instrument number; nothing before the first price. */
export function closesQuery(fromNo: number, toNo: number): string {
  return `
    select cast(h.instrument_no as integer) as instrument_no, cast(h.session_no as integer) as session_no, e8_of(p.price) as price
    from (
      select i.instrument_no, i.instrument_id, s.session_no, s.session from valued_instruments i, sessions s
      where s.session_no between ${fromNo} and ${toNo} and not starts_with(i.instrument_id, 'CAIXA-')
    ) h asof join prices p on p.instrument_id = h.instrument_id and h.session >= p.date`;
}

/** Last rates on or before each session of [fromNo, toNo], for the pairs that a position or a flow needs. */
export function ratesQuery(fromNo: number, toNo: number): string {
  return `
    select h.from_currency, h.to_currency, cast(h.session_no as integer) as session_no, e8_of(r.rate) as rate
    from (
      select c.from_currency, c.to_currency, s.session_no, s.session
      from (
        select distinct currency as from_currency, base_currency as to_currency from n_position_spans
        union select distinct f.currency, v.base_currency from n_flows f join valued v using (client_id)
      ) c, sessions s
      where s.session_no between ${fromNo} and ${toNo} and c.from_currency <> c.to_currency
    ) h asof join fx r on r.from_currency = h.from_currency and r.to_currency = h.to_currency and h.session >= r.date`;
}

/**
 * What a window of sessions is valued from, client by client: deposits on their curves (kind -1), open positions with the days they hold
 * (kind 0), and flows, those of days without a session joined to the next one (kind 1). Columns: client_no, kind, currency, instrument_no,
 * from, to (day numbers; a flow's session number), then five amounts: quantity, cost, trade price; or gross flow, flow, gross flow, income and
 * fees in base currency. A deposit has its quantity there, and in three more columns its terms, first purchase and units, up to `curvesTo`.
 */
export function holdingsQuery(window: {
  fromNo: number;
  toNo: number;
  from: string;
  to: string;
  curvesTo: string;
}): string {
  return `
    select cast(v.client_no as integer), -1, null, cast(i.instrument_no as integer), cast(u.valid_from as integer), cast(u.valid_to as integer),
           u.quantity, null, null, null, null, u.terms_no, u.since, u.units
    from curve_spans u join valued_clients v using (client_id) join valued_instruments i using (instrument_id)
    where u.valid_from <= date ${quote(window.curvesTo)} - date '1970-01-01' and u.valid_to > date ${quote(window.from)} - date '1970-01-01'
    union all
    select cast(v.client_no as integer), 0, p.currency, cast(i.instrument_no as integer),
           cast(p.valid_from - date '1970-01-01' as integer), cast(p.valid_to - date '1970-01-01' as integer),
           cast(p.quantity as decimal(38,8)), cast(p.cost_base as decimal(38,8)), cast(p.trade_price as decimal(38,8)), null, null,
           null, null, null
    from n_position_spans p join valued_clients v using (client_id) join valued_instruments i using (instrument_id)
    where p.quantity <> 0 and p.valid_from <= date ${quote(window.to)} and p.valid_to > date ${quote(window.from)}
    union all
    select cast(v.client_no as integer), 1, f.currency, null, cast(s.session_no as integer), null,
           cast(sum(f.flow_gross) as decimal(38,8)), cast(sum(f.flow_base) as decimal(38,8)), cast(sum(f.flow_gross_base) as decimal(38,8)),
           cast(sum(f.income_base) as decimal(38,8)), cast(sum(f.fees_base) as decimal(38,8)),
           null, null, null
    from (
      select * from n_flows where date <= date ${quote(window.to)} and date > date ${quote(window.from)}
    ) f join valued_clients v using (client_id) asof join sessions s on f.date <= s.session
    where s.session_no between ${window.fromNo + 1} and ${window.toNo}
    group by v.client_no, f.currency, s.session_no
    order by 1, 2`;
}
