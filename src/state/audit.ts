import type { Clock, Database } from "./tables.ts";

/** Who asked for what, and what came of it. There is no field for an amount or for the words of an answer. */
export interface AuditEntry {
  /** The user as the channel knows them. */
  readonly who: string;
  /** The person whom the people table says that user is; null for a local user and for a stranger. */
  readonly person: string | null;
  /** `slack`, `teams`, `console`, `cli`; null where the place does not tell. */
  readonly channel: string | null;
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

/** Which entries to list; what is absent does not matter. */
export interface AuditFilter {
  /** A user of a channel, a person, or a local user. */
  readonly who?: string;
  readonly client?: string;
  readonly since?: Date;
}

export interface Audit {
  record(entry: AuditEntry): Promise<void>;
  /** The newest first. */
  latest(limit: number, filter?: AuditFilter): Promise<readonly AuditRecord[]>;
}

export function createAudit(db: Database, now: Clock): Audit {
  return {
    async record(entry) {
      await db
        .insertInto("audit")
        .values({
          at: now().toISOString(),
          who: entry.who,
          person_id: entry.person,
          channel: entry.channel,
          place: entry.place,
          intent: entry.intent,
          client_id: entry.client,
          outcome: entry.outcome,
        })
        .execute();
    },
    async latest(limit, { who, client, since } = {}) {
      let query = db.selectFrom("audit").selectAll().orderBy("seq", "desc").limit(limit);
      if (who !== undefined)
        query = query.where((is) => is.or([is("who", "=", who), is("person_id", "=", who)]));
      if (client !== undefined) query = query.where("client_id", "=", client);
      // Instants are written in one form, in which their order as text is their order in time.
      if (since !== undefined) query = query.where("at", ">=", since.toISOString());
      const rows = await query.execute();
      return rows.map((row) => ({
        at: row.at,
        who: row.who,
        person: row.person_id,
        channel: row.channel,
        place: row.place,
        intent: row.intent,
        client: row.client_id,
        outcome: row.outcome,
      }));
    },
  };
}
