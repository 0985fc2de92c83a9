import { randomBytes } from "node:crypto";
import { COLUMN_TYPES } from "../../../src/contracts/types.ts";
import type { Engine, EngineType } from "../../../src/warehouse/aws-service.testing.ts";
import { type LoadedGold, type PublishedTable, publishedTables } from "./published-rows.testing.ts";

/** Trino, the engine behind Athena, through its own protocol. */

const POLLS_MAX = 100_000;

interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly message: string };
}

/** What our types are called by Trino, without their lengths. */
const TYPES: Readonly<Record<string, EngineType>> = {
  varchar: "varchar",
  bigint: "int8",
  integer: "int4",
  decimal: "numeric",
  date: "date",
  timestamp: "timestamp",
  boolean: "bool",
};

/** An engine over the Trino at an origin such as `http://127.0.0.1:8080`. It takes no values beside the statement. */
export function trinoEngine(
  origin: string,
  schema: { readonly catalog: string; readonly name: string },
): Engine {
  const headers = {
    "X-Trino-User": "carteira",
    "X-Trino-Catalog": schema.catalog,
    "X-Trino-Schema": schema.name,
  };
  return async (sql) => {
    const rows: (string | null)[][] = [];
    let columns: NonNullable<Page["columns"]> = [];
    let page = await pageOf(`${origin}/v1/statement`, { method: "POST", body: sql, headers });
    for (let polls = 0; polls < POLLS_MAX; polls += 1) {
      if (page.error !== undefined) throw new Error(page.error.message);
      columns = page.columns ?? columns;
      for (const row of page.data ?? [])
        rows.push(row.map((value) => (value === null ? null : String(value))));
      if (page.nextUri === undefined) return { columns: columns.map(typed), rows };
      page = await pageOf(page.nextUri, { headers });
    }
    throw new Error("Trino does not come to an end");
  };
}

async function pageOf(url: string, init: RequestInit): Promise<Page> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`Trino said ${response.status}: ${await response.text()}`);
  return (await response.json()) as Page;
}

function typed({ name, type }: { readonly name: string; readonly type: string }) {
  const known = TYPES[type.replace(/\(.*$/, "")];
  if (known === undefined) throw new Error(`${name} is of type ${type}, which gold does not have`);
  return { name, type: known };
}

/** Characters of one statement that loads rows: Trino reads a million at most. */
const BATCH_CHARS = 800_000;

/** Loads what a home has published into Trino's memory. */
export async function loadTrinoGold(home: string, origin: string): Promise<LoadedGold> {
  const schema = `gold_${randomBytes(8).toString("hex")}`;
  const engine = trinoEngine(origin, { catalog: "memory", name: schema });
  await engine(`CREATE SCHEMA memory.${schema}`, []);
  const made: string[] = [];
  for await (const published of publishedTables(home)) {
    await load(engine, published);
    made.push(published.table.name);
  }
  return {
    schema,
    engine,
    async close() {
      for (const name of made) await engine(`DROP TABLE "${name}"`, []);
      await engine(`DROP SCHEMA memory.${schema}`, []);
    },
  };
}

async function load(engine: Engine, { table, runId, rows }: PublishedTable): Promise<void> {
  // As a table of the Glue catalogue has it, an instant has milliseconds.
  const types = table.columns.map(({ type }) => (type === "instant" ? "TIMESTAMP(3)" : COLUMN_TYPES[type]));
  const columns = table.columns.map(({ name }, at) => `"${name}" ${types[at]}`);
  await engine(`CREATE TABLE "${table.name}" (${columns.join(", ")}, gold_run VARCHAR)`, []);
  const casts = types.map((type, at) => `CAST(r[${at + 1}] AS ${type})`);
  for (const batch of batches(rows.map((row) => table.columns.map(({ name }) => row[name] ?? null)))) {
    const json = `[${batch.join(",")}]`.replaceAll("'", "''");
    await engine(
      `INSERT INTO "${table.name}" SELECT ${casts.join(", ")}, '${runId}'
       FROM UNNEST(CAST(json_parse('${json}') AS ARRAY(ARRAY(VARCHAR)))) AS u(r)`,
      [],
    );
  }
}

/** Rows as JSON, as many at once as one statement holds. */
function* batches(rows: readonly (readonly (string | null)[])[]): Generator<readonly string[]> {
  let batch: string[] = [];
  let chars = 0;
  for (const row of rows) {
    const json = JSON.stringify(row);
    if (chars + json.length > BATCH_CHARS) {
      yield batch;
      batch = [];
      chars = 0;
    }
    batch.push(json);
    chars += json.length + 1;
  }
  if (batch.length > 0) yield batch;
}
