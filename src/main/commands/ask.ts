import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Reply } from "../../conversation/turn.ts";
import { answerToJson } from "../../messages/json.ts";
import { readArguments } from "../arguments.ts";
import { askerOf, atOf, mustBePublished } from "../asking.ts";
import { openBook } from "../book.ts";
import { EXIT, Refusal } from "../exit.ts";
import { outFolder } from "../out-folder.ts";
import type { Shell } from "../shell.ts";

const OPTIONS = {
  as: { type: "string" },
  at: { type: "string" },
  json: { type: "boolean" },
  out: { type: "string" },
} as const;

/**
 * Asks the way a chat does, through the same conversation. Each call is a talk of its own: what a script gets must
 * not depend on what was asked before it.
 */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal, chosenLanguage } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  const text = positionals.join(" ").trim();
  if (text === "") throw new Refusal(EXIT.badUsage, words.argumentMissing(words.theText));
  const at = atOf(values.at, words);
  const who = await askerOf(values.as, shell);
  const book = await openBook(shell);
  await mustBePublished(book, shell);
  const talk = `cli:${randomUUID()}`;
  const reply = await book.conversation.say({
    eventId: talk,
    who,
    place: talk,
    text,
    takesFiles: false,
    ...(chosenLanguage === null ? {} : { language: chosenLanguage }),
    ...(at === null ? {} : { at: at.toISOString() }),
  });
  if (reply === null) throw new Error("an event id of its own was taken for one that was seen");
  if (reply.failure === "failed") throw new Refusal(EXIT.badInput, reply.message.text);
  if (values.json === true) terminal.json(jsonOf(reply));
  else if (reply.failure === "unknown_user") throw new Refusal(EXIT.badInput, words.unknownUser(who));
  else terminal.print(reply.message.text);
  await handOver(reply, values.out, shell);
  return EXIT.answered;
}

/** Writes the files that come with an answer into the folder of `--out`; without one says that there are some. */
async function handOver({ attachments = [] }: Reply, out: string | undefined, shell: Shell): Promise<void> {
  if (attachments.length === 0) return;
  const { terminal, words } = shell;
  const folder = out === undefined ? null : await outFolder(out, shell);
  for (const { fileName, body } of attachments) {
    if (folder === null) terminal.note(words.fileNotWritten(fileName));
    else {
      const path = join(folder, basename(fileName));
      await writeFile(path, body);
      terminal.note(words.fileWritten(path));
    }
  }
}

function jsonOf({ message, answer, failure }: Reply): object {
  if (answer !== null) return answerToJson(answer, message.text);
  // Whoever is not known sees nobody: to a script that is the same as a client that is not found.
  return { status: failure === undefined ? "ok" : "not_found", ...NO_QUESTION, text: message.text };
}

/** The parts of a JSON answer to what was not a question about portfolios. */
const NO_QUESTION = {
  question: {
    intent: "unknown",
    client: null,
    asset: null,
    period: null,
    benchmark: null,
    direction: null,
    limit: null,
  },
  asOf: null,
  sources: [],
  stale: [],
  data: null,
};
