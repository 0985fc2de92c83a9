import { describe, expect, it } from "vitest";
import { codes, fold, last, plain, readFlow, readGain } from "./events.testing.ts";

describe("compra and venda", () => {
  it("averages cost with fees and keeps the average on a sale", () => {
    // 100 at 10 + 5 fees = 1005; sold 50: removed 1005 x 50 / 100 = 502.50; 600 - 3 - 502.50 = 94.50
    const folded = fold([
      { type: "compra", quantity: "100", price: "10", fees: "5" },
      { type: "venda", day: "2026-01-06", quantity: "50", price: "12", fees: "3" },
    ]);
    expect(last(folded)).toMatchObject({
      quantity: "50",
      cost: "502.5",
      gross: "500",
      realized: "94.5",
      fees: "8",
      tradePrice: "12",
    });
    expect(folded.realized.map(readGain)).toEqual([
      {
        type: "venda",
        dayTrade: false,
        quantity: "50",
        proceeds: "600",
        fees: "3",
        costRemoved: "502.5",
        gain: "94.5",
        gainBase: "94.5",
        gainKnown: true,
      },
    ]);
  });

  it("averages over brokerages", () => {
    // 100 at 10 and 100 at 20: 3000 / 200 = 15
    const folded = fold([
      { type: "compra", quantity: "100", price: "10", brokerage: "XP" },
      { type: "subscricao", quantity: "100", price: "20", brokerage: "BTG" },
      { type: "venda", quantity: "100", price: "15", brokerage: "XP" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "100", cost: "1500", realized: "0" });
  });

  it("starts anew after a position was closed", () => {
    const folded = fold([
      { type: "compra", quantity: "3", price: "10", fees: "0.01" },
      { type: "venda", day: "2026-01-06", quantity: "3", price: "11" },
      { type: "compra", day: "2026-01-07", quantity: "1", price: "20" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "1", cost: "20", realized: "2.99" });
    expect(plain(folded.spans[1]?.costE8 ?? null)).toBe("0");
  });

  it("rounds the removed cost once, half away from zero", () => {
    // cost 10 over 3 units: 1 unit removes 3.33333333, the next 3.33333334 (6.66666667 / 2 = 3.333333335)
    const folded = fold([
      { type: "compra", quantity: "3", price: "3", fees: "1" },
      { type: "venda", day: "2026-01-06", quantity: "1", price: "4" },
      { type: "venda", day: "2026-01-07", quantity: "1", price: "4" },
    ]);
    expect(folded.realized.map((row) => plain(row.costRemovedE8))).toEqual(["3.33333333", "3.33333334"]);
    expect(last(folded)).toMatchObject({ cost: "3.33333333" });
  });

  it("takes the value where there is no price, and quantity x price where both are given", () => {
    const byValue = fold([{ type: "compra", quantity: "3", amount: "100" }]);
    expect(last(byValue)).toMatchObject({ cost: "100", tradePrice: "33.33333333" });
    const both = fold([{ type: "compra", quantity: "3", price: "30", amount: "100" }]);
    expect(last(both)).toMatchObject({ cost: "90", tradePrice: "30" });
  });

  it("does not know the cost of a buy without price and value", () => {
    const folded = fold([{ type: "compra", quantity: "10", market: "7" }]);
    expect(last(folded)).toMatchObject({ quantity: "10", cost: "0", costKnown: false, dayFlow: "70" });
    expect(codes(folded)).toEqual(["cost_unknown"]);
  });

  it("counts buys with fees and sales net of fees as flow, and both without fees as gross flow", () => {
    const folded = fold([
      { type: "compra", quantity: "100", price: "10", fees: "5" },
      { type: "venda", day: "2026-01-06", quantity: "50", price: "12", fees: "3" },
    ]);
    expect(folded.flows.map(readFlow)).toMatchObject([
      { flow: "1005", gross: "1000", fees: "5", income: "0" },
      { flow: "-597", gross: "-600", fees: "3", income: "0" },
    ]);
  });

  it("does not apply a row in another currency, and says so", () => {
    const folded = fold([
      { type: "compra", quantity: "1", price: "10" },
      { type: "compra", currency: "USD", rate: "5", quantity: "1", price: "10" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "1", cost: "10" });
    expect(codes(folded)).toEqual(["currency_differs"]);
  });

  it("says of a trade without quantity that it is incomplete", () => {
    const folded = fold([
      { type: "compra", price: "10" },
      { type: "venda", amount: "10" },
    ]);
    expect(codes(folded)).toEqual(["incomplete", "incomplete"]);
    expect(folded.spans).toEqual([]);
  });
});

describe("selling more than is held", () => {
  it("covers to zero, opens a short at the sale price with fees pro rata, and flags it", () => {
    // 150 at 12, fees 3: 100 close with fees 2: 1200 - 2 - 1000 = 198; 50 open with fees 1: -(600 - 1)
    const folded = fold([
      { type: "compra", quantity: "100", price: "10" },
      { type: "venda", day: "2026-01-06", quantity: "150", price: "12", fees: "3" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "-50", cost: "-599", gross: "-600", realized: "198" });
    expect(folded.findings).toMatchObject([
      { code: "sold_more_than_held", expectedE8: 15_000_000_000n, foundE8: 10_000_000_000n, rowNumber: 2 },
    ]);
  });

  it("covers a short by buying and opens a long beyond zero", () => {
    // short 50 at 12, fees 1: cost -599. Buy 80 at 10, fees 4: 50 cover for 500 + 2.50: 599 - 502.50 = 96.50;
    // 30 open for 300 + 1.50
    const folded = fold([
      { type: "venda", quantity: "50", price: "12", fees: "1" },
      { type: "compra", day: "2026-01-06", quantity: "80", price: "10", fees: "4" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "30", cost: "301.5", gross: "300", realized: "96.5" });
    expect(readGain(folded.realized[0])).toMatchObject({
      type: "compra",
      quantity: "50",
      proceeds: "600",
      fees: "3.5",
      costRemoved: "500",
      gain: "96.5",
    });
  });
});

describe("resgate and vencimento", () => {
  it("redeems everything at maturity without a quantity", () => {
    const folded = fold([
      { type: "compra", quantity: "10", price: "100" },
      { type: "vencimento", day: "2026-01-06", amount: "1100" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "0", cost: "0", realized: "100" });
  });

  it("redeems what a value buys at the row's price", () => {
    const folded = fold([
      { type: "compra", quantity: "10", price: "100" },
      { type: "resgate", day: "2026-01-06", amount: "220", price: "110" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "8", cost: "800", realized: "20" });
  });

  it("takes the price of a redemption from its value", () => {
    const folded = fold([
      { type: "compra", quantity: "10", price: "100" },
      { type: "resgate", day: "2026-01-06", quantity: "4", amount: "450" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "6", realized: "50", tradePrice: "112.5" });
  });

  it("claims no gain where neither price nor value nor market price is known", () => {
    const folded = fold([
      { type: "compra", quantity: "10", price: "100" },
      { type: "vencimento", day: "2026-01-06" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "0", realized: "0", realizedKnown: false });
    expect(codes(folded)).toEqual(["incomplete"]);
  });

  it("flags a maturity of nothing and changes nothing", () => {
    const folded = fold([{ type: "vencimento", amount: "1100" }]);
    expect(codes(folded)).toEqual(["nothing_held"]);
    expect(folded.spans).toEqual([]);
  });
});

describe("fracao", () => {
  it("sells the fraction that is held against the value", () => {
    // 10 units at 1:3 and 100 at 10: 3.33333333; cost of 0.33333333 = 100 x 0.33333333 / 3.33333333 = 9.99999991
    const folded = fold([
      { type: "compra", quantity: "10", price: "10" },
      { type: "grupamento", day: "2026-01-06", newPerOld: "1:3" },
      { type: "fracao", day: "2026-01-07", amount: "11" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "3" });
    expect(readGain(folded.realized[0])).toMatchObject({
      quantity: "0.33333333",
      proceeds: "11",
      costRemoved: "9.99999991",
      gain: "1.00000009",
    });
  });

  it("takes the cash as gain where no fraction is left", () => {
    const folded = fold([
      { type: "compra", quantity: "3", price: "10" },
      { type: "fracao", day: "2026-01-06", amount: "2.10" },
    ]);
    expect(last(folded)).toMatchObject({ quantity: "3", cost: "30", realized: "2.1" });
    expect(codes(folded)).toEqual(["nothing_held"]);
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "-2.1" });
  });
});

describe("come_cotas", () => {
  const bought = { type: "compra", asset: "FUNDO", quantity: "100", price: "10" } as const;

  it("takes units at cost, counts the gain, and withdraws what they are worth", () => {
    // 2 units cost 20 and are worth 30
    const folded = fold([
      bought,
      { type: "come_cotas", asset: "FUNDO", day: "2026-05-29", quantity: "2", price: "15" },
    ]);
    expect(last(folded, "FUNDO")).toMatchObject({ quantity: "98", cost: "980", realized: "10" });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "-30", gross: "-30" });
  });

  it("touches no cash where cash is controlled", () => {
    const folded = fold(
      [
        { type: "aporte", asset: "CAIXA-BRL", amount: "1000" },
        bought,
        { type: "come_cotas", asset: "FUNDO", day: "2026-05-29", amount: "30", market: "15" },
      ],
      { controlsCash: true },
    );
    expect(last(folded, "CAIXA-BRL")).toMatchObject({ from: "2026-01-05", quantity: "0" });
    expect(last(folded, "FUNDO")).toMatchObject({ quantity: "98", realized: "10" });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "-30", gross: "-30" });
  });
});
