import type { PipelineDeps } from "./ports.ts";
import { requestOf } from "./request.ts";

/**
 * Notes that a request has arrived, once however often it is told, and whoever tells it. An object that is none of ours, or of which
 * the state knows nothing, is passed over: telling of it again would not change that.
 */
export async function arrived(
  { requests, note }: Pick<PipelineDeps, "requests" | "note">,
  key: string,
): Promise<"queued" | "known" | "unknown"> {
  const id = requestOf(key);
  if (id === null) return "unknown";
  const found = await requests.queue(id);
  if (found !== "known") note(found === "queued" ? "arrived" : "request_unknown", { uploads: [id] });
  return found;
}
