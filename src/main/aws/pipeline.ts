import type { SQSBatchResponse } from "aws-lambda";
import { runManifest } from "../../../pipeline/glue/manifest.ts";
import { stageArrival } from "../../../pipeline/glue/stage.ts";
import { publishRunQuotes } from "../../../pipeline/gold/run-quotes.ts";
import { advance, type Standing } from "../../../pipeline/lambda/advance.ts";
import { arrived } from "../../../pipeline/lambda/arrived.ts";
import { type QueueMessage, readBatch } from "../../../pipeline/lambda/events.ts";
import { createGlueJobs } from "../../../pipeline/lambda/glue-jobs.ts";
import type { PipelineDeps } from "../../../pipeline/lambda/ports.ts";
import { sweep } from "../../../pipeline/lambda/sweep.ts";
import { type Logger, reportFailure } from "../../conversation/failure.ts";
import { StateError } from "../../state/index.ts";
import type { Opened } from "./opened.ts";

const LEASE = "pipeline-run";
/** Whoever finds another at work waits so long; then the other, or the next sweep, goes on with it. */
const LEASE_WAIT_MS = 5_000;
/** Longer than the loop of events is ever kept busy; a Lambda that died is taken over after it. */
const LEASE_TTL_MS = 60_000;

/** Composes the steps of the pipeline over what a Lambda has. */
export function pipelineDeps(opened: Opened, loader: PipelineDeps["loader"]): PipelineDeps {
  const { store, config, now, note } = opened;
  const { lake, state, scratchDir } = store;
  return {
    lake,
    ledger: state.uploads,
    requests: state.requests,
    runs: state.runs,
    async alone(work) {
      try {
        return await state.withLease(LEASE, work, { waitMs: LEASE_WAIT_MS, ttlMs: LEASE_TTL_MS });
      } catch (error) {
        if (error instanceof StateError && error.code === "busy") return null;
        throw error;
      }
    },
    jobs: createGlueJobs({ job: config.glue.job, lakeUri: `s3://${config.lake?.bucket ?? ""}` }),
    stage: (upload, sender) => stageArrival({ lake, scratchDir, now }, upload, sender),
    manifest: runManifest,
    publishQuotes: (manifest, actions) => publishRunQuotes({ lake, scratchDir, now }, manifest, actions),
    loader,
    now,
    note,
  };
}

/**
 * One call of the pipeline's Lambda: messages of a queue, or a sweep. A message that could not be taken is named, so that the queue
 * gives it again, and at last to the dead letters. What an arrival has brought into the state needs no second message:
 * the sweep goes on with it.
 */
export async function onPipeline(
  deps: PipelineDeps,
  options: { readonly event: unknown; readonly job: string; readonly logger: Logger },
): Promise<SQSBatchResponse | { readonly standing: Standing }> {
  const messages = readBatch(options.event, options.job);
  if (messages === null) return { standing: await sweep(deps) };
  const failed = new Set<string>();
  for (const message of messages) if (!(await take(deps, message, options.logger))) failed.add(message.id);
  if (messages.some(({ told }) => told !== null && told.kind !== "other")) {
    try {
      await advance(deps);
    } catch (error) {
      reportFailure(options.logger, "pipeline_not_advanced", error);
      for (const { id, told } of messages) if (told?.kind === "job") failed.add(id);
    }
  }
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}

async function take(deps: PipelineDeps, { told }: QueueMessage, logger: Logger): Promise<boolean> {
  if (told === null) {
    logger.error("message_unreadable", {});
    return false;
  }
  if (told.kind !== "arrival") return true;
  try {
    await arrived(deps, told.key);
    return true;
  } catch (error) {
    reportFailure(logger, "arrival_not_taken", error);
    return false;
  }
}
