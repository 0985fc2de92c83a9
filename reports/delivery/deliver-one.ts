import { setTimeout as sleep } from "node:timers/promises";
import type { Asker } from "../../src/access/access.ts";
import type { DeliveryChange, DeliveryRow, DeliveryState } from "../../src/state/index.ts";
import { admit } from "./admit.ts";
import { backoffMs } from "./backoff.ts";
import { type Outlet, OutletError, type OutletFailure, type Parcel, type Piece } from "./ports.ts";
import type { WorkerDeps } from "./worker.ts";

/**
 * Takes one claimed row to its next state. Every step is a write that fails where the row is not this claim's any more;
 * then the work ends there and then, and nothing of it is sent.
 */
export async function deliverOne(deps: WorkerDeps, claimed: DeliveryRow, stop: AbortSignal): Promise<void> {
  const { deliveries, settings, cache, composers } = deps;
  const by = claimed.claimedBy ?? "";
  const end = (change: DeliveryChange) => deliveries.move(claimed.id, { from: "claimed", by }, change);
  const { parts, total } = claimed.sentRecord;
  if (total !== null && parts.length >= total) {
    await end({ state: "confirmed", reason: null });
    return;
  }
  // A row that ends its process each time it is worked on must come to an end itself.
  if (claimed.attempts > settings.attemptsMax) {
    await end({ state: "failed", reason: "gave_up" });
    return;
  }
  const admitted = await admit(deps, claimed);
  if ("skip" in admitted) {
    await end({ state: "skipped", reason: admitted.skip });
    return;
  }
  const composer = composers[claimed.kind];
  if (composer === undefined) {
    await end({ state: "skipped", reason: "no_composer" });
    return;
  }
  let parcel: Awaited<ReturnType<typeof cache.compose>>;
  try {
    parcel = await cache.compose(composer, claimed, admitted.asker);
  } catch (error) {
    deps.failed("delivery_not_composed", error);
    await end(tryAgain(deps, claimed, { reason: "not_composed", afterMs: 0 }));
    return;
  }
  if ("skip" in parcel) await end({ state: "skipped", reason: parcel.skip });
  else await sendParts(deps, { row: claimed, by, parcel, asker: admitted.asker }, stop);
}

interface Sending {
  readonly row: DeliveryRow;
  readonly by: string;
  readonly parcel: Parcel;
  readonly asker: Asker;
}

async function sendParts(deps: WorkerDeps, { row, by, parcel }: Sending, stop: AbortSignal): Promise<void> {
  const { deliveries } = deps;
  const outlet = deps.outlets[row.target.channel];
  if (outlet === undefined) throw new Error(`claimed a row of ${row.target.channel}, which has no outlet`);
  const total = parcel.messages.length;
  let parts = row.sentRecord.parts;
  const step = (from: DeliveryState, change: DeliveryChange) =>
    deliveries.move(row.id, { from, by }, { ...change, sentRecord: { ...parcel.record, parts, total } });
  while (parts.length < total) {
    const wait = await takeTurn(deps, row, stop);
    if (wait !== null) {
      const nextTryAt = new Date(deps.now().getTime() + wait.forMs).toISOString();
      await step("claimed", { state: "planned", reason: wait.reason, nextTryAt, attempts: row.attempts - 1 });
      return;
    }
    if ((await step("claimed", { state: "sending", reason: null, leaseUntil: leaseEnd(deps) })) === null)
      return;
    const sent = await sendOne(deps, outlet, row, pieceOf(parcel, parts));
    if ("failure" in sent) {
      await step("sending", afterFailure(deps, row, sent.failure));
      return;
    }
    parts = [...parts, sent.remoteId];
    const done: DeliveryChange =
      parts.length === total
        ? { state: "confirmed", reason: null, leaseUntil: null }
        : { state: "claimed", reason: null, leaseUntil: leaseEnd(deps) };
    // Where the lease ran out meanwhile the row counts as unknown; the confirmation is true all the same.
    const kept = (await step("sending", done)) ?? (await step("unknown", { ...done, nextTryAt: null }));
    if (kept === null) return;
  }
  if (total === 0) await step("claimed", { state: "skipped", reason: "empty" });
}

function leaseEnd({ now, settings }: WorkerDeps): string {
  return new Date(now().getTime() + settings.leaseMs).toISOString();
}

function pieceOf({ messages, attachments = [] }: Parcel, parts: readonly string[]): Piece {
  const part = parts.length;
  const message = messages[part];
  if (message === undefined) throw new RangeError(`the parcel has no message ${part}`);
  const last = part === messages.length - 1;
  return { message, part, thread: parts[0] ?? null, attachments: last ? attachments : [] };
}

/**
 * Waits until it is the row's turn in its channel, which is null. Else it is given back without having been tried: the
 * program is to end first, or the turn is so far off that the lease would run out.
 */
async function takeTurn(
  { pacer, settings }: WorkerDeps,
  { target: { channel, who, place } }: DeliveryRow,
  stop: AbortSignal,
): Promise<{ readonly reason: string; readonly forMs: number } | null> {
  for (;;) {
    const heldMs = pacer.heldMs(channel);
    if (heldMs > 0) return { reason: "channel_held", forMs: heldMs };
    const waitMs = pacer.take(channel, place ?? who);
    if (waitMs > settings.leaseMs / 2) return { reason: "channel_busy", forMs: waitMs };
    if (waitMs > 0) await sleep(waitMs, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return { reason: "stopped", forMs: 0 };
    // While it waited, the channel may have asked to be left alone.
    if (pacer.heldMs(channel) === 0) return null;
  }
}

async function sendOne(
  { settings, failed }: WorkerDeps,
  outlet: Outlet,
  { key, target, language }: DeliveryRow,
  piece: Piece,
): Promise<{ readonly remoteId: string } | { readonly failure: OutletFailure }> {
  const signal = AbortSignal.timeout(settings.sendTimeoutMs);
  const overdue = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new OutletError({ code: "unknown", reason: "timed_out" })));
  });
  try {
    return await Promise.race([outlet.send(target, piece, { key, language, signal }), overdue]);
  } catch (error) {
    if (error instanceof OutletError) return { failure: error.failure };
    failed("delivery_send_threw", error);
    return { failure: { code: "unknown", reason: "threw" } };
  }
}

function afterFailure(deps: WorkerDeps, row: DeliveryRow, failure: OutletFailure): DeliveryChange {
  const { pacer, settings, now } = deps;
  switch (failure.code) {
    case "refused":
      return { state: "failed", reason: failure.reason, leaseUntil: null };
    case "retry_later": {
      const afterMs = failure.retryAfterMs ?? 0;
      // The channel means all of its messages, not this one.
      pacer.hold(row.target.channel, afterMs);
      return tryAgain(deps, row, { reason: "retry_later", afterMs });
    }
    case "unknown":
      return {
        state: "unknown",
        reason: failure.reason,
        leaseUntil: null,
        nextTryAt: new Date(now().getTime() + settings.reconcileAfterMs).toISOString(),
      };
  }
}

/** Planned anew after a while, or given up where it was tried often enough. */
export function tryAgain(
  { settings, random, now }: WorkerDeps,
  { attempts }: DeliveryRow,
  { reason, afterMs }: { readonly reason: string; readonly afterMs: number },
): DeliveryChange {
  if (attempts >= settings.attemptsMax) return { state: "failed", reason, leaseUntil: null, nextTryAt: null };
  const waitMs = Math.max(afterMs, backoffMs(attempts, random, settings.backoff));
  const nextTryAt = new Date(now().getTime() + waitMs).toISOString();
  return { state: "planned", reason, leaseUntil: null, nextTryAt };
}
