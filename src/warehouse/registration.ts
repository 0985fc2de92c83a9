import type { DuckDBConnection } from "@duckdb/node-api";
import { GOLD_TABLES, type GoldFile, QUOTES_LATEST, type ServedTableName } from "../contracts/gold.ts";
import { COLUMN_TYPES, type Table } from "../contracts/types.ts";
import { type GoldStore, readGoldManifest, readQuotesManifest } from "./manifests.ts";
import { WarehouseError } from "./warehouse.ts";

/**
 * Small tables that nearly every question reads are loaded (2 ms a query against 5 ms from Parquet); the others are
 * views on their files.
 */
const LOADED: ReadonlySet<ServedTableName> = new Set([
  "clients",
  "instruments",
  "positions",
  "client_summary",
  "curve_latest",
  "quotes_latest",
]);

/** A version that queries can name: the schema its tables lie in, quoted. */
export interface Registered {
  readonly schema: string;
}

export interface RegisteredGold extends Registered {
  readonly asOf: string | null;
  readonly demo: boolean;
}

/** Makes the tables and views of a gold run in a schema of their own. Throws WarehouseError `failed`. */
export async function registerGold(
  connection: DuckDBConnection,
  store: GoldStore,
  runId: string,
): Promise<RegisteredGold> {
  const manifest = await readGoldManifest(store, runId);
  const schema = newSchema("gold");
  await makeSchema(connection, schema, async () => {
    for (const [name, table] of Object.entries(GOLD_TABLES)) {
      const files = manifest.tables[name as keyof typeof GOLD_TABLES];
      await register(connection, store, { schema, table, files });
    }
  });
  return { schema, asOf: manifest.asOf, demo: manifest.demo };
}

/** The same for a run of the quotes, which have a pointer of their own; null: none were ever published. */
export async function registerQuotes(
  connection: DuckDBConnection,
  store: GoldStore,
  runId: string | null,
): Promise<Registered> {
  const files = runId === null ? [] : [(await readQuotesManifest(store, runId)).file];
  const schema = newSchema("quotes");
  await makeSchema(connection, schema, () =>
    register(connection, store, { schema, table: QUOTES_LATEST, files }),
  );
  return { schema };
}

let schemas = 0;

/** A name never used before, so that a run may be loaded again while its old schema is still being dropped. */
function newSchema(kind: "gold" | "quotes"): string {
  schemas += 1;
  return identifier(`${kind}_${schemas}`);
}

async function makeSchema(
  connection: DuckDBConnection,
  schema: string,
  fill: () => Promise<void>,
): Promise<void> {
  await connection.run(`CREATE SCHEMA ${schema}`);
  try {
    await fill();
  } catch (error) {
    await connection.run(`DROP SCHEMA ${schema} CASCADE`);
    if (error instanceof WarehouseError) throw error;
    throw new WarehouseError(
      "failed",
      "the files of the published run cannot be read: run carteira doctor",
      error,
    );
  }
}

async function register(
  connection: DuckDBConnection,
  store: GoldStore,
  target: { readonly schema: string; readonly table: Table; readonly files: readonly GoldFile[] },
): Promise<void> {
  const { schema, table, files } = target;
  const paths = await Promise.all(files.map((file) => store.stage(file.key)));
  const kind = LOADED.has(table.name as ServedTableName) ? "TABLE" : "VIEW";
  const source = paths.length === 0 ? emptySelect(table) : fileSelect(table, paths);
  await connection.run(`CREATE ${kind} ${schema}.${identifier(table.name)} AS ${source}`);
}

/** The contract's columns by name: a file that lacks one is refused here, not in the middle of an answer. */
function fileSelect(table: Table, paths: readonly string[]): string {
  const columns = table.columns.map((column) => identifier(column.name)).join(", ");
  return `SELECT ${columns} FROM read_parquet([${paths.map(literal).join(", ")}])`;
}

function emptySelect(table: Table): string {
  const columns = table.columns.map((c) => `CAST(NULL AS ${COLUMN_TYPES[c.type]}) AS ${identifier(c.name)}`);
  return `SELECT ${columns.join(", ")} WHERE FALSE`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
