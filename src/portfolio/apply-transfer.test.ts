import { describe, expect, it } from "vitest";
import { codes, type EventText, fold, last, readFlow } from "./events.testing.ts";

const bought: EventText = { type: "compra", day: "2026-01-02", quantity: "100", price: "20" };

describe("transferencia_entrada", () => {
  it("brings its cost and enters at market value", () => {
    // docs/money.md, rule 7: bought at 2000, worth 4000
    const folded = fold([{ type: "transferencia_entrada", quantity: "100", price: "20", market: "40" }]);
    expect(last(folded)).toMatchObject({ cost: "2000", dayFlow: "4000", tradePrice: "40", costKnown: true });
    expect(readFlow(folded.flows[0])).toMatchObject({ flow: "4000", gross: "4000" });
    expect(codes(folded)).toEqual([]);
  });

  it("takes the declared value as cost, and as flow where nothing else prices it", () => {
    const folded = fold([{ type: "transferencia_entrada", quantity: "100", amount: "2100" }]);
    expect(last(folded)).toMatchObject({ cost: "2100", dayFlow: "2100", tradePrice: "21" });
  });

  it("without a declared cost leaves the cost unknown, and enters at average cost without a price", () => {
    const folded = fold([bought, { type: "transferencia_entrada", quantity: "50" }]);
    expect(last(folded)).toMatchObject({ quantity: "150", cost: "2000", costKnown: false, dayFlow: "1000" });
    expect(codes(folded)).toEqual(["cost_unknown"]);
  });

  it("has its cost known again once the position was closed; the gain stays unknown", () => {
    const folded = fold([
      { type: "transferencia_entrada", day: "2026-01-02", quantity: "50" },
      { type: "venda", quantity: "50", price: "10" },
      { type: "compra", day: "2026-01-06", quantity: "1", price: "10" },
    ]);
    expect(last(folded)).toMatchObject({ cost: "10", costKnown: true, realizedKnown: false });
    expect(folded.realized[0]?.gainKnown).toBe(false);
  });
});

describe("transferencia_saida", () => {
  it("takes its cost out pro rata, realises nothing, leaves at market value", () => {
    const folded = fold([bought, { type: "transferencia_saida", quantity: "25", market: "40" }]);
    expect(last(folded)).toMatchObject({ quantity: "75", cost: "1500", realized: "0", dayFlow: "-1000" });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "-1000", gross: "-1000" });
    expect(folded.realized).toEqual([]);
  });

  it("leaves at its own price, else at average cost, where no market price is known", () => {
    const priced = fold([bought, { type: "transferencia_saida", quantity: "25", price: "30" }]);
    expect(last(priced).dayFlow).toBe("-750");
    const bare = fold([bought, { type: "transferencia_saida", quantity: "25" }]);
    expect(last(bare).dayFlow).toBe("-500");
  });

  it("of more than is held keeps the file's quantity and says that the cost is not known", () => {
    const folded = fold([bought, { type: "transferencia_saida", quantity: "130" }]);
    expect(last(folded)).toMatchObject({ quantity: "-30", cost: "0", costKnown: false });
    expect(codes(folded)).toEqual(["sold_more_than_held"]);
  });
});

describe("the client's own move between brokerages", () => {
  const entry: EventText = {
    type: "transferencia_entrada",
    quantity: "100",
    brokerage: "BTG",
    unordered: true,
  };
  const exit: EventText = { type: "transferencia_saida", quantity: "100", brokerage: "XP", unordered: true };

  it("changes nothing", () => {
    const folded = fold([bought, entry, exit]);
    expect(folded.spans).toHaveLength(1);
    expect(folded.flows).toHaveLength(1);
    expect(last(folded)).toMatchObject({ quantity: "100", cost: "2000", costKnown: true });
    expect(codes(folded)).toEqual([]);
  });

  it("leaves what goes beyond it to be a transfer", () => {
    const more = fold([bought, { ...entry, quantity: "130", market: "40" }, exit]);
    expect(last(more)).toMatchObject({ quantity: "130", costKnown: false, dayFlow: "1200" });
    const less = fold([bought, { ...entry, quantity: "70" }, exit]);
    expect(last(less)).toMatchObject({ quantity: "70", cost: "1400", costKnown: true });
  });

  it("is not assumed where the incoming transfer declares a cost, nor between instruments", () => {
    const declared = fold([bought, { ...entry, price: "25", file: "a.csv" }, exit]);
    expect(last(declared)).toMatchObject({ quantity: "100", cost: "2250" });
    const other = fold([bought, { ...entry, asset: "VALE3" }, exit]);
    expect(last(other)).toMatchObject({ quantity: "0" });
    expect(last(other, "VALE3")).toMatchObject({ quantity: "100", costKnown: false });
  });

  it("still pays its fees", () => {
    const folded = fold([bought, entry, { ...exit, fees: "12" }]);
    expect(last(folded)).toMatchObject({ quantity: "100", cost: "2000", fees: "12" });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "0", fees: "12" });
  });
});
