import type { DeliveryChange, DeliveryRow } from "../../src/state/index.ts";
import { tryAgain } from "./deliver-one.ts";
import type { Reconciled } from "./ports.ts";
import type { WorkerDeps } from "./worker.ts";

/** How often a channel that does not answer is asked again, and for how long after the slot. */
const LOOK_AGAIN_MS = 5 * 60_000;
const LOOK_FOR_MS = 24 * 3_600_000;

/** Looks whether the part that was on its way has arrived. Only what is certain not to have is sent again. */
export async function reconcileOne(deps: WorkerDeps, row: DeliveryRow): Promise<void> {
  const { deliveries, outlets, now } = deps;
  const outlet = outlets[row.target.channel];
  if (outlet === undefined) return;
  const by = row.claimedBy ?? "";
  let found: Reconciled;
  try {
    found = await outlet.reconcile(row.target, row.key, row.sentRecord.parts.length);
  } catch (error) {
    deps.failed("delivery_not_reconciled", error);
    const late = now().getTime() - Date.parse(row.slot) > LOOK_FOR_MS;
    const nextTryAt = late ? null : new Date(now().getTime() + LOOK_AGAIN_MS).toISOString();
    const change: DeliveryChange = { state: "unknown", reason: "cannot_look", leaseUntil: null, nextTryAt };
    await deliveries.move(row.id, { from: "unknown", by }, change);
    return;
  }
  await deliveries.move(row.id, { from: "unknown", by }, changeAfter(deps, row, found));
}

function changeAfter(deps: WorkerDeps, row: DeliveryRow, found: Reconciled): DeliveryChange {
  switch (found.outcome) {
    case "cannot":
      // From here on only a person decides: sending it again may send it twice.
      return { state: "unknown", reason: "cannot_look", leaseUntil: null, nextTryAt: null };
    case "absent":
      return tryAgain(deps, row, { reason: "absent", afterMs: 0 });
    case "found": {
      const parts = [...row.sentRecord.parts, found.remoteId];
      const sentRecord = { ...row.sentRecord, parts };
      const whole = row.sentRecord.total !== null && parts.length >= row.sentRecord.total;
      return {
        state: whole ? "confirmed" : "planned",
        reason: "found",
        leaseUntil: null,
        nextTryAt: null,
        sentRecord,
      };
    }
  }
}
