import type { CatalogueQuery } from "../warehouse.ts";
import { ofScope, scope } from "./scope.ts";

/** An empty text stands for "of any instrument". */
const ofAsset = (alias: string): string => `(:asset = '' OR ${alias}.instrument_id = :asset)`;

/**
 * One client's operations in [from, to], newest first, with how many there are; one row without an operation where
 * there is none. Custody snapshots are no operations. Parameters: brokers, client, asset, from, to, limit.
 */
const operations: CatalogueQuery = {
  name: "client_operations",
  sql: `WITH ${scope("client")},
placed AS (
  SELECT o.client_id, o.date, o.seq, o.type, o.instrument_id, o.quantity, o.price, o.amount, o.fees, o.currency,
    ROW_NUMBER() OVER (ORDER BY o.date DESC, o.seq DESC) AS place, COUNT(*) OVER () AS operations,
    MIN(o.date) OVER () AS first_date
  FROM scope s
  JOIN {operations} o ON ${ofScope("o", "client")} AND o.date >= :from AND o.date <= :to
  WHERE ${ofAsset("o")} AND o.type <> 'custodia'
)
SELECT s.client_id, s.name AS client_name, s.base_currency AS client_base, p.date, p.type, p.instrument_id, p.quantity, p.price, p.amount,
  p.fees, p.currency, p.operations, p.first_date
FROM scope s
LEFT JOIN placed p ON p.client_id = s.client_id AND p.place <= :limit
ORDER BY p.place ASC NULLS LAST`,
};

/**
 * One client's net income in [from, to] by instrument, type and month; one row without any where there is none.
 * `unknown` counts payments whose exchange rate was missing. Parameters: brokers, client, asset, from, to.
 */
const income: CatalogueQuery = {
  name: "client_income",
  sql: `WITH ${scope("client")},
received AS (
  SELECT i.client_id, i.instrument_id, i.type, SUBSTR(CAST(i.date AS VARCHAR), 1, 7) AS paid_in, MIN(i.date) AS first_date,
    SUM(i.net_base) AS total, SUM(CASE WHEN i.net_base IS NULL THEN 1 ELSE 0 END) AS unknown
  FROM scope s
  JOIN {income} i ON ${ofScope("i", "client")} AND i.date >= :from AND i.date <= :to
  WHERE ${ofAsset("i")}
  GROUP BY i.client_id, i.instrument_id, i.type, SUBSTR(CAST(i.date AS VARCHAR), 1, 7)
)
SELECT s.client_id, s.name AS client_name, s.base_currency AS client_base, r.instrument_id, r.type, r.paid_in, r.first_date, r.total, r.unknown
FROM scope s
LEFT JOIN received r ON r.client_id = s.client_id
ORDER BY r.instrument_id ASC NULLS LAST, r.type ASC, r.paid_in ASC`,
};

/**
 * All of one client's operations up to `day` in the order of the fold, with what the fold needs beside them.
 * Parameters: brokers, client, day.
 */
const foldEvents: CatalogueQuery = {
  name: "fold_events",
  sql: `WITH ${scope("client")}
SELECT s.client_id, s.base_currency AS client_base, s.controls_cash, o.date, o.time, o.seq, o.type, o.instrument_id, o.to_instrument_id, o.quantity, o.price,
  o.currency, o.fees, o.amount, o.tax, o.factor_new, o.factor_old, o.brokerage, o.origin, o.fx_rate,
  o.indexer, o.indexer_rate, o.maturity,
  o.source_file, o.row_number, o.row_hash, i.class
FROM scope s
JOIN {operations} o ON ${ofScope("o", "client")} AND o.date <= :day
LEFT JOIN {instruments} i ON i.instrument_id = o.instrument_id
ORDER BY o.seq ASC`,
};

export const EVENT_QUERIES = { operations, income, foldEvents } as const;
