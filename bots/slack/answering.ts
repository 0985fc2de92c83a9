import type { types } from "@slack/bolt";
import type { Reply } from "../../src/conversation/turn.ts";
import { commandOf } from "../../src/messages/command.ts";
import type { Api } from "./api.ts";
import { button, type SlackMessage, toSlack } from "./blocks.ts";
import { cut } from "./mrkdwn.ts";
import type { SlackDeps, SlackSettings } from "./ports.ts";
import type { Reporter } from "./report.ts";
import { wordsOf } from "./words.ts";

export const SHARE_ACTION = "carteira.share";

const MAX_CONFIRM = 300;
/** Answers draw one chart or two; more would keep the words waiting. */
const MAX_PICTURES = 4;

/** Slack's names of a direct message begin so: files are taken there only. */
export const DIRECT = /^D/;

/** Somebody who speaks: what they may see hangs on `user` alone, wherever they speak from. */
export interface Person {
  readonly team: string;
  readonly user: string;
}

/** The name by which `access` knows a person of Slack. */
export function whoIs({ team, user }: Person): string {
  return `slack:${team}:${user}`;
}

/** A person's talk in a channel, which no one else's follow-up continues. */
export function placeOf({ team, user }: Person, channel: string): string {
  return `slack:${team}:${channel}:${user}`;
}

/** What all that answers needs. */
export interface Workshop {
  readonly deps: SlackDeps;
  readonly settings: SlackSettings;
  readonly api: Api;
  readonly reporter: Reporter;
}

/** What is said in a place, and the id of the event that brought it. */
export interface Said {
  readonly person: Person;
  readonly channel: string;
  readonly eventId: string;
  readonly text: string;
}

/** Asks. Null where the event was seen before. */
export function ask({ deps }: Workshop, { person, channel, eventId, text }: Said): Promise<Reply | null> {
  const takesFiles = DIRECT.test(channel);
  return deps.conversation.say({
    eventId,
    who: whoIs(person),
    place: placeOf(person, channel),
    text,
    takesFiles,
  });
}

export interface Dress {
  readonly person: Person;
  /** Whether the answer goes to one person in a place that others are in, and so may be shared with them. */
  readonly shareable?: boolean;
  readonly notes?: readonly string[];
}

/** Draws a reply for Slack, its pictures uploaded. Where one cannot be had, its words stand for it. */
export async function dressed(
  workshop: Workshop,
  reply: Reply,
  dress: Dress,
): Promise<readonly SlackMessage[]> {
  const words = wordsOf(languageOf(reply, workshop.settings));
  const { pictures, missing } = await picturesOf(workshop, reply);
  const command = dress.shareable === true ? shareCommand(reply) : null;
  return toSlack(reply.message, {
    pictures,
    ...(command === null ? {} : { buttons: [shareButton(command, words)] }),
    notes: [
      ...(missing ? [words.noPicture] : []),
      // Whoever administers needs it to say whose book is whose.
      ...(reply.failure === "unknown_user" ? [words.yourId(whoIs(dress.person))] : []),
      ...(dress.notes ?? []),
    ],
  });
}

/** The language that the person was answered in. */
export function languageOf({ language, answer }: Reply, settings: SlackSettings): "pt" | "en" {
  return language ?? answer?.question.language ?? settings.language;
}

async function picturesOf(
  { deps, api, reporter }: Workshop,
  { message }: Reply,
): Promise<{ readonly pictures: ReadonlyMap<number, string>; readonly missing: boolean }> {
  const charts = message.blocks.flatMap((block, index) => (block.kind === "chart" ? [{ block, index }] : []));
  const pictures = new Map<number, string>();
  for (const { block, index } of charts.slice(0, MAX_PICTURES)) {
    try {
      const png = await deps.draw(block.chart);
      pictures.set(index, await api.uploadPicture(png, "carteira.png", cut(block.alt, 1_000)));
    } catch (error) {
      reporter.failure("slack_picture_failed", error);
    }
  }
  return { pictures, missing: pictures.size < charts.length };
}

/**
 * The words that ask for this answer again, whatever else was asked since: a follow-up's own words would not. Null
 * where there is nothing to share.
 */
function shareCommand({ answer }: Reply): string | null {
  if (answer?.status !== "ok") return null;
  const { question } = answer;
  const command = commandOf(question, question.language);
  // `commandOf` asks for help where it has no words for a question.
  const isHelp = command === commandOf({ intent: "help" }, question.language);
  return isHelp ? null : command;
}

function shareButton(command: string, words: ReturnType<typeof wordsOf>): types.Button {
  return {
    ...button(words.share, command, SHARE_ACTION),
    confirm: {
      title: { type: "plain_text", text: words.shareTitle, emoji: false },
      text: { type: "plain_text", text: cut(words.shareText(command), MAX_CONFIRM), emoji: false },
      confirm: { type: "plain_text", text: words.shareYes, emoji: false },
      deny: { type: "plain_text", text: words.shareNo, emoji: false },
    },
  };
}
