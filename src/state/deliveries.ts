import { randomBytes } from "node:crypto";
import type { ExpressionBuilder, Selectable, SelectQueryBuilder, Transaction } from "kysely";
import {
  type DeliveryChange,
  type DeliveryRow,
  type DeliveryState,
  fromRow,
  type NewDelivery,
  NOTHING_SENT,
  type SentRecord,
  type TrailEntry,
  toChange,
  toRow,
  trailFrom,
} from "./delivery-row.ts";
import type { Engine } from "./migrations.ts";
import type { Clock, Database, DeliveriesTable, Tables } from "./tables.ts";

export interface DeliveryFilter {
  readonly states?: readonly DeliveryState[];
  /** Due at this instant or later. */
  readonly since?: Date;
  /** Last changed at this instant or later. */
  readonly changedSince?: Date;
}

/** How many rows a worker takes at most, for how long, and of which channels. */
interface Claim {
  /** Of this worker alone, and new with each claim. */
  readonly by: string;
  readonly limit: number;
  readonly leaseMs: number;
  readonly channels: readonly string[];
}

/** What is sent without being asked, and what became of it. A row changes by conditional writes only. */
export interface Deliveries {
  /** Keeps those whose key is new; their ids. */
  add(rows: readonly NewDelivery[]): Promise<readonly string[]>;
  /**
   * Takes rows that are due, the earliest slot first: planned ones, and ones that a worker claimed and died with. Each
   * goes to exactly one caller.
   */
  claim(claim: Claim): Promise<readonly DeliveryRow[]>;
  /** Takes rows of which it is unknown whether they arrived, and is time to look; they stay unknown meanwhile. */
  claimUnknown(claim: Claim): Promise<readonly DeliveryRow[]>;
  /** Changes a row that is still in a state and of a claim; null: it is not, and nothing has changed. */
  move(
    id: string,
    expected: { readonly from: DeliveryState; readonly by: string },
    change: DeliveryChange,
  ): Promise<DeliveryRow | null>;
  /**
   * Ends what has no worker any more: what was on its way when its lease ran out is unknown from now on and looked for at
   * `lookAt`; what nobody has begun in time is skipped. How many.
   */
  sweep(lookAt: Date): Promise<{ readonly lost: number; readonly expired: number }>;
  /**
   * Sends it once more to its recipient, by a row of its own that goes on where the old one came to. Null where there is
   * no such row, or it is still on its way.
   */
  resend(id: string, by: string): Promise<DeliveryRow | null>;
  find(id: string): Promise<DeliveryRow | null>;
  /** The latest slot first. */
  list(limit: number, filter?: DeliveryFilter): Promise<readonly DeliveryRow[]>;
  /** Every change of a row, the oldest first. */
  trail(id: string): Promise<readonly TrailEntry[]>;
  /** How many rows with a slot from an instant on are in each state. */
  counts(since: Date): Promise<Readonly<Record<DeliveryState, number>>>;
  /** Since when the earliest row that is neither sent nor given up has been due; null: there is none. */
  oldestWaiting(): Promise<Date | null>;
}

const SWEEP_MAX = 500;
const WAITING: readonly DeliveryState[] = ["planned", "claimed", "sending"];
const OVER: readonly DeliveryState[] = ["unknown", "confirmed", "failed", "skipped"];

export function createDeliveries(db: Database, now: Clock, engine: Engine): Deliveries {
  const at = () => now().toISOString();
  return {
    add: (rows) => db.transaction().execute((trx) => addDeliveries(trx, rows, at())),
    claim: (claim) => db.transaction().execute((trx) => claimDue(trx, claim, { now, engine })),
    claimUnknown: (claim) => db.transaction().execute((trx) => claimUnknown(trx, claim, { now, engine })),
    move: (id, expected, change) =>
      db.transaction().execute((trx) => move(trx, { id, expected, change }, at())),
    sweep: (lookAt) => sweep(db, lookAt, at),
    resend: (id, by) => db.transaction().execute((trx) => resend(trx, { id, by }, at())),
    async find(id) {
      const row = await db.selectFrom("deliveries").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async list(limit, { states, since, changedSince } = {}) {
      let query = db.selectFrom("deliveries").selectAll().orderBy("slot", "desc").orderBy("id").limit(limit);
      if (states !== undefined) query = query.where("state", "in", states);
      if (since !== undefined) query = query.where("slot", ">=", since.toISOString());
      if (changedSince !== undefined) query = query.where("updated_at", ">=", changedSince.toISOString());
      return (await query.execute()).map(fromRow);
    },
    async trail(id) {
      const rows = await db
        .selectFrom("delivery_trail")
        .selectAll()
        .where("delivery_id", "=", id)
        .orderBy("seq")
        .execute();
      return rows.map(trailFrom);
    },
    async counts(since) {
      const rows = await db
        .selectFrom("deliveries")
        .select((row) => ["state", row.fn.countAll<number | string>().as("count")])
        .where("slot", ">=", since.toISOString())
        .groupBy("state")
        .execute();
      const found = new Map(rows.map(({ state, count }) => [state, Number(count)]));
      const count = (state: DeliveryState) => found.get(state) ?? 0;
      return {
        planned: count("planned"),
        claimed: count("claimed"),
        sending: count("sending"),
        unknown: count("unknown"),
        confirmed: count("confirmed"),
        failed: count("failed"),
        skipped: count("skipped"),
      };
    },
    async oldestWaiting() {
      const row = await db
        .selectFrom("deliveries")
        .select(["slot", "created_at"])
        .where("state", "in", WAITING)
        .orderBy("created_at")
        .limit(1)
        .executeTakeFirst();
      // What is sent again keeps its slot, and has waited only since then.
      return row === undefined ? null : new Date(row.slot > row.created_at ? row.slot : row.created_at);
    },
  };
}

/** Keeps the rows whose key is new, with the first line of each one's trail; their ids. */
export async function addDeliveries(
  trx: Transaction<Tables>,
  rows: readonly NewDelivery[],
  at: string,
  again: { readonly resendOf: string | null; readonly sent: SentRecord } = {
    resendOf: null,
    sent: NOTHING_SENT,
  },
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const row of rows) {
    const kept = await trx
      .insertInto("deliveries")
      .values(toRow(row, { id: newId(row.slot), at, ...again }))
      .onConflict((conflict) => conflict.column("key").doNothing())
      .returningAll()
      .executeTakeFirst();
    if (kept === undefined) continue;
    await leaveTrail(trx, [kept], at, "plan");
    ids.push(kept.id);
  }
  return ids;
}

const ID_BYTES = 6;

/** Begins with the day, so that a list of them can be read. */
function newId(slot: string): string {
  return `${slot.slice(0, 10).replaceAll("-", "")}-${randomBytes(ID_BYTES).toString("hex")}`;
}

interface Means {
  readonly now: Clock;
  readonly engine: Engine;
}

async function claimDue(
  trx: Transaction<Tables>,
  { by, limit, leaseMs, channels }: Claim,
  { now, engine }: Means,
): Promise<readonly DeliveryRow[]> {
  if (channels.length === 0 || limit < 1) return [];
  const at = now().toISOString();
  const due = (row: ExpressionBuilder<Tables, "deliveries">) =>
    row.or([
      row.and([
        row("state", "=", "planned"),
        row("slot", "<=", at),
        row.or([row("next_try_at", "is", null), row("next_try_at", "<=", at)]),
      ]),
      row.and([row("state", "=", "claimed"), row("lease_until", "<=", at)]),
    ]);
  const found = trx
    .selectFrom("deliveries")
    .select("id")
    .where(due)
    .where("channel", "in", channels)
    .orderBy("slot")
    .orderBy("created_at")
    .limit(limit);
  const ids = await idsOf(found, engine);
  if (ids.length === 0) return [];
  const rows = await trx
    .updateTable("deliveries")
    .set((row) => ({
      state: "claimed",
      reason: null,
      attempts: row("attempts", "+", 1),
      claimed_by: by,
      lease_until: new Date(now().getTime() + leaseMs).toISOString(),
      updated_at: at,
    }))
    .where("id", "in", ids)
    .where(due)
    .returningAll()
    .execute();
  await leaveTrail(trx, rows, at, by);
  return rows.map(fromRow).sort((one, other) => (one.slot < other.slot ? -1 : one.slot > other.slot ? 1 : 0));
}

async function claimUnknown(
  trx: Transaction<Tables>,
  { by, limit, leaseMs, channels }: Claim,
  { now, engine }: Means,
): Promise<readonly DeliveryRow[]> {
  if (channels.length === 0 || limit < 1) return [];
  const at = now().toISOString();
  const due = (row: ExpressionBuilder<Tables, "deliveries">) =>
    row.and([
      row("state", "=", "unknown"),
      row("next_try_at", "<=", at),
      row.or([row("lease_until", "is", null), row("lease_until", "<=", at)]),
    ]);
  const found = trx
    .selectFrom("deliveries")
    .select("id")
    .where(due)
    .where("channel", "in", channels)
    .orderBy("next_try_at")
    .limit(limit);
  const ids = await idsOf(found, engine);
  if (ids.length === 0) return [];
  const rows = await trx
    .updateTable("deliveries")
    .set({ claimed_by: by, lease_until: new Date(now().getTime() + leaseMs).toISOString() })
    .where("id", "in", ids)
    .where(due)
    .returningAll()
    .execute();
  return rows.map(fromRow);
}

/**
 * Reads which rows to claim. Where many claim at once in PostgreSQL, each passes over what another one is just taking; as a
 * part of the update it could run more than once there, and take more rows than were asked for.
 */
async function idsOf(
  found: SelectQueryBuilder<Tables, "deliveries", { id: string }>,
  engine: Engine,
): Promise<readonly string[]> {
  const rows = await (engine === "postgres" ? found.forUpdate().skipLocked() : found).execute();
  return rows.map(({ id }) => id);
}

async function move(
  trx: Transaction<Tables>,
  {
    id,
    expected,
    change,
  }: { id: string; expected: { from: DeliveryState; by: string }; change: DeliveryChange },
  at: string,
): Promise<DeliveryRow | null> {
  const row = await trx
    .updateTable("deliveries")
    .set(toChange(change, at))
    .where("id", "=", id)
    .where("state", "=", expected.from)
    .where("claimed_by", "=", expected.by)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  await leaveTrail(trx, [row], at, expected.by);
  return fromRow(row);
}

const SWEEPER = "sweep";

async function sweep(
  db: Database,
  lookAt: Date,
  now: () => string,
): Promise<{ readonly lost: number; readonly expired: number }> {
  const at = now();
  const isLost = (row: ExpressionBuilder<Tables, "deliveries">) =>
    row.and([row("state", "=", "sending"), row("lease_until", "<=", at)]);
  const isExpired = (row: ExpressionBuilder<Tables, "deliveries">) =>
    row.and([row("state", "=", "planned"), row("expires_at", "<=", at), row("sent_record", "=", NOTHING)]);
  const unknown: DeliveryChange = {
    state: "unknown",
    reason: "worker_lost",
    nextTryAt: lookAt.toISOString(),
    leaseUntil: null,
  };
  const skipped: DeliveryChange = { state: "skipped", reason: "too_late", nextTryAt: null };
  return {
    lost: await endEach(db, isLost, unknown, at),
    expired: await endEach(db, isExpired, skipped, at),
  };
}

const NOTHING = JSON.stringify(NOTHING_SENT);

/** Ends the rows of a condition one by one, so that two who sweep never wait for each other in a circle. */
async function endEach(
  db: Database,
  which: (row: ExpressionBuilder<Tables, "deliveries">) => ReturnType<typeof row.and>,
  change: DeliveryChange,
  at: string,
): Promise<number> {
  const found = await db.selectFrom("deliveries").select("id").where(which).limit(SWEEP_MAX).execute();
  let ended = 0;
  for (const { id } of found) {
    await db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable("deliveries")
        .set(toChange(change, at))
        .where("id", "=", id)
        .where(which)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return;
      await leaveTrail(trx, [row], at, SWEEPER);
      ended += 1;
    });
  }
  return ended;
}

async function resend(
  trx: Transaction<Tables>,
  { id, by }: { id: string; by: string },
  at: string,
): Promise<DeliveryRow | null> {
  const row = await trx
    .updateTable("deliveries")
    .set((old) => ({ updated_at: at, claimed_by: null, next_try_at: old.val(null) }))
    .where("id", "=", id)
    .where("state", "in", OVER)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  const before = await trx
    .selectFrom("deliveries")
    .select(["id", "state"])
    .where("resend_of", "=", id)
    .execute();
  if (before.some(({ state }) => WAITING.some((one) => one === state))) return null;
  const old = fromRow(row);
  // What has arrived of it is not sent twice; of what arrived whole, all is.
  const sent = old.state === "unknown" || old.state === "failed" ? old.sentRecord : NOTHING_SENT;
  const fresh: NewDelivery = {
    ...old,
    key: `${old.key} resend ${before.length + 1}`,
    subscriptionId: null,
    expiresAt: null,
    state: "planned",
    reason: null,
  };
  const [newId] = await addDeliveries(trx, [fresh], at, { resendOf: id, sent });
  if (newId === undefined) return null;
  // Whoever looks for the old one later must not send it a third time.
  if (old.state === "unknown") {
    const ended = await trx
      .updateTable("deliveries")
      .set({ state: "failed", reason: "resent" })
      .where("id", "=", id)
      .returningAll()
      .execute();
    await leaveTrail(trx, ended, at, by);
  }
  const kept = await trx
    .selectFrom("deliveries")
    .selectAll()
    .where("id", "=", newId)
    .executeTakeFirstOrThrow();
  return fromRow(kept);
}

async function leaveTrail(
  trx: Transaction<Tables>,
  rows: readonly Selectable<DeliveriesTable>[],
  at: string,
  by: string,
): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .insertInto("delivery_trail")
    .values(
      rows.map(({ id, state, reason, attempts }) => ({ delivery_id: id, at, state, reason, attempts, by })),
    )
    .execute();
}
