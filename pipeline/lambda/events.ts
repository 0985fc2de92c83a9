import { z } from "zod";
import { requestOf } from "./request.ts";

/** What a message tells of: a request that has arrived, a job run that has changed, or nothing that concerns us. */
type Told =
  | { readonly kind: "arrival"; readonly key: string }
  | { readonly kind: "job" }
  | { readonly kind: "other" };

const s3Event = z.object({
  source: z.literal("aws.s3"),
  detail: z.object({ object: z.object({ key: z.string() }) }),
});
const glueEvent = z.object({
  source: z.literal("aws.glue"),
  detail: z.object({ jobName: z.string() }),
});
const batch = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

export interface QueueMessage {
  readonly id: string;
  /** Null: it cannot be read, now or later. */
  readonly told: Told | null;
}

/**
 * What a Lambda is called with: messages of a queue, each an event of EventBridge, or, from a schedule or by hand, nothing of the kind: null.
 *
 * @example readBatch({ source: "aws.events", "detail-type": "Scheduled Event" }, "carteira-pipeline") // null
 */
export function readBatch(event: unknown, job: string): readonly QueueMessage[] | null {
  const read = batch.safeParse(event);
  if (!read.success) return null;
  return read.data.Records.map(({ messageId, body }) => ({ id: messageId, told: readBody(body, job) }));
}

function readBody(body: string, job: string): Told | null {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch {
    return null;
  }
  const stored = s3Event.safeParse(event);
  if (stored.success) {
    const { key } = stored.data.detail.object;
    return requestOf(key) === null ? { kind: "other" } : { kind: "arrival", key };
  }
  const changed = glueEvent.safeParse(event);
  return changed.success && changed.data.detail.jobName === job ? { kind: "job" } : { kind: "other" };
}
