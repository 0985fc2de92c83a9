import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { SilverTableName } from "../src/contracts/silver.ts";
import { openDiskLake } from "../src/lake/disk.ts";
import type { Lake } from "../src/lake/lake.ts";
import { openEngine, quote } from "./engine.ts";
import { createMemoryLedger } from "./gold/memory-ledger.testing.ts";
import { type IngestRequest, type IngestResult, ingestFiles } from "./ingest.ts";
import type { UploadLedger, UploadRecord } from "./ports.ts";
import { createEffective } from "./silver/effective.ts";

export type TestFile = readonly [fileName: string, body: string | Uint8Array];
type TextRow = Readonly<Record<string, string | null>>;

/** A home for tests of the ingest: a real lake and a real engine, a ledger in memory. */
export interface TestHome {
  readonly lake: Lake;
  readonly ledger: UploadLedger;
  /** The progress reported so far: step and fraction. */
  readonly steps: readonly (readonly [step: string, fraction: number | null])[];
  /** Loads as an admin unless `options` says otherwise. */
  load(files: readonly TestFile[], options?: Partial<IngestRequest>): Promise<readonly IngestResult[]>;
  /** Loads one file. */
  loadOne(file: TestFile, options?: Partial<IngestRequest>): Promise<IngestResult>;
  /** The rows that count, as texts, in a stable order. */
  effective(table: SilverTableName, uploads?: readonly UploadRecord[]): Promise<readonly TextRow[]>;
  /** All rows of a Parquet object, as texts. */
  parquet(key: string): Promise<readonly TextRow[]>;
  remove(): Promise<void>;
}

export const CLIENTS: TestFile = [
  "clientes.csv",
  "cliente;nome;corretor\nana;Ana Souza;c1\nbia;Bia Lima;c1\ncai;Caio Reis;c2\n",
];
export const OPERATIONS_HEADER = "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas";

/** Opens an empty home; `now` is the clock of the ingest. */
export async function openTestHome(now = new Date("2026-03-31T21:30:00Z")): Promise<TestHome> {
  const dir = await mkdtemp(join(tmpdir(), "carteira-ingest-"));
  const lake = await openDiskLake(join(dir, "lake"));
  const ledger = createMemoryLedger();
  const deps = { lake, ledger, scratchDir: join(dir, "scratch"), now: () => now };
  const steps: [string, number | null][] = [];
  const load: TestHome["load"] = (files, options = {}) =>
    ingestFiles(
      deps,
      {
        files: files.map(([fileName, body]) => ({ fileName, body: Readable.from([Buffer.from(body)]) })),
        userId: "admin",
        admin: true,
        brokers: "all",
        clientId: null,
        kind: null,
        replaces: null,
        language: "pt",
        ...options,
      },
      (step, fraction) => steps.push([step, fraction]),
    );
  const query = async (sql: (engine: Awaited<ReturnType<typeof openEngine>>) => Promise<string>) => {
    const engine = await openEngine(join(dir, "reader"));
    try {
      const rows = await engine.rows(
        `select cast(columns(*) as varchar) from (${await sql(engine)}) order by all`,
      );
      return rows as readonly TextRow[];
    } finally {
      engine.close();
    }
  };
  return {
    lake,
    ledger,
    steps,
    load,
    async loadOne(file, options) {
      const [result] = await load([file], options);
      if (result === undefined) throw new Error("no result");
      return result;
    },
    effective: (table, uploads) =>
      query(async (engine) => {
        const view = await createEffective(engine, lake, table, uploads ?? (await ledger.active()));
        return `select * from ${view}`;
      }),
    parquet: (key) => query(async () => `select * from read_parquet(${quote(await lake.stage(key))})`),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
