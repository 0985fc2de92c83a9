import { type Activity, TurnContext } from "botbuilder";
import type { Language } from "./words.ts";

/** Who did something in Teams, and where. */
export interface Person {
  /** `teams:<tenant>:<object id>`: the account in the company's directory, whatever its name. */
  readonly who: string;
  /** One person's talk in one conversation. */
  readonly place: string;
  /** The conversation as a key of references. */
  readonly group: string;
  /** Whether nobody else reads the conversation. */
  readonly personal: boolean;
  readonly language: Language;
}

/** Of a tenant or an account: a GUID, in Teams. A colon would let one pass for two. */
const ID = /^[\w.-]{1,100}$/;

/** The tenant of an activity; null where it names none. */
export function tenantOf(activity: Activity): string | null {
  const data: unknown = activity.channelData;
  const tenant = activity.conversation?.tenantId ?? text(at(at(data, "tenant"), "id"));
  return tenant !== undefined && ID.test(tenant) ? tenant : null;
}

/**
 * Whoever sent the activity. Null where their directory account is not told, as of a bot: then nobody is answered.
 * What is neither a personal chat nor said to be one counts as a group.
 */
export function personOf(activity: Activity): Person | null {
  const tenant = tenantOf(activity);
  const account = activity.from?.aadObjectId;
  const conversation = activity.conversation?.id;
  if (tenant === null || account === undefined || !ID.test(account) || !conversation) return null;
  return {
    who: `teams:${tenant}:${account}`,
    place: `teams:${tenant}:${conversation}:${account}`,
    group: `teams:${tenant}:${conversation}`,
    personal: activity.conversation.conversationType === "personal",
    language: languageOf(activity),
  };
}

/** The language that the person's Teams is in: Portuguese unless it is English. */
export function languageOf(activity: Activity): Language {
  return /^en\b/i.test(activity.locale ?? "") ? "en" : "pt";
}

/** The activity's id, which is unique within its conversation only. */
export function eventIdOf(activity: Activity): string {
  const own = activity.id ?? `${activity.replyToId ?? ""}@${activity.timestamp?.getTime() ?? ""}`;
  return `teams:${activity.conversation.id}:${own}`;
}

/** What was said, without the bot's name before it and the entities that Teams writes. */
export function textOf(activity: Activity): string {
  if (activity.text === undefined) return "";
  const said = TurnContext.removeRecipientMention({ ...activity }) ?? "";
  return said
    .replace(/<at\b[^>]*>[^<]*<\/at>/gi, " ")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/[\s\u00a0]+/g, " ")
    .trim();
}

/** A member of something that came from outside; undefined where it has none. */
export function at(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** A text that came from outside; undefined where it is none. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
