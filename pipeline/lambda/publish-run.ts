import type { GoldManifest } from "../../src/contracts/gold.ts";
import type { GlueOutcome, GlueRun } from "../glue/run.ts";
import { glueInputsOf } from "../gold/plan.ts";
import { publishGold, readManifest, removeOldRuns } from "../gold/publish.ts";
import { FILE_KINDS, type UploadRecord } from "../ports.ts";
import { readOutcome, readRun } from "./outcome.ts";
import { ATTEMPTS, type PipelineDeps, type Run } from "./ports.ts";

/**
 * Publishes a run whose job has succeeded and settles its uploads. Each step finds out whether it was done already, so that it goes
 * on wherever a Lambda died: other warehouses first, then the newest quotes, then the pointer by which readers see the
 * run, and the uploads last. A run that cannot be published has failed; what another run published meanwhile stays.
 */
export async function publishRun(deps: PipelineDeps, run: Run, signal: AbortSignal): Promise<void> {
  const { lake, runs, note } = deps;
  const told = await readRun(lake, run.id);
  const outcome = await readOutcome(lake, told);
  if (outcome === null) return await failRun(deps, run, "no_outcome");
  const uploads = told.arrivals.map(({ uploadId }) => uploadId);
  const published = await readManifest(lake);
  if (published?.manifest.runId !== run.id) {
    if ((published?.manifest.runId ?? null) !== run.base) return await failRun(deps, run, "gold_moved");
    const manifest = goldManifest(told, outcome);
    if (deps.loader !== null) {
      const loaded = await deps.loader.load(manifest);
      note(loaded ? "loaded_redshift" : "passed_redshift", { run: run.id, uploads });
    }
    const quotes = await deps.publishQuotes(manifest, await countingActions(deps, told, outcome));
    note("quotes_published", { run: run.id, uploads, quotes });
    signal.throwIfAborted();
    await publishGold(lake, manifest, published?.version ?? null);
    note("gold_published", { run: run.id, uploads });
  }
  const kinds = new Map(told.arrivals.map(({ uploadId, kind }) => [uploadId, kind] as const));
  const settled = await runs.settle(
    run.id,
    inOrder(told, outcome).map(({ issues: _, ...one }) => ({
      ...one,
      kind: kinds.get(one.uploadId) ?? null,
    })),
  );
  if (settled) note("settled", { run: run.id, uploads, statuses: statusesOf(outcome) });
  await removeOldRuns(lake, async (runIds) => await deps.loader?.forget(runIds));
}

/** Ends a run without any of it counting; its files get another one, or have been tried often enough. */
export async function failRun({ runs, note }: PipelineDeps, run: Run, reason: string): Promise<void> {
  const ended = await runs.fail(run.id, reason, ATTEMPTS);
  if (ended !== null) note("run_failed", { run: run.id, reason, uploads: ended, job: run.jobRunId });
}

function goldManifest(run: GlueRun, outcome: GlueOutcome): GoldManifest {
  return {
    version: 1,
    runId: run.runId,
    createdAt: run.createdAt,
    asOf: outcome.asOf,
    demo: false,
    inputs: glueInputsOf(countingOf(run, outcome)),
    tables: outcome.tables,
  };
}

/** The uploads that count once a run is settled. */
function countingOf(run: GlueRun, { arrivals }: GlueOutcome) {
  const promoted = new Map(
    arrivals.flatMap(({ uploadId, status, silverKey }) =>
      status === "active" && silverKey !== null ? [[uploadId, silverKey] as const] : [],
    ),
  );
  const fresh = run.arrivals.flatMap((one) => {
    const silverKey = promoted.get(one.uploadId);
    return silverKey === undefined ? [] : [{ ...one, silverKey }];
  });
  const replaced = new Set(fresh.map(({ replaces }) => replaces));
  return [...run.active, ...fresh].filter(({ uploadId }) => !replaced.has(uploadId));
}

/** Those of them that tell of corporate actions, which turn back the closes before a split. */
async function countingActions(
  { ledger }: PipelineDeps,
  run: GlueRun,
  outcome: GlueOutcome,
): Promise<readonly UploadRecord[]> {
  const found: UploadRecord[] = [];
  for (const { uploadId, table, silverKey } of countingOf(run, outcome)) {
    if (table !== FILE_KINDS.actions) continue;
    const upload = await ledger.find(uploadId);
    if (upload !== null) found.push({ ...upload, kind: "actions", silverKey });
  }
  return found;
}

/** Outcomes in the order in which the files were taken. */
function inOrder(run: GlueRun, { arrivals }: GlueOutcome): GlueOutcome["arrivals"] {
  const byId = new Map(arrivals.map((one) => [one.uploadId, one] as const));
  return run.arrivals.flatMap(({ uploadId }) => byId.get(uploadId) ?? []);
}

function statusesOf({ arrivals }: GlueOutcome): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...Map.groupBy(arrivals, ({ status }) => status)].map(([status, all]) => [status, all.length]),
  );
}
