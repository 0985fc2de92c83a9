import { randomBytes } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import pg from "pg";
import { openEngine, quote } from "../../../pipeline/engine.ts";
import { openRedshiftWarehouse } from "../../../src/warehouse/redshift.ts";
import { RedshiftLoads } from "../../../src/warehouse/redshift-load.ts";
import { type RedshiftService, serveRedshift } from "../../../src/warehouse/redshift-service.testing.ts";
import { REDSHIFT_SCHEMA } from "../../../src/warehouse/redshift-tables.ts";
import { runOn } from "./postgres-gold.testing.ts";
import { SERVICE_TIMEOUT_MS, type ServiceEngine } from "./services.testing.ts";

/** Redshift's Data API over a PostgreSQL database of its own, with what only Redshift has: COPY from the lake, and keys. */

/** What the test knows of a lake. */
export interface CopyLake {
  readonly bucket: string;
  put(key: string, body: Uint8Array): Promise<unknown>;
  /** A local path to read the object from. */
  stage(key: string): Promise<string>;
}

export interface PostgresRedshift extends ServiceEngine {
  readonly service: RedshiftService;
  readonly loads: RedshiftLoads;
  /** The transaction that the n-th statement from now on belongs to fails there; null: none does. */
  failAt(n: number | null): void;
  /** Statements of transactions that have run since it was said. */
  statements(): number;
  rows(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  close(): Promise<void>;
}

const DROP_TRIES_MAX = 50;
const DROP_WAIT_MS = 100;
/** Where rows lie and in which order, which PostgreSQL has no words for. */
const KEYS = / DISTSTYLE (?:ALL|EVEN|KEY DISTKEY \("\w+"\))(?: (?:COMPOUND )?SORTKEY \([^)]*\))?$/;
const COPY =
  /^COPY "(\w+)" FROM 's3:\/\/([^/']+)\/([^']+)' IAM_ROLE 'arn:aws:iam::\d{12}:role\/\w+' FORMAT AS PARQUET MANIFEST$/;

interface CopyManifest {
  readonly entries: readonly {
    readonly url: string;
    readonly mandatory: boolean;
    readonly meta: { readonly content_length: number };
  }[];
}

export async function openPostgresRedshift(lake: CopyLake, scratch: string): Promise<PostgresRedshift> {
  const server = process.env["CARTEIRA_TEST_POSTGRES"];
  if (server === undefined) throw new Error("run these tests with: npm run test:peers");
  const name = `redshift_${randomBytes(8).toString("hex")}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 8 });
  let run = 0;
  let deadly: number | null = null;
  const transact = async (statements: readonly string[]) => {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      for (const statement of statements) {
        run += 1;
        if (run === deadly) throw new Error("the test lets it die here");
        await runStatement(client, statement, lake, scratch);
      }
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  };
  const service = await serveRedshift((sql, values) => runOn(pool, sql, values), 100, transact);
  const place = { workgroup: "carteira", database: "carteira" };
  const client = new RedshiftDataClient(service.connection);
  return {
    service,
    loads: new RedshiftLoads(
      {
        put: (key, body) => lake.put(key, body),
        bytes: async (key) => (await stat(await lake.stage(key))).size,
      },
      {
        client,
        place,
        bucket: lake.bucket,
        copyRole: "arn:aws:iam::123456789012:role/copy",
        timeoutMs: SERVICE_TIMEOUT_MS,
      },
    ),
    open: async (store) =>
      openRedshiftWarehouse(store, {
        client: new RedshiftDataClient(service.connection),
        place,
        schema: REDSHIFT_SCHEMA,
        timeoutMs: SERVICE_TIMEOUT_MS,
      }),
    failAt(n) {
      run = 0;
      deadly = n;
    },
    statements: () => run,
    rows: async (sql) => (await runOn(pool, sql, [])).rows,
    async close() {
      await service.close();
      client.destroy();
      await pool.end();
      await drop(admin, name);
      await admin.end();
    },
  };
}

/** The server takes a moment to notice that the connections have ended. */
async function drop(admin: pg.Client, name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await admin.query(`DROP DATABASE ${name}`);
      return;
    } catch (error) {
      if (tries === DROP_TRIES_MAX) throw error;
      await pause(DROP_WAIT_MS);
    }
  }
}

async function runStatement(
  client: pg.PoolClient,
  statement: string,
  lake: CopyLake,
  scratch: string,
): Promise<void> {
  if (!statement.startsWith("COPY")) {
    await client.query(statement.replace(KEYS, ""));
    return;
  }
  const [, table, bucket, key] = COPY.exec(statement) ?? [];
  if (table === undefined || key === undefined || bucket !== lake.bucket) throw new Error("no such COPY");
  await copyInto(client, table, await filesOf(lake, key), scratch);
}

/** The files that a manifest lists, all of them there and of the length that it says. */
async function filesOf(lake: CopyLake, key: string): Promise<readonly string[]> {
  const { entries } = JSON.parse(await readFile(await lake.stage(key), "utf8")) as CopyManifest;
  const start = `s3://${lake.bucket}/`;
  return await Promise.all(
    entries.map(async ({ url, mandatory, meta }) => {
      if (!mandatory || !url.startsWith(start)) throw new Error("another kind of entry");
      const path = await lake.stage(url.slice(start.length));
      if ((await stat(path)).size !== meta.content_length) throw new Error("another length");
      return path;
    }),
  );
}

/** Columns are taken by their position, whatever they are called. */
async function copyInto(
  client: pg.PoolClient,
  table: string,
  paths: readonly string[],
  scratch: string,
): Promise<void> {
  const { fields } = await client.query(`SELECT * FROM "${table}" LIMIT 0`);
  const duckdb = await openEngine(scratch);
  try {
    const files = `read_parquet([${paths.map(quote).join(", ")}])`;
    const found = await duckdb.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${files}`);
    const rows = found.map((row) => {
      const values = Object.values(row);
      if (values.length !== fields.length) throw new Error("another number of columns");
      return Object.fromEntries(fields.map(({ name }, at) => [name, values[at]]));
    });
    await client.query(
      `INSERT INTO "${table}" SELECT * FROM json_populate_recordset(CAST(NULL AS "${table}"), $1::json)`,
      [JSON.stringify(rows)],
    );
  } finally {
    duckdb.close();
  }
}
