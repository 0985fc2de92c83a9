import { describe, expect, it } from "vitest";
import { codes, event, fold, foldEvents, last, readFlow, readGain, readSpan } from "./events.testing.ts";

describe("spans", () => {
  it("are one row for each instrument and change day, each valid until the next", () => {
    const folded = fold([
      { type: "compra", day: "2026-01-02", quantity: "10", price: "10", row: 2 },
      { type: "compra", day: "2026-01-02", quantity: "5", price: "16", row: 3 },
      { type: "compra", day: "2026-01-03", asset: "VALE3", quantity: "1", price: "60", row: 4 },
      { type: "venda", day: "2026-01-05", quantity: "15", price: "20", row: 5 },
    ]);
    const petr = folded.spans.filter((span) => span.instrument === "PETR4");
    expect(petr.map(readSpan)).toMatchObject([
      { from: "2026-01-02", to: "2026-01-05", quantity: "15", cost: "180", opening: "0", dayFlow: "180" },
      { from: "2026-01-05", to: "9999-12-31", quantity: "0", cost: "0", opening: "15", dayFlow: "-300" },
    ]);
    expect(petr.map((span) => span.rowNumber)).toEqual([3, 5]);
    expect(folded.spans.filter((span) => span.instrument === "VALE3")).toHaveLength(1);
  });

  it("carry cumulative figures", () => {
    const folded = fold([
      { type: "compra", day: "2026-01-02", quantity: "10", price: "10", fees: "1" },
      { type: "dividendo", day: "2026-01-03", amount: "3" },
      { type: "dividendo", day: "2026-01-04", amount: "4" },
      { type: "venda", day: "2026-01-05", quantity: "10", price: "11", fees: "1" },
    ]);
    expect(folded.spans.map(readSpan)).toMatchObject([
      { income: "0", fees: "1", realized: "0" },
      { income: "3", fees: "1", realized: "0" },
      { income: "7", fees: "1", realized: "0" },
      { income: "7", fees: "2", realized: "8" },
    ]);
  });

  it("of no events are none", () => {
    expect(foldEvents([])).toEqual({ spans: [], realized: [], income: [], flows: [], findings: [] });
  });

  it("need events sorted by day", () => {
    const later = event({ type: "compra", day: "2026-01-06", quantity: "1", price: "1" });
    const earlier = event({ type: "compra", day: "2026-01-05", quantity: "1", price: "1" });
    expect(() => foldEvents([later, earlier])).toThrow(RangeError);
  });
});

describe("two currencies", () => {
  const aapl = { asset: "AAPL", currency: "USD" } as const;

  it("keep cost, gain, fees and income at the rate of each operation's day", () => {
    // cost (1000 + 2) x 5 = 5010; sold half at 120 for 600 - 1 = 599 x 6 = 3594 - 2505 = 1089 BRL
    // in USD: 599 - 501 = 98. Dividend 10 x 5.5. Fees 2 x 5 + 1 x 6.
    const folded = fold([
      { type: "compra", day: "2026-01-02", ...aapl, rate: "5", quantity: "10", price: "100", fees: "2" },
      { type: "dividendo", day: "2026-01-03", ...aapl, rate: "5.5", amount: "10" },
      { type: "venda", day: "2026-01-05", ...aapl, rate: "6", quantity: "5", price: "120", fees: "1" },
    ]);
    expect(last(folded, "AAPL")).toMatchObject({
      cost: "501",
      costBase: "2505",
      realized: "98",
      realizedBase: "1089",
      fees: "3",
      feesBase: "16",
      income: "10",
      incomeBase: "55",
      dayFlow: "-600",
      dayFlowBase: "-3600",
      baseKnown: true,
    });
    expect(readGain(folded.realized[0])).toMatchObject({ gain: "98", gainBase: "1089" });
    expect(readFlow(folded.flows[2])).toMatchObject({
      currency: "USD",
      flow: "-599",
      gross: "-600",
      flowBase: "-3594",
      grossBase: "-3600",
    });
  });

  it("round money before and after the rate, half away from zero", () => {
    // 0.00000001 x 5.5 = 0.000000055 -> 0.00000006
    const folded = fold([{ type: "dividendo", ...aapl, rate: "5.5", amount: "0.00000001" }]);
    expect(last(folded, "AAPL").incomeBase).toBe("0.00000006");
  });

  it("without a rate do not know the base figures, and say so once a day", () => {
    const folded = fold([
      { type: "compra", day: "2026-01-02", ...aapl, quantity: "10", price: "100" },
      { type: "compra", day: "2026-01-02", ...aapl, quantity: "10", price: "100" },
      { type: "venda", day: "2026-01-05", ...aapl, rate: "6", quantity: "20", price: "120" },
      { type: "compra", day: "2026-01-06", ...aapl, rate: "6", quantity: "1", price: "100" },
    ]);
    expect(folded.spans.map((span) => [span.baseKnown, span.costBaseKnown])).toEqual([
      [false, false],
      [false, true],
      [false, true],
    ]);
    expect(last(folded, "AAPL")).toMatchObject({ cost: "100", costBase: "600" });
    expect(codes(folded)).toEqual(["rate_missing"]);
    expect(folded.realized[0]?.gainBaseE8).toBeNull();
    expect(folded.flows[0]?.flowBaseE8).toBeNull();
    expect(folded.flows[1]?.flowBaseE8).not.toBeNull();
  });

  it("need no rate in the base currency itself", () => {
    const folded = fold([{ type: "compra", ...aapl, quantity: "1", price: "100" }], { baseCurrency: "USD" });
    expect(last(folded, "AAPL")).toMatchObject({ costBase: "100", baseKnown: true });
    expect(codes(folded)).toEqual([]);
  });
});
