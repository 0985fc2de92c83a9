import type { Asker } from "../access/access.ts";
import type { AuditedTurn } from "../access/audit.ts";
import { isLocalUser } from "../access/channel-user.ts";
import type { Message } from "../messages/message.ts";
import type { Language } from "../questions/question.ts";
import { codeAmong, reportFailure } from "./failure.ts";
import { LOGGED, mendableNotice, strangerNotice, tooManyNotice, unknownUserNotice } from "./notices.ts";
import type { ConversationDeps } from "./ports.ts";
import type { Reply, Utterance } from "./turn.ts";

/** What a turn comes to: the reply, and what goes into the audit beside who and where. */
export interface Turn {
  readonly reply: Reply;
  readonly audited: Pick<AuditedTurn, "intent" | "client" | "outcome">;
}

type Event = Pick<Utterance, "eventId" | "who" | "place" | "language">;

interface Steps {
  readonly kind: "turn" | "upload";
  /** What the audit calls a turn that did not come far enough to know better. */
  readonly intent: string;
  readonly logged: string;
  work(asker: Asker): Promise<Turn>;
  failed(ref: string, language: Language): Message;
}

/**
 * Claims an event, holds its sender to their limit, recognises them, does the work, and writes the audit before the
 * reply leaves. Null: nothing is to be said.
 */
export async function taken(deps: ConversationDeps, event: Event, steps: Steps): Promise<Reply | null> {
  const { intent, logged } = steps;
  let who: Pick<AuditedTurn, "who" | "place" | "person"> = { who: event.who, place: event.place };
  let language = event.language ?? "pt";
  try {
    if (!(await deps.events.claim(event.eventId))) return null;
    // Whoever speaks on this machine itself could flood it by other means too.
    const verdict = isLocalUser(event.who) ? "go" : deps.limits.admit(event.who, steps.kind);
    if (verdict !== "go") {
      await deps.audit({ ...who, intent, client: null, outcome: "refused" });
      if (verdict === "drop") return null;
      return { message: tooManyNotice(steps.kind, language), answer: null, failure: "too_many" };
    }
    const asker = await deps.identify(event.who, event.language);
    if (asker === null) {
      await deps.audit({ ...who, intent, client: null, outcome: "refused" });
      return { message: await notKnown(deps, event, language), answer: null, failure: "unknown_user" };
    }
    if (asker.person !== undefined) who = { ...who, person: asker.person.id };
    language = languageOf(event, asker) ?? asker.language;
    const turn = await steps.work(asker);
    await deps.audit({ ...who, ...turn.audited });
    const set = asker.person?.language ?? null;
    return set === null ? turn.reply : { ...turn.reply, language: set };
  } catch (error) {
    const mendable = mendableNotice(error, language);
    if (codeAmong(error, LOGGED) !== null) reportFailure(deps.logger, "store_unavailable", error);
    const message = mendable ?? steps.failed(reportFailure(deps.logger, logged, error), language);
    await auditFailure(deps, { ...who, intent, client: null, outcome: "failed" });
    const failure = codeAmong(error, ["not_ready"]) ?? "failed";
    return { message, answer: null, failure };
  }
}

/** The language to answer in, where somebody has set one: for the person, or in the channel. */
export function languageOf(event: Pick<Event, "language">, asker: Asker): Language | undefined {
  return asker.person?.language ?? event.language;
}

/** Whoever speaks on this machine is told how the clients file lets them in; a channel's user, only whom to ask. */
async function notKnown(deps: ConversationDeps, event: Event, language: Language): Promise<Message> {
  return isLocalUser(event.who)
    ? unknownUserNotice(language)
    : strangerNotice(await deps.whomToAsk(), language);
}

/** The audit may be what failed, and the person is owed a message all the same: then the log alone holds it. */
async function auditFailure(deps: ConversationDeps, turn: AuditedTurn): Promise<void> {
  try {
    await deps.audit(turn);
  } catch (error) {
    reportFailure(deps.logger, "audit_failed", error);
  }
}
