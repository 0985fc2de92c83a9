import { GOLD_POINTER } from "../../src/contracts/gold.ts";
import { newRunId } from "../gold/publish.ts";
import { ATTEMPTS, type PipelineDeps, type Run } from "./ports.ts";
import { failRun, publishRun } from "./publish-run.ts";
import { stageRun } from "./stage-run.ts";

/** Files that one run takes at most; the others wait for the next one. */
const REQUESTS_MAX = 200;
/** A run that ends makes way for another; so many steps are made in one go. */
const STEPS_MAX = 50;

/** idle: nothing is left to do · waiting: for Glue · busy: another process is at it. */
export type Standing = "idle" | "waiting" | "busy";

type Step = "on" | Exclude<Standing, "busy">;

/**
 * Does whatever can be done now: follows the run that is under way, and starts the next one where there is none. It asks
 * the state and Glue how things are, so that it makes no difference which event it is called for, how late, or how often.
 */
export async function advance(deps: PipelineDeps): Promise<Standing> {
  const standing = await deps.alone(async (signal) => {
    for (let steps = 0; steps < STEPS_MAX; steps++) {
      signal.throwIfAborted();
      const run = await deps.runs.current();
      const next = run === null ? await startNext(deps) : await followRun(deps, run, signal);
      if (next !== "on") return next;
    }
    return "waiting";
  });
  return standing ?? "busy";
}

async function startNext(deps: PipelineDeps): Promise<Step> {
  const pointer = await deps.lake.readPointer(GOLD_POINTER);
  const id = newRunId(deps.now(), pointer?.content ?? null);
  const run = await deps.runs.claim(id, { requestsMax: REQUESTS_MAX, attempts: ATTEMPTS });
  if (run === null) return "idle";
  const taken = await deps.requests.of(run.id);
  deps.note("run_claimed", { run: run.id, uploads: taken.flatMap(({ uploadId }) => uploadId ?? []) });
  return await startJob(deps, run, true);
}

async function followRun(deps: PipelineDeps, run: Run, signal: AbortSignal): Promise<Step> {
  if (run.status === "claimed") return await startJob(deps, run, false);
  if (run.status === "publishing") {
    await publishRun(deps, run, signal);
    return "on";
  }
  const state = run.jobRunId === null ? "missing" : await deps.jobs.state(run.jobRunId);
  if (state === "running") return "waiting";
  if (state !== "succeeded") {
    await failRun(deps, run, `job_${state}`);
    return "on";
  }
  await deps.runs.notePublishing(run.id);
  deps.note("job_succeeded", { run: run.id, uploads: await uploadsOf(deps, run), job: run.jobRunId });
  return "on";
}

/**
 * Starts the job of a claimed run. Where somebody else has claimed it, their job run may have started before they died:
 * then that one is the run's.
 */
async function startJob(deps: PipelineDeps, run: Run, fresh: boolean): Promise<Step> {
  if ((await stageRun(deps, run)) === "ended") return "on";
  const found = fresh ? null : await deps.jobs.find(run.id);
  const job = found ?? (await deps.jobs.start(run.id));
  if (job === null) {
    deps.note("job_waits", { run: run.id });
    return "waiting";
  }
  if (await deps.runs.noteStarted(run.id, job)) {
    const uploads = await uploadsOf(deps, run);
    deps.note("job_started", { run: run.id, uploads, job, adopted: found !== null });
  }
  return "waiting";
}

async function uploadsOf({ requests }: PipelineDeps, run: Run): Promise<readonly string[]> {
  const taken = await requests.of(run.id);
  return taken.flatMap(({ status, uploadId }) => (status === "taken" && uploadId !== null ? [uploadId] : []));
}
