import { mkdir, rm } from "node:fs/promises";
import { buildGold } from "../../pipeline/gold/build.ts";
import { type IngestRequest, type IngestResult, ingestFiles } from "../../pipeline/ingest.ts";
import { FILE_KINDS, type FileKind, type Progress, type UploadStatus } from "../../pipeline/ports.ts";
import { GOLD_POINTER } from "../contracts/gold.ts";
import type { Store } from "./store.ts";
import { wordsOf } from "./words/words.ts";

const PIPELINE_LEASE = "pipeline";

/** Where the long parts of a build lie in the whole of it, as measured on a book of average age. */
const BUILD_PARTS: Readonly<Record<string, readonly [from: number, to: number]>> = {
  fold: [0, 0.4],
  daily: [0.4, 1],
};

/** How far a build is, from how far one of its parts is; null for a part too short to tell. */
function shareOf(part: string, fraction: number | null): number | null {
  const [from, to] = BUILD_PARTS[part] ?? [0, 0];
  return fraction === null || to === 0 ? null : from + (to - from) * fraction;
}

/** Whatever becomes rows of prices. */
const PRICE_KINDS: ReadonlySet<FileKind> = new Set(
  (Object.keys(FILE_KINDS) as FileKind[]).filter((kind) => FILE_KINDS[kind] === "prices"),
);

interface LoadOutcome {
  /** The gold run that now holds the book; null while nothing was ever published. */
  readonly runId: string | null;
  readonly results: readonly IngestResult[];
}

type UndoOutcome =
  | {
      readonly done: true;
      readonly runId: string | null;
      readonly fileName: string;
      /** The upload that the undone one had replaced, which counts again. */
      readonly restored: string | null;
      /** What is published still has it: another process goes on with that. */
      readonly pending?: true;
    }
  | { readonly done: false; readonly status: UploadStatus | null };

/** Everything that changes a book. One at a time across processes; each call ends with gold in line with the uploads. */
export interface Intake {
  /** Loads files from outside. A demo book takes no prices this way: its own never mix with real ones. */
  load(request: IngestRequest, progress: Progress): Promise<LoadOutcome>;
  /**
   * Takes an upload back; `status` is why not: what the upload is instead of active, null when there is none. `briefly`: nobody
   * sees the progress, so that what another process goes on with is not waited for.
   */
  undo(uploadId: string, progress: Progress, options?: { readonly briefly?: boolean }): Promise<UndoOutcome>;
  /** Publishes what a run that died left unpublished. Cheap when there is nothing to do. */
  refresh(progress: Progress): Promise<string | null>;
  /** Does several steps without letting another process in between them; `load` takes the book's own files. */
  exclusively<T>(work: (steps: Pick<Intake, "load">) => Promise<T>): Promise<T>;
}

export interface IntakeOptions {
  readonly now: () => Date;
  /** Called when another process holds the pipeline and the wait begins. */
  readonly onWait: () => void;
}

export function createIntake(store: Store, options: IntakeOptions): Intake {
  const { lake, state, scratchDir } = store;
  const { now, onWait } = options;

  async function build(progress: Progress, signal: AbortSignal): Promise<string | null> {
    signal.throwIfAborted();
    const uploads = await state.uploads.active();
    if (uploads.length === 0 && (await lake.readPointer(GOLD_POINTER)) === null) return null;
    const { runId } = await buildGold(
      { lake, scratchDir, now },
      { uploads, demo: store.info.demo },
      (part, fraction) => progress("valued", shareOf(part, fraction)),
    );
    return runId;
  }

  function underLease<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return state.withLease(
      PIPELINE_LEASE,
      async (signal) => {
        // Whatever lies there is of a run that died: the lease is ours.
        await rm(scratchDir, { recursive: true, force: true });
        await mkdir(scratchDir, { recursive: true });
        return work(signal);
      },
      { onWait },
    );
  }

  async function load(request: IngestRequest, progress: Progress, signal: AbortSignal): Promise<LoadOutcome> {
    const results = await ingestFiles({ lake, ledger: state.uploads, scratchDir, now }, request, progress);
    return { results, runId: await build(progress, signal) };
  }

  const fromOutside = (request: IngestRequest): IngestRequest =>
    store.info.demo
      ? {
          ...request,
          refusedKinds: { kinds: PRICE_KINDS, reason: wordsOf(request.language).demoPrices },
        }
      : request;

  return {
    load: (request, progress) => underLease((signal) => load(fromOutside(request), progress, signal)),
    undo: (uploadId, progress) =>
      underLease(async (signal) => {
        const upload = await state.uploads.find(uploadId);
        if (upload === null || !(await state.uploads.undo(uploadId))) {
          return { done: false, status: upload?.status ?? null };
        }
        const before = upload.replaces === null ? null : await state.uploads.find(upload.replaces);
        return {
          done: true,
          runId: await build(progress, signal),
          fileName: upload.fileName,
          restored: before?.status === "active" ? before.id : null,
        };
      }),
    refresh: (progress) => underLease((signal) => build(progress, signal)),
    exclusively: (work) =>
      underLease((signal) => work({ load: (request, progress) => load(request, progress, signal) })),
  };
}
