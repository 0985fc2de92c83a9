import { webApi } from "@slack/bolt";
import type { Attachment } from "../../src/conversation/turn.ts";
import type { Message } from "../../src/messages/message.ts";
import { SendError } from "../../src/messages/send-error.ts";
import { picturesOf, type Workshop } from "./answering.ts";
import { type Api, deliver, type Posted } from "./api.ts";
import { toSlack } from "./blocks.ts";
import { refusalOf } from "./report.ts";
import { wordsOf } from "./words.ts";

/** Where something is sent unasked: a person's direct message, or a channel that the app is in. */
export interface Recipient {
  /** A user's id opens the direct message with them; `C…`, `G…` and `D…` are channels. */
  readonly channel: string;
  /** The message in whose thread it goes. */
  readonly thread?: string;
}

export interface Told {
  readonly message: Message;
  readonly language: "pt" | "en";
  /** Names the sending for ever: by it a message is found again whose confirmation was lost. */
  readonly key: string;
  /** Files that follow it, in its thread. */
  readonly attachments?: readonly Attachment[];
}

/** What Slack answers where it has not done what was asked for and may do it later. */
const PASSING = new Set(["service_unavailable", "rate_limited", "ratelimited", "team_added_to_org"]);
/** What Slack answers where it does not know itself. */
const UNSURE = new Set(["internal_error", "fatal_error", "request_timeout"]);
/** A connection that was never opened has carried nothing. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
/** What is found again is looked for among so many messages, the newest first. */
const LOOKED_AT = 200;

/**
 * Sends a message to somebody who has not asked, with its pictures. Throws SendError; of a message in several parts
 * the first counts, and where a later one fails what arrived is not known.
 */
export async function tell(
  workshop: Workshop,
  { channel, thread }: Recipient,
  { message, language, key, attachments = [] }: Told,
): Promise<Posted> {
  const { pictures, missing } = await picturesOf(workshop, { message });
  const notes = missing ? [wordsOf(language).noPicture] : [];
  const parts = toSlack(message, { pictures, notes });
  const sent: Posted[] = [];
  try {
    await deliver(parts, async (part) => {
      // A refused block is sent again plainer; what was taken before that is only ever a part before it.
      const first = sent[0];
      const spot = { channel: first?.channel ?? channel, thread: thread ?? first?.ts };
      sent.push(await workshop.api.tell(spot, part, sent.length === 0 ? key : null));
    });
    for (const file of attachments) {
      const posted = sent[0] ?? { channel, ts: undefined };
      await workshop.api.uploadFile({ channel: posted.channel, thread: thread ?? posted.ts }, file);
    }
  } catch (error) {
    if (sent.length > 0) throw new SendError("unknown", "cut_short", { cause: error });
    throw sendErrorOf(error);
  }
  const [first] = sent;
  if (first === undefined) throw new Error("a message without parts");
  return first;
}

/**
 * Whether a message with the key stands where it was sent; null where that cannot be seen. The app reads direct messages
 * with itself and nothing else.
 */
export async function told(
  { api }: { readonly api: Pick<Api, "history"> },
  { channel, thread }: Recipient,
  key: string,
): Promise<Posted | "absent" | null> {
  if (!channel.startsWith("D")) return null;
  try {
    const messages = await api.history({ channel, thread }, LOOKED_AT);
    const found = messages.find((message) => message.key === key);
    if (found !== undefined) return { channel, ts: found.ts };
    return messages.length < LOOKED_AT ? "absent" : null;
  } catch (error) {
    throw sendErrorOf(error);
  }
}

function sendErrorOf(error: unknown): SendError {
  const cause = { cause: error };
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new SendError("retry_later", "ratelimited", { retryAfterMs: error.retryAfter * 1_000, ...cause });
  }
  const refusal = refusalOf(error);
  if (refusal !== null) {
    if (PASSING.has(refusal)) return new SendError("retry_later", refusal, cause);
    return new SendError(UNSURE.has(refusal) ? "unknown" : "refused", refusal, cause);
  }
  const code = codeOf(error);
  return NOT_CONNECTED.has(code)
    ? new SendError("retry_later", code, cause)
    : new SendError("unknown", code, cause);
}

/** The system's word for a failed request, which fetch keeps in the cause of the cause. */
function codeOf(error: unknown): string {
  if (error instanceof webApi.WebAPIHTTPError) return `http_${error.statusCode}`;
  let inner: unknown = error instanceof webApi.WebAPIRequestError ? error.original : error;
  for (let depth = 0; depth < 4 && inner instanceof Error; depth += 1) {
    if ("code" in inner && typeof inner.code === "string" && /^[A-Z][A-Z_]+$/.test(inner.code))
      return inner.code;
    inner = inner.cause;
  }
  return "no_answer";
}
