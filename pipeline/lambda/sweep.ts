import { createHash } from "node:crypto";
import { GOLD_TABLES, type GoldTableName } from "../../src/contracts/gold.ts";
import { dayIn } from "../../src/money/day.ts";
import { manifestKey } from "../glue/run.ts";
import { differingInputs, GLUE_FORMAT, inputsOf } from "../gold/plan.ts";
import { readManifest } from "../gold/publish.ts";
import { advance, type Standing } from "./advance.ts";
import { goldPrefix, readRun } from "./outcome.ts";
import type { PipelineDeps, Run } from "./ports.ts";
import { tellPipeline } from "./request.ts";

/** An event that has not come by then is taken for lost. */
const LOST_MS = 2 * 60_000;
const FORGOTTEN_MAX = 100;
/** What a run leaves behind is kept for a person to look at. */
const KEPT_MS = 7 * 86_400_000;
const SWEPT_MAX = 5;

/**
 * Does each minute what an event may have failed to bring about: takes requests whose event was lost, goes on with the run
 * that is under way, has the book built again where it is behind what counts, and removes what old runs left.
 */
export async function sweep(deps: PipelineDeps): Promise<Standing> {
  await takeForgotten(deps);
  let standing = await advance(deps);
  if (standing === "idle" && (await askForRebuild(deps))) standing = await advance(deps);
  if (standing !== "busy") await removeLeftovers(deps);
  return standing;
}

/** A process may have died between the row and the object that tells of it. The object is made up for: bronze holds all. */
async function takeForgotten({ lake, requests, now, note }: PipelineDeps): Promise<void> {
  const before = new Date(now().getTime() - LOST_MS);
  for (const request of await requests.forgotten(before, FORGOTTEN_MAX)) {
    await tellPipeline(lake, request);
    const uploads = (await requests.queue(request.id)) ?? [];
    if (uploads.length > 0) note("arrived", { uploads, late: true });
  }
}

/**
 * Asks for the book to be built again where it holds something else than what counts, or was built by another version: once
 * a day for the same book, so that what cannot be built does not cost a job each minute.
 */
async function askForRebuild({ lake, ledger, requests, now, note }: PipelineDeps): Promise<boolean> {
  if ((await requests.open()).count > 0) return false;
  const published = await readManifest(lake);
  const active = await ledger.active();
  // A state that has lost its uploads must not empty the book; to take back the last one asks for a build by itself.
  if (active.length === 0) return false;
  const inputs = published?.manifest.inputs ?? [];
  if (inputs[0] === GLUE_FORMAT && differingInputs(inputs, active) === 0) return false;
  const wanted = createHash("sha256").update(inputsOf(active).join("\n")).digest("hex").slice(0, 12);
  const id = `rebuild-${dayIn(now()).replaceAll("-", "")}-${wanted}`;
  if (!(await requests.keepRebuild(id))) return false;
  await requests.queue(id);
  note("book_behind", { request: id });
  return true;
}

async function removeLeftovers({ lake, runs, loader, now }: PipelineDeps): Promise<void> {
  const before = new Date(now().getTime() - KEPT_MS);
  for (const run of await runs.unswept(before, SWEPT_MAX)) {
    // It may have been loaded before it turned out that it could not be published.
    if (run.status === "failed") await loader?.forget([run.id]);
    for (const key of await leftoversOf(lake, run)) await lake.remove(key);
    await runs.noteSwept(run.id);
  }
}

/** Of a run that was never published its gold as well; of one that was, that goes with its manifest. */
async function leftoversOf(lake: PipelineDeps["lake"], run: Run): Promise<readonly string[]> {
  const keys: string[] = [];
  if (await lake.exists(manifestKey(run.id))) {
    for (const { uploadId } of (await readRun(lake, run.id)).arrivals)
      keys.push(...(await lake.list(`staged/upload=${uploadId}/`)));
  }
  if (run.status === "failed" && !(await lake.exists(`gold/manifests/${run.id}.json`))) {
    for (const table of Object.keys(GOLD_TABLES) as GoldTableName[])
      keys.push(...(await lake.list(goldPrefix(table, run.id))));
  }
  // The manifest tells what was staged, so it goes after that.
  return [...keys, ...(await lake.list(`runs/${run.id}/`))];
}
