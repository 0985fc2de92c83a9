import { describe, expect, it } from "vitest";
import { codes, type EventText, fold, last, readFlow } from "./events.testing.ts";

const snapshot: EventText = { type: "custodia", quantity: "100", price: "20", file: "custodia.csv" };

describe("custody snapshots", () => {
  it("open a position that has no history, as a transfer at market", () => {
    const folded = fold([{ ...snapshot, market: "30" }]);
    expect(last(folded)).toMatchObject({ quantity: "100", cost: "2000", dayFlow: "3000", tradePrice: "30" });
    expect(readFlow(folded.flows[0])).toMatchObject({ flow: "3000", gross: "3000" });
  });

  it("open at an unknown cost where the average is not stated", () => {
    const folded = fold([{ type: "custodia", quantity: "100" }]);
    expect(last(folded)).toMatchObject({ quantity: "100", cost: "0", costKnown: false, dayFlow: "0" });
    expect(codes(folded)).toEqual(["cost_unknown"]);
  });

  it("add up the rows of one file and instrument, one for each brokerage", () => {
    const folded = fold([snapshot, { ...snapshot, quantity: "50", price: "26" }]);
    expect(last(folded)).toMatchObject({ quantity: "150", cost: "3300" });
    expect(codes(folded)).toEqual([]);
  });

  it("compare the second file of a day with the first", () => {
    const folded = fold([snapshot, { ...snapshot, file: "outra.csv", quantity: "90" }]);
    expect(last(folded)).toMatchObject({ quantity: "100" });
    expect(codes(folded)).toEqual(["snapshot_differs"]);
  });

  it("are compared with computed positions at the end of their day, which stay as they are", () => {
    const history: EventText[] = [
      { type: "compra", day: "2026-01-02", quantity: "80", price: "10" },
      snapshot,
      { type: "compra", quantity: "5", price: "10" },
    ];
    const folded = fold(history);
    expect(last(folded)).toMatchObject({ quantity: "85", cost: "850" });
    expect(folded.findings).toMatchObject([
      { code: "snapshot_differs", expectedE8: 10_000_000_000n, foundE8: 8_500_000_000n, rowNumber: 2 },
    ]);
    expect(codes(fold([...history, { type: "compra", quantity: "15", price: "10" }]))).toEqual([]);
  });

  it("do not open again what was sold", () => {
    const folded = fold([
      { type: "compra", day: "2026-01-01", quantity: "100", price: "10" },
      { type: "venda", day: "2026-01-02", quantity: "100", price: "10" },
      snapshot,
    ]);
    expect(last(folded)).toMatchObject({ quantity: "0" });
    expect(codes(folded)).toEqual(["snapshot_differs"]);
  });

  it("carry operations that follow", () => {
    const folded = fold([snapshot, { type: "venda", day: "2026-01-06", quantity: "40", price: "25" }]);
    expect(last(folded)).toMatchObject({ quantity: "60", cost: "1200", realized: "200" });
  });

  it("open cash only where it is controlled", () => {
    const balance: EventText = { type: "custodia", asset: "CAIXA-BRL", quantity: "500" };
    const controlled = fold([balance], { controlsCash: true });
    expect(last(controlled, "CAIXA-BRL")).toMatchObject({ quantity: "500", cost: "500", costKnown: true });
    expect(readFlow(controlled.flows[0])).toMatchObject({ flow: "500", gross: "500" });
    expect(codes(fold([balance]))).toEqual(["cash_not_controlled"]);
  });
});
