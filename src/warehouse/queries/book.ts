import type { CatalogueQuery } from "../warehouse.ts";
import { ofScope, scope } from "./scope.ts";
import { type Moment, valuation } from "./valuation.ts";

const nameOf = (name: string, moment: Moment): string => (moment === "now" ? name : `${name}_at`);

/**
 * `client_totals`: a client's value in base currency (docs/money.md, rule 1: exact products summed per currency, rounded,
 * times the rate, rounded) and in BRL, with the parts of the day change. Null where nothing that is held is priced.
 */
const CLIENT_TOTALS = `currency_totals AS (
  SELECT v.client_id, v.base_currency,
    CAST(CAST(SUM(CASE WHEN v.value_base IS NULL OR v.quantity = 0 THEN CAST(0 AS DECIMAL(37,16)) ELSE v.quantity * v.price END)
      AS DECIMAL(20,8)) * v.rate AS DECIMAL(20,8)) AS value,
    SUM(CASE WHEN v.quantity <> 0 AND v.value_base IS NOT NULL THEN 1 ELSE 0 END) AS priced,
    SUM(CASE WHEN v.quantity <> 0 AND v.value_base IS NULL THEN 1 ELSE 0 END) AS unpriced,
    SUM(v.day_change) AS day_change,
    SUM(CASE WHEN v.day_change IS NULL THEN NULL ELSE v.previous_base END) AS previous,
    SUM(CASE WHEN v.day_change IS NULL THEN NULL ELSE v.flow_base END) AS flow,
    MAX(v.price_date) AS price_date
  FROM valued v
  GROUP BY v.client_id, v.base_currency, v.currency, v.rate
),
base_totals AS (
  SELECT c.client_id, c.base_currency,
    CASE WHEN SUM(c.priced) = 0 AND SUM(c.unpriced) > 0 THEN NULL ELSE CAST(SUM(c.value) AS DECIMAL(20,8)) END AS value,
    SUM(c.unpriced) AS unpriced, CAST(SUM(c.day_change) AS DECIMAL(20,8)) AS day_change,
    CAST(SUM(c.previous) AS DECIMAL(20,8)) AS previous, CAST(SUM(c.flow) AS DECIMAL(20,8)) AS flow,
    MAX(c.price_date) AS price_date
  FROM currency_totals c
  GROUP BY c.client_id, c.base_currency
),
client_totals AS (
  SELECT s.client_id, s.name, s.base_currency, b.unpriced, b.price_date,
    CASE WHEN b.client_id IS NULL THEN CAST(0 AS DECIMAL(20,8)) ELSE b.value END AS value,
    CASE WHEN b.client_id IS NULL THEN CAST(0 AS DECIMAL(20,8)) WHEN s.base_currency = 'BRL' THEN b.value
      ELSE CAST(b.value * CAST(x.price AS DECIMAL(17,8)) AS DECIMAL(20,8)) END AS value_brl,
    CASE WHEN s.base_currency = 'BRL' THEN b.day_change
      ELSE CAST(b.day_change * CAST(x.price AS DECIMAL(17,8)) AS DECIMAL(20,8)) END AS day_change_brl,
    CASE WHEN s.base_currency = 'BRL' THEN b.previous
      ELSE CAST(b.previous * CAST(x.price AS DECIMAL(17,8)) AS DECIMAL(20,8)) END AS previous_brl,
    CASE WHEN s.base_currency = 'BRL' THEN b.flow
      ELSE CAST(b.flow * CAST(x.price AS DECIMAL(17,8)) AS DECIMAL(20,8)) END AS flow_brl
  FROM scope s
  LEFT JOIN base_totals b ON b.client_id = s.client_id
  LEFT JOIN quotes x ON x.instrument_id = s.base_currency || 'BRL'
)`;

/**
 * The first `limit` clients with their values, and on each row the sums over all clients.
 * Parameters: brokers, as_of, limit; at a past day also day.
 */
function bookClients(moment: Moment, order: "by_value" | "by_name"): CatalogueQuery {
  const key = order === "by_value" ? "value_brl DESC NULLS LAST, client_id ASC" : "name ASC, client_id ASC";
  return {
    name: nameOf(`book_clients_${order}`, moment),
    sql: `${valuation(moment, "book")},
${CLIENT_TOTALS}
SELECT client_id, name, base_currency, value, value_brl, clients, total_brl, day_change_brl, previous_brl, flow_brl, price_date
FROM (
  SELECT client_id, name, base_currency, value, value_brl, ROW_NUMBER() OVER (ORDER BY ${key}) AS place,
    COUNT(*) OVER () AS clients, SUM(value_brl) OVER () AS total_brl, SUM(day_change_brl) OVER () AS day_change_brl,
    SUM(previous_brl) OVER () AS previous_brl, SUM(flow_brl) OVER () AS flow_brl, MAX(price_date) OVER () AS price_date
  FROM client_totals
) placed
WHERE place <= :limit
ORDER BY place ASC`,
  };
}

/**
 * The `limit` clients who gained the most in the newest session and the `limit` who lost the most, in BRL, each with the sums over all
 * clients as in `book_clients_by_value`. Parameters: brokers, as_of, limit; at a past day also day.
 */
function bookClientMoves(moment: Moment): CatalogueQuery {
  return {
    name: nameOf("book_client_moves", moment),
    sql: `${valuation(moment, "book")},
${CLIENT_TOTALS}
SELECT client_id, name, clients, moved, total_brl, total_change_brl, total_previous_brl, total_flow_brl,
  day_change_brl, previous_brl, flow_brl
FROM (
  SELECT client_id, name, day_change_brl, previous_brl, flow_brl,
    ROW_NUMBER() OVER (ORDER BY day_change_brl DESC NULLS LAST, client_id ASC) AS place_up,
    ROW_NUMBER() OVER (ORDER BY day_change_brl ASC NULLS LAST, client_id ASC) AS place_down,
    COUNT(*) OVER () AS clients,
    SUM(CASE WHEN day_change_brl <> 0 THEN 1 ELSE 0 END) OVER () AS moved, SUM(value_brl) OVER () AS total_brl,
    SUM(day_change_brl) OVER () AS total_change_brl, SUM(previous_brl) OVER () AS total_previous_brl,
    SUM(flow_brl) OVER () AS total_flow_brl
  FROM client_totals
) placed
WHERE place_up <= :limit OR place_down <= :limit
ORDER BY day_change_brl DESC NULLS LAST, client_id ASC`,
  };
}

/**
 * What each instrument is worth and has gained in all portfolios, by base currency. A position without a known value or
 * base cost counts in `unknown` and `priced_base` only; `holders` are the positions that are open, and say where the price is
 * from: the worst kind of it where deposits on a curve stand beside others of the same code. Parameters: brokers, as_of; at a past day also day.
 */
function bookInstruments(moment: Moment): CatalogueQuery {
  const known =
    "v.cost_known AND v.value_base IS NOT NULL AND v.cost_base IS NOT NULL AND v.realized_gain_base IS NOT NULL AND v.income_base IS NOT NULL";
  return {
    name: nameOf("book_instruments", moment),
    sql: `${valuation(moment, "book")}
SELECT v.instrument_id, v.name, v.class, v.currency, v.base_currency,
  CASE WHEN v.base_currency = 'BRL' THEN CAST(1 AS DECIMAL(18,8)) ELSE x.price END AS rate_brl,
  SUM(CASE WHEN ${known} THEN v.value_base END) AS value_base, SUM(CASE WHEN ${known} THEN v.cost_base END) AS cost_base,
  SUM(CASE WHEN ${known} THEN v.realized_gain_base END) AS realized_gain_base,
  SUM(CASE WHEN ${known} THEN v.income_base END) AS income_base,
  SUM(CASE WHEN ${known} THEN 0 ELSE 1 END) AS unknown,
  SUM(v.day_change) AS day_change, SUM(CASE WHEN v.day_change IS NULL THEN NULL ELSE v.previous_base END) AS previous_base,
  SUM(CASE WHEN v.day_change IS NULL THEN NULL ELSE v.flow_base END) AS flow_base,
  SUM(CASE WHEN v.quantity <> 0 THEN 1 ELSE 0 END) AS holders, SUM(v.value_base) AS priced_base,
  COALESCE(MAX(CASE WHEN v.quantity <> 0 THEN v.price_kind END), MAX(v.price_kind)) AS price_kind,
  COALESCE(MAX(CASE WHEN v.quantity <> 0 THEN v.price_date END), MAX(v.price_date)) AS price_date, MAX(v.price_at) AS price_at,
  COALESCE(MAX(CASE WHEN v.quantity <> 0 THEN v.source END), MAX(v.source)) AS source,
  MAX(v.delay_minutes) AS delay_minutes, MAX(v.captured_at) AS captured_at, MAX(v.market_newest) AS market_newest, MAX(v.trade_day) AS trade_day,
  MAX(v.rate_date) AS rate_date, MAX(v.rate_at) AS rate_at, MAX(v.rate_source) AS rate_source,
  MAX(v.rate_delay_minutes) AS rate_delay_minutes, MAX(v.valid_from) AS changed_on
FROM valued v
LEFT JOIN quotes x ON x.instrument_id = v.base_currency || 'BRL'
GROUP BY v.instrument_id, v.name, v.class, v.currency, v.base_currency, x.price
ORDER BY v.instrument_id ASC, v.base_currency ASC`,
  };
}

/**
 * Who holds an instrument, with the gross value (shorts counted positive) of each holder's whole portfolio: by a window, since
 * Trino works all of `valued` out again for each place it is named in, and takes no more than 150 stages.
 * Parameters: brokers, asset, as_of; at a past day also day.
 */
function holders(moment: Moment): CatalogueQuery {
  return {
    name: nameOf("holders", moment),
    sql: `${valuation(moment, "book")},
weighed AS (
  SELECT v.*, SUM(ABS(v.value_base)) OVER (PARTITION BY v.client_id) AS gross_base FROM valued v
)
SELECT s.client_id, s.name AS client_name, v.name, v.class, v.currency, v.quantity, v.value, v.value_base, v.gross_base,
  v.price_kind, v.price_date, v.price_at, v.source, v.delay_minutes, v.captured_at, v.market_newest, v.trade_day
FROM scope s
JOIN weighed v ON v.client_id = s.client_id
WHERE v.instrument_id = :asset AND v.quantity <> 0
ORDER BY v.value DESC NULLS LAST, v.quantity DESC, s.client_id ASC`,
  };
}

/** All clients' index points of the standard periods, as of the last session. Parameters: brokers. */
const clientSummaries: CatalogueQuery = {
  name: "client_summaries",
  sql: `WITH ${scope("book")}
SELECT s.client_id, s.name, s.base_currency, m.first_date, m.as_of, m.value, m.twr_index,
  m.p_day_index, m.p_wtd_index, m.p_mtd_index, m.p_3m_index, m.p_6m_index, m.p_12m_index, m.p_ytd_index
FROM scope s
JOIN {client_summary} m ON ${ofScope("m", "book")}
ORDER BY s.client_id ASC`,
};

/**
 * All clients' index points at the two ends of any other period: the base session's is absent for a younger client.
 * Parameters: brokers, from, to (sessions).
 */
const clientIndexes: CatalogueQuery = {
  name: "client_indexes",
  sql: `WITH ${scope("book")}
SELECT s.client_id, s.name, s.base_currency, m.first_date,
  MAX(CASE WHEN d.date = :from THEN d.twr_index END) AS base_index,
  MAX(CASE WHEN d.date = :to THEN d.twr_index END) AS twr_index,
  MAX(CASE WHEN d.date = :to THEN d.value END) AS value
FROM scope s
JOIN {client_summary} m ON ${ofScope("m", "book")}
JOIN {portfolio_daily} d ON ${ofScope("d", "book")} AND d.date IN (:from, :to)
GROUP BY s.client_id, s.name, s.base_currency, m.first_date
ORDER BY s.client_id ASC`,
};

export const BOOK_QUERIES = {
  bookClientsByValue: bookClients("now", "by_value"),
  bookClientsByValueAt: bookClients("at", "by_value"),
  bookClientsByName: bookClients("now", "by_name"),
  bookClientsByNameAt: bookClients("at", "by_name"),
  bookClientMoves: bookClientMoves("now"),
  bookClientMovesAt: bookClientMoves("at"),
  bookInstruments: bookInstruments("now"),
  bookInstrumentsAt: bookInstruments("at"),
  holders: holders("now"),
  holdersAt: holders("at"),
  clientSummaries,
  clientIndexes,
} as const;
