import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { openEngine, quote } from "../../../pipeline/engine.ts";
import {
  GOLD_POINTER,
  GOLD_TABLES,
  type GoldFile,
  type GoldManifest,
  type GoldTableName,
  QUOTES_LATEST,
  QUOTES_POINTER,
  type QuotesManifest,
} from "../../../src/contracts/gold.ts";
import { COLUMN_TYPES, type Table } from "../../../src/contracts/types.ts";
import { openDiskLake } from "../../../src/lake/disk.ts";
import type { Lake } from "../../../src/lake/lake.ts";
import { homePaths } from "../../../src/main/home.ts";
import type { Engine, EngineType } from "../../../src/warehouse/aws-service.testing.ts";

/** Gold in PostgreSQL, as a service would keep it: a table each, with the run that a row is served in. */
export interface PostgresGold {
  readonly schema: string;
  readonly engine: Engine;
  /** The values of one column, in order. */
  distinct(table: string, column: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Rows of one statement that loads them. */
const BATCH = 5_000;

/** What PostgreSQL calls its types by number. */
const TYPES: Readonly<Record<number, EngineType>> = {
  16: "bool",
  20: "int8",
  23: "int4",
  25: "text",
  1043: "varchar",
  1082: "date",
  1114: "timestamp",
  1700: "numeric",
};

/** Loads the run and the quotes that a home has published, into a schema of its own. */
export async function loadPostgresGold(home: string): Promise<PostgresGold> {
  const connectionString = process.env["CARTEIRA_TEST_POSTGRES"];
  if (connectionString === undefined) throw new Error("run these tests with: npm run test:peers");
  const pool = new pg.Pool({ connectionString, max: 8 });
  const schema = `gold_${randomBytes(8).toString("hex")}`;
  await pool.query(`CREATE SCHEMA ${schema}`);
  const lake = await openDiskLake(homePaths(home).lake);
  const { gold, quotes } = await publishedIn(lake);
  const duckdb = await openEngine(join(home, "..", "postgres-loader"));
  try {
    const load = async (table: Table, runId: string, files: readonly GoldFile[]): Promise<void> => {
      const name = `${schema}."${table.name}"`;
      const columns = table.columns.map((column) => `"${column.name}" ${COLUMN_TYPES[column.type]}`);
      await pool.query(`CREATE TABLE ${name} (${columns.join(", ")}, gold_run VARCHAR NOT NULL)`);
      const paths = await Promise.all(files.map((file) => lake.stage(file.key)));
      const list = paths.map(quote).join(", ");
      const rows =
        paths.length === 0
          ? []
          : await duckdb.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet([${list}])`);
      for (let from = 0; from < rows.length; from += BATCH) {
        const batch = rows.slice(from, from + BATCH).map((row) => ({ ...row, gold_run: runId }));
        await pool.query(
          `INSERT INTO ${name} SELECT * FROM json_populate_recordset(CAST(NULL AS ${name}), $1::json)`,
          [JSON.stringify(batch)],
        );
      }
      // A run that is not asked for: whoever does not say which run, finds each row twice.
      await pool.query(
        `INSERT INTO ${name} SELECT ${table.columns.map((c) => `"${c.name}"`).join(", ")}, 'older' FROM ${name}`,
      );
    };
    for (const name of Object.keys(GOLD_TABLES) as GoldTableName[])
      await load(GOLD_TABLES[name], gold.runId, gold.tables[name]);
    await load(QUOTES_LATEST, quotes.runId, [quotes.file]);
    await pool.query("ANALYZE");
  } finally {
    duckdb.close();
  }
  return {
    schema,
    engine: (sql, values) => runOn(pool, sql, values),
    async distinct(table, column) {
      const sql = `SELECT DISTINCT CAST(${column} AS VARCHAR) FROM ${schema}.${table} WHERE ${column} IS NOT NULL ORDER BY 1`;
      return (await runOn(pool, sql, [])).rows.map(([value]) => value ?? "");
    },
    async close() {
      await pool.query(`DROP SCHEMA ${schema} CASCADE`);
      await pool.end();
    },
  };
}

async function publishedIn(
  lake: Lake,
): Promise<{ readonly gold: GoldManifest; readonly quotes: QuotesManifest }> {
  const manifestOf = async (pointer: string, folder: string): Promise<unknown> => {
    const runId = (await lake.readPointer(pointer))?.content.trim();
    if (runId === undefined) throw new Error(`${pointer} names nothing`);
    return JSON.parse(await readFile(await lake.stage(`${folder}/manifests/${runId}.json`), "utf8"));
  };
  return {
    gold: (await manifestOf(GOLD_POINTER, "gold")) as GoldManifest,
    quotes: (await manifestOf(QUOTES_POINTER, "speed")) as QuotesManifest,
  };
}

async function runOn(pool: pg.Pool, text: string, values: readonly string[]): ReturnType<Engine> {
  const { fields, rows } = await pool.query<(string | null)[]>({
    text,
    values: [...values],
    rowMode: "array",
    types: { getTypeParser: () => (value: string) => value },
  });
  const columns = fields.map(({ name, dataTypeID }) => {
    const type = TYPES[dataTypeID];
    if (type === undefined) throw new Error(`${name} is of type ${dataTypeID}, which gold does not have`);
    return { name, type };
  });
  return { columns, rows };
}
