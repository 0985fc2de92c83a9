import type { Logger } from "../conversation/failure.ts";
import type { TextOut } from "./terminal.ts";

/** Writes what went wrong as one line of JSON: an event and its fields, which never hold what a client owns. */
export function createLogger(out: TextOut, now: () => Date): Logger {
  return {
    error(event, fields) {
      out.write(`${JSON.stringify({ at: now().toISOString(), level: "error", event, ...fields })}\n`);
    },
  };
}
