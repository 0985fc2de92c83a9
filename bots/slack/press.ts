import type { RespondFn } from "@slack/bolt";
import { DIRECT, type Person, type Workshop } from "./answering.ts";
import type { SlackMessage } from "./blocks.ts";
import { teamOf } from "./guard.ts";
import { respondWith } from "./respond.ts";

export const MAX_TEXT = 2_000;

export type Send = (message: SlackMessage) => Promise<unknown>;

/** A button that was pressed, as the one who pressed it says it. */
export interface Press {
  readonly person: Person;
  /** Null in App Home. */
  readonly channel: string | null;
  readonly thread: string | undefined;
  readonly eventId: string;
  readonly text: string;
  /** Seen by one person in a place where others are. */
  readonly shareable: boolean;
  /** In a direct message with the app, where it may speak by itself. */
  readonly direct: boolean;
}

export function pressOf(
  body: {
    readonly user: { readonly id: string; readonly team_id?: string };
    readonly team: { readonly id: string } | null;
    readonly channel?: { readonly id: string };
    readonly container: Readonly<Record<string, unknown>>;
    readonly trigger_id: string;
  },
  value: string | undefined,
): Press {
  const channel = body.channel?.id || null;
  const { is_ephemeral: ephemeral, thread_ts: thread } = body.container;
  return {
    person: { team: teamOf(body.team?.id ?? body.user.team_id), user: body.user.id },
    channel,
    thread: typeof thread === "string" ? thread : undefined,
    eventId: `slack:action:${body.trigger_id}`,
    text: (value ?? "").slice(0, MAX_TEXT),
    shareable: channel !== null && !DIRECT.test(channel),
    direct: channel !== null && DIRECT.test(channel) && ephemeral !== true,
  };
}

/** Answers a button beside the message that it stands in; from App Home, in the direct message. */
export function besides(
  { api }: Workshop,
  { person, channel, thread, direct }: Press,
  respond: RespondFn,
): Send {
  if (channel === null) return (message) => api.post({ channel: person.user }, message);
  if (direct) return (message) => api.post({ channel, thread }, message);
  return (message) => respondWith(respond, message, { visibility: "ephemeral", thread });
}
