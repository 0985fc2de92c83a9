import type { Readable } from "node:stream";
import { type Logger, reportFailure } from "../../src/conversation/failure.ts";
import type { Attachment, Conversation, Reply } from "../../src/conversation/turn.ts";
import type { Message } from "../../src/messages/message.ts";
import { type ReplyEntry, type SaidEntry, type Session, token } from "./sessions.ts";
import { plainMessage } from "./talk.ts";
import { wordsOf } from "./words.ts";

export interface TurnDeps {
  readonly conversation: Conversation;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** What came in: who speaks, and the page's own id of the event. */
export interface Speaker {
  readonly session: Session;
  readonly broker: string;
  readonly event: string;
}

export interface ReceivedFile {
  readonly fileName: string;
  readonly clientId: string | null;
  readonly body: Readable;
}

/** A turn under way: what the page shows at once, and what then takes the answer's place. */
export interface Turn {
  readonly said: SaidEntry;
  readonly pending: ReplyEntry;
  /** The next state of the answer; `withdrawn` where the event had been taken before. */
  next(): Promise<ReplyEntry | "withdrawn">;
}

/** Asks. Null where too many questions of this session wait already. */
export function startQuestion(deps: TurnDeps, speaker: Speaker, text: string): Turn | null {
  const { session, broker, event } = speaker;
  if (session.busy) return null;
  const turn = openTurn(deps, session, { text, file: false });
  const place = `console:${session.talk}`;
  // The page starts in Portuguese whether or not anybody chose it: a question in English is answered in English.
  const stated = session.language === "pt" ? {} : { language: session.language };
  void session.inTurn(() =>
    turn.settle(() => deps.conversation.say({ eventId: event, who: broker, place, text, ...stated })),
  );
  return turn;
}

/** Takes a file. Null where this session sends another one at the moment. */
export function startUpload(deps: TurnDeps, speaker: Speaker, file: ReceivedFile): Turn | null {
  const { session, broker, event } = speaker;
  const finish = session.startUpload();
  if (finish === null) return null;
  const language = session.language;
  const turn = openTurn(deps, session, { text: wordsOf(language).sent(file.fileName), file: true });
  const place = `console:${session.talk}`;
  void turn
    .settle(() =>
      deps.conversation.drop({ eventId: event, who: broker, place, ...file, language }, turn.progress),
    )
    .finally(finish);
  return turn;
}

interface OpenTurn extends Turn {
  progress(message: Message): void;
  /** Runs the work and keeps what comes of it, whether or not a page still listens. Never rejects. */
  settle(work: () => Promise<Reply | null>): Promise<void>;
}

function openTurn(deps: TurnDeps, session: Session, words: Pick<SaidEntry, "text" | "file">): OpenTurn {
  const at = deps.now();
  const said: SaidEntry = { id: token(), from: "user", at, ...words };
  const pending: ReplyEntry = { id: token(), from: "carteira", at, message: null, done: false };
  const states = newest<ReplyEntry | "withdrawn">();
  session.add(said);
  session.add(pending);

  function show(message: Message, done: boolean, files: readonly Attachment[] = []): void {
    const entry = { ...pending, message, done, ...(files.length === 0 ? {} : { files }) };
    session.replace(entry);
    states.push(entry);
  }
  function withdraw(): void {
    session.remove([said.id, pending.id]);
    states.push("withdrawn");
  }
  return {
    said,
    pending,
    next: states.take,
    progress: (message) => show(message, false),
    async settle(work) {
      try {
        const reply = await work();
        if (reply === null) withdraw();
        else show(reply.message, true, reply.attachments);
      } catch (error) {
        const ref = reportFailure(deps.logger, "console_turn_failed", error);
        show(plainMessage(wordsOf(session.language).failed(ref), "warning"), true);
      }
    },
  };
}

/** Hands the newest value to one reader; values that come faster than they are taken are passed over. */
function newest<T>(): { push(value: T): void; take(): Promise<T> } {
  let waiting = Promise.withResolvers<void>();
  let values: T[] = [];
  return {
    push(value) {
      values = [value];
      waiting.resolve();
    },
    async take() {
      await waiting.promise;
      waiting = Promise.withResolvers<void>();
      const [value] = values;
      if (value === undefined) throw new Error("taken by two readers");
      values = [];
      return value;
    },
  };
}
