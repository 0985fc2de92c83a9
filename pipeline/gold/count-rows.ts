import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine, quote } from "../engine.ts";

/** The number of rows of a Parquet file; null where it cannot be read as one. */
export async function countRows(path: string): Promise<number | null> {
  const folder = await mkdtemp(join(tmpdir(), "carteira-rows-"));
  const engine = await openEngine(folder);
  try {
    const [row] = await engine.rows(`select count(*) as n from read_parquet(${quote(path)})`);
    return Number(row?.["n"] ?? 0);
  } catch {
    return null;
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}
