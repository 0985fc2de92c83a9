import { type CatalogueQuery, type Param, WarehouseError } from "./warehouse.ts";

/** A parameter of one value: what a list is made of. */
export type ScalarParam = Exclude<Param, { readonly type: "texts" }>;

/**
 * How one engine writes a query down. A new one is made for every query, because it collects that query's values.
 * DuckDB numbers its placeholders, Athena takes literals in order, Redshift names them: each is a few lines.
 */
export interface Dialect {
  /** The name of a gold table in this engine. Throws WarehouseError for a table that there is not. */
  table(name: string): string;
  /** Takes note of a value and returns the typed SQL that stands for it; called at each place it is used. */
  bind(param: ScalarParam): string;
}

/** What nothing is equal to, not even NULL: a list of it is an empty one. */
export const NOTHING = "CAST(NULL AS VARCHAR)";

// A text literal and a comment are passed over, so that a `:` or `{` in them stays what it is.
const TOKEN = /'(?:[^']|'')*'|--[^\n]*|:([a-z]\w*)|\{([a-z]\w*)\}/g;

/**
 * Writes a query of the catalogue in an engine's own SQL. Throws WarehouseError `failed` where a parameter is
 * missing or is not the query's: both are programming errors.
 *
 * @example emit({ name: "x", sql: "SELECT 1 FROM {clients} WHERE broker_id IN (:brokers)" }, params, duckDbDialect(tableOf))
 */
export function emit(
  query: CatalogueQuery,
  params: Readonly<Record<string, Param>>,
  dialect: Dialect,
): string {
  const used = new Set<string>();
  const scalars = new Map(Object.entries(params).map(([name, param]) => [name, scalarsOf(param)]));
  const sql = query.sql.replace(TOKEN, (token, name?: string, table?: string) => {
    if (table !== undefined) return dialect.table(table);
    if (name === undefined) return token;
    const values = scalars.get(name);
    if (values === undefined) throw new WarehouseError("failed", `query ${query.name} wants :${name}`);
    used.add(name);
    return values.length === 0 ? NOTHING : values.map((value) => dialect.bind(value)).join(", ");
  });
  const stray = [...scalars.keys()].find((name) => !used.has(name));
  if (stray !== undefined) throw new WarehouseError("failed", `query ${query.name} has no :${stray}`);
  return sql;
}

function scalarsOf(param: Param): readonly ScalarParam[] {
  return param.type === "texts" ? param.value.map((value) => ({ type: "text", value })) : [param];
}

const DUCKDB_TYPES = { text: "VARCHAR", day: "DATE", count: "BIGINT" } as const;

export interface DuckDbDialect extends Dialect {
  /** The values of `$1`, `$2`, … */
  readonly values: readonly (string | bigint)[];
}

/** DuckDB: `$n` with its type, one number for each value however often it is used. */
export function duckDbDialect(tableOf: (name: string) => string): DuckDbDialect {
  const values: (string | bigint)[] = [];
  const written = new Map<ScalarParam, string>();
  return {
    values,
    table: tableOf,
    bind(param) {
      const before = written.get(param);
      if (before !== undefined) return before;
      values.push(param.type === "count" ? BigInt(param.value) : param.value);
      const placeholder = `CAST($${values.length} AS ${DUCKDB_TYPES[param.type]})`;
      written.set(param, placeholder);
      return placeholder;
    },
  };
}
