import type { PipelineDeps } from "./ports.ts";
import { requestOf } from "./request.ts";

/**
 * Notes that a request has arrived, and all that came with it, once however often it is told, and whoever tells it. An object
 * that is none of ours, or of which the state knows nothing, is passed over: telling of it again would not change that.
 */
export async function arrived(
  { requests, note }: Pick<PipelineDeps, "requests" | "note">,
  key: string,
): Promise<void> {
  const id = requestOf(key);
  if (id === null) return;
  const uploads = await requests.queue(id);
  if (uploads === null) note("request_unknown", { uploads: [id] });
  else if (uploads.length > 0) note("arrived", { uploads });
}
