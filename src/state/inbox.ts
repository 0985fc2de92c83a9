import { StateError } from "./error.ts";
import type { Clock, Database } from "./tables.ts";

/** Something that was written to a user of this machine unasked. */
export interface InboxItem {
  /** Grows with each item. */
  readonly seq: number;
  readonly at: Date;
  /** A value as it was put; the reader checks its shape. */
  readonly message: unknown;
}

/** Where those who have no channel but the local chat find what was sent to them. */
export interface Inbox {
  /** Puts an item in a user's box. True where its id is new, for exactly one caller; the same id again changes nothing. */
  put(item: { readonly id: string; readonly who: string; readonly message: unknown }): Promise<boolean>;
  /** A user's recent items after `seq`, the oldest first; of more than 50 the newest. */
  after(who: string, seq: number): Promise<readonly InboxItem[]>;
  /** Whether an item with the id was put. */
  has(id: string): Promise<boolean>;
}

/** What nobody read on the day is of no use on the next. */
const RECENT_MS = 12 * 3_600_000;
const KEPT_MS = 7 * 24 * 3_600_000;
const ITEMS_MAX = 50;

export function createInbox(db: Database, now: Clock): Inbox {
  return {
    async put({ id, who, message }) {
      const atMs = now().getTime();
      await db
        .deleteFrom("inbox")
        .where("put_at_ms", "<", atMs - KEPT_MS)
        .execute();
      const put = await db
        .insertInto("inbox")
        .values({ id, who, message: JSON.stringify(message), put_at_ms: atMs })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("id")
        .executeTakeFirst();
      return put !== undefined;
    },
    async after(who, seq) {
      const rows = await db
        .selectFrom("inbox")
        .select(["seq", "message", "put_at_ms"])
        .where("who", "=", who)
        .where("seq", ">", seq)
        .where("put_at_ms", ">=", now().getTime() - RECENT_MS)
        .orderBy("seq", "desc")
        .limit(ITEMS_MAX)
        .execute();
      return rows.reverse().map((row) => ({
        seq: Number(row.seq),
        at: new Date(Number(row.put_at_ms)),
        message: parse(row.message, row.seq),
      }));
    },
    async has(id) {
      const row = await db.selectFrom("inbox").select("id").where("id", "=", id).executeTakeFirst();
      return row !== undefined;
    },
  };
}

function parse(json: string, seq: number): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new StateError("corrupt", `item ${seq} of the inbox is not JSON`, error);
  }
}
