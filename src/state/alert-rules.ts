import { randomUUID } from "node:crypto";
import { StateError } from "./error.ts";
import type { AlertRulesTable, Clock, Database } from "./tables.ts";

/** Something an owner wants to be told of. `definition` is the maker's own JSON: the state does not look into it. */
export interface AlertRule {
  readonly id: string;
  /** Whose it is: `Asker.userId`. */
  readonly owner: string;
  /** What the owner calls it: 1, 2, …; never given twice. */
  readonly number: number;
  readonly definition: unknown;
  readonly language: "pt" | "en";
  /** ISO instants in UTC. */
  readonly createdAt: string;
  readonly snoozedUntil: string | null;
}

/** Times of day (`HH:MM`) in São Paulo between which an owner is left alone; `from` after `to` runs over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

export interface AlertRules {
  /** Null where the owner has `max` rules already. */
  add(rule: Pick<AlertRule, "owner" | "definition" | "language">, max: number): Promise<AlertRule | null>;
  /** The rules of one owner, or of everybody, by owner and number. */
  list(owner?: string): Promise<readonly AlertRule[]>;
  /** False where the owner has no rule of that number. */
  remove(owner: string, number: number): Promise<boolean>;
  /** Until an instant in UTC; null ends it. False where the owner has no rule of that number. */
  snooze(owner: string, number: number, until: string | null): Promise<boolean>;
  quietHours(owner: string): Promise<QuietHours | null>;
  setQuietHours(owner: string, hours: QuietHours | null): Promise<void>;
}

export function createAlertRules(db: Database, now: Clock): AlertRules {
  return {
    add: (rule, max) => addRule(db, rule, max, now),
    async list(owner) {
      const all = db.selectFrom("alert_rules").selectAll().where("deleted_at", "is", null);
      const wanted = owner === undefined ? all : all.where("owner", "=", owner);
      const rows = await wanted.orderBy("owner").orderBy("number").execute();
      return rows.map(fromRow);
    },
    async remove(owner, number) {
      return db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable("alert_rules")
          .set({ deleted_at: now().toISOString() })
          .where("owner", "=", owner)
          .where("number", "=", number)
          .where("deleted_at", "is", null)
          .returning("id")
          .executeTakeFirst();
        if (row === undefined) return false;
        await trx.deleteFrom("alert_states").where("rule_id", "=", row.id).execute();
        return true;
      });
    },
    async snooze(owner, number, until) {
      const row = await db
        .updateTable("alert_rules")
        .set({ snoozed_until: until })
        .where("owner", "=", owner)
        .where("number", "=", number)
        .where("deleted_at", "is", null)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
    async quietHours(owner) {
      const row = await db
        .selectFrom("alert_settings")
        .selectAll()
        .where("owner", "=", owner)
        .executeTakeFirst();
      return row === undefined || row.quiet_from === null || row.quiet_to === null
        ? null
        : { from: row.quiet_from, to: row.quiet_to };
    },
    async setQuietHours(owner, hours) {
      const said = { quiet_from: hours?.from ?? null, quiet_to: hours?.to ?? null };
      await db
        .insertInto("alert_settings")
        .values({ owner, ...said })
        .onConflict((conflict) => conflict.column("owner").doUpdateSet(said))
        .execute();
    },
  };
}

/** Two at once may take the same number: the second is refused by the table, and takes the next one. */
const ADD_TRIES_MAX = 5;

async function addRule(
  db: Database,
  rule: Pick<AlertRule, "owner" | "definition" | "language">,
  max: number,
  now: Clock,
): Promise<AlertRule | null> {
  for (let tries = 1; tries <= ADD_TRIES_MAX; tries += 1) {
    const added = await db.transaction().execute(async (trx) => {
      const rows = await trx
        .selectFrom("alert_rules")
        .select(["number", "deleted_at"])
        .where("owner", "=", rule.owner)
        .execute();
      if (rows.filter((row) => row.deleted_at === null).length >= max) return "full";
      const number = rows.reduce((last, row) => Math.max(last, row.number), 0) + 1;
      return trx
        .insertInto("alert_rules")
        .values({
          id: randomUUID(),
          owner: rule.owner,
          number,
          definition: JSON.stringify(rule.definition),
          language: rule.language,
          created_at: now().toISOString(),
          snoozed_until: null,
          deleted_at: null,
        })
        .onConflict((conflict) => conflict.columns(["owner", "number"]).doNothing())
        .returningAll()
        .executeTakeFirst();
    });
    if (added === "full") return null;
    if (added !== undefined) return fromRow(added);
  }
  throw new StateError("conflict", "an alert could not be numbered: others were faster each time");
}

function fromRow(row: AlertRulesTable): AlertRule {
  return {
    id: row.id,
    owner: row.owner,
    number: row.number,
    definition: JSON.parse(row.definition),
    language: row.language === "en" ? "en" : "pt",
    createdAt: row.created_at,
    snoozedUntil: row.snoozed_until,
  };
}
