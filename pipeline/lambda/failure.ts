import { LakeError } from "../../src/lake/lake.ts";

/**
 * What can go wrong with Glue: throttled: it has too much to do · refused: it does not let us in, or not any more · absent: it has
 * no such job · unknown: there was no answer, or one that we do not know.
 */
export type GlueErrorCode = "throttled" | "refused" | "absent" | "unknown";

export class GlueError extends Error {
  readonly code: GlueErrorCode;
  constructor(code: GlueErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

const CAUSES_MAX = 5;

/** Whether something failed because a service was not to be had, which is no fault of the file or the run. */
export function isAway(error: unknown): boolean {
  let at = error;
  for (let depth = 0; at instanceof Error && depth < CAUSES_MAX; at = at.cause, depth++) {
    if (at instanceof LakeError && at.code === "unavailable") return true;
    // Of the state: src/state/error.ts. Of a connection that broke: Node's own codes.
    const code = "code" in at ? String(at.code) : "";
    if (
      /^(unreachable|lost|ECONN[A-Z]+|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|57P0\d|08\d{3}|53\d{3})$/.test(code)
    )
      return true;
  }
  return false;
}
