import type { Transaction } from "kysely";
import type { AlertFiringsTable, AlertNoticesTable, Clock, Database, Tables } from "./tables.ts";

/** What a rule last saw of one subject; `value` is the maker's own JSON, `version` counts its changes. */
export interface AlertState {
  readonly ruleId: string;
  readonly subject: string;
  readonly version: number;
  readonly value: unknown;
}

/** Something that a rule fired, to be told once. */
export interface AlertFiring {
  readonly id: string;
  readonly ruleId: string;
  readonly owner: string;
  readonly subject: string;
  /** ISO instant in UTC. */
  readonly firedAt: string;
  readonly urgent: boolean;
  readonly payload: unknown;
}

/** A step of one subject's state: from the version that was read (null: there was none) to a new value. */
export interface StateChange {
  readonly ruleId: string;
  readonly subject: string;
  readonly before: number | null;
  readonly value: unknown;
  /** Recorded with the step, or not at all. */
  readonly firing: AlertFiring | null;
}

/** One message to one owner about some firings. */
export interface AlertNotice {
  readonly id: string;
  readonly owner: string;
  readonly urgent: boolean;
  readonly payload: unknown;
  readonly createdAt: string;
}

export interface Alerts {
  /** Of these rules; of every rule where none are named. */
  states(rules?: readonly string[]): Promise<readonly AlertState[]>;
  /** Takes those steps whose version is still the one that was read; of two services at once only one does. How many fired. */
  advance(changes: readonly StateChange[]): Promise<number>;
  /** Firings that were neither told nor dropped, the oldest first. */
  open(): Promise<readonly AlertFiring[]>;
  /** Firings by their ids, the oldest first. */
  find(ids: readonly string[]): Promise<readonly AlertFiring[]>;
  /** What fired of an owner's rules after one instant and until another, told or not, the oldest first; at most 500. */
  firedBetween(owner: string, since: string, until: string): Promise<readonly AlertFiring[]>;
  /** The newest firings of a rule. */
  ofRule(ruleId: string, limit: number): Promise<readonly AlertFiring[]>;
  /** Firings that nobody is told of, and why. */
  drop(ids: readonly string[], reason: string): Promise<void>;
  /**
   * Records a notice and claims its firings in one transaction. False where one of them is taken already: then nothing is
   * recorded.
   */
  claim(notice: AlertNotice, firings: readonly string[]): Promise<boolean>;
  /** Notices that were recorded and not handed on yet, the oldest first. */
  waiting(): Promise<readonly AlertNotice[]>;
  handed(noticeId: string): Promise<void>;
  /** How many notices each owner was made since an instant, urgent ones left out. */
  countSince(at: string): Promise<ReadonlyMap<string, number>>;
  /** Forgets what was told or dropped before an instant. */
  prune(before: string): Promise<void>;
}

/** Steps of one transaction: others wait for as long as it takes. */
const CHANGES_AT_ONCE = 500;
/** Values of one statement. */
const IDS_AT_ONCE = 500;

export function createAlerts(db: Database, now: Clock): Alerts {
  return { ...firingsIn(db), ...noticesIn(db, now) };
}

type OfNotices = Pick<Alerts, "claim" | "waiting" | "handed" | "countSince" | "prune">;

function firingsIn(db: Database): Omit<Alerts, keyof OfNotices> {
  return {
    async states(rules) {
      const all = db.selectFrom("alert_states").selectAll();
      if (rules?.length === 0) return [];
      const rows = await (rules === undefined ? all : all.where("rule_id", "in", rules)).execute();
      return rows.map(({ rule_id, subject, version, value }) => ({
        ruleId: rule_id,
        subject,
        version,
        value: JSON.parse(value),
      }));
    },
    async advance(changes) {
      let fired = 0;
      for (const part of partsOf(changes, CHANGES_AT_ONCE)) {
        fired += await db.transaction().execute(async (trx) => {
          let count = 0;
          for (const change of part) if (await advanceOne(trx, change)) count += 1;
          return count;
        });
      }
      return fired;
    },
    async open() {
      const rows = await db
        .selectFrom("alert_firings")
        .selectAll()
        .where("planned_at", "is", null)
        .where("dropped", "is", null)
        .orderBy("fired_at")
        .orderBy("id")
        .execute();
      return rows.map(firingOf);
    },
    async firedBetween(owner, since, until) {
      const rows = await db
        .selectFrom("alert_firings")
        .selectAll()
        .where("owner", "=", owner)
        .where("fired_at", ">", since)
        .where("fired_at", "<=", until)
        .orderBy("fired_at")
        .orderBy("id")
        .limit(CHANGES_AT_ONCE)
        .execute();
      return rows.map(firingOf);
    },
    async find(ids) {
      const found: AlertFiring[] = [];
      for (const part of partsOf(ids, IDS_AT_ONCE)) {
        const rows = await db.selectFrom("alert_firings").selectAll().where("id", "in", part).execute();
        found.push(...rows.map(firingOf));
      }
      return found.sort((a, b) =>
        a.firedAt < b.firedAt || (a.firedAt === b.firedAt && a.id < b.id) ? -1 : 1,
      );
    },
    async ofRule(ruleId, limit) {
      const rows = await db
        .selectFrom("alert_firings")
        .selectAll()
        .where("rule_id", "=", ruleId)
        .orderBy("fired_at", "desc")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(firingOf);
    },
    async drop(ids, reason) {
      for (const part of partsOf(ids, IDS_AT_ONCE)) {
        await db
          .updateTable("alert_firings")
          .set({ dropped: reason })
          .where("id", "in", part)
          .where("planned_at", "is", null)
          .execute();
      }
    },
  };
}

function noticesIn(db: Database, now: Clock): OfNotices {
  return {
    claim: (notice, firings) => claimAll(db, notice, firings),
    async waiting() {
      const rows = await db
        .selectFrom("alert_notices")
        .selectAll()
        .where("handed_at", "is", null)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return rows.map(noticeOf);
    },
    async handed(noticeId) {
      await db
        .updateTable("alert_notices")
        .set({ handed_at: now().toISOString() })
        .where("id", "=", noticeId)
        .where("handed_at", "is", null)
        .execute();
    },
    async countSince(at) {
      const rows = await db
        .selectFrom("alert_notices")
        .select(({ fn }) => ["owner", fn.countAll<number | string>().as("made")])
        .where("created_at", ">", at)
        .where("urgent", "=", 0)
        .groupBy("owner")
        .execute();
      return new Map(rows.map(({ owner, made }) => [owner, Number(made)]));
    },
    async prune(before) {
      await db
        .deleteFrom("alert_firings")
        .where("fired_at", "<", before)
        .where(({ or, eb }) => or([eb("planned_at", "is not", null), eb("dropped", "is not", null)]))
        .execute();
      await db
        .deleteFrom("alert_notices")
        .where("created_at", "<", before)
        .where("handed_at", "is not", null)
        .execute();
    },
  };
}

class Taken extends Error {}

async function claimAll(db: Database, notice: AlertNotice, firings: readonly string[]): Promise<boolean> {
  try {
    await db.transaction().execute(async (trx) => {
      for (const part of partsOf(firings, IDS_AT_ONCE)) {
        const rows = await trx
          .updateTable("alert_firings")
          .set({ planned_at: notice.createdAt, notice_id: notice.id })
          .where("id", "in", part)
          .where("planned_at", "is", null)
          .where("dropped", "is", null)
          .returning("id")
          .execute();
        if (rows.length !== part.length) throw new Taken();
      }
      await trx
        .insertInto("alert_notices")
        .values({
          id: notice.id,
          owner: notice.owner,
          urgent: notice.urgent ? 1 : 0,
          payload: JSON.stringify(notice.payload),
          created_at: notice.createdAt,
          handed_at: null,
        })
        .execute();
    });
    return true;
  } catch (error) {
    if (error instanceof Taken) return false;
    throw error;
  }
}

/** True where the step was taken and fired. */
async function advanceOne(trx: Transaction<Tables>, change: StateChange): Promise<boolean> {
  const { ruleId, subject, before, firing } = change;
  const value = JSON.stringify(change.value);
  const key = { rule_id: ruleId, subject };
  const row =
    before === null
      ? await trx
          .insertInto("alert_states")
          .values({ ...key, version: 1, value })
          .onConflict((conflict) => conflict.columns(["rule_id", "subject"]).doNothing())
          .returning("version")
          .executeTakeFirst()
      : await trx
          .updateTable("alert_states")
          .set({ version: before + 1, value })
          .where("rule_id", "=", ruleId)
          .where("subject", "=", subject)
          .where("version", "=", before)
          .returning("version")
          .executeTakeFirst();
  if (row === undefined || firing === null) return false;
  await trx
    .insertInto("alert_firings")
    .values({
      id: firing.id,
      owner: firing.owner,
      ...key,
      fired_at: firing.firedAt,
      urgent: firing.urgent ? 1 : 0,
      payload: JSON.stringify(firing.payload),
      planned_at: null,
      notice_id: null,
      dropped: null,
    })
    .execute();
  return true;
}

function partsOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

function firingOf(row: AlertFiringsTable): AlertFiring {
  return {
    id: row.id,
    ruleId: row.rule_id,
    owner: row.owner,
    subject: row.subject,
    firedAt: row.fired_at,
    urgent: row.urgent === 1,
    payload: JSON.parse(row.payload),
  };
}

function noticeOf(row: AlertNoticesTable): AlertNotice {
  return {
    id: row.id,
    owner: row.owner,
    urgent: row.urgent === 1,
    payload: JSON.parse(row.payload),
    createdAt: row.created_at,
  };
}
