import { randomUUID } from "node:crypto";
import type { Access } from "../../src/access/access.ts";
import type { Deliveries, Subscriptions } from "../../src/state/index.ts";
import { type BackoffSettings, DEFAULT_BACKOFF } from "./backoff.ts";
import { deliverOne } from "./deliver-one.ts";
import type { Pacer } from "./pacer.ts";
import type { ParcelCache } from "./parcel-cache.ts";
import type { Composers, Outlets } from "./ports.ts";
import { reconcileOne } from "./reconcile.ts";

export interface WorkerSettings {
  /** How often a row is taken before it is given up. */
  readonly attemptsMax: number;
  /** How long a row outlives the last sign of its worker. Longer than a send may take. */
  readonly leaseMs: number;
  /** How long one send may take; after that it may or may not have been accepted. */
  readonly sendTimeoutMs: number;
  /** How long after a doubtful send one looks for it: by then no request of it is on its way any more. */
  readonly reconcileAfterMs: number;
  /** Rows under way at once. */
  readonly concurrency: number;
  readonly backoff: BackoffSettings;
}

export const DEFAULT_WORKER: WorkerSettings = {
  attemptsMax: 8,
  leaseMs: 90_000,
  sendTimeoutMs: 30_000,
  reconcileAfterMs: 60_000,
  concurrency: 8,
  backoff: DEFAULT_BACKOFF,
};

export interface WorkerDeps {
  readonly deliveries: Deliveries;
  readonly subscriptions: Pick<Subscriptions, "find">;
  /** Whose book it is, and who the recipient is, at the moment of sending. */
  readonly access: Access;
  readonly composers: Composers;
  readonly outlets: Outlets;
  readonly pacer: Pacer;
  readonly cache: ParcelCache;
  readonly settings: WorkerSettings;
  readonly now: () => Date;
  /** From 0 to 1, without 1. */
  readonly random: () => number;
  /** Reports a failure; `event` names it, and nothing of a client's is in the error's class and code. */
  readonly failed: (event: string, error: unknown) => void;
}

const ROWS_OF_A_LOOK = 20;

/** Rows after which a round ends, so that what comes between rounds is never far off. */
export const ROWS_OF_A_ROUND = 100;

/**
 * Sends what is due, a round of it, and returns how many rows it took: fewer than a round where nothing more is due. Any number of workers may do so at once, in any number of
 * processes, and die at any point: docs/delivery.md says what that can and cannot lead to. It begins nothing once `stop` is
 * aborted, and returns when what it had begun is over.
 */
export async function deliverDue(deps: WorkerDeps, stop: AbortSignal): Promise<number> {
  const { deliveries, settings, now } = deps;
  await deliveries.sweep(new Date(now().getTime() + settings.reconcileAfterMs));
  await reconcileDue(deps, stop);
  const running = new Set<Promise<void>>();
  let taken = 0;
  while (!stop.aborted && taken < ROWS_OF_A_ROUND) {
    const rows = await deliveries.claim(claimOf(deps, settings.concurrency - running.size));
    if (rows.length === 0 && running.size === 0) break;
    for (const row of rows) {
      const work: Promise<void> = guarded(deps, () => deliverOne(deps, row, stop)).finally(() =>
        running.delete(work),
      );
      running.add(work);
    }
    taken += rows.length;
    if (rows.length === 0 || running.size >= settings.concurrency) await Promise.race(running);
  }
  await Promise.all(running);
  return taken;
}

async function reconcileDue(deps: WorkerDeps, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const rows = await deps.deliveries.claimUnknown(claimOf(deps, ROWS_OF_A_LOOK));
    if (rows.length === 0) return;
    for (const row of rows) await guarded(deps, () => reconcileOne(deps, row));
  }
}

function claimOf({ outlets, pacer, settings }: WorkerDeps, limit: number) {
  const channels = Object.keys(outlets).filter((channel) => pacer.heldMs(channel) === 0);
  return { by: randomUUID(), limit, leaseMs: settings.leaseMs, channels };
}

/** One row that fails for a reason of ours keeps its lease until that runs out, and holds up no other. */
async function guarded(deps: WorkerDeps, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.failed("delivery_failed", error);
  }
}
