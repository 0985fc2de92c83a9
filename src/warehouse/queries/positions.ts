import type { CatalogueQuery } from "../warehouse.ts";
import { ofScope, scope } from "./scope.ts";
import { type Moment, valuation } from "./valuation.ts";

/**
 * One client's positions, each with its value and its day, sold-out ones included; one row without a position for a
 * client who has none, and no row at all for a client who is not the asker's.
 * Parameters: brokers, client, as_of; at a past day also day.
 */
function clientPositions(moment: Moment): CatalogueQuery {
  return {
    name: moment === "now" ? "client_positions" : "client_positions_at",
    sql: `${valuation(moment, "client")}
SELECT s.client_id, s.name AS client_name, s.base_currency AS client_base, v.instrument_id, v.name, v.class, v.sector, v.issuer,
  v.currency, v.valid_from, v.quantity, v.cost, v.cost_gross, v.realized_gain, v.fees, v.income,
  v.cost_base, v.realized_gain_base, v.fees_base, v.income_base, v.cost_known, v.trade_day,
  v.price_kind, v.price, v.price_date, v.price_at, v.source, v.delay_minutes, v.captured_at, v.market_newest,
  v.rate, v.rate_before, v.rate_date, v.rate_at, v.rate_source, v.rate_delay_minutes, v.moves,
  v.value, v.value_base, v.previous_value, v.previous_base, v.flow_base, v.day_change
FROM scope s
LEFT JOIN valued v ON v.client_id = s.client_id
ORDER BY v.value_base DESC NULLS LAST, v.instrument_id ASC NULLS LAST`,
  };
}

/**
 * One client's sessions in [from, to] with the day the history starts; one row without a session where there is none.
 * Parameters: brokers, client, from, to.
 */
const clientDays: CatalogueQuery = {
  name: "client_days",
  sql: `WITH ${scope("client")}
SELECT s.client_id, m.first_date, d.date, d.value, d.flow, d.income, d.fees, d.price_gain, d.currency_gain,
  d.twr_index, d.skipped, s.controls_cash
FROM scope s
LEFT JOIN {client_summary} m ON ${ofScope("m", "client")}
LEFT JOIN {portfolio_daily} d ON ${ofScope("d", "client")} AND d.date >= :from AND d.date <= :to
ORDER BY d.date ASC NULLS LAST`,
};

/** Whose clients a lexicon, a ranking and a list are of: ids and names. Parameters: brokers. */
const scopeClients: CatalogueQuery = {
  name: "scope_clients",
  sql: `WITH ${scope("book")}
SELECT s.client_id, s.name FROM scope s ORDER BY s.name ASC, s.client_id ASC`,
};

/** Whose client one is; no row for a client who is not the asker's. Parameters: brokers, client. */
const clientBroker: CatalogueQuery = {
  name: "client_broker",
  sql: `WITH ${scope("client")}
SELECT s.client_id, s.broker_id FROM scope s ORDER BY s.client_id ASC`,
};

export const POSITION_QUERIES = {
  clientPositions: clientPositions("now"),
  clientPositionsAt: clientPositions("at"),
  clientDays,
  scopeClients,
  clientBroker,
} as const;
