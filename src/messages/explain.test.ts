import { describe, expect, it } from "vitest";
import type { ExplanationStep } from "../answers/answer.ts";
import { Decimal } from "../money/decimal.ts";
import { sampleForeign, sampleHolding } from "./answers.testing.ts";
import { presentExplanation } from "./explain.ts";

const d = Decimal.parse;

function step(change: Partial<ExplanationStep>): ExplanationStep {
  return {
    date: "2025-03-15",
    type: "compra",
    sourceFile: "operacoes.csv",
    rowNumber: 12,
    quantity: null,
    price: null,
    fees: d("0"),
    amount: null,
    factor: null,
    quantityBefore: d("0"),
    costBefore: d("0"),
    quantityAfter: d("0"),
    costAfter: d("0"),
    realizedAfter: d("0"),
    feesAfter: d("0"),
    incomeAfter: d("0"),
    ...change,
  };
}

const bought = step({
  quantity: d("100"),
  price: d("32.10"),
  fees: d("4.90"),
  quantityAfter: d("100"),
  costAfter: d("3214.90"),
  feesAfter: d("4.9"),
});
const sold = step({
  date: "2025-06-02",
  type: "venda",
  rowNumber: 13,
  quantity: d("40"),
  price: d("35"),
  fees: d("5"),
  quantityBefore: d("100"),
  costBefore: d("3214.90"),
  quantityAfter: d("60"),
  costAfter: d("1928.94"),
  realizedAfter: d("109.04"),
  feesAfter: d("9.9"),
});

function explained(steps: readonly ExplanationStep[], holding = sampleHolding, rate: Decimal | null = null) {
  return presentExplanation(
    { holding, steps, curve: null, fxRate: rate, fxAt: rate === null ? null : "2026-11-20", runId: "r1" },
    "pt",
  );
}

describe("presentExplanation", () => {
  it("shows each purchase of a deposit on its curve: invested x factor = value", () => {
    const lot = {
      date: "2026-01-05",
      index: "CDI",
      basis: "percent",
      rate: d("110"),
      maturity: "2029-12-15",
      invested: d("10000"),
      factor: d("1.002371427768"),
      value: d("10023.71427768"),
    } as const;
    const fixed = { ...lot, index: "PRE", basis: "spread", rate: d("12.5"), maturity: null } as const;
    const text = presentExplanation(
      {
        holding: sampleHolding,
        steps: [bought],
        curve: { lots: [lot, fixed, { ...fixed, index: "IPCA" }], through: "2026-01-09" },
        fxRate: null,
        fxAt: null,
        runId: "r1",
      },
      "pt",
    ).join("\n");
    expect(text).toContain(
      "Na curva, bruto: R$ 10.000,00 (05/01/2026, 110% do CDI, vence em 15/12/2029) × 1,002371427768 = R$ 10.023,71427768 · índice conhecido até 09/01/2026",
    );
    expect(text).toContain("(05/01/2026, prefixado a 12,5% a.a.) × 1,002371427768 = R$ 10.023,71427768\n");
    expect(text).toContain("IPCA + 12,5% a.a.");
  });

  it("shows the row, its arithmetic and what it leaves", () => {
    const text = explained([bought]).join("\n");
    expect(text).toContain(
      "15/03/2025 compra  100 × R$ 32,10 + taxas R$ 4,90 = R$ 3.214,90  (operacoes.csv, linha 12)",
    );
    expect(text).toContain("→ custo R$ 3.214,90 · quantidade 100 · preço médio R$ 32,149");
  });

  it("spells a sale out", () => {
    expect(explained([bought, sold]).join("\n")).toContain(
      "custo que sai = 3.214,90 × 40 / 100 = 1.285,96; resultado = 1.400,00 - 5,00 - 1.285,96 = R$ 109,04",
    );
  });

  it("shows no arithmetic that does not add up, as of a day trade", () => {
    const text = explained([bought, { ...sold, costAfter: d("3214.90"), realizedAfter: d("55") }]).join("\n");
    expect(text).not.toContain("custo que sai");
    expect(text).toContain("resultado R$ 55,00");
  });

  it("shows income, splits and a closed position", () => {
    const text = explained([
      bought,
      step({
        type: "desdobramento",
        factor: "2:1",
        quantityBefore: d("100"),
        costBefore: d("3214.9"),
        quantityAfter: d("200"),
        costAfter: d("3214.9"),
      }),
      step({
        type: "jcp",
        amount: d("88.5"),
        quantityBefore: d("200"),
        costBefore: d("3214.9"),
        quantityAfter: d("200"),
        costAfter: d("3214.9"),
        incomeAfter: d("75.23"),
      }),
      step({
        type: "transferencia_saida",
        quantity: d("200"),
        quantityBefore: d("200"),
        costBefore: d("3214.9"),
        incomeAfter: d("75.23"),
      }),
    ]).join("\n");
    expect(text).toContain("desdobramento  fator 2:1");
    expect(text).toContain("proventos líquidos R$ 75,23");
    expect(text).toContain("→ posição encerrada");
  });

  it("ends with quantity x price x rate = value and where they are from", () => {
    const text = explained([bought], sampleForeign, d("5.4321")).join("\n");
    expect(text).toContain("Valor: 12,5 × US$ 190,10 = US$ 2.376,25");
    expect(text).toContain("Valor: US$ 2.376,25 × 5,4321 = R$ 12.908,22");
    expect(text).toContain("Preço de 20/11/2026, fonte: arquivo de preços");
    expect(text).toContain("Câmbio de 20/11/2026");
    expect(explained([], { ...sampleHolding, price: null, value: null }).join("\n")).toContain(
      "Valor —: não há preço",
    );
  });
});
