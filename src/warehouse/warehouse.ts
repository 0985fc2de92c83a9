import type { Decimal } from "../money/decimal.ts";

/** A value of a row as an engine hands it over: decimals exact, days as ISO text, instants as ISO text in UTC. */
export type Cell = string | number | bigint | boolean | Decimal | null;
export type Row = Readonly<Record<string, Cell>>;

/** A parameter with its type, so that every engine can write it as a typed literal. */
export type Param =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "day"; readonly value: string }
  | { readonly type: "count"; readonly value: number }
  /** Expands to a list of typed parameters inside IN (…); an empty list matches nothing. */
  | { readonly type: "texts"; readonly value: readonly string[] };

/** Which version of the data a query reads. Two queries of one answer read the same one. */
export interface Snapshot {
  readonly runId: string;
  readonly quotesRunId: string | null;
  /** Last session in portfolio_daily. */
  readonly asOf: string | null;
  readonly demo: boolean;
}

/** Reads gold. One engine each implements it: DuckDB here; Athena and Redshift in production. */
export interface Warehouse {
  /** The version that is published now; null before the first run. */
  current(): Promise<Snapshot | null>;
  /** Runs a query of the catalogue with its named parameters. Throws WarehouseError. */
  run(
    snapshot: Snapshot,
    query: CatalogueQuery,
    params: Readonly<Record<string, Param>>,
  ): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/**
 * A named query: portable SQL in which `:name` stands for a parameter and `{table}` for a gold table.
 */
export interface CatalogueQuery {
  readonly name: string;
  readonly sql: string;
}

export class WarehouseError extends Error {
  /**
   * `not_ready`: nothing is published, or not in this engine. `timeout`: over its time, or the engine has too much to do.
   * `refused`: it does not let us in.
   */
  readonly code: "not_ready" | "failed" | "timeout" | "refused";
  constructor(code: WarehouseError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
