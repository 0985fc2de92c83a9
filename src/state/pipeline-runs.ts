import type { Selectable, Transaction, Updateable } from "kysely";
import { StateError } from "./error.ts";
import type { Clock, Database, PipelineRunsTable, Tables } from "./tables.ts";
import { toRow, type Upload, type UploadCounts } from "./upload-row.ts";
import { activateIn } from "./uploads.ts";

/** A run of the pipeline on Glue. At most one is under way, that is: neither done nor failed. */
export interface PipelineRun {
  /** The name of the gold run that it makes. */
  readonly id: string;
  /**
   * claimed: its files are staged, its job is about to start · started: the job runs · publishing: the job has succeeded ·
   * done: published, and its uploads are settled · failed: nothing of it counts, and other runs have its requests.
   */
  readonly status: "claimed" | "started" | "publishing" | "done" | "failed";
  /** The gold run that was published when it was staged, which it takes the place of; null: none, or not staged yet. */
  readonly base: string | null;
  /** Glue's own name of the job run. */
  readonly jobRunId: string | null;
  /** How often its staging was begun. */
  readonly tries: number;
  /** Why it failed, in snake_case. */
  readonly reason: string | null;
  readonly claimedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** What became of an upload that a run took. */
export interface UploadOutcome {
  readonly uploadId: string;
  readonly status: "active" | "repeated" | "not_promoted" | "failed";
  readonly kind: Upload["kind"];
  readonly counts: UploadCounts;
  readonly silverKey: string | null;
  readonly quarantineKey: string | null;
}

/** How often a request is tried, and how. */
interface Attempts {
  /** Runs that may fail before a request is given up. */
  readonly max: number;
  /** A request that so many runs have failed with gets one of its own, so that one file never stops those of others for good. */
  readonly aloneFrom: number;
}

/**
 * The runs. Every change is conditional on what the run was before, so that of two processes that act on one run, one does
 * and the other is told false.
 */
export interface PipelineRuns {
  current(): Promise<PipelineRun | null>;
  find(id: string): Promise<PipelineRun | null>;
  /** Those that ended last, the latest first. */
  list(limit: number): Promise<readonly PipelineRun[]>;
  /**
   * Begins a run with the requests that wait, the oldest first, `requestsMax` at most. Null where none waits, or another
   * run is under way.
   */
  claim(
    id: string,
    options: { readonly requestsMax: number; readonly attempts: Attempts },
  ): Promise<PipelineRun | null>;
  /** Counts a beginning of its staging. */
  beginStaging(id: string): Promise<boolean>;
  /** Takes that back: it was broken off by what is no fault of the run's. */
  forgiveStaging(id: string): Promise<void>;
  /** claimed → started. `base`: the gold run that it takes the place of. */
  noteStarted(id: string, jobRunId: string): Promise<boolean>;
  /** Notes what it takes the place of, once. */
  noteBase(id: string, base: string | null): Promise<void>;
  /** started → publishing; true also where it is that already. */
  notePublishing(id: string): Promise<boolean>;
  /** Ends an upload of a run before the job sees it: nothing in it can be read. */
  refuse(id: string, uploadId: string, kind: Upload["kind"]): Promise<void>;
  /** Lets one request of a claimed run wait for another one, as one more that failed with it. */
  giveBackOne(id: string, requestId: string, attempts: Attempts): Promise<void>;
  /**
   * Ends a run without any of it counting: its requests wait for another run, or, tried often enough, end, their uploads as
   * `failed`. Null where it is not under way; otherwise the uploads that ended.
   */
  fail(id: string, reason: string, attempts: Attempts): Promise<readonly string[] | null>;
  /**
   * publishing → done: each upload becomes what the run made of it, in one transaction and in this order. One that has
   * left `received` stays as it is.
   * False where the run is not publishing.
   */
  settle(id: string, outcomes: readonly UploadOutcome[]): Promise<boolean>;
  /** claimed → done, where none of its requests needs the job. */
  settleEmpty(id: string): Promise<boolean>;
  /** Runs that ended before an instant and of which objects are left; the oldest first. */
  unswept(before: Date, limit: number): Promise<readonly PipelineRun[]>;
  noteSwept(id: string): Promise<void>;
}

const NO_COUNTS: UploadCounts = { rows: 0, loaded: 0, replaced: 0, repeated: 0, rejected: 0 };
const NOTHING_READ = { status: "failed", counts: NO_COUNTS } as const;

export function createPipelineRuns(db: Database, now: Clock): PipelineRuns {
  return { ...reading(db), ...staging(db, now), ...following(db, now), ...sweeping(db) };
}

function reading(db: Database): Pick<PipelineRuns, "current" | "find" | "list"> {
  return {
    async current() {
      const row = await db.selectFrom("pipeline_runs").selectAll().where("active", "=", 1).executeTakeFirst();
      return row === undefined ? null : toRun(row);
    },
    async find(id) {
      const row = await db.selectFrom("pipeline_runs").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : toRun(row);
    },
    async list(limit) {
      const rows = await db
        .selectFrom("pipeline_runs")
        .selectAll()
        .orderBy("claimed_at_ms", "desc")
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(toRun);
    },
  };
}

type Staging = Pick<
  PipelineRuns,
  "claim" | "beginStaging" | "forgiveStaging" | "noteBase" | "refuse" | "giveBackOne" | "settleEmpty"
>;

function staging(db: Database, now: Clock): Staging {
  const claimed = (id: string, change: Updateable<PipelineRunsTable>) =>
    changeRun(db, id, ["claimed"], change);
  return {
    claim: (id, options) =>
      db.transaction().execute((trx) => claimIn(trx, { id, atMs: now().getTime(), ...options })),
    async beginStaging(id) {
      const result = await db
        .updateTable("pipeline_runs")
        .set(({ eb }) => ({ tries: eb("tries", "+", 1) }))
        .where("id", "=", id)
        .where("status", "=", "claimed")
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async forgiveStaging(id) {
      await db
        .updateTable("pipeline_runs")
        .set(({ eb }) => ({ tries: eb("tries", "-", 1) }))
        .where("id", "=", id)
        .where("tries", ">", 0)
        .execute();
    },
    async noteBase(id, base) {
      await claimed(id, { base });
    },
    refuse: (id, uploadId, kind) =>
      db.transaction().execute(async (trx) => {
        await changeReceived(trx, uploadId, toRow({ ...NOTHING_READ, kind }));
        await endRequests(trx, id, uploadId);
      }),
    giveBackOne: (id, requestId, attempts) =>
      db.transaction().execute(async (trx) => {
        await giveBack(trx, { runId: id, requestId, attempts });
      }),
    settleEmpty: (id) =>
      db.transaction().execute(async (trx) => {
        const left = await trx
          .selectFrom("pipeline_requests")
          .select("id")
          .where("run_id", "=", id)
          .where("status", "=", "taken")
          .executeTakeFirst();
        if (left !== undefined) return false;
        return await endRun(trx, id, { from: ["claimed"], status: "done", atMs: now().getTime() });
      }),
  };
}

type Following = Pick<PipelineRuns, "noteStarted" | "notePublishing" | "fail" | "settle">;

function following(db: Database, now: Clock): Following {
  return {
    noteStarted: (id, jobRunId) =>
      changeRun(db, id, ["claimed"], {
        status: "started",
        job_run_id: jobRunId,
        started_at_ms: now().getTime(),
      }),
    notePublishing: (id) => changeRun(db, id, ["started", "publishing"], { status: "publishing" }),
    fail: (id, reason, attempts) =>
      db.transaction().execute(async (trx) => {
        const from = ["claimed", "started", "publishing"];
        if (!(await endRun(trx, id, { from, status: "failed", atMs: now().getTime(), reason }))) return null;
        return await giveBack(trx, { runId: id, requestId: null, attempts });
      }),
    settle: (id, outcomes) =>
      db.transaction().execute(async (trx) => {
        if (!(await endRun(trx, id, { from: ["publishing"], status: "done", atMs: now().getTime() })))
          return false;
        for (const outcome of outcomes) await settleUpload(trx, outcome);
        await endRequests(trx, id, null);
        return true;
      }),
  };
}

function sweeping(db: Database): Pick<PipelineRuns, "unswept" | "noteSwept"> {
  return {
    async unswept(before, limit) {
      const rows = await db
        .selectFrom("pipeline_runs")
        .selectAll()
        .where("swept", "=", 0)
        .where("finished_at_ms", "<", before.getTime())
        .orderBy("finished_at_ms")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(toRun);
    },
    async noteSwept(id) {
      await db.updateTable("pipeline_runs").set({ swept: 1 }).where("id", "=", id).execute();
    },
  };
}

async function changeRun(
  db: Database | Transaction<Tables>,
  id: string,
  from: readonly string[],
  change: Updateable<PipelineRunsTable>,
): Promise<boolean> {
  const result = await db
    .updateTable("pipeline_runs")
    .set(change)
    .where("id", "=", id)
    .where("status", "in", [...from])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

function endRun(
  trx: Transaction<Tables>,
  id: string,
  end: { from: readonly string[]; status: "done" | "failed"; atMs: number; reason?: string },
): Promise<boolean> {
  const { from, status, atMs, reason = null } = end;
  return changeRun(trx, id, from, { status, active: null, finished_at_ms: atMs, reason });
}

async function claimIn(
  trx: Transaction<Tables>,
  claim: { id: string; atMs: number; requestsMax: number; attempts: Attempts },
): Promise<PipelineRun | null> {
  const waiting = await trx
    .selectFrom("pipeline_requests")
    .select(["id", "attempts"])
    .where("status", "=", "queued")
    .orderBy("seq")
    .limit(claim.requestsMax)
    .execute();
  const [first] = waiting;
  if (first === undefined) return null;
  const isAlone = (attempts: number): boolean => Number(attempts) >= claim.attempts.aloneFrom;
  const taken = isAlone(first.attempts) ? [first] : waiting.filter(({ attempts }) => !isAlone(attempts));
  const row = await trx
    .insertInto("pipeline_runs")
    .values({ id: claim.id, status: "claimed", active: 1, tries: 0, claimed_at_ms: claim.atMs, swept: 0 })
    .onConflict((conflict) => conflict.column("active").doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  const result = await trx
    .updateTable("pipeline_requests")
    .set({ status: "taken", run_id: claim.id })
    .where(
      "id",
      "in",
      taken.map(({ id }) => id),
    )
    .where("status", "=", "queued")
    .executeTakeFirst();
  // Whoever had them first had the run as well, and has ended it since.
  if (Number(result.numUpdatedRows) !== taken.length) {
    throw new StateError("conflict", "another process took requests of the pipeline at the same time");
  }
  return toRun(row);
}

/** Another upload may have taken the place meanwhile of what this one was to replace: then nothing of this one counts. */
async function settleUpload(
  trx: Transaction<Tables>,
  { uploadId, status, ...change }: UploadOutcome,
): Promise<void> {
  const row = toRow(change);
  if (status !== "active") {
    await changeReceived(trx, uploadId, { ...row, status });
    return;
  }
  if (!(await changeReceived(trx, uploadId, row))) return;
  try {
    await activateIn(trx, uploadId, row);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    await changeReceived(trx, uploadId, toRow({ ...NOTHING_READ, silverKey: null }));
  }
}

/** Changes an upload that waits for its outcome; whether it did. */
async function changeReceived(
  trx: Transaction<Tables>,
  id: string,
  change: Updateable<Tables["uploads"]>,
): Promise<boolean> {
  const result = await trx
    .updateTable("uploads")
    .set(change)
    .where("id", "=", id)
    .where("status", "=", "received")
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Ends what a run still has: all of it, or what is about one upload. */
async function endRequests(trx: Transaction<Tables>, runId: string, uploadId: string | null): Promise<void> {
  const all = trx
    .updateTable("pipeline_requests")
    .set({ status: "done" })
    .where("run_id", "=", runId)
    .where("status", "=", "taken");
  await (uploadId === null ? all : all.where("upload_id", "=", uploadId)).execute();
}

/** Gives requests of a run back; those tried often enough end, and their uploads with them, which are returned. */
async function giveBack(
  trx: Transaction<Tables>,
  { runId, requestId, attempts }: { runId: string; requestId: string | null; attempts: Attempts },
): Promise<readonly string[]> {
  const all = trx
    .selectFrom("pipeline_requests")
    .select(["id", "upload_id", "attempts"])
    .where("run_id", "=", runId)
    .where("status", "=", "taken");
  const ended: string[] = [];
  for (const row of await (requestId === null ? all : all.where("id", "=", requestId)).execute()) {
    const tried = Number(row.attempts) + 1;
    const over = tried >= attempts.max;
    await trx
      .updateTable("pipeline_requests")
      .set({ status: over ? "done" : "queued", attempts: tried })
      .where("id", "=", row.id)
      .execute();
    if (!over || row.upload_id === null) continue;
    if (await changeReceived(trx, row.upload_id, toRow(NOTHING_READ))) ended.push(row.upload_id);
  }
  return ended;
}

function toRun(row: Selectable<PipelineRunsTable>): PipelineRun {
  const instant = (ms: number | null): Date | null => (ms === null ? null : new Date(Number(ms)));
  return {
    id: row.id,
    status: row.status as PipelineRun["status"],
    base: row.base,
    jobRunId: row.job_run_id,
    tries: Number(row.tries),
    reason: row.reason,
    claimedAt: new Date(Number(row.claimed_at_ms)),
    startedAt: instant(row.started_at_ms),
    finishedAt: instant(row.finished_at_ms),
  };
}
