import type { State } from "../../state/index.ts";
import type { Words } from "../words/words.ts";
import { type Check, ok, warning } from "./check.ts";

const MINUTE_MS = 60_000;
/** A sweep takes up what waits within a minute or two. */
const WAITING_MS_MAX = 5 * MINUTE_MS;
/** No run of ours takes so long; the job's own time limit ends it. */
const RUNNING_MS_MAX = 60 * MINUTE_MS;

/** How the pipeline on Glue is, as far as the state tells. */
export async function checkPipeline(
  { requests, runs }: Pick<State, "requests" | "runs">,
  now: Date,
  words: Words,
): Promise<Check> {
  const { doctor } = words;
  const since = (at: Date): number => now.getTime() - at.getTime();
  const current = await runs.current();
  if (current !== null) {
    const { id, status, claimedAt } = current;
    const minutes = Math.floor(since(claimedAt) / MINUTE_MS);
    return since(claimedAt) > RUNNING_MS_MAX
      ? warning(doctor.pipelineSlow(id, status, minutes))
      : ok(doctor.pipelineRunning(id, status, minutes));
  }
  const open = await requests.open();
  if (open.since !== null && since(open.since) > WAITING_MS_MAX)
    return warning(doctor.pipelineWaiting(open.count, Math.floor(since(open.since) / MINUTE_MS)));
  const [last] = await runs.list(1);
  return last?.status === "failed"
    ? warning(doctor.pipelineFailed(last.id, last.reason ?? ""))
    : ok(doctor.pipelineIdle(last?.id ?? null));
}
