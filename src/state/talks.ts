import { StateError } from "./error.ts";
import type { Clock, Database } from "./tables.ts";

/** The last question of each place, so that "e no mês?" knows whom it is about. */
export interface Talks {
  /** What was kept for the place, or null when there is nothing recent. The reader checks its shape. */
  get(place: string): Promise<unknown>;
  /** Keeps a value that JSON can hold, in place of the one before. */
  set(place: string, value: unknown): Promise<void>;
  /** Takes out what `get` would give, for exactly one caller. */
  take(place: string): Promise<unknown>;
}

/** A follow-up belongs to the talk of the same day, not to one of last week. */
const RECENT_MS = 12 * 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;

export function createTalks(db: Database, now: Clock): Talks {
  let nextPruneMs = 0;

  async function prune(atMs: number): Promise<void> {
    if (atMs < nextPruneMs) return;
    nextPruneMs = atMs + PRUNE_EVERY_MS;
    await db
      .deleteFrom("talks")
      .where("said_at_ms", "<", atMs - RECENT_MS)
      .execute();
  }

  return {
    async get(place) {
      const row = await db
        .selectFrom("talks")
        .select("value")
        .where("place", "=", place)
        .where("said_at_ms", ">=", now().getTime() - RECENT_MS)
        .executeTakeFirst();
      return row === undefined ? null : parse(row.value, place);
    },
    async set(place, value) {
      const atMs = now().getTime();
      await prune(atMs);
      const said = { value: JSON.stringify(value ?? null), said_at_ms: atMs };
      await db
        .insertInto("talks")
        .values({ place, ...said })
        .onConflict((conflict) => conflict.column("place").doUpdateSet(said))
        .execute();
    },
    async take(place) {
      const row = await db
        .deleteFrom("talks")
        .where("place", "=", place)
        .returning(["value", "said_at_ms"])
        .executeTakeFirst();
      // PostgreSQL hands a bigint over as text.
      const recent = row !== undefined && Number(row.said_at_ms) >= now().getTime() - RECENT_MS;
      return recent ? parse(row.value, place) : null;
    },
  };
}

function parse(json: string, place: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new StateError("corrupt", `the talk kept for ${place} is not JSON`, error);
  }
}
