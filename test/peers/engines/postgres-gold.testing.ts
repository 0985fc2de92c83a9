import { randomBytes } from "node:crypto";
import pg from "pg";
import { COLUMN_TYPES } from "../../../src/contracts/types.ts";
import type { Lake } from "../../../src/lake/lake.ts";
import type { Engine, EngineType } from "../../../src/warehouse/aws-service.testing.ts";
import { type LoadedGold, type PublishedTable, publishedTables } from "./published-rows.testing.ts";

export interface PostgresGold extends LoadedGold {
  /** The values of one column, in order. */
  distinct(table: string, column: string): Promise<readonly string[]>;
}

/** Rows of one statement that loads them. */
const BATCH = 5_000;

/** What PostgreSQL calls its types by number. */
const TYPES: Readonly<Record<number, EngineType>> = {
  16: "bool",
  20: "int8",
  23: "int4",
  25: "text",
  19: "varchar",
  1043: "varchar",
  1082: "date",
  1114: "timestamp",
  1700: "numeric",
};

/** Loads the run and the quotes that are published in a home, or in another lake of its, into a schema of its own. */
export async function loadPostgresGold(home: string, lake?: Lake): Promise<PostgresGold> {
  const connectionString = process.env["CARTEIRA_TEST_POSTGRES"];
  if (connectionString === undefined) throw new Error("run these tests with: npm run test:peers");
  const pool = new pg.Pool({ connectionString, max: 8 });
  const schema = `gold_${randomBytes(8).toString("hex")}`;
  await pool.query(`CREATE SCHEMA ${schema}`);
  for await (const table of publishedTables(home, lake)) await load(pool, schema, table);
  await pool.query("ANALYZE");
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

async function load(pool: pg.Pool, schema: string, { table, runId, rows }: PublishedTable): Promise<void> {
  const name = `${schema}."${table.name}"`;
  const columns = table.columns.map((column) => `"${column.name}" ${COLUMN_TYPES[column.type]}`);
  await pool.query(`CREATE TABLE ${name} (${columns.join(", ")}, gold_run VARCHAR NOT NULL)`);
  // A run that nobody asks for: whoever does not say which run, finds each row twice.
  for (const run of [runId, "older"]) {
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows.slice(from, from + BATCH).map((row) => ({ ...row, gold_run: run }));
      await pool.query(
        `INSERT INTO ${name} SELECT * FROM json_populate_recordset(CAST(NULL AS ${name}), $1::json)`,
        [JSON.stringify(batch)],
      );
    }
  }
}

export async function runOn(pool: pg.Pool, text: string, values: readonly string[]): ReturnType<Engine> {
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
