import type { CatalogueQuery } from "../warehouse.ts";
import { quotesAt } from "./valuation.ts";

/** Market data belong to nobody: these queries read no client's table and take no scope. */

/** The newest price or rate of one code; for an index, which nobody holds, its last level. Parameters: asset. */
const quote: CatalogueQuery = {
  name: "quote",
  sql: `SELECT i.instrument_id, i.name, i.class, i.sector, COALESCE(q.currency, i.currency) AS currency, q.price, q.price_date, q.price_at,
  q.previous_close, q.source, q.delay_minutes, q.captured_at
FROM {instruments} i
LEFT JOIN {quotes_latest} q ON q.instrument_id = i.instrument_id
WHERE i.instrument_id = :asset
ORDER BY i.instrument_id ASC`,
};

/** The same as known of a past day. Parameters: asset, day. */
const quoteAt: CatalogueQuery = {
  name: "quote_at",
  sql: `WITH ${quotesAt({ instruments: ":asset", pairs: ":asset", indexes: ":asset" })}
SELECT i.instrument_id, i.name, i.class, i.sector, COALESCE(q.currency, i.currency) AS currency, q.price, q.price_date, q.price_at,
  q.previous_close, q.source, q.delay_minutes, q.captured_at
FROM {instruments} i
LEFT JOIN quotes q ON q.instrument_id = i.instrument_id
WHERE i.instrument_id = :asset
ORDER BY i.instrument_id ASC`,
};

/** All points of the indices that answers compare with. Parameters: indexes. */
const indexLevels: CatalogueQuery = {
  name: "index_levels",
  sql: `SELECT index_id, date, value, level, source FROM {index_daily} WHERE index_id IN (:indexes)
ORDER BY index_id ASC, date ASC`,
};

/** Levels of indices in a session that is still running: trades, not closes. Parameters: indexes. */
const liveLevels: CatalogueQuery = {
  name: "live_levels",
  sql: `SELECT instrument_id, price, price_date, price_at, source, delay_minutes FROM {quotes_latest}
WHERE instrument_id IN (:indexes) AND price_at IS NOT NULL
ORDER BY instrument_id ASC`,
};

const instruments: CatalogueQuery = {
  name: "instruments",
  sql: `SELECT instrument_id, name, aliases FROM {instruments} ORDER BY instrument_id ASC`,
};

/**
 * Every instrument with all that is known of it, and the day of its newest price: null for one without any. What is
 * in the table is held, was held, priced or registered. No parameters.
 */
const instrumentList: CatalogueQuery = {
  name: "instrument_list",
  sql: `SELECT i.instrument_id, i.name, i.class, i.sector, i.currency, i.issuer, i.yahoo_symbol, i.aliases, i.origin, q.price_date
FROM {instruments} i
LEFT JOIN {quotes_latest} q ON q.instrument_id = i.instrument_id
ORDER BY i.instrument_id ASC`,
};

/** Which brokers there are: the directory that `access` finds a user's scope by. Names no client. */
const brokers: CatalogueQuery = {
  name: "brokers",
  sql: `SELECT DISTINCT broker_id FROM {clients} ORDER BY broker_id ASC`,
};

export const MARKET_QUERIES = {
  quote,
  quoteAt,
  indexLevels,
  liveLevels,
  instruments,
  instrumentList,
  brokers,
} as const;
