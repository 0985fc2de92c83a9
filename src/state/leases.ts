import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { StateError } from "./error.ts";
import type { Clock, Database } from "./tables.ts";

export interface LeaseOptions {
  /** How long the lease outlives its holder's last sign of life. */
  readonly ttlMs?: number;
  /** How long to wait for another holder before giving up. */
  readonly waitMs?: number;
  /** Called once when another holder is found and the wait begins. */
  readonly onWait?: () => void;
}

/** Leases by name, one holder at a time across all processes on this state. */
export interface Leases {
  /**
   * Does `work` while holding the lease. The lease is renewed as long as the work runs, given back when it ends, and
   * taken over from a holder that died. `signal` is aborted once this holder can no longer be sure of its lease: what
   * the work writes last must then fail on its own (a conditional move of a pointer).
   * Throws StateError `busy` when the wait runs out, and `lost` when the work ended after it was overtaken.
   */
  withLease<T>(name: string, work: (signal: AbortSignal) => Promise<T>, options?: LeaseOptions): Promise<T>;
  /** Gives back whatever is held, for a process that is about to end in the middle of its work. */
  releaseAll(): Promise<void>;
}

/** Long enough for a fold that keeps the event loop busy, short enough to wait out after a crash. */
const TTL_DEFAULT_MS = 30_000;
const WAIT_DEFAULT_MS = 600_000;
const RENEWALS_PER_TTL = 3;
const POLL_MIN_MS = 20;
const POLL_MAX_MS = 500;

export function createLeases(db: Database, now: Clock): Leases {
  /** Owner tokens by which this process holds something. */
  const held = new Set<string>();

  async function take(name: string, owner: string, ttlMs: number): Promise<boolean> {
    const at = now().getTime();
    const row = await db
      .insertInto("leases")
      .values({ name, owner, expires_at_ms: at + ttlMs })
      .onConflict((conflict) =>
        conflict
          .column("name")
          .doUpdateSet({ owner, expires_at_ms: at + ttlMs })
          .where("leases.expires_at_ms", "<=", at),
      )
      .returning("owner")
      .executeTakeFirst();
    return row !== undefined;
  }

  async function acquire(name: string, owner: string, ttlMs: number, options: LeaseOptions): Promise<void> {
    const deadlineMs = performance.now() + (options.waitMs ?? WAIT_DEFAULT_MS);
    for (let pauseMs = POLL_MIN_MS; ; pauseMs = Math.min(pauseMs * 2, POLL_MAX_MS)) {
      if (await take(name, owner, ttlMs)) return;
      if (pauseMs === POLL_MIN_MS) options.onWait?.();
      if (performance.now() >= deadlineMs) {
        throw new StateError("busy", `the lease "${name}" is held by another process`);
      }
      await sleep(pauseMs);
    }
  }

  async function renew(name: string, owner: string, ttlMs: number): Promise<boolean> {
    const result = await db
      .updateTable("leases")
      .set({ expires_at_ms: now().getTime() + ttlMs })
      .where("name", "=", name)
      .where("owner", "=", owner)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  }

  async function release(owner: string): Promise<boolean> {
    const result = await db.deleteFrom("leases").where("owner", "=", owner).executeTakeFirst();
    held.delete(owner);
    return result.numDeletedRows === 1n;
  }

  return {
    async withLease(name, work, options = {}) {
      const ttlMs = options.ttlMs ?? TTL_DEFAULT_MS;
      const owner = `${process.pid}-${randomUUID()}`;
      await acquire(name, owner, ttlMs, options);
      held.add(owner);
      const heartbeat = startHeartbeat(() => renew(name, owner, ttlMs), ttlMs / RENEWALS_PER_TTL);
      let result: Awaited<ReturnType<typeof work>>;
      let kept = false;
      try {
        result = await work(heartbeat.signal);
      } finally {
        await heartbeat.stop();
        kept = await release(owner);
      }
      if (!kept)
        throw new StateError("lost", `the lease "${name}" was taken over while this process held it`);
      return result;
    },
    async releaseAll() {
      for (const owner of [...held]) await release(owner);
    },
  };
}

/** Renews at an interval until stopped; `signal` is aborted once a renewal fails, with the reason. */
function startHeartbeat(
  renew: () => Promise<boolean>,
  everyMs: number,
): { readonly signal: AbortSignal; stop(): Promise<void> } {
  const controller = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const beat = async () => {
    try {
      if (!(await renew())) controller.abort(new StateError("lost", "the lease was taken over"));
    } catch (error) {
      controller.abort(error);
    }
  };
  const timer = setInterval(() => {
    running = running.then(beat);
  }, everyMs);
  timer.unref();
  return {
    signal: controller.signal,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
