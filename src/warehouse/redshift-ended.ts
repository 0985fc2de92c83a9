import { setTimeout as pause } from "node:timers/promises";
import {
  CancelStatementCommand,
  DescribeStatementCommand,
  type RedshiftDataClient,
} from "@aws-sdk/client-redshift-data";
import { waitUntil } from "./redshift-place.ts";
import { WarehouseError } from "./warehouse.ts";

/** Between two calls that the service answered without waiting. */
const POLL_MS = 200;

/** A statement, or several at once, that the service has begun. */
export interface Begun {
  readonly id: string;
  readonly status: string | undefined;
  /** What it is called in errors: `query client_days`. */
  readonly what: string;
  /** When it must have ended, in ms of the clock. */
  readonly deadline: number;
}

/** Waits until a statement has ended, however it did. One that takes too long is cancelled. Throws WarehouseError `timeout`. */
export async function ended(
  client: RedshiftDataClient,
  { id, status: first, what, deadline }: Begun,
): Promise<string> {
  for (let status = first; ; ) {
    if (status === "FINISHED" || status === "FAILED" || status === "ABORTED") return status;
    if (Date.now() >= deadline) break;
    if (status !== undefined) await pause(POLL_MS);
    const described = await client.send(new DescribeStatementCommand({ Id: id, ...waitUntil(deadline) }));
    status = described.Status ?? "SUBMITTED";
  }
  await cancel(client, id);
  throw new WarehouseError("timeout", `${what} took too long on Redshift`);
}

/** What a statement that ended otherwise than well is told as. What the service says of it cites SQL, and is left out. */
export function endedBadly(status: string, { id, what }: Pick<Begun, "id" | "what">): WarehouseError {
  const how = status === "ABORTED" ? "was cancelled" : "failed";
  return new WarehouseError("failed", `${what} ${how} on Redshift (statement ${id})`);
}

async function cancel(client: RedshiftDataClient, id: string): Promise<void> {
  try {
    await client.send(new CancelStatementCommand({ Id: id }));
  } catch {
    // What waited for it has failed already; the session's own limit ends a statement that could not be stopped.
  }
}
