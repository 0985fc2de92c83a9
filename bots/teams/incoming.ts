import { type Activity, TurnContext } from "botbuilder";
import type { TeamsSettings } from "./deps.ts";
import { eventIdOf, type Person, personOf, tenantOf } from "./person.ts";
import type { Reference } from "./post.ts";

/** Something that a person did, and where it can be answered. */
export interface Incoming {
  readonly activity: Activity;
  readonly person: Person;
  readonly here: Reference;
  readonly eventId: string;
}

/** Events remembered within this process, for what never reaches the conversation and its own memory. */
const MAX_SEEN = 2_000;

/** Where a conversation is reached later, without the event that told it. */
export function referenceOf(activity: Activity): Reference {
  const { activityId: _, ...reference } = TurnContext.getConversationReference({ ...activity });
  return reference;
}

/** Whether the activity is one to be heard: of Teams, and of the company that the app is set up for. */
export function isHeard(activity: Activity, settings: TeamsSettings): boolean {
  // Of another channel of the same bot, such as Direct Line, the sender may say of himself who he is.
  if (activity.channelId !== "msteams") return false;
  return settings.mode === "local" || tenantOf(activity)?.toLowerCase() === settings.tenantId.toLowerCase();
}

/** What was done by whom; null where the person is not told. */
export function incomingOf(activity: Activity): Incoming | null {
  const person = personOf(activity);
  return person === null
    ? null
    : { activity, person, here: referenceOf(activity), eventId: eventIdOf(activity) };
}

/** Remembers the events of late, so that one delivered twice is heard once. */
export class Seen {
  readonly #ids = new Set<string>();

  /** True the first time. */
  first(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= MAX_SEEN) break;
      this.#ids.delete(oldest);
    }
    return true;
  }
}
