import { randomBytes } from "node:crypto";
import { COLUMN_TYPES } from "../../../src/contracts/types.ts";
import type { Engine, EngineType } from "../../../src/warehouse/aws-service.testing.ts";
import { type LoadedGold, publishedTables } from "./published-rows.testing.ts";

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
function trinoEngine(origin: string, schema: { readonly catalog: string; readonly name: string }): Engine {
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

/** Cells of one statement that loads them: Trino reads a million characters at most. */
const CELLS_MAX = 6_000;

/** Loads what a home has published into Trino's memory. */
export async function loadTrinoGold(home: string, origin: string): Promise<LoadedGold> {
  const schema = `gold_${randomBytes(8).toString("hex")}`;
  const engine = trinoEngine(origin, { catalog: "memory", name: schema });
  await engine(`CREATE SCHEMA memory.${schema}`, []);
  const made: string[] = [];
  for await (const { table, runId, rows } of publishedTables(home)) {
    // As a table of the Glue catalogue has it, an instant has milliseconds.
    const types = table.columns.map(({ type }) => (type === "instant" ? "TIMESTAMP(3)" : COLUMN_TYPES[type]));
    const names = table.columns.map(({ name }) => `"${name}"`);
    await engine(
      `CREATE TABLE "${table.name}" (${names.map((name, at) => `${name} ${types[at]}`).join(", ")}, gold_run VARCHAR)`,
      [],
    );
    made.push(table.name);
    const batch = Math.floor(CELLS_MAX / names.length);
    for (let from = 0; from < rows.length; from += batch) {
      const tuples = rows
        .slice(from, from + batch)
        .map((row) => `(${table.columns.map(({ name }) => literal(row[name] ?? null)).join(", ")})`);
      const casts = names.map((name, at) => `CAST(CAST(${name} AS VARCHAR) AS ${types[at]})`);
      await engine(
        `INSERT INTO "${table.name}" SELECT ${casts.join(", ")}, '${runId}' FROM (VALUES ${tuples.join(", ")}) AS v(${names.join(", ")})`,
        [],
      );
    }
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

function literal(text: string | null): string {
  return text === null ? "NULL" : `'${text.replaceAll("'", "''")}'`;
}
