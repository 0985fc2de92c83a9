import type { CatalogueQuery } from "../warehouse.ts";
import { ofScope, type Reach, scope } from "./scope.ts";
import { type Moment, valuation } from "./valuation.ts";

/** What a digest tells beside value and moves: one query a question, each of one client or of all the asker's. */

const nameOf = (name: string, reach: Reach): string => `${reach}_${name}`;

/** `rates`: BRL for one unit of each currency, from `date` until the day before `next_date`: the last PTAX sale on or before a day. */
const RATES = `rates AS (
  SELECT x.from_currency, x.date, x.rate, LEAD(x.date) OVER (PARTITION BY x.from_currency ORDER BY x.date ASC) AS next_date
  FROM {fx_daily} x
  WHERE x.to_currency = 'BRL'
)`;

/** Joins the rate of a row's day to a relation with base_currency and date. */
const rateOf = (alias: string): string =>
  `LEFT JOIN rates r ON r.from_currency = ${alias}.base_currency AND r.date <= ${alias}.date AND (r.next_date > ${alias}.date OR r.next_date IS NULL)`;

const RATE_BRL =
  "CASE WHEN d.base_currency = 'BRL' THEN CAST(1 AS DECIMAL(17,8)) ELSE r.rate END AS rate_brl";

/**
 * The sums of all clients' sessions in [from, to] by base currency, with that day's rate. Income of a client whose cash is
 * controlled is left out: the value holds it (docs/money.md, rule 7). Parameters: brokers, from, to.
 */
const bookDays: CatalogueQuery = {
  name: "book_days",
  sql: `WITH ${scope("book")},
${RATES},
days AS (
  SELECT d.date, s.base_currency, SUM(d.value) AS value, SUM(d.flow) AS flow,
    SUM(CASE WHEN s.controls_cash THEN CAST(0 AS DECIMAL(38,8)) ELSE d.income END) AS income
  FROM scope s
  JOIN {portfolio_daily} d ON ${ofScope("d", "book")} AND d.date >= :from AND d.date <= :to
  GROUP BY d.date, s.base_currency
)
SELECT d.date, d.base_currency, d.value, d.flow, d.income, ${RATE_BRL}
FROM days d
${rateOf("d")}
ORDER BY d.date ASC, d.base_currency ASC`,
};

/**
 * Net income in [from, to] by credit date, instrument and base currency, with that day's rate. `unknown` counts payments whose
 * own exchange rate was missing, `clients` who received. Parameters: brokers, from, to; of one client also client.
 */
function income(reach: Reach): CatalogueQuery {
  return {
    name: nameOf("credits", reach),
    sql: `WITH ${scope(reach)},
${RATES},
credits AS (
  SELECT i.date, i.instrument_id, s.base_currency, SUM(i.net_base) AS total,
    SUM(CASE WHEN i.net_base IS NULL THEN 1 ELSE 0 END) AS unknown, COUNT(DISTINCT i.client_id) AS clients
  FROM scope s
  JOIN {income} i ON ${ofScope("i", reach)} AND i.date >= :from AND i.date <= :to
  GROUP BY i.date, i.instrument_id, s.base_currency
)
SELECT d.date, d.instrument_id, d.base_currency, d.total, d.unknown, d.clients, ${RATE_BRL}
FROM credits d
${rateOf("d")}
ORDER BY d.date DESC NULLS LAST, d.instrument_id ASC, d.base_currency ASC`,
  };
}

/**
 * What the ledger announces with an ex day in [from, to], on the units that were held at the end of the day before it; of an ex day
 * to come, on those that are held now. Left out are clients who got a payment of the instrument since: it may be this one.
 * Parameters: brokers, from, to; of one client also client.
 */
function announced(reach: Reach): CatalogueQuery {
  return {
    name: nameOf("announced", reach),
    sql: `WITH ${scope(reach)},
received AS (
  SELECT i.client_id, i.instrument_id, MAX(i.date) AS last_date
  FROM scope s
  JOIN {income} i ON ${ofScope("i", reach)} AND i.date >= :from
  GROUP BY i.client_id, i.instrument_id
)
SELECT a.instrument_id, a.date, a.amount, a.source, n.name, p.currency, COUNT(DISTINCT s.client_id) AS clients,
  SUM(p.quantity) AS quantity, CAST(SUM(p.quantity * a.amount) AS DECIMAL(38,8)) AS total
FROM scope s
JOIN {position_spans} p ON ${ofScope("p", reach)} AND p.quantity > 0
JOIN {announced_payments} a ON a.instrument_id = p.instrument_id AND a.date >= :from AND a.date <= :to
  AND p.valid_from < a.date AND p.valid_to >= a.date
LEFT JOIN received g ON g.client_id = s.client_id AND g.instrument_id = p.instrument_id
LEFT JOIN {instruments} n ON n.instrument_id = a.instrument_id
WHERE g.last_date IS NULL OR g.last_date < a.date
GROUP BY a.instrument_id, a.date, a.amount, a.source, n.name, p.currency
ORDER BY a.date ASC, a.instrument_id ASC, p.currency ASC`,
  };
}

/**
 * Open positions with a purchase that matures in [from, to]: the earliest such day, and what the whole position is worth now.
 * Parameters: brokers, as_of, from, to; of one client also client; at a past day also day.
 */
function maturities(moment: Moment, reach: Reach): CatalogueQuery {
  const name = nameOf("maturities", reach);
  const due = `
  SELECT o.client_id, o.instrument_id, MIN(o.maturity) AS maturity
  FROM scope s
  JOIN {operations} o ON ${ofScope("o", reach)} AND o.maturity >= :from AND o.maturity <= :to
  GROUP BY o.client_id, o.instrument_id
`;
  return {
    name: moment === "now" ? name : `${name}_at`,
    sql: `${valuation(moment, reach, { name: "due", sql: due })}
SELECT d.maturity, d.instrument_id, s.client_id, s.name AS client_name, v.class, v.currency, v.quantity, v.value
FROM due d
JOIN scope s ON s.client_id = d.client_id
JOIN valued v ON v.client_id = d.client_id AND v.instrument_id = d.instrument_id AND v.quantity <> 0
ORDER BY d.maturity ASC, v.value_base DESC NULLS LAST, s.client_id ASC, d.instrument_id ASC`,
  };
}

export const BRIEFING_QUERIES = {
  bookDays,
  clientCredits: income("client"),
  bookCredits: income("book"),
  clientAnnounced: announced("client"),
  bookAnnounced: announced("book"),
  clientMaturities: maturities("now", "client"),
  clientMaturitiesAt: maturities("at", "client"),
  bookMaturities: maturities("now", "book"),
  bookMaturitiesAt: maturities("at", "book"),
} as const;
