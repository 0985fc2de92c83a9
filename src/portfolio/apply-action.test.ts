import { describe, expect, it } from "vitest";
import { codes, type EventText, fold, last } from "./events.testing.ts";

const bought: EventText = { type: "compra", day: "2026-01-02", quantity: "9", price: "10" };

describe("desdobramento and grupamento", () => {
  it("multiply by a rational: 9 x 1/3 is 3 exactly", () => {
    const folded = fold([bought, { type: "grupamento", newPerOld: "1:3" }]);
    expect(last(folded)).toMatchObject({
      quantity: "3",
      cost: "90",
      gross: "90",
      opening: "3",
      dayFlow: "0",
      tradePrice: "30",
    });
  });

  it("put the opening quantity on the new basis when there is a trade on that day", () => {
    // the file has the trade before the split; the split comes first: 18 + 2
    const folded = fold([
      bought,
      { type: "compra", quantity: "2", price: "5" },
      { type: "desdobramento", newPerOld: "2:1" },
    ]);
    expect(last(folded)).toMatchObject({
      quantity: "20",
      cost: "100",
      opening: "18",
      dayFlow: "10",
      tradePrice: "5",
    });
  });

  it("work without a factor by quantity: a split adds it, a reverse split results in it", () => {
    expect(last(fold([bought, { type: "desdobramento", quantity: "18" }]))).toMatchObject({
      quantity: "27",
      opening: "27",
      cost: "90",
    });
    expect(last(fold([bought, { type: "grupamento", quantity: "3" }]))).toMatchObject({
      quantity: "3",
      opening: "3",
      tradePrice: "30",
    });
  });

  it("move no flow and realise nothing", () => {
    const folded = fold([bought, { type: "desdobramento", newPerOld: "10:1" }]);
    expect(folded.flows).toHaveLength(1);
    expect(folded.realized).toEqual([]);
  });

  it("flag what is not held and what says nothing", () => {
    expect(codes(fold([{ type: "desdobramento", newPerOld: "2:1" }]))).toEqual(["nothing_held"]);
    expect(codes(fold([bought, { type: "desdobramento" }]))).toEqual(["incomplete"]);
  });

  it("double a short as well", () => {
    const folded = fold([
      { type: "venda", day: "2026-01-02", quantity: "9", price: "10" },
      { type: "desdobramento", newPerOld: "2:1" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "-18", cost: "-90" });
  });
});

describe("bonificacao", () => {
  it("adds quantity and the declared cost, and nothing flows", () => {
    // 90 + 1 x 5.50
    const folded = fold([bought, { type: "bonificacao", quantity: "1", price: "5.50" }]);
    expect(last(folded)).toMatchObject({ quantity: "10", cost: "95.5", opening: "9", dayFlow: "0" });
    expect(folded.flows).toHaveLength(1);
  });

  it("takes the declared value, or no cost where none is declared", () => {
    expect(last(fold([bought, { type: "bonificacao", quantity: "1", amount: "7" }])).cost).toBe("97");
    expect(last(fold([bought, { type: "bonificacao", quantity: "1" }]))).toMatchObject({
      quantity: "10",
      cost: "90",
      costKnown: true,
    });
  });
});

describe("bonificacao by a factor, as the ledger states it", () => {
  const given: EventText = { type: "bonificacao", newPerOld: "11:10", price: "5.50" };
  const hundred: EventText = { ...bought, quantity: "100" };

  it("gives units pro rata at the declared cost of each", () => {
    // 1000 + 10 x 5.50
    const folded = fold([hundred, given]);
    expect(last(folded)).toMatchObject({ quantity: "110", cost: "1055", opening: "100", costKnown: true });
    expect(folded.flows).toHaveLength(1);
    expect(last(fold([{ ...hundred, type: "venda" }, given]))).toMatchObject({
      quantity: "-110",
      cost: "-1055",
    });
  });

  it("leaves the cost unknown where none is declared, and says so", () => {
    const folded = fold([hundred, { type: "bonificacao", newPerOld: "11:10" }]);
    expect(last(folded)).toMatchObject({ quantity: "110", cost: "1000", costKnown: false });
    expect(codes(folded)).toEqual(["cost_unknown"]);
  });

  it("keeps fractions: 5% on 9 is 0.45", () => {
    expect(last(fold([bought, { ...given, newPerOld: "21:20" }]))).toMatchObject({ quantity: "9.45" });
  });

  it("does nothing where nothing is held, and a custody statement of the day still opens the position", () => {
    const folded = fold([given, { type: "custodia", quantity: "110", price: "9" }]);
    expect(last(folded)).toMatchObject({ quantity: "110", cost: "990" });
    expect(codes(folded)).toEqual(["nothing_held"]);
  });
});

describe("conversao", () => {
  it("moves units by the factor and the whole cost, realising nothing", () => {
    // 9 x 1/2 = 4.5 of the new instrument at the same cost of 90
    const folded = fold([bought, { type: "conversao", to: "PETR3", newPerOld: "1:2" }]);
    expect(last(folded)).toMatchObject({ quantity: "0", cost: "0", realized: "0", dayFlow: "-90" });
    expect(last(folded, "PETR3")).toMatchObject({
      quantity: "4.5",
      cost: "90",
      gross: "90",
      dayFlow: "90",
      tradePrice: "20",
    });
    expect(folded.flows).toHaveLength(1);
    expect(folded.realized).toEqual([]);
  });

  it("keeps gains, fees and income where they were made", () => {
    const folded = fold([
      { ...bought, fees: "1" },
      { type: "dividendo", day: "2026-01-03", amount: "4" },
      { type: "conversao", to: "PETR3" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "0", cost: "0", fees: "1", income: "4" });
    expect(last(folded, "PETR3")).toMatchObject({ quantity: "9", cost: "91", fees: "0", income: "0" });
  });

  it("into the code it had already is nothing but what its factor says", () => {
    const renamed = (more: object) => fold([bought, { type: "conversao", to: "PETR4", ...more }]);
    for (const more of [{}, { quantity: "9" }, { newPerOld: "1:1" }]) {
      expect(last(renamed(more))).toMatchObject({ quantity: "9", cost: "90" });
      expect(codes(renamed(more))).toEqual([]);
    }
    expect(last(renamed({ newPerOld: "1:3" }))).toMatchObject({ quantity: "3", cost: "90" });
    expect(last(renamed({ newPerOld: "1:3", quantity: "6" }))).toMatchObject({ quantity: "5", cost: "90" });
    expect(codes(fold([{ type: "conversao", to: "PETR4", newPerOld: "1:3" }]))).toEqual(["nothing_held"]);
  });

  it("moves a part with its part of the cost", () => {
    const folded = fold([bought, { type: "conversao", to: "PETR3", quantity: "3", newPerOld: "2:1" }]);
    expect(last(folded)).toMatchObject({ quantity: "6", cost: "60" });
    expect(last(folded, "PETR3")).toMatchObject({ quantity: "6", cost: "30" });
  });

  it("carries an unknown cost as unknown", () => {
    const folded = fold([
      { type: "transferencia_entrada", day: "2026-01-02", quantity: "9" },
      { type: "conversao", to: "PETR3" },
    ]);
    expect(last(folded, "PETR3")).toMatchObject({ quantity: "9", costKnown: false });
  });

  it("carries the base cost from a foreign instrument into one of the base currency", () => {
    // 10 at 20 USD at 5 = 1000 BRL, which is what the BDRs cost
    const folded = fold([
      { type: "compra", asset: "AAPL", currency: "USD", rate: "5", quantity: "10", price: "20" },
      {
        type: "conversao",
        day: "2026-01-06",
        asset: "AAPL",
        to: "AAPL34",
        currency: "USD",
        rate: "6",
        newPerOld: "2:1",
      },
      { type: "venda", day: "2026-01-07", asset: "AAPL34", quantity: "20", price: "60" },
    ]);
    expect(codes(folded)).toEqual([]);
    expect(last(folded, "AAPL34")).toMatchObject({ quantity: "0", realized: "200", realizedKnown: true });
  });

  it("flags what is not held and a row without a target", () => {
    expect(codes(fold([{ type: "conversao", to: "PETR3" }]))).toEqual(["nothing_held"]);
    expect(codes(fold([bought, { type: "conversao" }]))).toEqual(["incomplete"]);
  });
});
