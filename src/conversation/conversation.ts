import type { Asker } from "../access/access.ts";
import type { AuditedTurn } from "../access/audit.ts";
import type { Answer } from "../answers/answer.ts";
import type { Message } from "../messages/message.ts";
import { present } from "../messages/present.ts";
import { presentIngest, presentProgress } from "../messages/upload.ts";
import type { Language, Reading } from "../questions/question.ts";
import { readQuestion } from "../questions/read.ts";
import { codeAmong, reportFailure } from "./failure.ts";
import { remembered, toRemember } from "./memory.ts";
import {
  mendableNotice,
  questionFailedNotice,
  undoNotFoundNotice,
  undoneNotice,
  undoWhichNotice,
  unknownUserNotice,
  uploadFailedNotice,
} from "./notices.ts";
import type { ConversationDeps } from "./ports.ts";
import type { Conversation, DroppedFile, Reply, Utterance } from "./turn.ts";

export type { ConversationDeps } from "./ports.ts";

/** `desfazer UPLOAD`, with or without the slash command before it. */
const UNDO = /^\/?(?:carteira\s+)?(?:desfazer|undo)(?:\s+(\S+))?\s*$/i;

/** What of a turn goes into the audit beside who and where. */
type Outcome = Pick<AuditedTurn, "intent" | "client" | "outcome">;

interface Turn {
  readonly reply: Reply;
  readonly audited: Outcome;
}

/**
 * The conversation of every channel. A turn is dropped where its event was seen before; otherwise it ends in a
 * message, whatever goes wrong, and in one line of the audit.
 */
export function createConversation(deps: ConversationDeps): Conversation {
  return {
    say: (utterance) =>
      taken(deps, utterance, {
        intent: "unknown",
        logged: "question_failed",
        work: (asker) => say(deps, utterance, asker),
        failed: questionFailedNotice,
      }),
    async drop(file, onProgress) {
      const reply = await taken(deps, file, {
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

type Event = Pick<Utterance, "eventId" | "who" | "place" | "language">;

interface Steps {
  /** What the audit calls a turn that did not come far enough to know better. */
  readonly intent: string;
  readonly logged: string;
  work(asker: Asker): Promise<Turn>;
  failed(ref: string, language: Language): Message;
}

/** Claims an event, recognises its sender, does the work, and writes the audit before the reply leaves. */
async function taken(deps: ConversationDeps, event: Event, steps: Steps): Promise<Reply | null> {
  const { intent, logged } = steps;
  const who = { who: event.who, place: event.place };
  let language = event.language ?? "pt";
  try {
    if (!(await deps.events.claim(event.eventId))) return null;
    const asker = await deps.identify(event.who, event.language);
    if (asker === null) {
      await deps.audit({ ...who, intent, client: null, outcome: "refused" });
      return { message: unknownUserNotice(language), answer: null, failure: "unknown_user" };
    }
    language = event.language ?? asker.language;
    const turn = await steps.work(asker);
    await deps.audit({ ...who, ...turn.audited });
    return turn.reply;
  } catch (error) {
    const mendable = mendableNotice(error, language);
    const message = mendable ?? steps.failed(reportFailure(deps.logger, logged, error), language);
    await auditFailure(deps, { ...who, intent, client: null, outcome: "failed" });
    const failure = codeAmong(error, ["not_ready"]) ?? "failed";
    return { message, answer: null, failure };
  }
}

/** The audit may be what failed, and the person is owed a message all the same: then the log alone holds it. */
async function auditFailure(deps: ConversationDeps, turn: AuditedTurn): Promise<void> {
  try {
    await deps.audit(turn);
  } catch (error) {
    reportFailure(deps.logger, "audit_failed", error);
  }
}

async function say(deps: ConversationDeps, utterance: Utterance, asker: Asker): Promise<Turn> {
  const language = utterance.language ?? asker.language;
  const undo = UNDO.exec(utterance.text.trim());
  if (undo !== null) return await takeBack(deps, undo[1] ?? null, asker, language);

  const at = utterance.at === undefined ? null : instant(utterance.at);
  const [lexicon, previous] = await Promise.all([
    deps.answers.lexicon(asker.brokers),
    deps.talks.get(utterance.place),
  ]);
  const reading = readQuestion(utterance.text, {
    lexicon,
    today: deps.dayOf(at ?? deps.now()),
    previous: remembered(previous),
    // Where the channel says none, the answer is in the language of the question.
    ...(utterance.language === undefined ? {} : { language: utterance.language }),
  });
  const answer = await answerTo(deps, reading, asker, at);
  const next = toRemember(reading, answer.status !== "not_found");
  if (next !== null) await deps.talks.set(utterance.place, next);
  return {
    reply: { message: present(answer), answer },
    audited: { intent: answer.question.intent, client: answer.question.client, outcome: answer.status },
  };
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
  const undone = (await deps.uploads.undo(upload, asker.userId)) === "undone";
  const message = undone ? undoneNotice(upload, language) : undoNotFoundNotice(upload, language);
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
  const language = file.language ?? asker.language;
  const { fileName, body, clientId } = file;
  const outcome = await deps.uploads.take(
    { fileName, body, who: asker.userId, clientId, language },
    (step, fraction) => onProgress(presentProgress(step, fraction, fileName, language)),
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
