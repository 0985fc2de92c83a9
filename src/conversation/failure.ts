import { randomBytes } from "node:crypto";

/** Where a room reports what went wrong. Fields never hold what a client owns, or what anybody asked. */
export interface Logger {
  error(event: string, fields: Readonly<Record<string, unknown>>): void;
}

/** Errors linked by `cause` that are looked at; a longer chain is cut. */
const MAX_CAUSES = 5;

/**
 * Logs a failure and returns the short id that both the log line and the person's message carry.
 * An error's own message may quote a row or a question, so its class, its code and where it arose are logged instead.
 */
export function reportFailure(logger: Logger, event: string, error: unknown): string {
  const ref = randomBytes(4).toString("hex");
  logger.error(event, { ref, causes: causesOf(error).map(describe) });
  return ref;
}

/** Whether the error, or one that it was caused by, carries one of the codes. */
export function codeAmong<C extends string>(error: unknown, codes: readonly C[]): C | null {
  for (const cause of causesOf(error)) {
    const found = codes.find((code) => code === codeOf(cause));
    if (found !== undefined) return found;
  }
  return null;
}

function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at !== undefined && causes.length < MAX_CAUSES; ) {
    causes.push(at);
    at = at instanceof Error ? at.cause : undefined;
  }
  return causes;
}

function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, class: error.constructor.name, code: codeOf(error), at: framesOf(error) };
}

function codeOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : null;
}

/** The stack without its first lines, which repeat the message. */
function framesOf(error: Error): readonly string[] {
  return (error.stack ?? "")
    .split("\n")
    .filter((line) => /^ {4}at /.test(line))
    .map((line) => line.trim());
}
