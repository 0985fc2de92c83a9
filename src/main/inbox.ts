import type { Message } from "../messages/message.ts";
import type { Inbox } from "../state/index.ts";

/** The inbox as the local chat reads it: what is kept there was written by this program, or by another version of it. */
export function readInbox(inbox: Inbox) {
  return {
    async after(user: string, seq: number) {
      const items = await inbox.after(user, seq);
      return items.flatMap(({ message, ...rest }) => (isMessage(message) ? [{ ...rest, message }] : []));
    },
  };
}

function isMessage(value: unknown): value is Message {
  return (
    typeof value === "object" &&
    value !== null &&
    "headline" in value &&
    typeof value.headline === "string" &&
    "blocks" in value &&
    Array.isArray(value.blocks) &&
    "footer" in value &&
    Array.isArray(value.footer)
  );
}
