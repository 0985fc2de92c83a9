import { DuckDBInstance } from "@duckdb/node-api";
import { quote } from "../../pipeline/engine.ts";
import { GOLD_TABLES, QUOTES_LATEST } from "../../src/contracts/gold.ts";
import { COLUMN_TYPES } from "../../src/contracts/types.ts";
import { athenaDialect } from "../../src/warehouse/dialects.ts";
import { emit } from "../../src/warehouse/emit.ts";
import { type GoldStore, readGoldManifest, readQuotesManifest } from "../../src/warehouse/manifests.ts";
import { RunTables } from "../../src/warehouse/run-tables.ts";
import type { CatalogueQuery, Param, Snapshot } from "../../src/warehouse/warehouse.ts";

/**
 * What Athena would read for a query: the columns that a plan scans, a table as often as the query names it, since Trino
 * puts a common table expression in place wherever it is named, and the bytes of those columns in the files of the run.
 */

const TABLES = [...Object.values(GOLD_TABLES), QUOTES_LATEST];
const SCHEMA = "gold";

/** One column chunk of a row group of a file. */
interface Chunk {
  readonly bytes: number;
  /** The least and the greatest client in the row group; null where the table has none. */
  readonly clients: readonly [string, string] | null;
}

export interface Scan {
  readonly table: string;
  readonly columns: readonly string[];
}

export interface Scanned {
  /** The query as Athena gets it; equal ones are one query there. */
  readonly sql: string;
  readonly scans: readonly Scan[];
  /** All row groups. */
  readonly bytes: number;
  /** Only row groups that may hold the client whom the question is about: what the statistics let an engine skip. */
  readonly bytesOfClient: number;
}

export interface Scanner {
  look(snapshot: Snapshot, query: CatalogueQuery, params: Readonly<Record<string, Param>>): Promise<Scanned>;
  close(): void;
}

export async function openScanner(store: GoldStore, snapshot: Snapshot): Promise<Scanner> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS();
  // Empty tables whose columns say in a plan whose they are. What is empty must not be left out of the plan for that.
  await connection.run("CREATE SCHEMA base");
  await connection.run(`CREATE SCHEMA ${SCHEMA}`);
  for (const { name, columns } of TABLES) {
    const made = columns.map((one) => `${name}__${one.name} ${COLUMN_TYPES[one.type]}`);
    const named = columns.map((one) => `${name}__${one.name} AS "${one.name}"`);
    const run = name === "quotes_latest" ? snapshot.quotesRunId : snapshot.runId;
    await connection.run(`CREATE TABLE base.${name} (${made.join(", ")})`);
    await connection.run(
      `CREATE VIEW ${SCHEMA}.${name} AS SELECT ${named.join(", ")}, '${run}' AS gold_run FROM base.${name}`,
    );
  }
  const chunks = await readChunks(store, snapshot, rows);
  await connection.run(
    "SET disabled_optimizers = 'statistics_propagation,common_subplan,empty_result_pullup'",
  );
  return {
    async look(of, query, params) {
      const sql = literalSql(of, query, params);
      const inlined = sql.replaceAll(/\bAS \((?=\s*(?:SELECT|WITH)\b)/g, "AS NOT MATERIALIZED (");
      const [plan] = await rows(`EXPLAIN (FORMAT json) ${inlined}`);
      const scans = scansOf(JSON.parse(String(plan?.[1])));
      const client = params["client"]?.type === "text" ? params["client"].value : null;
      const sum = (skip: boolean) =>
        scans
          .flatMap(({ table, columns }) =>
            columns.flatMap((column) => chunks.get(`${table}.${column}`) ?? []),
          )
          .filter(({ clients }) => !skip || client === null || mayHold(clients, client))
          .reduce((bytes, chunk) => bytes + chunk.bytes, 0);
      return { sql, scans, bytes: sum(false), bytesOfClient: sum(true) };
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** The text that Athena gets, with its parameters in place. */
function literalSql(
  snapshot: Snapshot,
  query: CatalogueQuery,
  params: Readonly<Record<string, Param>>,
): string {
  const tables = new RunTables(SCHEMA, snapshot);
  const dialect = athenaDialect(tables.name);
  const sql = tables.over(emit(query, params, dialect));
  let used = 0;
  return sql.replaceAll(/'(?:[^']|'')*'|\?/g, (token) =>
    token === "?" ? (dialect.literals[used++] ?? "?") : token,
  );
}

interface PlanNode {
  readonly name: string;
  readonly children?: readonly PlanNode[];
  readonly extra_info?: Readonly<Record<string, unknown>>;
}

function scansOf(nodes: readonly PlanNode[]): readonly Scan[] {
  return nodes.flatMap((node) => {
    const below = scansOf(node.children ?? []);
    const [, table] = /^memory\.base\.(\w+)$/.exec(String(node.extra_info?.["Table"])) ?? [];
    if (table === undefined) return below;
    const named = JSON.stringify(node.extra_info).matchAll(new RegExp(`\\b${table}__(\\w+)`, "g"));
    return [{ table, columns: [...new Set([...named].map(([, column]) => column ?? ""))] }, ...below];
  });
}

async function readChunks(
  store: GoldStore,
  { runId, quotesRunId }: Snapshot,
  rows: (sql: string) => Promise<readonly (readonly unknown[])[]>,
): Promise<ReadonlyMap<string, readonly Chunk[]>> {
  const { tables } = await readGoldManifest(store, runId);
  const quotes = quotesRunId === null ? [] : [(await readQuotesManifest(store, quotesRunId)).file];
  const chunks = new Map<string, Chunk[]>();
  for (const [table, files] of [...Object.entries(tables), ["quotes_latest", quotes] as const]) {
    for (const { key } of files) {
      const found = await rows(
        `SELECT m.path_in_schema, m.total_compressed_size, c.stats_min_value, c.stats_max_value
         FROM parquet_metadata(${quote(await store.stage(key))}) m
         LEFT JOIN parquet_metadata(${quote(await store.stage(key))}) c
           ON c.row_group_id = m.row_group_id AND c.path_in_schema = 'client_id'`,
      );
      for (const [column, bytes, least, greatest] of found) {
        const name = `${table}.${column}`;
        const clients =
          least === null || greatest === null ? null : ([String(least), String(greatest)] as const);
        chunks.set(name, [...(chunks.get(name) ?? []), { bytes: Number(bytes), clients }]);
      }
    }
  }
  return chunks;
}

function mayHold(clients: Chunk["clients"], client: string): boolean {
  return clients === null || (clients[0] <= client && client <= clients[1]);
}
