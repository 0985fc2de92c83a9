import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import {
  GOLD_POINTER,
  GOLD_TABLES,
  type GoldFile,
  type GoldManifest,
  type GoldTableName,
  QUOTES_POINTER,
  type QuotesManifest,
} from "../../src/contracts/gold.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { type Engine, quote } from "../engine.ts";

/** Manifests kept behind the current one, for readers that began before a publication. */
const KEPT_RUNS = 3;

/** Names a run so that names sort by time: `20261123T210000Z-1f2e3d`. */
export function newRunId(now: Date): string {
  return `${now.toISOString().replace(/[-:]|\.\d+/g, "")}-${randomBytes(3).toString("hex")}`;
}

function manifestKey(runId: string): string {
  return `gold/manifests/${runId}.json`;
}

/** The published manifest with the pointer's version, or null before the first run. */
export async function readManifest(lake: Lake): Promise<{ manifest: GoldManifest; version: string } | null> {
  const pointer = await lake.readPointer(GOLD_POINTER);
  if (pointer === null) return null;
  const manifest = JSON.parse(await text(await lake.read(manifestKey(pointer.content)))) as GoldManifest;
  return { manifest, version: pointer.version };
}

/** Moves a finished Parquet file into the lake and counts its rows. */
export async function publishFile(
  engine: Engine,
  lake: Lake,
  path: string,
  key: string,
  month?: string,
): Promise<GoldFile> {
  const [count] = await engine.rows(`select count(*) as n from read_parquet(${quote(path)})`);
  const stored = await lake.publish(path, key);
  return {
    key,
    rows: Number(count?.["n"] ?? 0),
    sha256: stored.sha256,
    ...(month === undefined ? {} : { month }),
  };
}

/** Makes a manifest the current one: the single step by which readers see a run. Throws when another run came first. */
export async function publishGold(
  lake: Lake,
  manifest: GoldManifest,
  expected: string | null,
): Promise<void> {
  await lake.put(manifestKey(manifest.runId), Buffer.from(JSON.stringify(manifest)));
  if (!(await lake.movePointer(GOLD_POINTER, manifest.runId, expected))) {
    throw new Error("another pipeline run published gold at the same time: run this one again");
  }
}

/** Publishes the newest quotes under their own pointer. A quotes run that came first is left to win only if it is newer. */
export async function publishQuotes(lake: Lake, manifest: QuotesManifest): Promise<void> {
  await lake.put(`speed/manifests/${manifest.runId}.json`, Buffer.from(JSON.stringify(manifest)));
  for (let attempt = 0; attempt < 10; attempt++) {
    const current = await lake.readPointer(QUOTES_POINTER);
    if (current !== null && current.content > manifest.runId) return;
    if (await lake.movePointer(QUOTES_POINTER, manifest.runId, current?.version ?? null)) return;
  }
  throw new Error("the pointer of the newest quotes could not be moved");
}

/** Deletes files that no manifest of the newest runs lists. Safe to repeat; a crash only leaves files behind. */
export async function removeOldRuns(lake: Lake): Promise<void> {
  await removeBehind(lake, "gold/manifests/", (manifest) =>
    Object.values((manifest as GoldManifest).tables).flatMap((files) => files.map((file) => file.key)),
  );
  await removeBehind(lake, "speed/manifests/", (manifest) => [(manifest as QuotesManifest).file.key]);
}

async function removeBehind(
  lake: Lake,
  manifests: string,
  keysOf: (manifest: unknown) => readonly string[],
): Promise<void> {
  const names = [...(await lake.list(manifests))].sort();
  const kept = new Set(names.slice(-KEPT_RUNS));
  const used = new Set<string>();
  for (const name of kept)
    for (const key of keysOf(JSON.parse(await text(await lake.read(name))))) used.add(key);
  for (const name of names) {
    if (kept.has(name)) continue;
    for (const key of keysOf(JSON.parse(await text(await lake.read(name)))))
      if (!used.has(key)) await lake.remove(key);
    await lake.remove(name);
  }
}

/** Registers the previous run's tables as views `g_<table>`. */
export async function registerPrevious(engine: Engine, lake: Lake, manifest: GoldManifest): Promise<void> {
  for (const name of Object.keys(GOLD_TABLES) as GoldTableName[]) {
    await registerFiles(engine, lake, `g_${name}`, manifest.tables[name]);
  }
}

/** A view over the files of one table. */
export async function registerFiles(
  engine: Engine,
  lake: Lake,
  view: string,
  files: readonly GoldFile[],
): Promise<void> {
  const paths = await Promise.all(files.map((file) => lake.stage(file.key)));
  if (paths.length === 0) throw new Error(`${view}: a table has at least one file, if without rows`);
  await engine.run(
    `create or replace view ${view} as select * from read_parquet([${paths.map(quote).join(", ")}])`,
  );
}
