import { INTENTS, type Intent, type Question, type Reading } from "../questions/question.ts";

/** Questions about the talk rather than about a portfolio: what was spoken of before stays. */
const ASIDE: ReadonlySet<Intent> = new Set(["help", "unknown"]);

/**
 * What the place remembers of a reading, for "e no mês?": ids, intent and period, never a figure.
 * Null: what was remembered before stays. A client that was not found, or that several may be meant by, is not
 * remembered, nor is the one before: the next question would be answered about somebody else.
 */
export function toRemember(reading: Reading, found: boolean): Question | null {
  const { question } = reading;
  if (ASIDE.has(question.intent)) return null;
  if (reading.kind === "clarify" && reading.reason.code === "not_understood") return null;
  const { intent, client, asset, period, benchmark, direction, limit } = question;
  return { intent, client: found ? client : null, asset, period, benchmark, direction, limit };
}

/** What a place remembers, if it is a question as this version keeps them; null for anything else. */
export function remembered(value: unknown): Question | null {
  return isQuestion(value) ? value : null;
}

function isQuestion(value: unknown): value is Question {
  return (
    isRecord(value) &&
    INTENTS.some((intent) => intent === value["intent"]) &&
    ["client", "asset", "benchmark", "direction"].every((key) => isTextOrNull(value[key])) &&
    (value["limit"] === null || typeof value["limit"] === "number") &&
    (value["period"] === null || isPeriod(value["period"]))
  );
}

function isPeriod(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value["kind"] === "string" &&
    isTextOrNull(value["from"]) &&
    typeof value["to"] === "string"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === "string";
}
