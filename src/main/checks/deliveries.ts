import type { DeliveryMetrics } from "../../../reports/delivery/metrics.ts";
import type { Words } from "../words/words.ts";
import { type Check, ok, warning } from "./check.ts";

/** A service that runs has sent what is due long before. */
const WAITING_MS_MAX = 15 * 60_000;
const MINUTE_MS = 60_000;

/** Whether what was to be sent was sent; nothing where there was nothing. */
export function checkDeliveries({ counts, waitingMs }: DeliveryMetrics, words: Words): readonly Check[] {
  const { confirmed, skipped, failed, unknown } = counts;
  return [
    ...(confirmed + skipped > 0 ? [ok(words.doctor.deliveries(confirmed, skipped))] : []),
    ...(failed + unknown > 0 ? [warning(words.doctor.deliveriesMissing(failed, unknown))] : []),
    ...(waitingMs !== null && waitingMs > WAITING_MS_MAX
      ? [warning(words.doctor.deliveriesWaiting(Math.floor(waitingMs / MINUTE_MS)))]
      : []),
  ];
}
