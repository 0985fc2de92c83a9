import type { App } from "@slack/bolt";
import { commandOf } from "../../src/messages/command.ts";
import { exampleCommands } from "../../src/messages/help.ts";
import type { Message } from "../../src/messages/message.ts";
import { penOf } from "../../src/messages/page.ts";
import { ask, type Person, type Workshop, whoIs } from "./answering.ts";
import { blocksOf, type SlackBlock } from "./blocks.ts";
import { type Guard, teamOf } from "./guard.ts";
import { bold, cut, escaped } from "./mrkdwn.ts";
import { refusalOf } from "./report.ts";
import { asText } from "./text.ts";
import { wordsOf } from "./words.ts";

type Language = "pt" | "en";

const MAX_BLOCKS = 100;
/** The first questions are about the book, whose sources stand below them. */
const BOOK_PARTS = 3;
/** Blocks of one part of Home, so that none keeps the others out. */
const MAX_PART = 16;
const MAX_SECTION = 3_000;

/** App Home shows the broker's own book: the same answers as in the talk, and what else one may ask. */
export function listenToHome(app: App, workshop: Workshop, guard: Guard): void {
  app.event("app_home_opened", async ({ event, body }) => {
    if (event.tab === "messages") return;
    const person = { team: teamOf(body.team_id), user: event.user };
    const nobody = async () => {};
    await guard("slack_home_failed", nobody, () =>
      publishHome(workshop, person, `slack:event:${body.event_id}`),
    );
  });
}

/** What is asked for Home, in the order in which it is shown: the book, then what is to be done about it, then the person. */
function questionsOf(language: Language): readonly string[] {
  const { upkeep, uploads, settings } = penOf(language).words;
  return [
    commandOf({ intent: "aum" }, language),
    commandOf({ intent: "movers" }, language),
    upkeep.command,
    uploads.command,
    settings.command,
  ];
}

/** Draws a person's Home anew. */
export async function publishHome(workshop: Workshop, person: Person, eventId: string): Promise<void> {
  const { api, settings } = workshop;
  let { language } = settings;
  const messages: Message[] = [];
  const notes: string[] = [];
  for (const [index, text] of questionsOf(settings.language).entries()) {
    const reply = await ask(workshop, { person, channel: "home", eventId: `${eventId}:${index}`, text });
    if (reply === null) return;
    messages.push(reply.message);
    // A person who has set a language reads all of it in that one.
    language = reply.language ?? language;
    if (reply.failure === undefined) continue;
    // Whoever is not known hears so once.
    if (reply.failure === "unknown_user") notes.push(wordsOf(language).yourId(whoIs(person)));
    break;
  }
  const blocks = homeBlocks(messages, notes, language);
  try {
    await api.publishHome(person.user, blocks);
  } catch (error) {
    if (refusalOf(error) === null) throw error;
    await api.publishHome(
      person.user,
      messages.flatMap((message) => section(cut(asText(message), MAX_SECTION))),
    );
  }
}

/** No picture is in it, for each opening would upload one. */
function homeBlocks(
  messages: readonly Message[],
  notes: readonly string[],
  language: Language,
): readonly SlackBlock[] {
  const words = wordsOf(language);
  const parts = messages.map((message, index): readonly SlackBlock[] => {
    const last = index === messages.length - 1;
    // Forms are the settings', which come last: buttons of several messages would not be told apart.
    const blocks = message.blocks.filter(
      ({ kind }) => kind !== "chart" && kind !== "buttons" && (kind !== "form" || last),
    );
    const drawn = blocksOf({ ...message, blocks, footer: [] }, { withoutTables: true });
    return index === 0 ? drawn : [{ type: "divider" }, ...drawn.slice(0, MAX_PART)];
  });
  const examples = exampleCommands(penOf(language))
    .map((example) => `• \`/carteira ${escaped(example)}\``)
    .join("\n");
  const help: readonly SlackBlock[] = [
    { type: "divider" },
    ...section(`${bold(words.homeHelp)}\n${examples}`),
    ...section(escaped(words.homeFiles)),
  ];
  const tail = [
    ...parts.slice(1, BOOK_PARTS).flat(),
    ...sourcesAndButtons(messages, notes),
    ...parts.slice(BOOK_PARTS).flat(),
    ...help,
  ];
  const header: SlackBlock = {
    type: "header",
    text: { type: "plain_text", text: words.homeTitle, emoji: false },
  };
  return [header, ...(parts[0] ?? []).slice(0, MAX_BLOCKS - tail.length - 1), ...tail];
}

/** The sources of all messages, each once, and their buttons, each once. */
function sourcesAndButtons(messages: readonly Message[], notes: readonly string[]): readonly SlackBlock[] {
  const buttons = messages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : [])),
  );
  const once = [...new Map(buttons.map((button) => [button.command, button])).values()];
  const footer = [...new Set(messages.flatMap((message) => message.footer))];
  const rest: Message = { text: "", headline: "", blocks: [{ kind: "buttons", buttons: once }], footer };
  return blocksOf(rest, { notes });
}

function section(text: string): readonly SlackBlock[] {
  return [{ type: "section", text: { type: "mrkdwn", text, verbatim: true } }];
}
