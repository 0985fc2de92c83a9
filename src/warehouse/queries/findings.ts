import type { CatalogueQuery } from "../warehouse.ts";
import { ofScope, type Reach, scope } from "./scope.ts";

const COLUMNS = "d.instrument_id, d.date, d.expected, d.found, d.source_file, d.row_number";

/**
 * What a person should look at, warnings first, the newest first: rows of the asker's clients, and those that concern an
 * instrument and nobody in particular where it is held within the scope. Of one client: one row without a finding
 * where there is none, and no row at all for a client who is not the asker's. Parameters: brokers; of one client also client.
 */
function findings(reach: Reach): CatalogueQuery {
  const one = reach === "client";
  return {
    name: one ? "client_findings" : "book_findings",
    sql: `WITH ${scope(reach)},
held AS (
  SELECT DISTINCT p.instrument_id
  FROM scope s
  JOIN {positions} p ON ${ofScope("p", reach)} AND p.quantity <> 0
),
flagged AS (
  SELECT d.code, d.severity, d.client_id, s.name AS client_name, ${COLUMNS}
  FROM scope s
  JOIN {data_quality} d ON ${ofScope("d", reach)}
  UNION ALL
  SELECT d.code, d.severity, d.client_id, CAST(NULL AS VARCHAR) AS client_name, ${COLUMNS}
  FROM held h
  JOIN {data_quality} d ON d.client_id IS NULL AND d.instrument_id = h.instrument_id
)
SELECT f.code, f.severity, f.client_id, f.client_name, f.instrument_id, f.date, f.expected, f.found, f.source_file, f.row_number
FROM ${one ? "scope s\nLEFT JOIN flagged f ON f.client_id = s.client_id OR f.client_id IS NULL" : "flagged f"}
ORDER BY f.severity DESC NULLS LAST, f.date DESC NULLS LAST, f.client_id ASC NULLS LAST, f.instrument_id ASC NULLS LAST,
  f.code ASC, f.source_file ASC NULLS LAST, f.row_number ASC NULLS LAST`,
  };
}

export const FINDING_QUERIES = {
  clientFindings: findings("client"),
  bookFindings: findings("book"),
} as const;
