/**
 * Who may be looked at. Every query that reads client data starts from `scope`: the clients of the asker's brokers, and
 * joins each table of client data to it. A test reads the whole catalogue for that.
 */

/** One client of the asker's, or all of them. */
export type Reach = "client" | "book";

/** The common table expression `scope(client_id, name, base_currency, controls_cash, broker_id)`, aliased `s` where it is joined. */
export function scope(reach: Reach): string {
  return `scope AS (
  SELECT client_id, name, base_currency, controls_cash, broker_id
  FROM {clients}
  WHERE broker_id IN (:brokers)${reach === "client" ? " AND client_id = :client" : ""}
)`;
}

/**
 * How a table of client data (alias `alias`) is tied to the scope `s`. The client is named a second time where
 * there is only one, so that an engine skips the files and row groups of others.
 */
export function ofScope(alias: string, reach: Reach): string {
  const tie = `${alias}.client_id = s.client_id`;
  return reach === "client" ? `${tie} AND ${alias}.client_id = :client` : tie;
}
