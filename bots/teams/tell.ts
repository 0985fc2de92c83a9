import type { Attachment } from "../../src/conversation/turn.ts";
import type { Message } from "../../src/messages/message.ts";
import { SendError } from "../../src/messages/send-error.ts";
import { retryAfterMs, statusOf } from "./retry.ts";
import type { Language } from "./words.ts";

/** Something that is written to a person who has not asked. */
export interface Told {
  readonly message: Message;
  readonly language: Language;
  /** Files that they are offered after it. */
  readonly attachments?: readonly Attachment[];
}

/** Teams asks to wait, or says that another was just being written. */
const PUT_OFF = new Set([412, 429]);
/** A connection that was never opened has carried nothing. */
const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Sends, and returns the id that Teams gave the message. Throws SendError: what is not certain is `unknown`. */
export async function confirmed(send: () => Promise<string | null>): Promise<string> {
  let id: string | null;
  try {
    id = await send();
  } catch (error) {
    throw sendErrorOf(error);
  }
  if (id === null) throw new SendError("unknown", "no_id");
  return id;
}

function sendErrorOf(error: unknown): SendError {
  const cause = { cause: error };
  const status = statusOf(error);
  if (status === null) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "no_answer";
    return new SendError(NOT_CONNECTED.has(code) ? "retry_later" : "unknown", code, cause);
  }
  if (PUT_OFF.has(status)) {
    return new SendError("retry_later", `http_${status}`, { retryAfterMs: retryAfterMs(error), ...cause });
  }
  // The service says what is wrong with the request; from 500 on it says that something is wrong with itself.
  return new SendError(status < 500 ? "refused" : "unknown", `http_${status}`, cause);
}
