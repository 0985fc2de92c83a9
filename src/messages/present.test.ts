import { describe, expect, it } from "vitest";
import type { AnswerData } from "../answers/answer.ts";
import { Decimal } from "../money/decimal.ts";
import type { Language } from "../questions/question.ts";
import {
  sampleAnswer,
  sampleForeign,
  sampleHolding,
  samplePortfolio,
  sampleUnpriced,
} from "./answers.testing.ts";
import type { Block, ChartSpec, Message } from "./message.ts";
import { present } from "./present.ts";
import { sampleResults } from "./results.testing.ts";

const d = Decimal.parse;
const languages = ["pt", "en"] as const;

function ok(result: AnswerData, language: Language = "pt", change = {}): Message {
  return present(sampleAnswer(result, language, change));
}

function block<K extends Block["kind"]>(message: Message, kind: K): Extract<Block, { kind: K }> {
  const found = message.blocks.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found as Extract<Block, { kind: K }>;
}

/** Every text of a message, wherever it stands. */
function allTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(allTexts);
}

function figures(spec: ChartSpec): number {
  if (spec.type === "returns") {
    return Math.max(...spec.lines.map(({ values }) => values.filter((value) => value !== null).length));
  }
  if (spec.type === "waterfall") return spec.steps.length;
  return spec.type === "bars" ? spec.bars.length : spec.slices.length;
}

/** The results with everything unknown or empty that their types allow. */
const bare: readonly AnswerData[] = sampleResults.map((result) => {
  const emptied = Object.entries(result.data ?? {}).map(([key, value]) => {
    const known = [
      "client",
      "clientName",
      "baseCurrency",
      "period",
      "currency",
      "asset",
      "name",
      "class",
      "grouping",
      "direction",
      "benchmark",
      "quantity",
      "fees",
      "income",
      "gain",
      "totalQuantity",
      "priceAt",
    ];
    if (known.includes(key) || typeof value === "number" || (result.intent === "quote" && key === "price"))
      return [key, value];
    return [key, Array.isArray(value) ? [] : null];
  });
  return {
    intent: result.intent,
    data: result.data === null ? null : Object.fromEntries(emptied),
  } as AnswerData;
});

describe.each(languages)("every answer in %s", (language) => {
  it.each(
    [...sampleResults, ...bare].map(
      (result, at) => [`${result.intent} ${at < sampleResults.length ? "full" : "bare"}`, result] as const,
    ),
  )("%s is complete", (_, result) => {
    const message = ok(result, language);
    expect(message.headline.length).toBeGreaterThan(0);
    expect(message.text.startsWith(`${message.headline}\n`)).toBe(true);
    for (const line of message.footer) expect(message.text).toContain(line);
    expect(message.footer.at(-1)).toBe(
      language === "pt" ? "Dados sintéticos de demonstração" : "Synthetic demonstration data",
    );
    for (const text of allTexts(message)) expect(text).not.toMatch(/undefined|NaN|null|\[object|Infinity/);
    for (const { text } of message.emphasis ?? []) expect(message.headline).toContain(text);
    for (const table of message.blocks.filter((one) => one.kind === "table")) {
      expect(table.rows.length).toBeGreaterThan(0);
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    }
    for (const { chart, alt } of message.blocks.filter((one) => one.kind === "chart")) {
      expect(figures(chart)).toBeGreaterThan(0);
      expect(alt.length).toBeGreaterThan(20);
    }
  });

  it("says times, sources and what is stale under the figures", () => {
    const footer = ok({ intent: "portfolio", data: samplePortfolio }, language).footer.join("\n");
    for (const said of ["CDI", "IBOV", "IPCA", "CDB-BANCO-XYZ-2028", "OIBR3", "XPTO11", "Banco Central"]) {
      expect(footer).toContain(said);
    }
  });
});

describe("portfolio", () => {
  const message = ok({ intent: "portfolio", data: { ...samplePortfolio, unpriced: 0 } });

  it("answers in the first line, then twelve months", () => {
    expect(message.headline).toBe("Ana Souza · cliente123 — R$ 412.380,12 · hoje +0,84% (+R$ 3.421,10)");
    expect(message.emphasis).toEqual([
      { text: "Ana Souza" },
      { text: "R$ 412.380,12" },
      { text: "+0,84%", tone: "up" },
    ]);
    expect(block(message, "text")).toEqual({
      kind: "text",
      text: "12 meses +14,20% · 112% do CDI · +3,1 p.p. vs IBOV",
      tone: "up",
    });
  });

  it("lists the eight largest and counts the rest", () => {
    const table = block(message, "table");
    expect(table.columns.map(({ label }) => label)).toEqual([
      "ativo",
      "quantidade",
      "preço médio",
      "preço",
      "valor (R$)",
      "peso",
      "hoje",
      "resultado (R$)",
    ]);
    expect(table.rows).toHaveLength(8);
    expect(table.rows[0]?.map(({ text }) => text)).toEqual([
      "PETR4",
      "1.250",
      "31,33",
      "38,12",
      "47.650,00",
      "11,6%",
      "+0,84%",
      "+8.483,33",
    ]);
    expect(table.more).toBe("mais 5");
  });

  it("marks foreign prices with their currency and unknown figures with a dash and one reason", () => {
    const few = ok({
      intent: "portfolio",
      data: { ...samplePortfolio, positions: [sampleUnpriced, sampleForeign], unpriced: 1 },
    });
    expect(few.headline).toContain("parcial: 1 posição sem preço");
    const rows = block(few, "table").rows.map((row) => row.map(({ text }) => text));
    expect(rows).toEqual([
      ["AAPL", "12,5", "US$ 180,25", "US$ 190,10", "12.908,22", "3,1%", "-0,68%", "+1.641,41"],
      ["CDB-BANCO-XYZ-2028", "1.250", "—", "—", "—", "—", "—", "—"],
    ]);
    expect(few.text.match(/o arquivo de posição não informou o custo/g)).toHaveLength(1);
  });

  it("compares in points where a percentage of CDI would be negative, and names a young client's start", () => {
    const headline = {
      ...samplePortfolio.headline,
      twrPercent: d("-2"),
      percentOfCdi: d("-16"),
      period: { ...samplePortfolio.headline.period, from: "2026-02-03", shortened: true },
    };
    const young = ok({ intent: "portfolio", data: { ...samplePortfolio, headline } });
    expect(young.text).toContain("desde 03/02/2026 -2,00% · -14,7 p.p. vs CDI · -13,1 p.p. vs IBOV");
  });

  it("shows the allocation where there is no history, and says so of an empty one", () => {
    const fresh = ok({ intent: "portfolio", data: { ...samplePortfolio, headline: null, series: [] } });
    expect(block(fresh, "chart").chart.type).toBe("allocation");
    expect(fresh.text).toContain("Rentabilidade: —");
    const empty = ok({
      intent: "portfolio",
      data: { ...samplePortfolio, positions: [], value: d("0"), allocation: [] },
    });
    expect(empty.headline).toBe("Ana Souza · cliente123 — nenhuma posição em carteira");
  });
});

describe("the first line of each answer", () => {
  const lines = Object.fromEntries(sampleResults.map((result) => [result.intent, ok(result).headline]));
  it.each([
    ["holding", "Ana Souza · PETR4 — R$ 47.650,00 (1.250 × R$ 38,12) · hoje +0,84%"],
    [
      "allocation",
      "Ana Souza · cliente123 — alocação por classe: Ações 43,7%, Fundos imobiliários 21,8%, Tesouro Direto 19,4% e mais 3",
    ],
    ["performance", "Ana Souza · cliente123 — rendeu +14,20% em 12 meses · 112% do CDI"],
    ["movers", "Ana Souza · cliente123 — hoje: maior alta PETR4 +3,20% · maior queda VALE3 -2,10%"],
    ["history", "Ana Souza · cliente123 — 9 operações em 12 meses"],
    ["income", "Ana Souza · cliente123 — proventos de R$ 3.210,55 em 12 meses"],
    ["ranking", "Melhor rentabilidade no mês: Ana Souza · cliente123 +4,20%"],
    [
      "holders",
      "PETR4 · Petrobras PN — 3 clientes têm 3.750 unidades · R$ 142.950,00 · parcial: 1 posição sem preço",
    ],
    ["aum", "Sob sua gestão: R$ 24.380.120,00 em 60 clientes · hoje -0,31% (-R$ 75.000,00)"],
    ["risk", "Ana Souza · cliente123 — volatilidade de 12,4% ao ano · maior queda -8,2% em 12 meses"],
    ["quote", "PETR4 · Petrobras PN — R$ 38,12 · em alta hoje: +0,84%"],
    ["clients", "Você tem 60 clientes"],
  ])("%s", (intent, line) => {
    expect(lines[intent]).toBe(line);
  });
});

describe("figures that need care", () => {
  it("takes fees away from the gain, so that its parts add up to the total", () => {
    const performance = sampleResults.find(({ intent }) => intent === "performance");
    const rows = performance === undefined ? [] : block(ok(performance), "table").rows;
    expect(rows.map((row) => row[1]?.text)).toEqual([
      "+40.000,00",
      "+9.000,50",
      "-800,25",
      "-200,25",
      "+48.000,00",
    ]);
  });

  it("says up and down in words beside the sign", () => {
    const fields = block(
      ok({
        intent: "holding",
        data: { ...sampleHolding, dayChangePercent: d("-1.2"), dayChange: d("-500") },
      }),
      "fields",
    ).fields;
    expect(fields.find(({ label }) => label === "Hoje")?.value).toEqual({
      text: "-1,20% · -R$ 500,00 · queda",
      tone: "down",
    });
  });

  it("says of a foreign holding that its day counts in the base currency", () => {
    const message = ok({ intent: "holding", data: { ...sampleForeign, dayChangePercent: d("-0.68") } });
    expect(message.headline).toContain("hoje (R$) -0,68%");
    expect(block(message, "fields").fields.map(({ label }) => label)).toContain("Hoje (R$)");
  });

  it("gives a rate a year only of a year or more", () => {
    const found = sampleResults.find(({ intent }) => intent === "performance");
    if (found?.intent !== "performance") throw new Error("no performance");
    const labels = (from: string) => {
      const period = { ...found.data.period, from, to: "2026-11-20" };
      return block(ok({ intent: "performance", data: { ...found.data, period } }), "fields").fields.map(
        ({ label }) => label,
      );
    };
    expect(labels("2025-11-19")).toContain("TIR ao ano (XIRR)");
    expect(labels("2025-11-21")).not.toContain("TIR ao ano (XIRR)");
  });

  it("works out what a trade came to where its file states no amount", () => {
    const found = sampleResults.find(({ intent }) => intent === "history");
    if (found?.intent !== "history") throw new Error("no history");
    const operations = found.data.operations.map((one) => ({ ...one, amount: null }));
    const table = block(ok({ intent: "history", data: { ...found.data, operations } }), "table");
    expect(table.rows.map((row) => row[5]?.text)).toEqual(["R$ 3.790,00", "US$ 473,33", "—"]);
  });

  it("counts holders beyond those listed", () => {
    const found = sampleResults.find(({ intent }) => intent === "holders");
    if (found?.intent !== "holders") throw new Error("no holders");
    const message = ok({ intent: "holders", data: { ...found.data, more: 7, unpriced: 0 } });
    expect(message.headline).toContain("10 clientes têm 3.750 unidades · R$ 142.950,00");
    expect(message.headline).not.toContain("parcial");
    expect(block(message, "table").more).toBe("mais 7");
  });

  it("labels a price on the curve, in the field and below", () => {
    const data = { ...sampleHolding, priceAt: "2026-11-19", priceSource: "curva" };
    const fields = block(ok({ intent: "holding", data }), "fields").fields;
    expect(fields.find(({ label }) => label === "Preço")?.value.text).toContain(
      "(19/11/2026, na curva, bruto)",
    );
  });

  it("shows both currencies of a foreign holding", () => {
    const fields = block(ok({ intent: "holding", data: sampleForeign }), "fields").fields;
    expect(fields.find(({ label }) => label === "Valor")?.value.text).toBe("US$ 2.376,25 · R$ 12.908,22");
  });

  it("shows of a closed position only what is left of it", () => {
    const closed = ok({ intent: "holding", data: { ...sampleHolding, quantity: d("0"), averageCost: null } });
    expect(closed.headline).toBe("Ana Souza · PETR4 — sem posição neste ativo");
    expect(closed.text).not.toContain("—  ");
    expect(closed.text).toContain("Resultado realizado");
    expect(closed.text).not.toContain("Preço médio");
  });

  it("adds thin slices up exactly", () => {
    const slices = Array.from({ length: 12 }, (_, at) => ({
      key: `s${at}`,
      value: d(at < 4 ? "23.10" : "0.95"),
      weightPercent: d(at < 4 ? "23.1" : "0.95"),
    }));
    const message = ok({
      intent: "allocation",
      data: { ...samplePortfolio, grouping: "sector", allocation: slices },
    });
    const { chart } = block(message, "chart");
    expect(chart).toMatchObject({
      centreValue: "R$ 100,00",
      slices: [{}, {}, {}, {}, { label: "Outros", valueText: "7,60", rest: true }],
    });
  });

  it("draws bars where a part is negative", () => {
    const allocation = [
      ...samplePortfolio.allocation,
      { key: "caixa", value: d("-900"), weightPercent: d("-0.2") },
    ];
    const message = ok({ intent: "allocation", data: { ...samplePortfolio, grouping: "class", allocation } });
    expect(block(message, "chart").chart).toMatchObject({ type: "bars", style: "signed" });
  });
});
