import { mkdir } from "node:fs/promises";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** Memory that DuckDB may use for its buffers; the process goes about 0.3 GB over it. */
const MEMORY_LIMIT_MB = 320;

/** An embedded DuckDB for one pipeline run: in memory, spilling to `scratchDir`. */
export interface Engine {
  readonly connection: DuckDBConnection;
  readonly scratchDir: string;
  /** A second connection to the same tables: a stream on one does not hold up statements on the other. */
  fork(): Promise<DuckDBConnection>;
  run(sql: string): Promise<void>;
  /** Rows as objects of plain values: bigint for whole numbers, DuckDB values for decimals and days. */
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
  close(): void;
}

/** Opens an engine whose temporary files lie in `scratchDir`, which is made if it is not there. */
export async function openEngine(scratchDir: string): Promise<Engine> {
  await mkdir(scratchDir, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${MEMORY_LIMIT_MB}MB`,
    temp_directory: scratchDir,
  });
  const connection = await instance.connect();
  return {
    connection,
    scratchDir,
    fork: () => instance.connect(),
    async run(sql) {
      await connection.run(sql);
    },
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjects();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A text as an SQL literal. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
