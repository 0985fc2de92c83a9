import type { CatalogueQuery } from "../warehouse.ts";
import { ofScope, scope } from "./scope.ts";
import { valuation } from "./valuation.ts";

/**
 * What alerts watch, for all of their owners at once: the scope is that of everybody who has a rule, and each row names its
 * broker, so that it is told to nobody else. Amounts and weights are those of the answers, from the same expressions.
 */

/** The newest price of every code that has one. Market data: no scope, no parameters. */
const watchQuotes: CatalogueQuery = {
  name: "watch_quotes",
  sql: `SELECT i.instrument_id, i.name, i.class, q.currency, q.price, q.price_date, q.price_at, q.previous_close, q.source,
  q.delay_minutes, q.captured_at
FROM {instruments} i
JOIN {quotes_latest} q ON q.instrument_id = i.instrument_id
ORDER BY i.instrument_id ASC`,
};

/**
 * What the clients of each broker hold: how many of them, how many on a curve of their own, and how many with a price of
 * their own trade. Parameters: brokers.
 */
const watchHeld: CatalogueQuery = {
  name: "watch_held",
  sql: `WITH ${scope("book")}
SELECT s.broker_id, p.instrument_id, i.name, COALESCE(i.class, 'desconhecida') AS class, COUNT(*) AS holders,
  SUM(CASE WHEN c.price IS NOT NULL THEN 1 ELSE 0 END) AS curves, MIN(c.price_date) AS curve_date,
  SUM(CASE WHEN p.trade_price IS NOT NULL THEN 1 ELSE 0 END) AS traded
FROM scope s
JOIN {positions} p ON ${ofScope("p", "book")} AND p.quantity <> 0 AND p.instrument_id <> 'CAIXA-' || p.currency
LEFT JOIN {curve_latest} c ON ${ofScope("c", "book")} AND c.instrument_id = p.instrument_id
LEFT JOIN {instruments} i ON i.instrument_id = p.instrument_id
GROUP BY s.broker_id, p.instrument_id, i.name, i.class
ORDER BY s.broker_id ASC, p.instrument_id ASC`,
};

/**
 * The day of each client of whom something moved on :day, in base currency. What a quote of an earlier day or one of :stale
 * moved is left out, and how much of it there is, told. Parameters: brokers, as_of, day, stale.
 */
const watchClients: CatalogueQuery = {
  name: "watch_clients",
  sql: `${valuation("now", "book")},
judged AS (
  SELECT v.*, CASE WHEN v.price_kind = 'quote' AND v.moves THEN CASE WHEN v.price_date < :day OR v.instrument_id IN (:stale) THEN 'late'
    ELSE 'moved' END ELSE 'still' END AS judged
  FROM valued v
),
days AS (
  SELECT j.client_id,
    CAST(SUM(CASE WHEN j.judged = 'late' THEN CAST(0 AS DECIMAL(20,8)) ELSE j.day_change END) AS DECIMAL(20,8)) AS day_change,
    CAST(SUM(CASE WHEN j.day_change IS NULL THEN NULL ELSE j.previous_base END) AS DECIMAL(20,8)) AS previous,
    CAST(SUM(CASE WHEN j.day_change IS NULL THEN NULL ELSE j.flow_base END) AS DECIMAL(20,8)) AS flow,
    SUM(CASE WHEN j.judged = 'moved' THEN 1 ELSE 0 END) AS moved,
    SUM(CASE WHEN j.judged = 'late' AND j.quantity <> 0 THEN 1 ELSE 0 END) AS late,
    MAX(CASE WHEN j.judged = 'moved' THEN j.price_date END) AS price_date,
    MAX(CASE WHEN j.judged = 'moved' THEN j.price_at END) AS price_at,
    MAX(CASE WHEN j.judged = 'moved' THEN j.source END) AS source
  FROM judged j
  GROUP BY j.client_id
)
SELECT s.broker_id, s.client_id, s.name AS client_name, s.base_currency, d.day_change, d.previous, d.flow, d.late,
  d.price_date, d.price_at, d.source,
  CASE WHEN s.base_currency = 'BRL' THEN CAST(1 AS DECIMAL(18,8)) ELSE x.price END AS rate_brl
FROM scope s
JOIN days d ON d.client_id = s.client_id
LEFT JOIN quotes x ON x.instrument_id = s.base_currency || 'BRL'
WHERE d.moved > 0
ORDER BY s.client_id ASC`,
};

/**
 * Positions of more than :points (hundredths of a percent) of their client's gross value, and those without a known value.
 * Parameters: brokers, as_of, points.
 */
const watchWeights: CatalogueQuery = {
  name: "watch_weights",
  sql: `${valuation("now", "book")},
gross AS (
  SELECT g.client_id, CAST(SUM(ABS(g.value_base)) AS DECIMAL(24,8)) AS gross_base FROM valued g GROUP BY g.client_id
)
SELECT s.broker_id, s.client_id, s.name AS client_name, s.base_currency, v.instrument_id, v.value_base, g.gross_base,
  v.price_date, v.price_at, v.source
FROM scope s
JOIN valued v ON v.client_id = s.client_id
JOIN gross g ON g.client_id = s.client_id
WHERE v.quantity > 0 AND v.price_kind <> 'cash'
  AND (v.value_base IS NULL OR v.value_base * CAST(10000 AS DECIMAL(6,0)) > g.gross_base * CAST(:points AS DECIMAL(6,0)))
ORDER BY s.client_id ASC, v.instrument_id ASC`,
};

/**
 * Positions of a known cost whose price lies more than :points (hundredths of a percent) from it, and those without a price.
 * Parameters: brokers, as_of, points.
 */
const watchGains: CatalogueQuery = {
  name: "watch_gains",
  sql: `${valuation("now", "book")}
SELECT s.broker_id, s.client_id, s.name AS client_name, s.base_currency, v.instrument_id, v.currency, v.quantity, v.cost, v.value,
  v.price, v.price_date, v.price_at, v.source
FROM scope s
JOIN valued v ON v.client_id = s.client_id
WHERE v.quantity > 0 AND v.cost_known AND v.cost > 0 AND v.price_kind = 'quote'
  AND (v.value IS NULL OR ABS(v.value - v.cost) * CAST(10000 AS DECIMAL(6,0)) > v.cost * CAST(:points AS DECIMAL(6,0)))
ORDER BY s.client_id ASC, v.instrument_id ASC`,
};

/**
 * What is held and matures from :from to :to: the earliest day that the curve or, where there is none, an operation states.
 * Parameters: brokers, from, to.
 */
const watchMaturities: CatalogueQuery = {
  name: "watch_maturities",
  sql: `WITH ${scope("book")},
maturing AS (
  SELECT s.broker_id, s.client_id, s.name AS client_name, p.instrument_id,
    COALESCE(MAX(c.maturity), MIN(o.maturity)) AS maturity
  FROM scope s
  JOIN {positions} p ON ${ofScope("p", "book")} AND p.quantity > 0
  LEFT JOIN {curve_latest} c ON ${ofScope("c", "book")} AND c.instrument_id = p.instrument_id
  LEFT JOIN {operations} o ON ${ofScope("o", "book")} AND o.instrument_id = p.instrument_id AND o.maturity >= :from
  GROUP BY s.broker_id, s.client_id, s.name, p.instrument_id
)
SELECT m.broker_id, m.client_id, m.client_name, m.instrument_id, m.maturity
FROM maturing m
WHERE m.maturity >= :from AND m.maturity <= :to
ORDER BY m.maturity ASC, m.client_id ASC, m.instrument_id ASC`,
};

/** What clients hold of some instruments, with their day in base currency. Parameters: brokers, as_of, assets. */
const watchHolders: CatalogueQuery = {
  name: "watch_holders",
  sql: `${valuation("now", "book")}
SELECT s.client_id, s.name AS client_name, s.base_currency, v.instrument_id, v.quantity, v.value_base, v.day_change, v.moves,
  CASE WHEN s.base_currency = 'BRL' THEN CAST(1 AS DECIMAL(18,8)) ELSE x.price END AS rate_brl
FROM scope s
JOIN valued v ON v.client_id = s.client_id
LEFT JOIN quotes x ON x.instrument_id = s.base_currency || 'BRL'
WHERE v.instrument_id IN (:assets) AND v.quantity <> 0
ORDER BY v.instrument_id ASC, s.client_id ASC`,
};

export const WATCH_QUERIES = {
  watchQuotes,
  watchHeld,
  watchClients,
  watchWeights,
  watchGains,
  watchMaturities,
  watchHolders,
} as const;
