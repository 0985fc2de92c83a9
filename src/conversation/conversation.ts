import PQueue from "p-queue";
import type { Asker } from "../access/access.ts";
import type { Answer } from "../answers/answer.ts";
import { presentImportNotFound } from "../messages/importing.ts";
import type { Message } from "../messages/message.ts";
import { present } from "../messages/present.ts";
import { presentIngest, presentProgress } from "../messages/upload.ts";
import type { Language, Reading } from "../questions/question.ts";
import { readQuestion } from "../questions/read.ts";
import { isKnown, takeClient } from "./importing.ts";
import { remembered, toRemember } from "./memory.ts";
import {
  questionFailedNotice,
  undoNotFoundNotice,
  undoneNotice,
  undoWhichNotice,
  uploadFailedNotice,
} from "./notices.ts";
import type { ConversationDeps } from "./ports.ts";
import { languageOf, type Turn, taken } from "./taken.ts";
import type { Conversation, DroppedFile, Utterance } from "./turn.ts";

export type { ConversationDeps } from "./ports.ts";

/** `desfazer UPLOAD`, with or without the slash command before it. */
const UNDO = /^\/?(?:carteira\s+)?(?:desfazer|undo)(?:\s+(\S+))?\s*$/i;

/** Turns at once: enough to keep the engine busy, few enough that an event which arrives meanwhile is acknowledged. */
const TURNS_AT_ONCE = 8;

/**
 * The conversation of every channel. A turn is dropped where its event was seen before, and in a flood of one
 * user's; otherwise it ends in a message, whatever goes wrong, and in one line of the audit.
 */
export function createConversation(deps: ConversationDeps): Conversation {
  const turns = new PQueue({ concurrency: TURNS_AT_ONCE });
  return {
    say: (utterance) =>
      turns.add(() =>
        taken(deps, utterance, {
          kind: "turn",
          intent: "unknown",
          logged: "question_failed",
          work: (asker) => say(deps, utterance, asker),
          failed: questionFailedNotice,
        }),
      ),
    async drop(file, onProgress) {
      const reply = await taken(deps, file, {
        kind: "upload",
        intent: "upload",
        logged: "upload_failed",
        work: (asker) => drop(deps, file, asker, onProgress),
        failed: (ref, language) => uploadFailedNotice(file.fileName, ref, language),
      });
      // A body that nobody read to its end would keep its connection open.
      if (!file.body.readableEnded) file.body.destroy();
      return reply;
    },
  };
}

async function say(deps: ConversationDeps, utterance: Utterance, asker: Asker): Promise<Turn> {
  const stated = languageOf(utterance, asker);
  const language = stated ?? asker.language;
  const undo = UNDO.exec(utterance.text.trim());
  if (undo !== null) return await takeBack(deps, undo[1] ?? null, asker, language);

  for (const order of deps.orders) {
    const given = await order.take({ ...utterance, language, chosen: stated !== undefined }, asker);
    if (given !== null) return given;
  }
  const at = utterance.at === undefined ? null : instant(utterance.at);
  const memory = memoryOf(utterance.place, asker);
  const [lexicon, previous] = await Promise.all([
    deps.answers.lexicon(asker.brokers),
    deps.talks.get(memory),
  ]);
  const reading = readQuestion(utterance.text, {
    lexicon,
    today: deps.dayOf(at ?? deps.now()),
    previous: remembered(previous),
    // Where nobody has set one, the answer is in the language of the question.
    ...(stated === undefined ? {} : { language: stated }),
  });
  const answer = await answerTo(deps, reading, asker, at);
  const next = toRemember(reading, answer.status !== "not_found");
  if (next !== null) await deps.talks.set(memory, next);
  return {
    reply: { message: present(answer), answer },
    audited: { intent: answer.question.intent, client: answer.question.client, outcome: answer.status },
  };
}

/** A person's memory is their own, also where a channel's user was somebody else before. */
function memoryOf(place: string, asker: Asker): string {
  return asker.person === undefined ? place : `${place} ${asker.userId}`;
}

async function answerTo(
  deps: ConversationDeps,
  reading: Reading,
  asker: Asker,
  at: Date | null,
): Promise<Answer> {
  if (reading.kind === "question") return await deps.answers.answer(reading.question, asker.brokers, at);
  const unanswered = {
    question: reading.question,
    asOf: null,
    sources: [],
    stale: [],
    demo: await deps.demo(),
  };
  return reading.kind === "clarify"
    ? { ...unanswered, status: "clarify", reason: reading.reason }
    : { ...unanswered, status: "not_found" };
}

async function takeBack(
  deps: ConversationDeps,
  upload: string | null,
  asker: Asker,
  language: Language,
): Promise<Turn> {
  if (upload === null) {
    const reply = { message: undoWhichNotice(language), answer: null };
    return { reply, audited: { intent: "undo", client: null, outcome: "clarify" } };
  }
  const found = await deps.uploads.undo(upload, asker);
  const undone = found !== "not_found";
  const message = undone
    ? undoneNotice(upload, found === "undoing", language)
    : undoNotFoundNotice(upload, language);
  return {
    reply: { message, answer: null },
    audited: { intent: "undo", client: null, outcome: undone ? "ok" : "not_found" },
  };
}

async function drop(
  deps: ConversationDeps,
  file: DroppedFile,
  asker: Asker,
  onProgress: (message: Message) => void,
): Promise<Turn> {
  const language = languageOf(file, asker) ?? asker.language;
  const { fileName, body } = file;
  const told = await takeClient(deps, { place: file.place, asker });
  // What was said before holds for this file and no other, also where the file comes with a client of its own.
  const clientId = file.clientId ?? told;
  if (file.clientId === null && told !== null && !isKnown(await deps.answers.lexicon(asker.brokers), told)) {
    const reply = { message: presentImportNotFound(language), answer: null };
    return { reply, audited: { intent: "upload", client: null, outcome: "not_found" } };
  }
  const outcome = await deps.uploads.take({ fileName, body, asker, clientId, language }, (step, fraction) =>
    onProgress(presentProgress(step, fraction, fileName, language)),
  );
  const refused = outcome.files.some(({ promoted, issues }) => !promoted && issues.length > 0);
  const { attachments = [] } = outcome;
  const chooseClient =
    outcome.needsClient === true ? (await deps.answers.lexicon(asker.brokers)).clients : [];
  return {
    reply: {
      message: presentIngest(outcome, language),
      answer: null,
      ...(attachments.length === 0 ? {} : { attachments }),
      ...(chooseClient.length === 0 ? {} : { chooseClient }),
    },
    audited: { intent: "upload", client: clientId, outcome: refused ? "refused" : "ok" },
  };
}

function instant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new RangeError("`at` is not an instant");
  return at;
}
