import type { Logger } from "../conversation/failure.ts";
import type { TextOut } from "./terminal.ts";

/** Writes one step of a longer work as one line of JSON; its fields never hold what a client owns. */
export function createNotes(
  out: TextOut,
  now: () => Date,
): (event: string, fields: Readonly<Record<string, unknown>>) => void {
  return (event, fields) => {
    out.write(`${JSON.stringify({ at: now().toISOString(), level: "info", event, ...fields })}\n`);
  };
}

/** Writes what went wrong as one line of JSON: an event and its fields, which never hold what a client owns. */
export function createLogger(out: TextOut, now: () => Date): Logger {
  return {
    error(event, fields) {
      out.write(`${JSON.stringify({ at: now().toISOString(), level: "error", event, ...fields })}\n`);
    },
  };
}
