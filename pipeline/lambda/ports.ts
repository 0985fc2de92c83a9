import type { GoldManifest } from "../../src/contracts/gold.ts";
import type { Lake } from "../../src/lake/lake.ts";
import type { ArrivalOutcome, GlueRun, RunArrival } from "../glue/run.ts";
import type { ArrivalSender } from "../glue/stage.ts";
import type { FileKind, UploadLedger, UploadRecord } from "../ports.ts";

/** What the steps of the pipeline need of the state (src/state), of Glue, and of the layers. */

export interface Request {
  readonly id: string;
  /** Null: the book is to be built again from what counts. */
  readonly uploadId: string | null;
  /** JSON of an ArrivalSender; null where there is no file. */
  readonly sender: string | null;
  readonly status: "kept" | "queued" | "taken" | "done";
  readonly runId: string | null;
}

export interface Run {
  readonly id: string;
  readonly status: "claimed" | "started" | "publishing" | "done" | "failed";
  readonly base: string | null;
  readonly jobRunId: string | null;
  readonly tries: number;
  readonly claimedAt: Date;
}

interface Attempts {
  readonly max: number;
  readonly aloneFrom: number;
}

interface RequestLedger {
  keepRebuild(id: string): Promise<boolean>;
  queue(id: string): Promise<readonly string[] | null>;
  forgotten(before: Date, limit: number): Promise<readonly Request[]>;
  of(runId: string): Promise<readonly Request[]>;
  open(): Promise<{ readonly count: number }>;
}

/** Every change is conditional on what the run was before; see src/state/pipeline-runs.ts. */
interface RunLedger {
  current(): Promise<Run | null>;
  claim(
    id: string,
    options: { readonly requestsMax: number; readonly attempts: Attempts },
  ): Promise<Run | null>;
  beginStaging(id: string): Promise<boolean>;
  forgiveStaging(id: string): Promise<void>;
  noteBase(id: string, base: string | null): Promise<void>;
  noteStarted(id: string, jobRunId: string): Promise<boolean>;
  notePublishing(id: string): Promise<boolean>;
  refuse(id: string, uploadId: string, kind: FileKind | null): Promise<void>;
  giveBackOne(id: string, requestId: string, attempts: Attempts): Promise<void>;
  fail(id: string, reason: string, attempts: Attempts): Promise<readonly string[] | null>;
  settle(
    id: string,
    outcomes: readonly (Omit<ArrivalOutcome, "issues"> & { readonly kind: FileKind | null })[],
  ): Promise<boolean>;
  settleEmpty(id: string): Promise<boolean>;
  unswept(before: Date, limit: number): Promise<readonly Run[]>;
  noteSwept(id: string): Promise<void>;
}

/** running: not over yet · succeeded · anything else: over, with nothing that counts. */
export type JobState =
  | "running"
  | "succeeded"
  | "failed"
  | "timeout"
  | "stopped"
  | "error"
  | "expired"
  | "missing";

/** The Glue job. Its methods throw GlueError. */
export interface Jobs {
  /**
   * Starts the job for a run, and gives Glue's name of the job run; null where another one of the job is under way. Is
   * never sent twice: whoever gets no answer looks with `find` before starting again.
   */
  start(runId: string): Promise<string | null>;
  /** The job run that was started for a run, the latest; null where there is none. */
  find(runId: string): Promise<string | null>;
  state(jobRunId: string): Promise<JobState>;
}

/** One step of the pipeline as a line of the log. Fields are ids, codes and counts, and never what a client owns. */
type Note = (step: string, fields: Readonly<Record<string, unknown>>) => void;

export interface PipelineDeps {
  readonly lake: Lake;
  readonly ledger: Pick<UploadLedger, "find" | "active">;
  readonly requests: RequestLedger;
  readonly runs: RunLedger;
  /**
   * Does the work while nobody else does any of it; null where somebody else is at it. `signal` is aborted once that is not
   * sure any more.
   */
  readonly alone: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T | null>;
  readonly jobs: Jobs;
  /** Throws FileRefused. */
  readonly stage: (upload: UploadRecord, sender: ArrivalSender) => Promise<Pick<RunArrival, "kind" | "plan">>;
  readonly manifest: (run: RunInput) => GlueRun;
  /** Lays the newest prices over the closes of a run that is about to be published, and publishes them. */
  readonly publishQuotes: (manifest: GoldManifest, actions: readonly UploadRecord[]) => Promise<string>;
  /** Another engine that keeps the rows of runs itself; null: there is none. Both are safe to repeat. */
  readonly loader: {
    /** Loads a run before anybody reads it there. False: that engine is away, and another one answers about the run. */
    load(manifest: GoldManifest): Promise<boolean>;
    forget(runIds: readonly string[]): Promise<void>;
  } | null;
  readonly now: () => Date;
  readonly note: Note;
}

/** What a run is made of. */
interface RunInput {
  readonly runId: string;
  readonly createdAt: Date;
  /** In São Paulo. */
  readonly today: string;
  /** The uploads that count. */
  readonly active: readonly UploadRecord[];
  readonly arrivals: readonly StagedArrival[];
}

export interface StagedArrival extends Pick<RunArrival, "kind" | "plan"> {
  readonly upload: UploadRecord;
}

/** A file is tried with others twice, and a third time by itself, so that it never takes them with it. */
export const ATTEMPTS: Attempts = { max: 3, aloneFrom: 2 };
