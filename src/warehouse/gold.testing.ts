import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import {
  GOLD_POINTER,
  GOLD_TABLES,
  type GoldFile,
  type GoldManifest,
  type GoldTableName,
  QUOTES_LATEST,
  QUOTES_POINTER,
  type QuotesManifest,
} from "../contracts/gold.ts";
import { COLUMN_TYPES, type Table } from "../contracts/types.ts";
import type { GoldStore } from "./manifests.ts";

/** A value as a test writes it: numbers and decimals as text, days as ISO text. */
type TestCell = string | number | boolean | null;
export type TestRow = Readonly<Record<string, TestCell>>;
export type TestGold = Partial<Readonly<Record<GoldTableName | "quotes_latest", readonly TestRow[]>>>;

/** A gold store in a temporary folder that tests publish hand-made runs to. */
export class TestStore implements GoldStore {
  readonly root: string;
  readonly pointers = new Map<string, string>();

  private constructor(root: string) {
    this.root = root;
  }

  static async make(): Promise<TestStore> {
    return new TestStore(await mkdtemp(join(tmpdir(), "carteira-gold-")));
  }

  async readPointer(key: string): Promise<{ content: string } | null> {
    const content = this.pointers.get(key);
    return content === undefined ? null : { content };
  }

  async stage(key: string): Promise<string> {
    return join(this.root, key);
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  /** Publishes a gold run and, where `tables` has quotes, a run of quotes beside it. Returns the gold run's id. */
  async publish(
    tables: TestGold,
    options: { readonly asOf?: string | null; readonly demo?: boolean } = {},
  ): Promise<string> {
    const runId = randomUUID();
    const files: [GoldTableName, readonly GoldFile[]][] = [];
    for (const name of Object.keys(GOLD_TABLES) as GoldTableName[]) {
      const rows = tables[name] ?? [];
      files.push([name, rows.length === 0 ? [] : [await this.#write(GOLD_TABLES[name], runId, rows)]]);
    }
    const manifest: GoldManifest = {
      version: 1,
      runId,
      createdAt: "2026-01-01T00:00:00Z",
      asOf: options.asOf ?? null,
      demo: options.demo ?? false,
      inputs: [],
      tables: Object.fromEntries(files) as GoldManifest["tables"],
    };
    await this.#writeJson(`gold/manifests/${runId}.json`, manifest);
    this.pointers.set(GOLD_POINTER, runId);
    if (tables.quotes_latest !== undefined) await this.publishQuotes(tables.quotes_latest);
    return runId;
  }

  async publishQuotes(rows: readonly TestRow[]): Promise<string> {
    const runId = randomUUID();
    const manifest: QuotesManifest = {
      version: 1,
      runId,
      createdAt: "2026-01-01T00:00:00Z",
      file: await this.#write(QUOTES_LATEST, runId, rows),
    };
    await this.#writeJson(`speed/manifests/${runId}.json`, manifest);
    this.pointers.set(QUOTES_POINTER, runId);
    return runId;
  }

  async #writeJson(key: string, content: unknown): Promise<void> {
    const path = await this.stage(key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify(content));
  }

  /** Writes rows as Parquet with the contract's columns; those a row leaves out get the type's plainest value. */
  async #write(table: Table, runId: string, rows: readonly TestRow[]): Promise<GoldFile> {
    const key = `gold/${runId}/${table.name}.parquet`;
    const path = await this.stage(key);
    await mkdir(dirname(path), { recursive: true });
    const names = table.columns.map((column) => `"${column.name}"`).join(", ");
    const tuples = rows.map(
      (row) => `(${table.columns.map((c) => literal(cellFor(c, row, runId))).join(", ")})`,
    );
    const casts = table.columns
      .map((c) => `CAST("${c.name}" AS ${COLUMN_TYPES[c.type]}) AS "${c.name}"`)
      .join(", ");
    const keys = table.sortedBy.map((name) => `"${name}"`).join(", ");
    const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    const connection = await instance.connect();
    const values = tuples.length > 0 ? tuples.join(", ") : `(${table.columns.map(() => "NULL").join(", ")})`;
    await connection.run(
      `COPY (SELECT ${casts} FROM (VALUES ${values}) AS v(${names}) ${tuples.length > 0 ? "" : "WHERE FALSE"} ORDER BY ${keys})
       TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    return { key, rows: rows.length, sha256: createHash("sha256").update(key).digest("hex") };
  }
}

function cellFor(column: Table["columns"][number], row: TestRow, runId: string): TestCell {
  const given = row[column.name];
  if (given !== undefined) return given;
  if (column.name === "run_id") return runId;
  if (column.nullable === true) return null;
  if (column.type === "text") return "";
  if (column.type === "flag") return column.name === "cost_known";
  if (column.type === "day") return column.name === "valid_to" ? "9999-12-31" : "2026-01-01";
  if (column.type === "instant") return "2026-01-01 12:00:00";
  return "0";
}

function literal(cell: TestCell): string {
  if (cell === null) return "NULL";
  return typeof cell === "string" ? `'${cell.replaceAll("'", "''")}'` : String(cell);
}
