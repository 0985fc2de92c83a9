import type { Deliveries, DeliveryState } from "../../src/state/index.ts";

/** Whether what was to be sent was sent: what nobody would notice otherwise is that nothing came. */
export interface DeliveryMetrics {
  /** Of the last 24 hours, by slot. */
  readonly counts: Readonly<Record<DeliveryState, number>>;
  /** Planned and, without a reason, not confirmed: under way, unknown or given up. */
  readonly missing: number;
  /** How long the earliest that is neither sent nor given up has been waiting; null: there is none. */
  readonly waitingMs: number | null;
  /** Age of the published figures that digests are made from; null: nothing is published. */
  readonly goldAgeMs: number | null;
}

const SPAN_MS = 24 * 3_600_000;

/** Reads them; `builtAt` is when the published figures were made, null where there are none. */
export async function deliveryMetrics(
  deliveries: Pick<Deliveries, "counts" | "oldestWaiting">,
  now: Date,
  builtAt: Date | null,
): Promise<DeliveryMetrics> {
  const [counts, oldest] = await Promise.all([
    deliveries.counts(new Date(now.getTime() - SPAN_MS)),
    deliveries.oldestWaiting(),
  ]);
  const { planned, claimed, sending, unknown, failed } = counts;
  return {
    counts,
    missing: planned + claimed + sending + unknown + failed,
    waitingMs: oldest === null ? null : Math.max(now.getTime() - oldest.getTime(), 0),
    goldAgeMs: builtAt === null ? null : Math.max(now.getTime() - builtAt.getTime(), 0),
  };
}
