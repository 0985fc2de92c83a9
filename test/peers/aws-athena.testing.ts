import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { openEngine, quote } from "../../pipeline/engine.ts";
import { type CatalogueTable, catalogueTables, SERVED_RUN } from "../../src/contracts/catalogue.ts";
import { GOLD_TABLES, QUOTES_LATEST } from "../../src/contracts/gold.ts";
import { COLUMN_TYPES, type Table } from "../../src/contracts/types.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { type AthenaService, serveAthena } from "../../src/warehouse/athena-service.testing.ts";
import { runOn } from "./engines/postgres-gold.testing.ts";

/**
 * Athena's API over PostgreSQL, with tables that are folders of a lake: as with partition projection, a query that names a run
 * reads whatever lies where the catalogue's template says that run is, and nothing where nothing lies there.
 */
export interface LakeAthena {
  readonly service: AthenaService;
  readonly database: string;
  close(): Promise<void>;
}

const ROWS_PER_INSERT = 5_000;

interface Projected {
  readonly table: Table;
  readonly described: CatalogueTable;
}

export async function serveLakeAthena(
  { lake, bucket }: { readonly lake: Lake; readonly bucket: string },
  scratch: string,
): Promise<LakeAthena> {
  const pool = new pg.Pool({ connectionString: process.env["CARTEIRA_TEST_POSTGRES"], max: 8 });
  const database = `athena_${randomBytes(8).toString("hex")}`;
  await pool.query(`CREATE SCHEMA ${database}`);
  const described = new Map(catalogueTables(bucket).map((table) => [table.name, table] as const));
  const projected = new Map<string, Projected>();
  for (const table of [...Object.values(GOLD_TABLES), QUOTES_LATEST]) {
    const found = described.get(table.name);
    if (found === undefined) throw new Error(`the catalogue has no ${table.name}`);
    projected.set(table.name, { table, described: found });
    const columns = table.columns.map(({ name, type }) => `"${name}" ${COLUMN_TYPES[type]}`);
    await pool.query(
      `CREATE TABLE ${database}."${table.name}" (${columns.join(", ")}, ${SERVED_RUN} VARCHAR NOT NULL)`,
    );
  }
  const scans = new RegExp(`"${database}"\\."(\\w+)" WHERE ${SERVED_RUN} = '([\\w.-]+)'`, "g");
  const loaded = new Map<string, Promise<void>>();
  const service = await serveAthena(async (sql, values) => {
    for (const [, name = "", run = ""] of sql.matchAll(scans)) {
      const key = `${name} ${run}`;
      const loading =
        loaded.get(key) ?? read({ lake, pool, bucket, database, scratch }, projected.get(name), run);
      loaded.set(key, loading);
      await loading;
    }
    return await runOn(pool, sql, values);
  }, 100);
  return {
    service,
    database,
    async close() {
      await service.close();
      await pool.query(`DROP SCHEMA ${database} CASCADE`);
      await pool.end();
    },
  };
}

interface Reading {
  readonly lake: Lake;
  readonly pool: pg.Pool;
  readonly bucket: string;
  readonly database: string;
  readonly scratch: string;
}

async function read(
  { lake, pool, bucket, database, scratch }: Reading,
  found: Projected | undefined,
  run: string,
): Promise<void> {
  if (found === undefined) throw new Error("a table that the catalogue does not have");
  const { table, described } = found;
  const template = described.parameters["storage.location.template"] ?? "";
  const folder = template.replace(`\${${SERVED_RUN}}`, run).replace(`s3://${bucket}/`, "");
  const keys = await lake.list(folder);
  if (keys.length === 0) return;
  const paths = await Promise.all(keys.map((key) => lake.stage(key)));
  const engine = await openEngine(join(scratch, `athena-${table.name}-${run}`));
  try {
    const rows = await engine.rows(
      `select cast(columns(*) as varchar) from read_parquet([${paths.map(quote).join(", ")}])`,
    );
    const target = `${database}."${table.name}"`;
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
      const batch = rows.slice(from, from + ROWS_PER_INSERT).map((row) => ({ ...row, [SERVED_RUN]: run }));
      await pool.query(
        `INSERT INTO ${target} SELECT * FROM json_populate_recordset(CAST(NULL AS ${target}), $1::json)`,
        [JSON.stringify(batch)],
      );
    }
  } finally {
    engine.close();
  }
}
