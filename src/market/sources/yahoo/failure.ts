import type { ProblemCode } from "../source.ts";

/**
 * What goes wrong with one request, on its way through the library. None of these carries a URL, a header or a body:
 * they would name the crumb or the cookie.
 */

/** The source failed, or has nothing. Ends as a problem of whatever was asked. */
export class SourceFailure extends Error {
  readonly code: ProblemCode;
  /** Whether the same request may well be answered in a moment. */
  readonly passing: boolean;

  constructor(code: ProblemCode, passing = false) {
    super(`Yahoo request failed: ${code}`);
    this.code = code;
    this.passing = passing;
  }
}

/** Yahoo no longer takes the crumb or the cookie: both must be asked for anew. */
export class CrumbRefused extends Error {
  constructor() {
    super("Yahoo refused the crumb");
  }
}

/** A received body could not be stored, so it is not used. The cause is what the store threw. */
export class KeepFailed extends Error {
  constructor(cause: unknown) {
    super("a received body could not be kept", { cause });
  }
}
