import type { Audit } from "../state/index.ts";
import { channelOf } from "./channel-user.ts";

/** Something that a person asked for. There is no field for an amount or for the words of an answer. */
export interface AuditedTurn {
  /** The user as the channel knows them, recognised or not. */
  readonly who: string;
  /** Id of the person whom that user is; absent or null where the people table does not say. */
  readonly person?: string | null;
  readonly place: string;
  /** The question's intent, or `upload`. */
  readonly intent: string;
  /** Client id that the question came to, null where it is about none. */
  readonly client: string | null;
  readonly outcome: "ok" | "clarify" | "not_found" | "unsupported" | "refused" | "failed";
}

/** Longest id that is kept: a channel hands over ids, never texts. */
const ID_CHARS_MAX = 200;

/** Writes the audit. A turn is only answered once it is written, so the writer's errors are the caller's. */
export type AuditWriter = (turn: AuditedTurn) => Promise<void>;

export function createAuditWriter(audit: Pick<Audit, "record">): AuditWriter {
  return (turn) =>
    audit.record({
      who: turn.who.slice(0, ID_CHARS_MAX),
      person: turn.person ?? null,
      channel: channelOf(turn.who, turn.place),
      place: turn.place.slice(0, ID_CHARS_MAX),
      intent: turn.intent,
      client: turn.client,
      outcome: turn.outcome,
    });
}
