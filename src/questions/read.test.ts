import { describe, expect, it } from "vitest";
import { CROWD_PHRASES } from "./phrases/crowd.ts";
import { FOLLOW_UPS } from "./phrases/follow-ups.ts";
import { LEXICON, TODAY } from "./phrases/lexicon.ts";
import { PERFORMANCE_PHRASES } from "./phrases/performance.ts";
import { PORTFOLIO_PHRASES } from "./phrases/portfolio.ts";
import { REFUSED_PHRASES } from "./phrases/refusals.ts";
import { INTENTS, type PeriodKind, type Question, type Reading, type ReadingContext } from "./question.ts";
import { readQuestion } from "./read.ts";

const context: ReadingContext = { lexicon: LEXICON, today: TODAY, previous: null };

/** The days of the periods that the phrases name, written out by hand for Wednesday 2026-11-25. */
const DAYS: Readonly<Record<string, readonly [string | null, string]>> = {
  today: ["2026-11-25", "2026-11-25"],
  yesterday: ["2026-11-24", "2026-11-24"],
  week_to_date: ["2026-11-23", "2026-11-25"],
  last_week: ["2026-11-16", "2026-11-22"],
  month_to_date: ["2026-11-01", "2026-11-25"],
  last_month: ["2026-10-01", "2026-10-31"],
  year_to_date: ["2026-01-01", "2026-11-25"],
  inception: [null, "2026-11-25"],
  "3m": ["2026-08-25", "2026-11-25"],
  "6m": ["2026-05-25", "2026-11-25"],
  "12m": ["2025-11-25", "2026-11-25"],
  "24m": ["2024-11-25", "2026-11-25"],
  "2024": ["2024-01-01", "2024-12-31"],
  "2025": ["2025-01-01", "2025-12-31"],
};

/** `range:2025-03-01..2025-06-30` or the name of a period. */
function days(period: string): string {
  const [from, to] = DAYS[period] ?? period.replace("range:", "").split("..");
  return `${period.startsWith("range") ? "range" : period} ${from ?? "-"} ${to}`;
}

function fieldsOf(text: string): { intent: string; said: Map<string, string> } {
  const [intent = "", ...fields] = text.split(" ");
  return { intent, said: new Map(fields.map((field) => field.split("=", 2) as [string, string])) };
}

function expected(text: string): string {
  const { intent, said } = fieldsOf(text);
  const period = said.get("period");
  return describeFields(intent, {
    client: said.get("client") ?? "-",
    asset: said.get("asset") ?? "-",
    period: period === undefined ? "-" : days(period),
    benchmark: said.get("benchmark") ?? "-",
    direction: said.get("direction") ?? "-",
    limit: said.get("limit") ?? "-",
  });
}

function describeFields(intent: string, fields: Readonly<Record<string, string>>): string {
  return [intent, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)].join(" ");
}

function seven(question: Question): string {
  const { intent, client, asset, period, benchmark, direction, limit } = question;
  return describeFields(intent, {
    client: client ?? "-",
    asset: asset ?? "-",
    period: period === null ? "-" : `${period.kind} ${period.from ?? "-"} ${period.to}`,
    benchmark: benchmark ?? "-",
    direction: direction ?? "-",
    limit: limit === null ? "-" : String(limit),
  });
}

function status(reading: Reading): string {
  if (reading.kind !== "clarify") return reading.kind;
  const { reason } = reading;
  if (reason.code === "which_client") return `${reason.code}:${reason.options.map(({ id }) => id).join(",")}`;
  return reason.code === "which_asset" ? `${reason.code}:${reason.options.join(",")}` : reason.code;
}

function rows(table: string): { text: string; meaning: string }[] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [text = "", meaning = ""] = line.split(" | ");
      return { text, meaning };
    });
}

describe("what brokers write", () => {
  const phrases = rows(PORTFOLIO_PHRASES + PERFORMANCE_PHRASES.trimStart() + CROWD_PHRASES.trimStart());

  it.each(phrases)("$text", ({ text, meaning }) => {
    const reading = readQuestion(text, context);
    expect(`${status(reading)} ${seven(reading.question)}`).toBe(`question ${expected(meaning)}`);
  });
});

describe("what must be asked back or refused", () => {
  it.each(rows(REFUSED_PHRASES))("$text", ({ text, meaning }) => {
    const reading = readQuestion(text, context);
    const [reason = "", ...rest] = meaning.split(" ");
    expect(`${status(reading)} ${seven(reading.question)}`).toBe(`${reason} ${expected(rest.join(" "))}`);
  });
});

describe("short ids", () => {
  const clients = ["c1", "de", "3m"].map((id) => ({ id, name: `Pessoa ${id}` }));
  const read = (text: string) =>
    readQuestion(text, { ...context, lexicon: { ...LEXICON, clients } }).question.client;

  it("of a letter and a digit mean their client wherever they stand", () => {
    expect(read("rentabilidade do c1 no ano")).toBe("c1");
    expect(read("quanto o C1 tem de PETR4?")).toBe("c1");
  });

  it("that are words of their own do so after `cliente` or in a command only", () => {
    expect(read("rentabilidade 3m de PETR4")).toBeNull();
    expect(read("extrato de outubro")).toBeNull();
    expect(read("/carteira 3m")).toBe("3m");
    expect(read("extrato do cliente de")).toBe("de");
  });
});

describe("what goes on from the question before", () => {
  const talks = rows(FOLLOW_UPS).map(({ text, meaning }, row) => {
    const next = FOLLOW_UPS.trim().split("\n")[row]?.split(" | ") ?? [];
    return { before: text, text: meaning, meaning: next[2] ?? "" };
  });

  it.each(talks)("$before: $text", ({ before, text, meaning }) => {
    const reading = readQuestion(text, { ...context, previous: previousOf(before) });
    const [reason = "", ...rest] = meaning.split(" ");
    expect(`${status(reading)} ${seven(reading.question)}`).toBe(`${reason} ${expected(rest.join(" "))}`);
  });
});

function previousOf(text: string): Question {
  const { intent, said } = fieldsOf(text);
  const kind = said.get("period");
  const [from, to] = DAYS[kind ?? ""] ?? [null, TODAY];
  return {
    intent: INTENTS.find((known) => known === intent) ?? "unknown",
    client: said.get("client") ?? null,
    asset: said.get("asset") ?? null,
    period: kind === undefined ? null : { kind: kind as PeriodKind, from, to },
    benchmark: (said.get("benchmark") ?? null) as Question["benchmark"],
    direction: (said.get("direction") ?? null) as Question["direction"],
    limit: said.has("limit") ? Number(said.get("limit")) : null,
  };
}
