import { describe, expect, it } from "vitest";
import type { Finding } from "../answers/answer.ts";
import { Decimal } from "../money/decimal.ts";
import { sampleAnswer, sampleHolding, samplePortfolio } from "./answers.testing.ts";
import { presentFindings } from "./findings.ts";
import { present } from "./present.ts";

const sold: Finding = {
  code: "sold_more_than_held",
  severity: "warning",
  client: "cliente123",
  clientName: "Ana Souza",
  asset: "ITUB4",
  mergedInto: null,
  date: "2026-11-10",
  expected: Decimal.of(150),
  found: Decimal.of(100),
  sourceFile: "operacoes.csv",
  rowNumber: 12,
};
const unknown: Finding = {
  ...sold,
  code: "instrument_unknown",
  client: null,
  clientName: null,
  asset: "XPTO11",
  date: null,
  expected: null,
  found: null,
  sourceFile: null,
  rowNumber: null,
};
const SENTENCE =
  "venda ou saída de 150 ITUB4 com 100 em carteira: confira se falta uma compra (operacoes.csv, linha 12)";
const lines = (findings: readonly Finding[], language: "pt" | "en" = "pt", demo = false) =>
  presentFindings({ findings, demo }, language);

describe("presentFindings", () => {
  it("says of each what it means, what to do, and the row", () => {
    expect(lines([sold, unknown])).toEqual([
      "2 pontos a conferir",
      "",
      `aviso  10/11/2026  Ana Souza · cliente123  ${SENTENCE}`,
      "aviso  —  todos  XPTO11 não está cadastrado: carregue-o num arquivo de ativos, com classe e moeda",
    ]);
    expect(lines([sold], "en").join("\n")).toContain(
      "150 ITUB4 sold or taken out with 100 in the portfolio: check whether a purchase is missing (operacoes.csv, line 12)",
    );
  });

  it("says that there is none, that a book is a demo, and how many it does not show", () => {
    expect(lines([], "pt", true)).toEqual(["Nada a conferir.", "Dados sintéticos de demonstração"]);
    const many = lines(Array.from({ length: 103 }, () => sold));
    expect(many).toHaveLength(103);
    expect(many.at(-1)).toContain("mais 3");
  });

  it("says what shares without a price became, and to enter the conversion", () => {
    const merged = { ...unknown, code: "price_missing", asset: "BRML3", mergedInto: "ALOS3" };
    expect(lines([merged]).at(-1)).toContain("BRML3 virou ALOS3 numa incorporação: lance a conversão");
    expect(lines([merged], "en").at(-1)).toContain("BRML3 became ALOS3 in a merger");
  });

  it("shows a code that it has no words for by the code", () => {
    expect(lines([{ ...sold, code: "toString" }]).at(-1)).toContain("toString (ITUB4): confira esta linha");
  });
});

describe("an answer that warnings concern", () => {
  const toCheck = { warnings: 2, first: sold };
  it.each([
    ["portfolio", sampleAnswer({ intent: "portfolio", data: { ...samplePortfolio, toCheck } }, "pt")],
    ["holding", sampleAnswer({ intent: "holding", data: { ...sampleHolding, toCheck } }, "pt")],
  ] as const)("%s carries one line with the first in words and where the others are", (_, answer) => {
    const { blocks, text } = present(answer);
    const warned = blocks.filter((block) => block.kind === "text" && block.text.includes("a conferir"));
    expect(warned).toEqual([
      {
        kind: "text",
        tone: "warning",
        text: `2 pontos a conferir: ${SENTENCE}; veja com npx carteira findings --as CORRETOR --client cliente123`,
      },
    ]);
    expect(text).toContain("2 pontos a conferir");
  });

  it("has no such line where nothing is to be checked", () => {
    expect(present(sampleAnswer({ intent: "holding", data: sampleHolding }, "pt")).text).not.toContain(
      "conferir",
    );
  });
});
