import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { GOLD_TABLES, type GoldManifest, type GoldTableName } from "../../src/contracts/gold.ts";
import { openDiskLake } from "../../src/lake/disk.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { openEngine } from "../engine.ts";
import { type IngestResult, ingestFiles } from "../ingest.ts";
import type { UploadLedger } from "../ports.ts";
import { buildGold } from "./build.ts";
import { createMemoryLedger } from "./memory-ledger.testing.ts";
import { readManifest, registerFiles } from "./publish.ts";

/** Lineage that differs between two ways to the same book. */
const RUN_COLUMNS = ["run_id", "upload_id", "captured_at"];

/** A book on disk in a temporary folder, filled through the real ingest. */
export interface TestBook {
  readonly lake: Lake;
  readonly ledger: UploadLedger;
  readonly dir: string;
  load(files: Readonly<Record<string, string>>): Promise<readonly IngestResult[]>;
  build(): Promise<{ runId: string; built: boolean }>;
  manifest(): Promise<GoldManifest>;
  /** Rows of a gold table as texts, without what names the run. */
  rows(table: GoldTableName, where?: string): Promise<readonly Readonly<Record<string, string | null>>[]>;
  remove(): Promise<void>;
}

export async function openTestBook(now = new Date("2026-03-31T21:30:00Z")): Promise<TestBook> {
  const dir = await mkdtemp(join(tmpdir(), "carteira-gold-"));
  const lake = await openDiskLake(join(dir, "lake"));
  const ledger = createMemoryLedger();
  const deps = { lake, ledger, scratchDir: dir, now: () => now };
  const manifest = async (): Promise<GoldManifest> => {
    const published = await readManifest(lake);
    if (published === null) throw new Error("nothing is published");
    return published.manifest;
  };
  return {
    lake,
    ledger,
    dir,
    manifest,
    load: (files) =>
      ingestFiles(
        deps,
        {
          files: Object.entries(files).map(([fileName, body]) => ({
            fileName,
            body: Readable.from([Buffer.from(body)]),
          })),
          userId: "admin",
          admin: true,
          brokers: "all",
          clientId: null,
          kind: null,
          replaces: null,
          language: "pt",
        },
        () => {},
      ),
    build: async () => buildGold(deps, { uploads: await ledger.active(), demo: false }, () => {}),
    async rows(table, where = "true") {
      const engine = await openEngine(join(dir, "reader"));
      try {
        await registerFiles(engine, lake, "read_table", (await manifest()).tables[table]);
        const columns = GOLD_TABLES[table].columns
          .map((c) => c.name)
          .filter((name) => !RUN_COLUMNS.includes(name));
        const list = columns.map((name) => `cast(${name} as varchar) as ${name}`).join(", ");
        const rows = await engine.rows(`select ${list} from read_table where ${where} order by all`);
        return rows as readonly Readonly<Record<string, string | null>>[];
      } finally {
        engine.close();
      }
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
