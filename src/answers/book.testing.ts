import { DEFAULT_HOURS } from "../market/hours.ts";
import type { ParsedQuestion } from "../questions/question.ts";
import { openDuckDbWarehouse } from "../warehouse/duckdb.ts";
import { type TestGold, TestStore } from "../warehouse/gold.testing.ts";
import type { Answer } from "./answer.ts";
import { type Answers, createAnswers } from "./answers.ts";
import { LAST_SESSION } from "./rows.testing.ts";

const EVENING = new Date("2026-11-19T22:00:00Z");

export interface OpenBook {
  readonly answers: Answers;
  readonly store: TestStore;
  close(): Promise<void>;
}

/** Publishes a book to a temporary store and answers over it, as of the evening of the last session. */
export async function openTestBook(
  gold: TestGold,
  options: { asOf?: string | null; now?: Date; clock?: () => Date } = {},
): Promise<OpenBook> {
  const store = await TestStore.make();
  await store.publish(gold, { asOf: options.asOf === undefined ? LAST_SESSION : options.asOf });
  const warehouse = await openDuckDbWarehouse(store);
  const now = options.clock ?? (() => options.now ?? EVENING);
  const answers = createAnswers({ warehouse, now, hours: DEFAULT_HOURS });
  const close = async (): Promise<void> => {
    await warehouse.close();
    await store.remove();
  };
  return { answers, store, close };
}

export type Asked = Partial<ParsedQuestion> & Pick<ParsedQuestion, "intent">;
type OkAnswer = Extract<Answer, { status: "ok" }>;

export function questionOf(
  question: Partial<ParsedQuestion> & Pick<ParsedQuestion, "intent">,
): ParsedQuestion {
  return {
    client: null,
    asset: null,
    period: null,
    benchmark: null,
    direction: null,
    limit: null,
    grouping: null,
    language: "pt",
    ...question,
  };
}

/** Asks within the first broker's clients; throws for anything but an answer. `at` is a day, its evening in Brazil. */
export async function askIn(book: OpenBook, question: Asked, at: string | null = null): Promise<OkAnswer> {
  const answer = await book.answers.answer(
    questionOf(question),
    ["corretor1"],
    at === null ? null : new Date(`${at}T20:00:00Z`),
  );
  if (answer.status !== "ok") throw new Error(`answered ${answer.status}`);
  return answer;
}

/** The answer's data as JSON carries it: decimals as plain text. */
export async function dataIn(book: OpenBook, question: Asked, at: string | null = null) {
  const { result } = await askIn(book, question, at);
  if (result.intent !== question.intent) throw new Error(`answered ${result.intent}`);
  return JSON.parse(JSON.stringify(result.data));
}
