import { describe, expect, it } from "vitest";
import type { Lexicon, Question } from "../questions/question.ts";
import { readQuestion } from "../questions/read.ts";
import { relative } from "./buttons.ts";
import { type Asked, commandOf } from "./command.ts";

const lexicon: Lexicon = {
  clients: [
    { id: "cliente123", name: "Ana Souza" },
    { id: "cliente456", name: "Bruno Lima" },
  ],
  instruments: [
    { code: "PETR4", name: "Petrobras PN", aliases: ["petrobras"] },
    { code: "AAPL", name: "Apple Inc.", aliases: ["apple"] },
    { code: "HGLG11", name: "CSHG Logística", aliases: [] },
  ],
};

function read(text: string, language: "pt" | "en") {
  return readQuestion(text, { lexicon, today: "2026-11-23", previous: null, language });
}

const client = "cliente123";
const cases: readonly (Asked & { period?: Asked["period"] })[] = [
  { intent: "portfolio", client },
  { intent: "holding", client, asset: "PETR4" },
  { intent: "allocation", client },
  { intent: "allocation", client, grouping: "class" },
  { intent: "allocation", client, grouping: "sector" },
  { intent: "allocation", client, grouping: "currency" },
  { intent: "performance", client, period: relative("month_to_date") },
  { intent: "performance", client, period: relative("year_to_date") },
  { intent: "performance", client, period: relative("12m"), benchmark: "IBOV" },
  { intent: "performance", client, period: relative("inception"), benchmark: "IPCA" },
  { intent: "performance", client, period: { kind: "2025", from: "2025-01-01", to: "2025-12-31" } },
  { intent: "performance", client, period: { kind: "1m", from: "2026-10-24", to: "2026-11-23" } },
  { intent: "performance", client, period: { kind: "yesterday", from: "2026-11-22", to: "2026-11-22" } },
  { intent: "performance", client, period: { kind: "week_to_date", from: "2026-11-23", to: "2026-11-23" } },
  { intent: "performance", client, period: { kind: "last_week", from: "2026-11-16", to: "2026-11-22" } },
  { intent: "performance", client, period: { kind: "last_month", from: "2026-10-01", to: "2026-10-31" } },
  { intent: "performance", client, period: { kind: "range", from: "2026-03-01", to: "2026-06-30" } },
  { intent: "movers", client, period: relative("today") },
  { intent: "movers", period: relative("today") },
  { intent: "movers", direction: "up", limit: 5, period: relative("month_to_date") },
  { intent: "movers", client, direction: "down", period: relative("year_to_date") },
  { intent: "history", client, period: relative("12m") },
  { intent: "history", client, asset: "PETR4", period: relative("inception") },
  { intent: "income", client, period: relative("12m") },
  { intent: "ranking", direction: "up", period: relative("month_to_date") },
  { intent: "ranking", direction: "down", period: relative("12m") },
  { intent: "ranking", direction: "up", limit: 10, period: relative("today") },
  { intent: "holders", asset: "PETR4" },
  { intent: "aum" },
  { intent: "risk", client },
  { intent: "risk", client, period: relative("12m") },
  { intent: "quote", asset: "AAPL" },
  { intent: "clients" },
  { intent: "help" },
];

/** What the question must say; what a command leaves out is the grammar's to fill in. */
function wanted(asked: Asked): Partial<Question> {
  const { intent, client: who, asset, benchmark, direction, limit } = asked;
  return {
    intent,
    client: who ?? null,
    asset: asset ?? null,
    ...(benchmark ? { benchmark } : {}),
    ...(direction ? { direction } : {}),
    ...(limit ? { limit } : {}),
  };
}

describe.each(["pt", "en"] as const)("a button's command in %s", (language) => {
  it.each(cases.map((asked) => [commandOf(asked, language), asked] as const))("%s", (command, asked) => {
    const reading = read(command, language);
    expect(reading.kind).toBe("question");
    expect(reading.question).toMatchObject(wanted(asked));
    if (asked.period) expect(reading.question.period?.kind).toBe(asked.period.kind);
    if (asked.period?.kind === "range") expect(reading.question.period).toEqual(asked.period);
    if (asked.grouping) expect(reading.question.grouping).toBe(asked.grouping);
  });
});
