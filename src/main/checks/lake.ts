import type { LakeConfig } from "../../config-lake.ts";
import { LakeError } from "../../lake/lake.ts";
import type { Words } from "../words/words.ts";
import { broken, type Check, ok } from "./check.ts";

/** Whether the bucket lets us in, and holds pointers against a second writer. A small text is written and removed again. */
export async function checkBucket(lake: LakeConfig, words: Words): Promise<Check> {
  const [{ openBucket }, { keepsConditions }] = await Promise.all([
    import("../../lake/s3-client.ts"),
    import("../../lake/s3-probe.ts"),
  ]);
  try {
    return (await keepsConditions(openBucket(lake)))
      ? ok(words.doctor.lake(lake.bucket))
      : broken(words.lakeAway.unable(lake.bucket));
  } catch (error) {
    if (!(error instanceof LakeError)) throw error;
    return broken(words.lakeAway[error.away ?? "silent"](lake.bucket));
  }
}
