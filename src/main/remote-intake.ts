import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { receive } from "../../pipeline/bronze/receive.ts";
import type { IngestRequest, IngestResult } from "../../pipeline/ingest.ts";
import { isAway } from "../../pipeline/lambda/failure.ts";
import { readIssues } from "../../pipeline/lambda/outcome.ts";
import { ATTEMPTS } from "../../pipeline/lambda/ports.ts";
import { tellPipeline, writeSender } from "../../pipeline/lambda/request.ts";
import type { Progress, UploadRecord } from "../../pipeline/ports.ts";
import { GOLD_POINTER } from "../contracts/gold.ts";
import { dayIn } from "../money/day.ts";
import { type PipelineRequest, StateError } from "../state/index.ts";
import type { Intake } from "./ingest.ts";
import type { Store } from "./store.ts";
import { wordsOf } from "./words/words.ts";

/** Steps of a person's that must not be mixed with another's. */
const STEPS_LEASE = "pipeline-steps";
const POLL_MIN_MS = 500;
const POLL_MAX_MS = 2_000;
/** Who asked in a chat sees nothing meanwhile. */
const BRIEFLY_MS = 10_000;
const NO_COUNTS = { rows: 0, loaded: 0, replaced: 0, repeated: 0, rejected: 0 };

export interface RemoteOptions {
  readonly now: () => Date;
  /** How long to wait for the pipeline; what is not done by then goes on by itself. 0: not at all. */
  readonly waitMs: number;
}

/**
 * The intake where the pipeline runs on Glue: bytes into bronze, a row and a request into the state, and then the object that the
 * pipeline is told by, always in this order, so that whoever dies in between has lost nothing. Then it waits for the rows.
 */
export function createRemoteIntake(store: Pick<Store, "lake" | "state">, options: RemoteOptions): Intake {
  const { lake, state } = store;

  const published = async () => (await lake.readPointer(GOLD_POINTER))?.content ?? null;

  async function load(request: IngestRequest, progress: Progress) {
    const uploads = await send(store, request, options.now, progress);
    await waitFor(
      store,
      uploads.map(({ id }) => id),
      { progress, waitMs: options.waitMs },
    );
    const results: IngestResult[] = [];
    for (const upload of uploads) results.push(await resultOf(store, upload, request.language));
    const promoted = results.some((one) => one.promoted);
    return { results, runId: promoted ? await published() : null };
  }

  return {
    load,
    async undo(uploadId, progress, { briefly } = {}) {
      const waitMs = briefly === true ? Math.min(options.waitMs, BRIEFLY_MS) : options.waitMs;
      const upload = await state.uploads.find(uploadId);
      if (upload === null) return { done: false, status: null };
      const id = rebuildId(options.now());
      const outcome = await undone(store, { uploadId, id, waitMs });
      if (outcome === "awaited")
        throw new StateError("busy", "a file is on its way that replaces the upload");
      if (outcome === "not_active") {
        return { done: false, status: (await state.uploads.find(uploadId))?.status ?? null };
      }
      await tellPipeline(lake, { id, uploadId: null, sender: null });
      const ended = await waitFor(store, [id], { progress, waitMs });
      const before = upload.replaces === null ? null : await state.uploads.find(upload.replaces);
      return {
        done: true,
        runId: ended ? await published() : null,
        fileName: upload.fileName,
        restored: before?.status === "active" ? before.id : null,
        ...(ended ? {} : { pending: true as const }),
      };
    },
    // What a run that died left is the sweep's to go on with.
    refresh: published,
    exclusively: (work) => state.withLease(STEPS_LEASE, () => work({ load })),
  };
}

/** Receives all files before the pipeline is told of any, so that one run takes what came together. */
async function send(
  { lake, state }: Pick<Store, "lake" | "state">,
  request: IngestRequest,
  now: () => Date,
  progress: Progress,
): Promise<readonly UploadRecord[]> {
  const { userId, clientId, replaces } = request;
  const asked = { sender: writeSender(request), batch: randomUUID() };
  const ledger = { create: (upload: Omit<UploadRecord, "seq">) => state.requests.keepUpload(upload, asked) };
  const uploads: UploadRecord[] = [];
  for (const file of request.files) {
    uploads.push(await receive({ lake, ledger, now }, { ...file, userId, clientId, replaces }));
    progress("received", uploads.length / request.files.length);
  }
  for (const { id } of uploads) await tellPipeline(lake, { id, uploadId: id, sender: asked.sender });
  return uploads;
}

/** As with the uploads' own ids: the day, and what nobody else has. */
function rebuildId(now: Date): string {
  return `rebuild-${dayIn(now).replaceAll("-", "")}-${randomBytes(6).toString("hex")}`;
}

/** Takes an upload back as soon as nothing is on its way that takes its place. */
async function undone(
  { state }: Pick<Store, "state">,
  of: { readonly uploadId: string; readonly id: string; readonly waitMs: number },
): Promise<"undone" | "not_active" | "awaited"> {
  const found = { outcome: await state.requests.undo(of.uploadId, of.id) };
  await poll(of.waitMs, async () => {
    if (found.outcome !== "awaited") return true;
    found.outcome = await state.requests.undo(of.uploadId, of.id);
    return found.outcome !== "awaited";
  });
  return found.outcome;
}

/** Waits until requests have come to an end; false where the time was over first. */
async function waitFor(
  { state }: Pick<Store, "state">,
  ids: readonly string[],
  { progress, waitMs }: { readonly progress: Progress; readonly waitMs: number },
): Promise<boolean> {
  let open = [...ids];
  let said = "";
  return await poll(waitMs, async () => {
    const [id] = open;
    if (id === undefined) return true;
    const request = await state.requests.find(id);
    if (request !== null && request.status !== "done") {
      const step = await stepOf(state, request);
      if (step !== said) progress(step, null);
      said = step;
      return false;
    }
    const found = await Promise.all(open.map((one) => state.requests.find(one)));
    open = found.flatMap((one) => (one === null || one.status === "done" ? [] : [one.id]));
    return open.length === 0;
  });
}

/** What is being done for a request, in the words of src/messages. */
async function stepOf(state: Store["state"], { status, runId }: PipelineRequest): Promise<string> {
  const run = status === "taken" && runId !== null ? await state.runs.find(runId) : null;
  return run === null || run.status === "done" || run.status === "failed" ? "queued" : run.status;
}

/** Asks again and again, less and less often. A state that is away for a moment is asked again like one that says no. */
async function poll(waitMs: number, isOver: () => Promise<boolean>): Promise<boolean> {
  const deadlineMs = performance.now() + waitMs;
  for (let pauseMs = POLL_MIN_MS; ; pauseMs = Math.min(pauseMs * 1.5, POLL_MAX_MS)) {
    try {
      if (await isOver()) return true;
    } catch (error) {
      if (!isAway(error)) throw error;
    }
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0) return false;
    // Several who wait for one run do not ask at the same moments.
    await sleep(Math.min(leftMs, pauseMs * (0.75 + Math.random() / 2)));
  }
}

async function resultOf(
  { lake, state }: Pick<Store, "lake" | "state">,
  sent: UploadRecord,
  language: "pt" | "en",
): Promise<IngestResult> {
  const [row, request] = await Promise.all([state.uploads.find(sent.id), state.requests.find(sent.id)]);
  const upload = row ?? sent;
  if (request?.status !== "done")
    return { upload, counts: NO_COUNTS, promoted: false, issues: [], pending: true };
  const { runId } = request;
  const given = request.attempts >= ATTEMPTS.max;
  const issues = given
    ? [{ line: 0, column: "", value: "", reason: wordsOf(language).pipelineFailed(runId ?? "") }]
    : await readIssues(lake, { runId: runId ?? "", uploadId: upload.id });
  return { upload, counts: upload.counts ?? NO_COUNTS, promoted: upload.status === "active", issues };
}
