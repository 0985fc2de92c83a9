import type { Selectable, Transaction, Updateable } from "kysely";
import { StateError } from "./error.ts";
import type { Database, Tables, UploadsTable } from "./tables.ts";
import { fromRow, toRow, type Upload, type UploadChange, type UploadCounts } from "./upload-row.ts";

/** The uploads and what became of them: the ledger that the pipeline writes (pipeline/ports.ts), and undoing. */
export interface UploadStore {
  /** Keeps a new upload and gives it the next `seq`. */
  create(upload: Omit<Upload, "seq">): Promise<Upload>;
  /** Throws StateError `missing`. */
  update(id: string, change: UploadChange): Promise<void>;
  /**
   * Makes an upload's rows count, and takes back the one that it replaces: both or neither. Throws StateError
   * `missing`, and `conflict` when another upload has replaced that one already.
   */
  activate(
    id: string,
    change: {
      readonly counts: UploadCounts | null;
      readonly silverKey: string | null;
      readonly quarantineKey: string | null;
    },
  ): Promise<void>;
  /**
   * Takes an active upload back and brings back the one that it replaced: both or neither. False when there is no
   * such upload or its rows do not count.
   */
  undo(id: string): Promise<boolean>;
  find(id: string): Promise<Upload | null>;
  /** All whose rows count, oldest first. */
  active(): Promise<readonly Upload[]>;
  /** Newest first. */
  list(limit: number): Promise<readonly Upload[]>;
  /** Of these users and nobody else, newest first. */
  latestOf(users: readonly string[], limit: number): Promise<readonly Upload[]>;
}

export function createUploadStore(db: Database): UploadStore {
  return {
    async create(upload) {
      const row = await db
        .insertInto("uploads")
        .values(toRow(upload))
        .returningAll()
        .executeTakeFirstOrThrow();
      return fromRow(row);
    },
    async update(id, change) {
      if (!(await changeRow(db, id, toRow(change)))) throw missing(id);
    },
    async activate(id, change) {
      await db.transaction().execute((trx) => activateIn(trx, id, toRow(change)));
    },
    async undo(id) {
      return db.transaction().execute((trx) => undoIn(trx, id));
    },
    async find(id) {
      const row = await findRow(db, id);
      return row === undefined ? null : fromRow(row);
    },
    async active() {
      const rows = await db
        .selectFrom("uploads")
        .selectAll()
        .where("status", "=", "active")
        .orderBy("seq")
        .execute();
      return rows.map(fromRow);
    },
    async list(limit) {
      const rows = await db.selectFrom("uploads").selectAll().orderBy("seq", "desc").limit(limit).execute();
      return rows.map(fromRow);
    },
    async latestOf(users, limit) {
      if (users.length === 0) return [];
      const rows = await db
        .selectFrom("uploads")
        .selectAll()
        .where("user_id", "in", [...users])
        .orderBy("seq", "desc")
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },
  };
}

type Connection = Database | Transaction<Tables>;

/** Makes an upload's rows count within a transaction; see UploadStore. */
export async function activateIn(
  trx: Transaction<Tables>,
  id: string,
  change: Updateable<UploadsTable>,
): Promise<void> {
  const upload = await findRow(trx, id);
  if (upload === undefined) throw missing(id);
  if (upload.replaces !== null && upload.status !== "active") await replace(trx, upload.replaces);
  await changeRow(trx, id, { ...change, status: "active" });
}

/** Takes an upload back within a transaction; see UploadStore. */
export async function undoIn(trx: Transaction<Tables>, id: string): Promise<boolean> {
  const undone = await trx
    .updateTable("uploads")
    .set({ status: "undone" })
    .where("id", "=", id)
    .where("status", "=", "active")
    .returning("replaces")
    .executeTakeFirst();
  if (undone === undefined) return false;
  if (undone.replaces !== null) await restore(trx, undone.replaces);
  return true;
}

function findRow(db: Connection, id: string): Promise<Selectable<UploadsTable> | undefined> {
  return db.selectFrom("uploads").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Changes one row; whether it was there. */
async function changeRow(db: Connection, id: string, change: Updateable<UploadsTable>): Promise<boolean> {
  if (Object.keys(change).length === 0) return (await findRow(db, id)) !== undefined;
  const result = await db.updateTable("uploads").set(change).where("id", "=", id).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** An upload whose rows never counted stays what it was: replacing it takes nothing away. */
async function replace(trx: Transaction<Tables>, id: string): Promise<void> {
  const replaced = await trx
    .updateTable("uploads")
    .set({ status: "replaced" })
    .where("id", "=", id)
    .where("status", "=", "active")
    .returning("id")
    .executeTakeFirst();
  if (replaced !== undefined) return;
  const target = await findRow(trx, id);
  if (target === undefined) throw missing(id);
  if (target.status === "replaced") {
    throw new StateError("conflict", `upload ${id} was replaced by another one in the meantime`);
  }
}

async function restore(trx: Transaction<Tables>, id: string): Promise<void> {
  await trx
    .updateTable("uploads")
    .set({ status: "active" })
    .where("id", "=", id)
    .where("status", "=", "replaced")
    .execute();
}

function missing(id: string): StateError {
  return new StateError("missing", `there is no upload ${id}`);
}
