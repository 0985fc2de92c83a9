import { describe, expect, it } from "vitest";
import { codes, type EventText, fold, last, plain, readFlow, readGain } from "./events.testing.ts";

const bought: EventText = { type: "compra", day: "2026-01-02", quantity: "100", price: "10" };
const cash: EventText = { type: "aporte", day: "2026-01-02", asset: "CAIXA-BRL", amount: "1000" };

describe("income", () => {
  it("counts net of tax on its credit date", () => {
    // JCP of 100 with 15 withheld
    const folded = fold([bought, { type: "jcp", amount: "100", tax: "15" }]);
    expect(last(folded)).toMatchObject({ income: "85", cost: "1000", realized: "0", dayFlow: "0" });
    expect(folded.income).toMatchObject([
      { type: "jcp", grossE8: 10_000_000_000n, taxE8: 1_500_000_000n, netE8: 8_500_000_000n },
    ]);
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "0", gross: "0", income: "85", fees: "0" });
  });

  it("is the value, or quantity x price where there is none", () => {
    for (const type of ["dividendo", "rendimento", "juros"] as const) {
      const folded = fold([bought, { type, quantity: "100", price: "0.12345678" }]);
      expect(plain(folded.income[0]?.netE8 ?? null)).toBe("12.345678");
    }
    const both = fold([bought, { type: "dividendo", quantity: "100", price: "0.12", amount: "12.34" }]);
    expect(last(both).income).toBe("12.34");
  });

  it("keeps its fees as fees", () => {
    const folded = fold([bought, { type: "dividendo", amount: "10", fees: "1" }]);
    expect(last(folded)).toMatchObject({ income: "10", fees: "1" });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "0", income: "10", fees: "1" });
  });

  it("is received for what was sold meanwhile", () => {
    const folded = fold([
      bought,
      { type: "venda", quantity: "100", price: "10" },
      { type: "dividendo", day: "2026-02-02", amount: "7" },
    ]);
    expect(last(folded)).toMatchObject({ from: "2026-02-02", quantity: "0", income: "7" });
  });

  it("of an unknown amount is flagged", () => {
    const folded = fold([{ type: "dividendo" }]);
    expect(codes(folded)).toEqual(["incomplete"]);
    expect(folded.income).toEqual([]);
  });
});

describe("amortizacao", () => {
  it("lowers the cost, and what exceeds it is gain", () => {
    const folded = fold([
      bought,
      { type: "amortizacao", amount: "300" },
      { type: "amortizacao", day: "2026-01-06", quantity: "100", price: "8" },
    ]);
    expect(folded.spans.map((span) => plain(span.costE8))).toEqual(["1000", "700", "0"]);
    expect(folded.spans.map((span) => plain(span.costGrossE8))).toEqual(["1000", "700", "0"]);
    expect(last(folded)).toMatchObject({ quantity: "100", realized: "100", dayFlow: "-800" });
    expect(folded.realized.map(readGain)).toMatchObject([
      { quantity: "0", proceeds: "800", costRemoved: "700", gain: "100" },
    ]);
    expect(folded.flows.slice(1).map(readFlow)).toMatchObject([
      { flow: "-300", gross: "-300", income: "0" },
      { flow: "-800", gross: "-800", income: "0" },
    ]);
  });

  it("is all gain after the position was sold", () => {
    const folded = fold([
      bought,
      { type: "venda", quantity: "100", price: "10" },
      { type: "amortizacao", day: "2026-01-06", amount: "20" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "0", cost: "0", realized: "20" });
  });

  it("lowers the base cost at the rate of its day", () => {
    // 1000 USD at 5 = 5000 BRL; 300 USD at 6 = 1800 BRL
    const usd = { asset: "AAPL", currency: "USD" } as const;
    const folded = fold([
      { ...bought, ...usd, rate: "5" },
      { type: "amortizacao", ...usd, rate: "6", amount: "300" },
    ]);
    expect(last(folded, "AAPL")).toMatchObject({ cost: "700", costBase: "3200", realizedBase: "0" });
  });
});

describe("taxa", () => {
  it("enters the fees of its instrument and not the realised gain", () => {
    const folded = fold([bought, { type: "taxa", amount: "9.90" }]);
    expect(last(folded)).toMatchObject({ fees: "9.9", realized: "0", cost: "1000" });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "0", gross: "0", fees: "9.9" });
  });

  it("of no instrument enters those of cash, also where cash is not controlled", () => {
    const folded = fold([{ type: "taxa", asset: "CAIXA-BRL", fees: "5" }]);
    expect(last(folded, "CAIXA-BRL")).toMatchObject({ quantity: "0", fees: "5" });
    expect(codes(folded)).toEqual([]);
  });
});

describe("ir", () => {
  it("changes nothing without controlled cash", () => {
    const folded = fold([bought, { type: "ir", amount: "50" }]);
    expect(folded.spans).toHaveLength(1);
    expect(folded.flows).toHaveLength(1);
    expect(codes(folded)).toEqual([]);
  });

  it("is a withdrawal from controlled cash, never a fee", () => {
    const folded = fold([cash, { type: "ir", amount: "50" }], { controlsCash: true });
    expect(last(folded, "CAIXA-BRL")).toMatchObject({ quantity: "950", fees: "0" });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "-50", gross: "-50", fees: "0" });
  });

  it("withheld on a sale leaves controlled cash beside the proceeds", () => {
    const folded = fold([cash, bought, { type: "resgate", quantity: "100", price: "12", tax: "30" }], {
      controlsCash: true,
    });
    expect(last(folded)).toMatchObject({ realized: "200" });
    expect(last(folded, "CAIXA-BRL")).toMatchObject({ quantity: "1170" });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "-30", gross: "-30" });
  });
});

describe("aporte and retirada", () => {
  it("without controlled cash are noted and nothing else", () => {
    const folded = fold([cash, { type: "retirada", asset: "CAIXA-BRL", amount: "5" }]);
    expect(codes(folded)).toEqual(["cash_not_controlled", "cash_not_controlled"]);
    expect(folded.spans).toEqual([]);
    expect(folded.flows).toEqual([]);
  });

  it("move controlled cash and are its flow", () => {
    const folded = fold([cash, { type: "retirada", asset: "CAIXA-BRL", quantity: "400" }], {
      controlsCash: true,
    });
    expect(last(folded, "CAIXA-BRL")).toMatchObject({
      quantity: "600",
      cost: "600",
      dayFlow: "-400",
      tradePrice: "1",
    });
    expect(folded.flows.map(readFlow)).toMatchObject([
      { flow: "1000", gross: "1000" },
      { flow: "-400", gross: "-400" },
    ]);
  });
});
