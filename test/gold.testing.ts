import { join } from "node:path";
import { openEngine } from "../pipeline/engine.ts";
import { readManifest, registerFiles } from "../pipeline/gold/publish.ts";
import type { GoldManifest, GoldTableName } from "../src/contracts/gold.ts";
import { openDiskLake } from "../src/lake/disk.ts";
import { homePaths } from "../src/main/home.ts";

/** The manifest that a home has published. */
export async function publishedManifest(home: string): Promise<GoldManifest> {
  const published = await readManifest(await openDiskLake(homePaths(home).lake));
  if (published === null) throw new Error("nothing is published");
  return published.manifest;
}

/** The rows of a published gold table as texts, in the table's order. */
export async function goldRows(
  home: string,
  table: GoldTableName,
): Promise<readonly Readonly<Record<string, string | null>>[]> {
  const lake = await openDiskLake(homePaths(home).lake);
  const { tables } = await publishedManifest(home);
  const engine = await openEngine(join(home, "..", "reader"));
  try {
    await registerFiles(engine, lake, "read_table", tables[table]);
    const rows = await engine.rows("select cast(columns(*) as varchar) from read_table");
    return rows as readonly Readonly<Record<string, string | null>>[];
  } finally {
    engine.close();
  }
}
