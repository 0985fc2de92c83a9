import { GOLD_POINTER } from "../../src/contracts/gold.ts";
import { dayIn } from "../../src/money/day.ts";
import { manifestKey } from "../glue/run.ts";
import type { ArrivalSender } from "../glue/stage.ts";
import type { UploadRecord } from "../ports.ts";
import { fileIssue } from "../silver/quarantine.ts";
import { FileRefused } from "../silver/staged.ts";
import { isAway } from "./failure.ts";
import { ATTEMPTS, type PipelineDeps, type Request, type Run, type StagedArrival } from "./ports.ts";
import { readSender, writeRefused } from "./request.ts";

/** A Lambda that dies while it stages leaves no word; so often it may. */
const STAGINGS_MAX = 3;

/**
 * Stages the files of a claimed run and writes its manifest, which comes last: where it is, the job can start. Safe to
 * repeat. `ended`: there is nothing for the job to do, or it could not be staged.
 */
export async function stageRun(deps: PipelineDeps, run: Run): Promise<"staged" | "ended"> {
  const { lake, runs, note } = deps;
  if (await lake.exists(manifestKey(run.id))) return "staged";
  if (run.tries >= STAGINGS_MAX) {
    const failed = await runs.fail(run.id, "not_staged", ATTEMPTS);
    note("run_failed", { run: run.id, reason: "not_staged", uploads: failed ?? [] });
    return "ended";
  }
  await runs.beginStaging(run.id);
  try {
    return await stageFiles(deps, run);
  } catch (error) {
    if (isAway(error)) await runs.forgiveStaging(run.id);
    throw error;
  }
}

async function stageFiles(deps: PipelineDeps, run: Run): Promise<"staged" | "ended"> {
  const { lake, ledger, requests, runs, note } = deps;
  const base = (await lake.readPointer(GOLD_POINTER))?.content ?? null;
  const arrivals: StagedArrival[] = [];
  let rebuilds = 0;
  for (const request of await requests.of(run.id)) {
    if (request.status !== "taken") continue;
    const staged = request.uploadId === null ? "rebuild" : await stageRequest(deps, run, request);
    if (staged === "rebuild") rebuilds++;
    else if (staged !== null) arrivals.push(staged);
  }
  if (arrivals.length === 0 && rebuilds === 0) {
    await runs.settleEmpty(run.id);
    note("settled", { run: run.id, uploads: [] });
    return "ended";
  }
  await runs.noteBase(run.id, base);
  const { id: runId, claimedAt: createdAt } = run;
  // Read last: what is taken back from here on asks for a run of its own.
  const active = await ledger.active();
  const manifest = deps.manifest({ runId, createdAt, today: dayIn(deps.now()), active, arrivals });
  await lake.put(manifestKey(runId), Buffer.from(JSON.stringify(manifest)));
  note("staged", { run: runId, uploads: arrivals.map(({ upload }) => upload.id) });
  return "staged";
}

/** Stages one file; null where the job is not to see it. */
async function stageRequest(deps: PipelineDeps, run: Run, request: Request): Promise<StagedArrival | null> {
  const { ledger, runs, note } = deps;
  const upload = await ledger.find(request.uploadId ?? "");
  const sender = request.sender === null ? null : readSender(request.sender);
  if (upload?.status !== "received" || sender === null) {
    await runs.refuse(run.id, request.uploadId ?? "", upload?.kind ?? null);
    return null;
  }
  try {
    return { ...(await deps.stage(upload, sender)), upload };
  } catch (error) {
    if (error instanceof FileRefused) return await refuse(deps, { run, upload, sender }, error);
    if (isAway(error)) throw error;
    await runs.giveBackOne(run.id, request.id, ATTEMPTS);
    const name = error instanceof Error ? error.name : typeof error;
    note("not_staged", { run: run.id, uploads: [upload.id], reason: name });
    return null;
  }
}

/** Ends an upload at once: the reasons first, so that who sees it ended finds them. */
async function refuse(
  { lake, runs, note }: PipelineDeps,
  of: { readonly run: Run; readonly upload: UploadRecord; readonly sender: ArrivalSender },
  { issue, kind }: FileRefused,
): Promise<null> {
  const at = { runId: of.run.id, uploadId: of.upload.id };
  await writeRefused(lake, at, [fileIssue(issue, of.sender.language)]);
  await runs.refuse(at.runId, at.uploadId, kind);
  note("refused", { run: at.runId, uploads: [at.uploadId], reason: issue.code });
  return null;
}
