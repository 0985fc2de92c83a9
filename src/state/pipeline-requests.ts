import type { Selectable, Transaction } from "kysely";
import type { Clock, Database, PipelineRequestsTable, Tables } from "./tables.ts";
import { fromRow, toRow, type Upload } from "./upload-row.ts";
import { undoIn } from "./uploads.ts";

/**
 * Something that the pipeline on Glue is asked for: to load an upload, or, where `uploadId` is null, to build the book
 * again from what counts.
 */
export interface PipelineRequest {
  /** The upload's own, where there is one. */
  readonly id: string;
  readonly uploadId: string | null;
  /** Who sent the file and what they said about it, as JSON of the pipeline's; null where there is no file. */
  readonly sender: string | null;
  /**
   * kept: written, and nobody has told the pipeline yet · queued: waits for a run · taken: a run has it · done: it has come
   * to an end, which the upload's row tells.
   */
  readonly status: "kept" | "queued" | "taken" | "done";
  /** Runs that took it and failed. */
  readonly attempts: number;
  readonly madeAt: Date;
  /** The run that has it, or had it last. */
  readonly runId: string | null;
}

export interface PipelineRequests {
  /**
   * Keeps a new upload together with the request to load it: both or neither. Requests of one `batch` wait from the same
   * moment on, so that one run takes them, in the order that their kinds need.
   */
  keepUpload(
    upload: Omit<Upload, "seq">,
    request: { readonly sender: string; readonly batch: string },
  ): Promise<Upload>;
  /** Asks for the book to be built again. A request of that id that is there already stays as it is; then false. */
  keepRebuild(id: string): Promise<boolean>;
  /**
   * Takes an upload back and asks for a build without it: both or neither. `awaited`: an upload that is on its way is
   * to take its place, and which of the two comes first would be chance.
   */
  undo(uploadId: string, requestId: string): Promise<"undone" | "not_active" | "awaited">;
  /**
   * Lets a kept request, and all of its batch, wait for a run. Returns those that did not wait before; null where there
   * is no such request.
   */
  queue(id: string): Promise<readonly string[] | null>;
  /** Those that were kept before an instant and that nobody has told the pipeline of; the oldest first. */
  forgotten(before: Date, limit: number): Promise<readonly PipelineRequest[]>;
  find(id: string): Promise<PipelineRequest | null>;
  /** Those that a run has, or had last, in the order in which they were made. */
  of(runId: string): Promise<readonly PipelineRequest[]>;
  /** How many have not come to an end, and since when the oldest of them waits. */
  open(): Promise<{ readonly count: number; readonly since: Date | null }>;
}

export function createPipelineRequests(db: Database, now: Clock): PipelineRequests {
  const fresh = () => ({ status: "kept", attempts: 0, made_at_ms: now().getTime(), run_id: null });
  return {
    keepUpload: (upload, { sender, batch }) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .insertInto("uploads")
          .values(toRow(upload))
          .returningAll()
          .executeTakeFirstOrThrow();
        await trx
          .insertInto("pipeline_requests")
          .values({ id: upload.id, upload_id: upload.id, sender, batch, ...fresh() })
          .execute();
        return fromRow(row);
      }),
    async keepRebuild(id) {
      const row = await db
        .insertInto("pipeline_requests")
        .values({ id, upload_id: null, sender: null, batch: id, ...fresh() })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
    undo: (uploadId, requestId) =>
      db.transaction().execute(async (trx) => {
        if (await isAwaited(trx, uploadId)) return "awaited";
        if (!(await undoIn(trx, uploadId))) return "not_active";
        await trx
          .insertInto("pipeline_requests")
          .values({ id: requestId, upload_id: null, sender: null, batch: requestId, ...fresh() })
          .execute();
        return "undone";
      }),
    async queue(id) {
      const found = await findRow(db, id);
      if (found === undefined) return null;
      const rows = await db
        .updateTable("pipeline_requests")
        .set({ status: "queued" })
        .where("batch", "=", found.batch)
        .where("status", "=", "kept")
        .returning("id")
        .execute();
      return rows.map((row) => row.id).sort();
    },
    async forgotten(before, limit) {
      const rows = await db
        .selectFrom("pipeline_requests")
        .selectAll()
        .where("status", "=", "kept")
        .where("made_at_ms", "<", before.getTime())
        .orderBy("seq")
        .limit(limit)
        .execute();
      return rows.map(toRequest);
    },
    async find(id) {
      const row = await findRow(db, id);
      return row === undefined ? null : toRequest(row);
    },
    async of(runId) {
      const rows = await db
        .selectFrom("pipeline_requests")
        .selectAll()
        .where("run_id", "=", runId)
        .orderBy("seq")
        .execute();
      return rows.map(toRequest);
    },
    async open() {
      const { count, since } = await db
        .selectFrom("pipeline_requests")
        .select(({ fn }) => [fn.countAll().as("count"), fn.min("made_at_ms").as("since")])
        .where("status", "<>", "done")
        .executeTakeFirstOrThrow();
      return { count: Number(count), since: since === null ? null : new Date(Number(since)) };
    },
  };
}

/** Whether an upload is on its way that is to take the place of this one. */
async function isAwaited(trx: Transaction<Tables>, uploadId: string): Promise<boolean> {
  const successor = await trx
    .selectFrom("uploads")
    .innerJoin("pipeline_requests", "pipeline_requests.upload_id", "uploads.id")
    .select("uploads.id")
    .where("uploads.replaces", "=", uploadId)
    .where("pipeline_requests.status", "<>", "done")
    .executeTakeFirst();
  return successor !== undefined;
}

function findRow(db: Database, id: string): Promise<Selectable<PipelineRequestsTable> | undefined> {
  return db.selectFrom("pipeline_requests").selectAll().where("id", "=", id).executeTakeFirst();
}

function toRequest(row: Selectable<PipelineRequestsTable>): PipelineRequest {
  return {
    id: row.id,
    uploadId: row.upload_id,
    sender: row.sender,
    status: row.status as PipelineRequest["status"],
    attempts: Number(row.attempts),
    madeAt: new Date(Number(row.made_at_ms)),
    runId: row.run_id,
  };
}
