import { randomBytes } from "node:crypto";
import type { Selectable, Transaction } from "kysely";
import { addDeliveries } from "./deliveries.ts";
import { jsonIn, languageIn, type NewDelivery, type Target, targetIn, toColumns } from "./delivery-row.ts";
import { StateError } from "./error.ts";
import type { Clock, Database, SubscriptionsTable, Tables } from "./tables.ts";

/** Something that is sent by a schedule, to the person who set it. */
export interface Subscription {
  readonly id: string;
  /** `Asker.userId`. */
  readonly owner: string;
  readonly kind: string;
  readonly target: Target;
  /** As it was given; the reader checks its shape. */
  readonly schedule: unknown;
  readonly language: "pt" | "en";
  readonly options: unknown;
  readonly pausedAt: string | null;
  /** Every slot up to this instant, and it included, is a row or never will be. */
  readonly plannedThrough: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type NewSubscription = Pick<
  Subscription,
  "owner" | "kind" | "target" | "schedule" | "language" | "options"
>;

export interface Subscriptions {
  /** Sets what a target gets of a kind, in place of what was set before; it counts from now on, and is not paused. */
  put(subscription: NewSubscription): Promise<Subscription>;
  /** Null where there is none, or it was removed. */
  find(id: string): Promise<Subscription | null>;
  findFor(kind: string, target: Target): Promise<Subscription | null>;
  /** Those of one owner, in whatever channel. */
  ofOwner(owner: string): Promise<readonly Subscription[]>;
  /** All that are not removed, the oldest first. */
  list(): Promise<readonly Subscription[]>;
  /** False where there is nothing to pause. */
  pause(id: string): Promise<boolean>;
  /** Goes on from now: what would have been due in the meantime is not made up for. */
  resume(id: string): Promise<boolean>;
  /** How many were paused by it. */
  pauseAll(): Promise<number>;
  remove(id: string): Promise<boolean>;
  /** Gives it to somebody else, who gets it from now on. `taken`: that target has one of the kind. */
  reassign(
    id: string,
    to: Pick<Subscription, "owner" | "target" | "language">,
  ): Promise<"done" | "taken" | "missing">;
  /**
   * Keeps the rows of all slots up to `through`, and that they are kept: both or neither, and once. Null where the
   * subscription is not any more as it was read: somebody else has planned, paused or changed it.
   */
  plan(
    subscription: Subscription,
    through: Date,
    rows: readonly NewDelivery[],
  ): Promise<readonly string[] | null>;
}

const TRIES_MAX = 3;

export function createSubscriptions(db: Database, now: Clock): Subscriptions {
  const there = () => db.selectFrom("subscriptions").selectAll().where("removed_at", "is", null);

  return {
    async put(subscription) {
      for (let tries = 1; ; tries += 1) {
        const row = await db.transaction().execute((trx) => put(trx, subscription, now().toISOString()));
        if (row !== undefined) return fromRow(row);
        // Somebody else has just made the one for this target: this time it is there to be changed.
        if (tries === TRIES_MAX)
          throw new StateError("conflict", "the subscription is being changed elsewhere");
      }
    },
    async find(id) {
      const row = await there().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async findFor(kind, target) {
      const { channel, who, place } = toColumns(target);
      const row = await there()
        .where("kind", "=", kind)
        .where("channel", "=", channel)
        .where("who", "=", who)
        .where("place", "=", place)
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async ofOwner(owner) {
      const rows = await there().where("owner", "=", owner).orderBy("created_at").orderBy("id").execute();
      return rows.map(fromRow);
    },
    async list() {
      return (await there().orderBy("created_at").orderBy("id").execute()).map(fromRow);
    },
    pause: async (id) => (await pause(db, now().toISOString(), id)) === 1,
    pauseAll: () => pause(db, now().toISOString(), null),
    async resume(id) {
      const at = now().toISOString();
      const result = await db
        .updateTable("subscriptions")
        .set({ paused_at: null, planned_through: at, updated_at: at })
        .where("id", "=", id)
        .where("removed_at", "is", null)
        .where("paused_at", "is not", null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async remove(id) {
      const at = now().toISOString();
      const result = await db
        .updateTable("subscriptions")
        .set({ removed_at: at, updated_at: at })
        .where("id", "=", id)
        .where("removed_at", "is", null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    reassign: (id, to) =>
      db.transaction().execute((trx) => reassign(trx, { id, ...to }, now().toISOString())),
    plan: (subscription, through, rows) =>
      db.transaction().execute((trx) => plan(trx, { subscription, through, rows }, now().toISOString())),
  };
}

/** Undefined where another process has just made the one of this target. */
async function put(
  trx: Transaction<Tables>,
  { owner, kind, target, schedule, language, options }: NewSubscription,
  at: string,
): Promise<Selectable<SubscriptionsTable> | undefined> {
  const { channel, who, place } = toColumns(target);
  const said = {
    owner,
    language,
    schedule: JSON.stringify(schedule ?? null),
    options: JSON.stringify(options ?? null),
    paused_at: null,
    planned_through: at,
    updated_at: at,
  };
  const changed = await trx
    .updateTable("subscriptions")
    .set(said)
    .where("kind", "=", kind)
    .where("channel", "=", channel)
    .where("who", "=", who)
    .where("place", "=", place)
    .where("removed_at", "is", null)
    .returningAll()
    .executeTakeFirst();
  if (changed !== undefined) return changed;
  return await trx
    .insertInto("subscriptions")
    .values({ id: newId(), kind, channel, who, place, ...said, removed_at: null, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

async function pause(db: Database, at: string, id: string | null): Promise<number> {
  let query = db
    .updateTable("subscriptions")
    .set({ paused_at: at, updated_at: at })
    .where("removed_at", "is", null)
    .where("paused_at", "is", null);
  if (id !== null) query = query.where("id", "=", id);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

async function reassign(
  trx: Transaction<Tables>,
  { id, owner, target, language }: Pick<Subscription, "id" | "owner" | "target" | "language">,
  at: string,
): Promise<"done" | "taken" | "missing"> {
  const { channel, who, place } = toColumns(target);
  const found = await trx
    .selectFrom("subscriptions")
    .select("kind")
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  if (found === undefined) return "missing";
  const other = await trx
    .selectFrom("subscriptions")
    .select("id")
    .where("kind", "=", found.kind)
    .where("channel", "=", channel)
    .where("who", "=", who)
    .where("place", "=", place)
    .where("removed_at", "is", null)
    .where("id", "!=", id)
    .executeTakeFirst();
  if (other !== undefined) return "taken";
  await trx
    .updateTable("subscriptions")
    .set({ owner, channel, who, place, language, planned_through: at, updated_at: at })
    .where("id", "=", id)
    .execute();
  return "done";
}

async function plan(
  trx: Transaction<Tables>,
  work: { subscription: Subscription; through: Date; rows: readonly NewDelivery[] },
  at: string,
): Promise<readonly string[] | null> {
  const { id, owner, schedule, plannedThrough } = work.subscription;
  const moved = await trx
    .updateTable("subscriptions")
    .set({ planned_through: work.through.toISOString() })
    .where("id", "=", id)
    .where("planned_through", "=", plannedThrough)
    .where("owner", "=", owner)
    .where("schedule", "=", JSON.stringify(schedule ?? null))
    .where("paused_at", "is", null)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n ? await addDeliveries(trx, work.rows, at) : null;
}

const ID_BYTES = 4;

function newId(): string {
  return randomBytes(ID_BYTES).toString("hex");
}

function fromRow(row: Selectable<SubscriptionsTable>): Subscription {
  return {
    id: row.id,
    owner: row.owner,
    kind: row.kind,
    target: targetIn(row),
    schedule: jsonIn(row.schedule, row.id),
    language: languageIn(row),
    options: jsonIn(row.options, row.id),
    pausedAt: row.paused_at,
    plannedThrough: row.planned_through,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
