import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openEngine, quote } from "../../../pipeline/engine.ts";
import {
  GOLD_POINTER,
  GOLD_TABLES,
  type GoldManifest,
  type GoldTableName,
  QUOTES_LATEST,
  QUOTES_POINTER,
  type QuotesManifest,
} from "../../../src/contracts/gold.ts";
import type { Table } from "../../../src/contracts/types.ts";
import { openDiskLake } from "../../../src/lake/disk.ts";
import type { Lake } from "../../../src/lake/lake.ts";
import { homePaths } from "../../../src/main/home.ts";
import type { Engine } from "../../../src/warehouse/aws-service.testing.ts";

/** One gold table of the published run, its values as texts. */
export interface PublishedTable {
  readonly table: Table;
  readonly runId: string;
  readonly rows: readonly Readonly<Record<string, string | null>>[];
}

/** The files of one gold table of the published run. */
interface PublishedFiles {
  readonly table: Table;
  readonly runId: string;
  readonly paths: readonly string[];
}

/** The files of all that is published, `quotes_latest` last. */
export async function publishedFiles(lake: Lake): Promise<readonly PublishedFiles[]> {
  const gold = (await manifestOf(lake, GOLD_POINTER, "gold")) as GoldManifest;
  const quotes = (await manifestOf(lake, QUOTES_POINTER, "speed")) as QuotesManifest;
  const all = [
    ...(Object.keys(GOLD_TABLES) as GoldTableName[]).map((name) => ({
      table: GOLD_TABLES[name],
      runId: gold.runId,
      files: gold.tables[name],
    })),
    { table: QUOTES_LATEST, runId: quotes.runId, files: [quotes.file] },
  ];
  return await Promise.all(
    all.map(async ({ table, runId, files }) => ({
      table,
      runId,
      paths: await Promise.all(files.map((file) => lake.stage(file.key))),
    })),
  );
}

/** All that is published in a home, or in another lake of its, `quotes_latest` last. */
export async function* publishedTables(home: string, other?: Lake): AsyncGenerator<PublishedTable> {
  const lake = other ?? (await openDiskLake(homePaths(home).lake));
  const duckdb = await openEngine(join(home, "..", "published-rows"));
  try {
    for (const { table, runId, paths } of await publishedFiles(lake)) {
      const source = `read_parquet([${paths.map(quote).join(", ")}])`;
      const rows =
        paths.length === 0 ? [] : await duckdb.rows(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${source}`);
      yield { table, runId, rows: rows as PublishedTable["rows"] };
    }
  } finally {
    duckdb.close();
  }
}

async function manifestOf(lake: Lake, pointer: string, folder: string): Promise<unknown> {
  const runId = (await lake.readPointer(pointer))?.content.trim();
  if (runId === undefined) throw new Error(`${pointer} names nothing`);
  return JSON.parse(await readFile(await lake.stage(`${folder}/manifests/${runId}.json`), "utf8"));
}

/** Gold in an engine of SQL, as a service would keep it: a table each, with the run that a row is served in. */
export interface LoadedGold {
  readonly schema: string;
  readonly engine: Engine;
  close(): Promise<void>;
}
