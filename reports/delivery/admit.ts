import type { Asker } from "../../src/access/access.ts";
import type { DeliveryRow } from "../../src/state/index.ts";
import type { WorkerDeps } from "./worker.ts";

/**
 * Whether a row may still be sent, as things are at this moment: it is worth something, nobody has taken it back, its owner
 * may see clients, and the recipient still is that owner. What has begun is brought to its end late too, but never to
 * somebody who may not see it.
 */
export async function admit(
  { subscriptions, access, now }: Pick<WorkerDeps, "subscriptions" | "access" | "now">,
  row: DeliveryRow,
): Promise<{ readonly asker: Asker } | { readonly skip: string }> {
  const begun = row.sentRecord.parts.length > 0;
  if (!begun && row.expiresAt !== null && row.expiresAt <= now().toISOString()) return { skip: "too_late" };
  if (row.subscriptionId !== null && !begun) {
    const subscription = await subscriptions.find(row.subscriptionId);
    if (subscription === null) return { skip: "removed" };
    if (subscription.pausedAt !== null) return { skip: "paused" };
    if (subscription.owner !== row.owner) return { skip: "reassigned" };
  }
  const [asker, recipient] = await Promise.all([
    access.again(row.owner),
    access.identify(row.target.who, row.language),
  ]);
  // A channel's user may be somebody else by now, and an admin's scope is empty until something is published.
  if (asker === null || recipient?.userId !== asker.userId) return { skip: "access_gone" };
  if (asker.brokers.length === 0) return { skip: asker.admin ? "nothing_published" : "access_gone" };
  return { asker };
}
