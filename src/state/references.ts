import { StateError } from "./error.ts";
import type { Clock, Database } from "./tables.ts";

/** Where people and groups are reached in a channel, such as the conversation references of Teams. */
export interface References {
  /** Keeps the newest reference of a key, a value that JSON can hold. True where there was none, for exactly one caller. */
  save(key: string, value: unknown): Promise<boolean>;
  /** What was kept for the key, or null. The reader checks its shape. */
  find(key: string): Promise<unknown>;
  forget(key: string): Promise<void>;
}

export function createReferences(db: Database, now: Clock): References {
  return {
    async save(key, value) {
      const saved = { value: JSON.stringify(value ?? null), saved_at_ms: now().getTime() };
      const first = await db
        .insertInto("channel_references")
        .values({ key, ...saved })
        .onConflict((conflict) => conflict.column("key").doNothing())
        .returning("key")
        .executeTakeFirst();
      if (first !== undefined) return true;
      await db.updateTable("channel_references").set(saved).where("key", "=", key).execute();
      return false;
    },
    async find(key) {
      const row = await db
        .selectFrom("channel_references")
        .select("value")
        .where("key", "=", key)
        .executeTakeFirst();
      return row === undefined ? null : parse(row.value, key);
    },
    async forget(key) {
      await db.deleteFrom("channel_references").where("key", "=", key).execute();
    },
  };
}

function parse(json: string, key: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new StateError("corrupt", `the reference kept for ${key} is not JSON`, error);
  }
}
