import { ofScope, type Reach, scope } from "./scope.ts";

/**
 * The one definition of current value (docs/money.md, rules 1, 5 and 13), as common table expressions that every
 * query about value starts with. `now` reads `positions` and `quotes_latest`; `at` reads the spans and closes of `:day`.
 * Only the relations `held` and `quotes` differ between the two: all that follows is the same text.
 */
export type Moment = "now" | "at";

const B3_CLASSES = "('acao', 'fii', 'etf', 'bdr')";
const ONE = "CAST(1 AS DECIMAL(18,8))";
const ZERO = "CAST(0 AS DECIMAL(20,8))";

/** Columns of a span that answers show or reckon with. */
const SPAN_COLUMNS = [
  "instrument_id",
  "currency",
  "valid_from",
  "quantity",
  "cost",
  "cost_gross",
  "realized_gain",
  "fees",
  "income",
  "cost_base",
  "cost_gross_base",
  "realized_gain_base",
  "fees_base",
  "income_base",
  "cost_known",
  "day_flow_base",
  "trade_price",
  "trade_day",
] as const;

const spanColumns = SPAN_COLUMNS.map((name) => `p.${name}`).join(", ");

/** A deposit's own price on the curve: of this client, by this client's terms. */
const curveColumns =
  "c.price AS curve_price, c.price_date AS curve_day, c.previous_close AS curve_previous, c.previous_date AS curve_previous_day";

/** `before_quantity`: units before `valid_from`, on the split basis of the previous close that is joined later. */
function held(moment: Moment, reach: Reach, narrowing: string): string {
  if (moment === "now") {
    return `held AS (
  SELECT s.client_id, s.base_currency, ${spanColumns}, p.opening_quantity AS before_quantity, ${curveColumns}
  FROM scope s
  JOIN {positions} p ON ${ofScope("p", reach)}${narrowing}
  LEFT JOIN {curve_latest} c ON ${ofScope("c", reach)} AND c.instrument_id = p.instrument_id
)`;
  }
  // Closes of a past day are as traded: the one before a split meets the units before it, from the span before.
  // A curve has a price of each session, and of each day of a change that is none. That both lie from :as_of to :day lets an engine
  // skip the files of all other months.
  return `held AS (
  SELECT s.client_id, s.base_currency, ${spanColumns},
    COALESCE(b.quantity, CAST(0 AS DECIMAL(19,8))) AS before_quantity, ${curveColumns}
  FROM scope s
  JOIN {position_spans} p ON ${ofScope("p", reach)}
    AND p.valid_from <= :day AND p.valid_to > :day${narrowing}
  LEFT JOIN {position_spans} b ON ${ofScope("b", reach)}
    AND b.instrument_id = p.instrument_id AND b.valid_to = p.valid_from
  LEFT JOIN {curve_daily} c ON ${ofScope("c", reach)} AND c.instrument_id = p.instrument_id
    AND c.date = CASE WHEN p.valid_from > :as_of THEN p.valid_from ELSE :as_of END
    AND c.date >= :as_of AND c.date <= :day
)`;
}

const QUOTE_COLUMNS = `instrument_id, currency, price, price_date, price_at, previous_close, previous_date, source, delay_minutes, captured_at`;

/**
 * The last close on or before `:day` and the one before it, of what `wanted` (a subquery of codes) names.
 * `pairs` are the exchange rates, under the code of the pair; `indexes` are asked for by name only.
 */
export function quotesAt(wanted: {
  readonly instruments: string;
  readonly pairs: string;
  readonly indexes?: string;
}): string {
  const newest = (source: string): string => `SELECT instrument_id, currency, price, price_date,
    CAST(NULL AS TIMESTAMP) AS price_at, previous_close, previous_date, source, CAST(NULL AS BIGINT) AS delay_minutes,
    CAST(NULL AS TIMESTAMP) AS captured_at
  FROM (
    SELECT d.instrument_id, d.currency, d.price, d.date AS price_date, d.source,
      LAG(d.price) OVER (PARTITION BY d.instrument_id ORDER BY d.date ASC) AS previous_close,
      LAG(d.date) OVER (PARTITION BY d.instrument_id ORDER BY d.date ASC) AS previous_date,
      ROW_NUMBER() OVER (PARTITION BY d.instrument_id ORDER BY d.date DESC) AS newest
    FROM ${source} d
    WHERE d.date <= :day
  ) ranked
  WHERE newest = 1`;
  const sources = [
    `(SELECT instrument_id, currency, price, date, source FROM {prices_daily} WHERE instrument_id IN (${wanted.instruments}))`,
    `(SELECT from_currency || to_currency AS instrument_id, to_currency AS currency, CAST(rate AS DECIMAL(18,8)) AS price, date, source
      FROM {fx_daily} WHERE from_currency || to_currency IN (${wanted.pairs}))`,
  ];
  if (wanted.indexes !== undefined) {
    sources.push(`(SELECT index_id AS instrument_id, 'BRL' AS currency, value AS price, date, source
      FROM {index_daily} WHERE index_id IN (${wanted.indexes}) AND value IS NOT NULL)`);
  }
  return `quotes AS (\n  ${sources.map(newest).join("\n  UNION ALL\n  ")}\n)`;
}

function quotes(moment: Moment): string {
  if (moment === "now") return `quotes AS (\n  SELECT ${QUOTE_COLUMNS}\n  FROM {quotes_latest}\n)`;
  return quotesAt({
    instruments: "SELECT instrument_id FROM held",
    pairs: "SELECT currency || base_currency FROM held UNION SELECT base_currency || 'BRL' FROM held",
  });
}

// What trades in one place has one newest day: B3's classes together, every other class for itself.
const market = `CASE WHEN i.class IN ${B3_CLASSES} THEN 'b3' ELSE i.class END`;

const SESSIONS = `sessions AS (
  SELECT ${market} AS market, MAX(q.price_date) AS newest
  FROM quotes q
  JOIN {instruments} i ON i.instrument_id = q.instrument_id
  GROUP BY ${market}
)`;

/**
 * A position meets its price: the curve of its own terms, else a quote in its own currency, or the client's own last trade
 * before there is any; cash is worth its amount. `price_day` is the session that a day change is of; a rate moved with it only if it is as new.
 */
const PRICED = `priced AS (
  SELECT h.*, i.name, COALESCE(i.class, 'desconhecida') AS class, i.sector, i.issuer,
    CASE WHEN h.instrument_id = 'CAIXA-' || h.currency THEN 'cash'
      WHEN h.curve_price IS NOT NULL THEN 'curve' WHEN q.price IS NOT NULL THEN 'quote'
      WHEN h.trade_price IS NOT NULL THEN 'operation' ELSE 'none' END AS price_kind,
    CASE WHEN h.instrument_id = 'CAIXA-' || h.currency THEN ${ONE}
      ELSE COALESCE(h.curve_price, q.price, h.trade_price) END AS price,
    CASE WHEN h.instrument_id = 'CAIXA-' || h.currency THEN ${ONE}
      WHEN h.curve_price IS NOT NULL THEN h.curve_previous ELSE q.previous_close END AS previous_close,
    CASE WHEN h.curve_price IS NOT NULL THEN h.curve_day
      WHEN h.instrument_id <> 'CAIXA-' || h.currency THEN q.price_date
      WHEN h.currency = h.base_currency THEN :as_of ELSE x.price_date END AS price_day,
    CASE WHEN h.instrument_id = 'CAIXA-' || h.currency THEN x.previous_date
      WHEN h.curve_price IS NOT NULL THEN h.curve_previous_day ELSE q.previous_date END AS previous_day,
    CASE WHEN h.curve_price IS NOT NULL THEN h.curve_day ELSE q.price_date END AS price_date,
    CASE WHEN h.curve_price IS NULL THEN q.price_at END AS price_at,
    CASE WHEN h.curve_price IS NOT NULL THEN 'curva' ELSE q.source END AS source,
    CASE WHEN h.curve_price IS NULL THEN q.delay_minutes END AS delay_minutes,
    CASE WHEN h.curve_price IS NULL THEN q.captured_at END AS captured_at,
    CASE WHEN h.currency = h.base_currency THEN CAST(1 AS DECIMAL(17,8))
      ELSE CAST(x.price AS DECIMAL(17,8)) END AS rate,
    CASE WHEN h.currency = h.base_currency THEN CAST(1 AS DECIMAL(17,8))
      WHEN x.previous_close IS NOT NULL AND (COALESCE(h.curve_day, q.price_date) IS NULL OR x.price_date >= COALESCE(h.curve_day, q.price_date))
        THEN CAST(x.previous_close AS DECIMAL(17,8))
      ELSE CAST(x.price AS DECIMAL(17,8)) END AS rate_before,
    x.price_date AS rate_date, x.price_at AS rate_at, x.source AS rate_source, x.delay_minutes AS rate_delay_minutes,
    CASE WHEN h.curve_price IS NOT NULL THEN b.newest ELSE m.newest END AS market_newest
  FROM held h
  LEFT JOIN {instruments} i ON i.instrument_id = h.instrument_id
  LEFT JOIN quotes q ON q.instrument_id = h.instrument_id AND q.currency = h.currency
  LEFT JOIN quotes x ON x.instrument_id = h.currency || h.base_currency
  LEFT JOIN sessions m ON m.market = ${market}
  LEFT JOIN sessions b ON b.market = 'b3'
)`;

/**
 * `moves`: whether the price is of the newest session, so that it has a day change at all. `timing`: whether the
 * position last changed before that session, in it, or after it. A curve moves with B3's sessions, and its price is never
 * from before the last change, of which it depends.
 */
const TIMED = `timed AS (
  SELECT p.*,
    COALESCE(p.price_kind IN ('cash', 'curve', 'quote') AND p.price_day >= :as_of
      AND p.price_day >= COALESCE(p.market_newest, p.price_day), FALSE) AS moves,
    CASE WHEN p.valid_from > p.price_day AND p.price_kind <> 'curve' THEN 'after'
      WHEN p.valid_from = p.price_day OR p.valid_from > p.previous_day THEN 'during'
      ELSE 'before' END AS timing
  FROM priced p
)`;

/** `entered`: what the position grew by since the previous close, at the price of now. */
const AMOUNTS = `amounts AS (
  SELECT t.*,
    CASE WHEN t.quantity = 0 THEN ${ZERO} ELSE CAST(t.quantity * t.price AS DECIMAL(20,8)) END AS value,
    CASE WHEN NOT t.moves THEN ${ZERO} WHEN t.timing = 'before' THEN CAST(t.quantity * t.previous_close AS DECIMAL(20,8))
      WHEN t.before_quantity = 0 THEN ${ZERO}
      ELSE CAST(t.before_quantity * t.previous_close AS DECIMAL(20,8)) END AS previous_value,
    CASE WHEN t.timing = 'before' OR NOT t.moves THEN ${ZERO}
      ELSE CAST(CAST(t.quantity - t.before_quantity AS DECIMAL(19,8)) * t.price AS DECIMAL(20,8)) END AS entered
  FROM timed t
)`;

/** Amounts in base currency. The cast is left out where nothing is converted: it is most of the work of a large book. */
const inBase = (amount: string, rate: string): string =>
  `CASE WHEN b.currency = b.base_currency OR b.${amount} = 0 THEN b.${amount} ELSE CAST(b.${amount} * b.${rate} AS DECIMAL(20,8)) END`;

/** What entered during the session counts at its trade value, what came in later at the price it is shown at. */
const BASED = `based AS (
  SELECT b.*, ${inBase("value", "rate")} AS value_base, ${inBase("previous_value", "rate_before")} AS previous_moved,
    CASE WHEN b.timing = 'during' AND b.moves AND b.price_kind <> 'cash' THEN b.day_flow_base
      ELSE ${inBase("entered", "rate")} END AS flow_base
  FROM amounts b
)`;

/** What does not move keeps its value over the day, so that it counts in what a day's percentage is of. */
const VALUED = `valued AS (
  SELECT c.*,
    CASE WHEN c.moves THEN c.previous_moved ELSE c.value_base END AS previous_base,
    CASE WHEN c.moves THEN CAST(c.value_base - c.previous_moved - c.flow_base AS DECIMAL(20,8))
      WHEN c.value_base IS NULL THEN CAST(NULL AS DECIMAL(20,8)) ELSE ${ZERO} END AS day_change
  FROM based c
)`;

/** Fewer positions than all: a relation of clients and instruments by its name, and its common table expression. */
export interface Narrowed {
  readonly name: string;
  readonly sql: string;
}

/**
 * `WITH scope …, valued`: one row for each position, sold-out ones included, with its value and its day; `only` those that a
 * relation names, which is much less work where it names few.
 */
export function valuation(moment: Moment, reach: Reach, only?: Narrowed): string {
  const narrowing =
    only === undefined
      ? ""
      : `\n  JOIN ${only.name} w ON w.client_id = s.client_id AND w.instrument_id = p.instrument_id`;
  const steps = [
    held(moment, reach, narrowing),
    quotes(moment),
    SESSIONS,
    PRICED,
    TIMED,
    AMOUNTS,
    BASED,
    VALUED,
  ];
  return `WITH ${[scope(reach), ...(only === undefined ? [] : [`${only.name} AS (${only.sql})`]), ...steps].join(",\n")}`;
}
