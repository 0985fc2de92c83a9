import type { Clock, Database } from "./tables.ts";

/** Who asked for what, and what came of it. There is no field for an amount or for the words of an answer. */
export interface AuditEntry {
  readonly who: string;
  /** Where the talk took place. */
  readonly place: string;
  /** What was asked: an intent, or an action such as `upload`. */
  readonly intent: string;
  readonly client: string | null;
  /** `ok`, `not_found`, … */
  readonly outcome: string;
}

export interface AuditRecord extends AuditEntry {
  /** Instant, ISO in UTC. */
  readonly at: string;
}

export interface Audit {
  record(entry: AuditEntry): Promise<void>;
  /** The newest first. */
  latest(limit: number): Promise<readonly AuditRecord[]>;
}

export function createAudit(db: Database, now: Clock): Audit {
  return {
    async record(entry) {
      await db
        .insertInto("audit")
        .values({
          at: now().toISOString(),
          who: entry.who,
          place: entry.place,
          intent: entry.intent,
          client_id: entry.client,
          outcome: entry.outcome,
        })
        .execute();
    },
    async latest(limit) {
      const rows = await db.selectFrom("audit").selectAll().orderBy("seq", "desc").limit(limit).execute();
      return rows.map(({ at, who, place, intent, client_id, outcome }) => ({
        at,
        who,
        place,
        intent,
        client: client_id,
        outcome,
      }));
    },
  };
}
