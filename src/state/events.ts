import type { Clock, Database } from "./tables.ts";

/** The events of channels that were taken, so that one delivered twice is answered once. */
export interface SeenEvents {
  /** True for exactly one caller per id, across processes. */
  claim(eventId: string): Promise<boolean>;
}

/** No channel repeats a delivery after so long; Slack gives up within hours. */
const KEEP_MS = 7 * 86_400_000;
const PRUNE_EVERY_MS = 3_600_000;

export function createSeenEvents(db: Database, now: Clock): SeenEvents {
  let nextPruneMs = 0;

  async function prune(atMs: number): Promise<void> {
    if (atMs < nextPruneMs) return;
    nextPruneMs = atMs + PRUNE_EVERY_MS;
    await db
      .deleteFrom("seen_events")
      .where("seen_at_ms", "<", atMs - KEEP_MS)
      .execute();
  }

  return {
    async claim(eventId) {
      const atMs = now().getTime();
      await prune(atMs);
      const row = await db
        .insertInto("seen_events")
        .values({ id: eventId, seen_at_ms: atMs })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
