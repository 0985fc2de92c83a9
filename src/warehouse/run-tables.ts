import { SERVED_RUN } from "../contracts/catalogue.ts";
import { GOLD_TABLES } from "../contracts/gold.ts";
import { type Snapshot, WarehouseError } from "./warehouse.ts";

/** Stands for "no quotes were ever published": no run is called so, and the query finds no quotes. */
const NO_QUOTES = "none";
/** What an id of a run may be made of: it stands in the SQL as a literal, and in the names of folders. */
const RUN_ID = /^[\w.-]{1,100}$/;

/**
 * The gold tables of one snapshot in an engine that keeps many runs in one table each. Every scan asks for one run by its
 * id, in a common table expression of its own, so that two queries of one answer read one version, a partition is all that
 * is scanned, and no cache of results can take one version for another.
 */
export class RunTables {
  readonly #schema: string;
  readonly #snapshot: Snapshot;
  readonly #used = new Set<string>();

  constructor(schema: string, snapshot: Snapshot) {
    this.#schema = schema;
    this.#snapshot = snapshot;
  }

  /** The name of a gold table for a dialect. Throws WarehouseError for a table that there is not. */
  readonly name = (table: string): string => {
    if (table !== "quotes_latest" && !Object.hasOwn(GOLD_TABLES, table))
      throw new WarehouseError("failed", `there is no gold table ${table}`);
    this.#used.add(table);
    return `gold_${table}`;
  };

  /** The query with what its tables are put before it. Throws WarehouseError for a run with an unusable id. */
  over(sql: string): string {
    const tables = [...this.#used].map((table) => {
      const run = table === "quotes_latest" ? this.#snapshot.quotesRunId : this.#snapshot.runId;
      return `gold_${table} AS (SELECT * FROM "${this.#schema}"."${table}" WHERE ${SERVED_RUN} = '${runLiteral(run)}')`;
    });
    if (tables.length === 0) return sql;
    const [, rest] = /^WITH\s+(.*)$/s.exec(sql) ?? [];
    const before = `WITH ${tables.join(",\n")}`;
    return rest === undefined ? `${before}\n${sql}` : `${before},\n${rest}`;
  }
}

function runLiteral(runId: string | null): string {
  return runId === null ? NO_QUOTES : checkedRun(runId);
}

/** An id of a run that may stand in SQL and in keys. Throws WarehouseError for what is none. */
export function checkedRun(runId: string): string {
  if (!RUN_ID.test(runId)) throw new WarehouseError("failed", "the published run has an id that is none");
  return runId;
}
