import { Readable } from "node:stream";
import type { AuditedTurn } from "../access/audit.ts";
import { sampleAnswer, samplePortfolio } from "../messages/answers.testing.ts";
import type { Message } from "../messages/message.ts";
import type { ParsedQuestion } from "../questions/question.ts";
import { type ConversationDeps, createConversation } from "./conversation.ts";
import type { FileOutcome, Utterance } from "./turn.ts";

export const LEXICON = {
  clients: [
    { id: "cliente123", name: "Ana Souza" },
    { id: "cliente200", name: "Carla Menezes" },
    { id: "cliente201", name: "Carla Nogueira" },
  ],
  instruments: [{ code: "PETR4", name: "Petrobras PN", aliases: ["petrobras"] }],
};
export const LOADED: FileOutcome = {
  upload: "up1",
  file: "ops.csv",
  kind: "operations",
  rows: 3,
  loaded: 3,
  replaced: 0,
  repeated: 0,
  rejected: 0,
  promoted: true,
  issues: [],
};

/** A conversation over fakes that remember what they were given. */
export function talk(changes: Partial<ConversationDeps> = {}) {
  const asked: { question: ParsedQuestion; brokers: readonly string[]; at: Date | null }[] = [];
  const audited: AuditedTurn[] = [];
  const logged: unknown[] = [];
  const kept = new Map<string, unknown>();
  const seen = new Set<string>();
  const deps: ConversationDeps = {
    answers: {
      lexicon: async () => LEXICON,
      answer: async (question, brokers, at) => {
        asked.push({ question, brokers, at });
        return { ...sampleAnswer({ intent: "portfolio", data: samplePortfolio }, "pt"), question };
      },
    },
    uploads: {
      take: async ({ body }, onProgress) => {
        body.resume();
        onProgress("received", null);
        onProgress("checked", 0.5);
        return { runId: "r1", files: [LOADED] };
      },
      undo: async (upload, { userId }) =>
        upload === "up1" && userId === "corretor1" ? "undone" : "not_found",
    },
    orders: [],
    events: {
      claim: async (id) => {
        const fresh = !seen.has(id);
        seen.add(id);
        return fresh;
      },
    },
    talks: {
      get: async (place) => kept.get(place) ?? null,
      set: async (place, value) => {
        kept.set(place, JSON.parse(JSON.stringify(value)));
      },
      take: async (place) => {
        const value = kept.get(place) ?? null;
        kept.delete(place);
        return value;
      },
    },
    audit: async (turn) => {
      audited.push(turn);
    },
    identify: async (who, language) =>
      who.startsWith("corretor")
        ? { userId: who, brokers: [who], admin: false, language: language ?? "pt" }
        : null,
    whomToAsk: async () => ["Ana", "Beto"],
    limits: { admit: () => "go" },
    demo: async () => false,
    dayOf: (instant) => new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Sao_Paulo" }).format(instant),
    logger: { error: (event, fields) => logged.push({ event, ...fields }) },
    // 23 November in Brazil, already the 24th in UTC.
    now: () => new Date("2026-11-24T01:00:00Z"),
    ...changes,
  };
  const conversation = createConversation(deps);
  let events = 0;
  const said = (text: string, utterance: Partial<Utterance> = {}) => {
    events += 1;
    return conversation.say({ eventId: `e${events}`, who: "corretor1", place: "p1", text, ...utterance });
  };
  const dropped = async (
    file: { eventId?: string; who?: string; body?: Readable; clientId?: string } = {},
  ) => {
    const progress: Message[] = [];
    events += 1;
    const reply = await conversation.drop(
      {
        eventId: `e${events}`,
        who: "corretor1",
        place: "p1",
        fileName: "ops.csv",
        body: Readable.from(["a;b\n"]),
        clientId: null,
        ...file,
      },
      (message) => progress.push(message),
    );
    return { reply, progress };
  };
  return { conversation, said, dropped, asked, audited, logged, kept };
}

export function failure(code: string): Error {
  return new Error("rows of Ana Souza: 1.234,56", { cause: Object.assign(new Error("below"), { code }) });
}
