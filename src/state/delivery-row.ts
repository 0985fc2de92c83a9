import type { Insertable, Selectable, Updateable } from "kysely";
import { StateError } from "./error.ts";
import type { DeliveriesTable, DeliveryTrailTable } from "./tables.ts";

/**
 * planned: to be sent · claimed: a worker has it under a lease, nothing has left yet · sending: a part is on its way ·
 * unknown: a part may or may not have been accepted · confirmed: the channel has confirmed all of it · failed: given up ·
 * skipped: never sent, for a reason. The last three are the end of a row (docs/delivery.md).
 */
const STATES = ["planned", "claimed", "sending", "unknown", "confirmed", "failed", "skipped"] as const;
export type DeliveryState = (typeof STATES)[number];

const CHANNELS = ["slack", "teams", "console"] as const;
const LANGUAGES = ["pt", "en"] as const;

/** Where something is sent: a user as the channel knows them, in a place of theirs; null: a direct message. */
export interface Target {
  readonly channel: (typeof CHANNELS)[number];
  readonly who: string;
  readonly place: string | null;
}

/** What has left: of what run, and the channel's ids of the parts it has confirmed, in order. */
export interface SentRecord {
  readonly runId: string | null;
  /** Instant or day that the figures are of. */
  readonly asOf: string | null;
  readonly parts: readonly string[];
  /** How many parts there are; null before the first was on its way. */
  readonly total: number | null;
}

export const NOTHING_SENT: SentRecord = { runId: null, asOf: null, parts: [], total: null };

export interface DeliveryRow {
  readonly id: string;
  /** What it is, whoever plans it: never planned twice. */
  readonly key: string;
  readonly kind: string;
  /** Null: planned by no subscription. */
  readonly subscriptionId: string | null;
  /** `Asker.userId` of the person whose book it is made from. */
  readonly owner: string;
  readonly target: Target;
  readonly language: (typeof LANGUAGES)[number];
  /** The instant it is due, ISO in UTC. */
  readonly slot: string;
  /** From this instant on it is worth nothing, and is not begun any more; null: never. */
  readonly expiresAt: string | null;
  readonly state: DeliveryState;
  /** Why it is in its state, as a code. */
  readonly reason: string | null;
  /** How often a worker has taken it. */
  readonly attempts: number;
  readonly nextTryAt: string | null;
  readonly leaseUntil: string | null;
  readonly claimedBy: string | null;
  /** What to compose, for its kind's composer. */
  readonly payload: unknown;
  readonly sentRecord: SentRecord;
  /** The row whose recipient is sent it again by this one. */
  readonly resendOf: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A row to be kept, if its key is new. */
export interface NewDelivery
  extends Pick<
    DeliveryRow,
    "key" | "kind" | "subscriptionId" | "owner" | "target" | "language" | "slot" | "expiresAt" | "payload"
  > {
  readonly state: "planned" | "skipped";
  readonly reason: string | null;
}

/** What a step changes; what is absent stays. */
export interface DeliveryChange {
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly nextTryAt?: string | null;
  readonly leaseUntil?: string | null;
  readonly claimedBy?: string | null;
  readonly attempts?: number;
  readonly sentRecord?: SentRecord;
}

/** One change of a row, as the trail keeps it. */
export interface TrailEntry {
  readonly at: string;
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly attempts: number;
  /** The worker's claim, or what else changed it. */
  readonly by: string;
}

export function fromRow(row: Selectable<DeliveriesTable>): DeliveryRow {
  const { id } = row;
  return {
    id,
    key: row.key,
    kind: row.kind,
    subscriptionId: row.subscription_id,
    owner: row.owner,
    target: targetIn(row),
    language: languageIn(row),
    slot: row.slot,
    expiresAt: row.expires_at,
    state: stateIn(row.state, id),
    reason: row.reason,
    attempts: Number(row.attempts),
    nextTryAt: row.next_try_at,
    leaseUntil: row.lease_until,
    claimedBy: row.claimed_by,
    payload: jsonIn(row.payload, id),
    sentRecord: jsonIn(row.sent_record, id) as SentRecord,
    resendOf: row.resend_of,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function toRow(
  delivery: NewDelivery,
  { id, at, resendOf, sent }: { id: string; at: string; resendOf: string | null; sent: SentRecord },
): Insertable<DeliveriesTable> {
  const { key, kind, owner, language, slot, state, reason } = delivery;
  return {
    ...{ id, key, kind, owner, language, slot, state, reason },
    subscription_id: delivery.subscriptionId,
    ...toColumns(delivery.target),
    expires_at: delivery.expiresAt,
    attempts: 0,
    next_try_at: null,
    lease_until: null,
    claimed_by: null,
    payload: JSON.stringify(delivery.payload ?? null),
    sent_record: JSON.stringify(sent),
    resend_of: resendOf,
    created_at: at,
    updated_at: at,
  };
}

/** The columns that a change sets. */
export function toChange(change: DeliveryChange, at: string): Updateable<DeliveriesTable> {
  const row = {
    state: change.state,
    reason: change.reason,
    next_try_at: change.nextTryAt,
    lease_until: change.leaseUntil,
    claimed_by: change.claimedBy,
    attempts: change.attempts,
    sent_record: change.sentRecord === undefined ? undefined : JSON.stringify(change.sentRecord),
    updated_at: at,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

export function trailFrom(row: Selectable<DeliveryTrailTable>): TrailEntry {
  const { at, reason, attempts, by } = row;
  return { at, state: stateIn(row.state, row.delivery_id), reason, attempts: Number(attempts), by };
}

/** A target as its columns: a direct message has the empty place, so that two of them are one in an index. */
export function toColumns({ channel, who, place }: Target): { channel: string; who: string; place: string } {
  return { channel, who, place: place ?? "" };
}

type Kept = { readonly id: string; readonly channel: string; readonly who: string; readonly place: string };

export function targetIn({ id, channel, who, place }: Kept): Target {
  const known = CHANNELS.find((one) => one === channel);
  if (known === undefined) throw corrupt(id);
  return { channel: known, who, place: place === "" ? null : place };
}

export function languageIn({ id, language }: { id: string; language: string }): "pt" | "en" {
  const known = LANGUAGES.find((one) => one === language);
  if (known === undefined) throw corrupt(id);
  return known;
}

export function jsonIn(json: string, id: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw corrupt(id, error);
  }
}

function stateIn(text: string, id: string): DeliveryState {
  const state = STATES.find((one) => one === text);
  if (state === undefined) throw corrupt(id);
  return state;
}

function corrupt(id: string, cause?: unknown): StateError {
  return new StateError("corrupt", `${id} holds what no version writes`, cause);
}
