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
const POINTER_ATTEMPTS_MAX = 10;

/**
 * Names a run so that names sort in the order of publication: `20261123T210000123Z-1f2e3d`. A clock that stands still or
 * steps back does not break the order: a run comes at least a millisecond after the one before it.
 */
export function newRunId(now: Date, previous: string | null): string {
  const name = (time: Date): string => time.toISOString().replace(/[-:.]/g, "");
  const stamp = previous === null || name(now) > previous.slice(0, 19) ? name(now) : name(after(previous));
  return `${stamp}-${randomBytes(3).toString("hex")}`;
}

function after(runId: string): Date {
  const [, y, mo, d, h, mi, s, ms] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(runId) ?? [];
  const time = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}Z`);
  if (Number.isNaN(time)) throw new Error("the published run has no readable name");
  return new Date(time + 1);
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

/** The published newest quotes with their pointer's version; `file` is null before the first publication. */
export async function readQuotes(
  lake: Lake,
): Promise<{ file: GoldFile; runId: string; version: string } | { file: null; runId: null; version: null }> {
  const pointer = await lake.readPointer(QUOTES_POINTER);
  if (pointer === null) return { file: null, runId: null, version: null };
  const manifest = JSON.parse(await text(await lake.read(quotesKey(pointer.content)))) as QuotesManifest;
  return { file: manifest.file, runId: manifest.runId, version: pointer.version };
}

/**
 * Publishes newest quotes under their own pointer. `write` makes the file from what is published when it is called; where somebody
 * else publishes in the meantime it is called again, so that nobody's newer price is lost.
 */
export async function publishQuotes(
  lake: Lake,
  now: () => Date,
  write: (found: { readonly file: GoldFile | null; readonly runId: string }) => Promise<GoldFile>,
): Promise<string> {
  for (let attempt = 0; attempt < POINTER_ATTEMPTS_MAX; attempt++) {
    const found = await readQuotes(lake);
    const runId = newRunId(now(), found.runId);
    const file = await write({ file: found.file, runId });
    const manifest: QuotesManifest = { version: 1, runId, createdAt: now().toISOString(), file };
    await lake.put(quotesKey(runId), Buffer.from(JSON.stringify(manifest)));
    if (await lake.movePointer(QUOTES_POINTER, runId, found.version)) return runId;
  }
  throw new Error("the pointer of the newest quotes could not be moved");
}

function quotesKey(runId: string): string {
  return `speed/manifests/${runId}.json`;
}

/**
 * Deletes files that no manifest of the newest runs lists. Safe to repeat; a crash only leaves files behind. `forget` is
 * called before, for engines that keep the rows of these runs themselves.
 */
export async function removeOldRuns(
  lake: Lake,
  forget: (runIds: readonly string[]) => Promise<void> = async () => {},
): Promise<void> {
  await removeBehind(
    lake,
    { manifests: "gold/manifests/", pointer: GOLD_POINTER },
    (manifest) =>
      Object.values((manifest as GoldManifest).tables).flatMap((files) => files.map((file) => file.key)),
    forget,
  );
  await removeOldQuotes(lake);
}

/** The same for the newest quotes alone, of which there is a run every minute. */
export async function removeOldQuotes(lake: Lake): Promise<void> {
  await removeBehind(lake, { manifests: "speed/manifests/", pointer: QUOTES_POINTER }, (manifest) => [
    (manifest as QuotesManifest).file.key,
  ]);
}

/** The run that the pointer names is kept whatever its name. */
async function removeBehind(
  lake: Lake,
  place: { manifests: string; pointer: string },
  keysOf: (manifest: unknown) => readonly string[],
  forget: (runIds: readonly string[]) => Promise<void> = async () => {},
): Promise<void> {
  const names = [...(await lake.list(place.manifests))].sort();
  const current = await lake.readPointer(place.pointer);
  const kept = new Set([...names.slice(-KEPT_RUNS), `${place.manifests}${current?.content}.json`]);
  const read = async (name: string): Promise<readonly string[]> =>
    keysOf(JSON.parse(await text(await lake.read(name))));
  const used = new Set(
    (await Promise.all([...kept].filter((name) => names.includes(name)).map(read))).flat(),
  );
  const old = names.filter((name) => !kept.has(name));
  if (old.length > 0)
    await forget(old.map((name) => name.slice(place.manifests.length).replace(/\.json$/, "")));
  for (const name of old) {
    for (const key of await read(name)) if (!used.has(key)) await lake.remove(key);
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
