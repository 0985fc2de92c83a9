import { describe, expect, it } from "vitest";
import { codes, type EventText, fold, last, readFlow, readGain } from "./events.testing.ts";

const held: EventText = { type: "compra", day: "2026-01-02", quantity: "100", price: "10" };
const buy = (more: Partial<EventText>): EventText => ({
  type: "compra",
  quantity: "100",
  price: "12",
  dayTradable: true,
  ...more,
});
const sell = (more: Partial<EventText>): EventText => ({
  type: "venda",
  quantity: "100",
  price: "13",
  dayTradable: true,
  ...more,
});

describe("day trades", () => {
  it("are matched outside the average", () => {
    // the example of docs/money.md, rule 2: held 100 at 10, buy 100 at 12, sell 100 at 13
    const folded = fold([held, buy({}), sell({})]);
    expect(last(folded)).toMatchObject({ quantity: "100", cost: "1000", realized: "100" });
    expect(readGain(folded.realized[0])).toEqual({
      type: "venda",
      dayTrade: true,
      quantity: "100",
      proceeds: "1300",
      fees: "0",
      costRemoved: "1200",
      gain: "100",
      gainBase: "100",
      gainKnown: true,
    });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "-100", gross: "-100" });
  });

  it("may sell first: no short and no finding", () => {
    const folded = fold([sell({}), buy({})]);
    expect(last(folded)).toMatchObject({ quantity: "0", cost: "0", realized: "100" });
    expect(codes(folded)).toEqual([]);
  });

  it("match the first buy against the first sell, fees pro rata, and leave the rest to the average", () => {
    // sell 150 at 13, fees 3: 100 from the buy at 12 (fees 1), 50 from the buy at 11 (50 of its fees of 2 on 100).
    // proceeds 1950, cost 1200 + 550, fees 3 + 1 + 1: gain 195. The other 50 at 11 with fees of 1 join the average.
    const folded = fold([
      held,
      buy({ fees: "1" }),
      buy({ price: "11", fees: "2" }),
      sell({ quantity: "150", fees: "3" }),
    ]);
    expect(readGain(folded.realized[0])).toMatchObject({
      dayTrade: true,
      quantity: "150",
      proceeds: "1950",
      fees: "5",
      costRemoved: "1750",
      gain: "195",
    });
    expect(last(folded)).toMatchObject({
      quantity: "150",
      cost: "1551",
      gross: "1550",
      realized: "195",
      fees: "6",
    });
  });

  it("sell the rest at the average", () => {
    // 160 sold at 13: 100 day-traded (gain 100), 60 of those held at 10 (gain 180)
    const folded = fold([held, buy({}), sell({ quantity: "160" })]);
    expect(folded.realized.map((row) => [row.dayTrade, row.gainE8])).toEqual([
      [true, 10_000_000_000n],
      [false, 18_000_000_000n],
    ]);
    expect(last(folded)).toMatchObject({ quantity: "40", cost: "400", realized: "280" });
  });

  it("are of one brokerage", () => {
    // at two brokerages: buy into the average (1000 + 1200) / 200 = 11, sell 100: 1300 - 1100
    const folded = fold([held, buy({ brokerage: "XP" }), sell({ brokerage: "BTG" })]);
    expect(last(folded)).toMatchObject({ quantity: "100", cost: "1100", realized: "200" });
  });

  it("are of B3 instruments, of one instrument and of one day", () => {
    const foreign = fold([held, buy({ dayTradable: false }), sell({ dayTradable: false })]);
    expect(last(foreign)).toMatchObject({ cost: "1100", realized: "200" });
    const others = fold([held, buy({ asset: "VALE3" }), sell({})]);
    expect(last(others)).toMatchObject({ quantity: "0", realized: "300" });
    const days = fold([held, buy({}), sell({ day: "2026-01-06" })]);
    expect(last(days)).toMatchObject({ quantity: "100", cost: "1100", realized: "200" });
  });

  it("lose no unit of money when fees do not divide", () => {
    // fees of 0.10 in three thirds: 0.03333333 + 0.03333334 + 0.03333333
    const folded = fold([
      buy({ quantity: "3", fees: "0.10" }),
      sell({ quantity: "1" }),
      sell({ quantity: "1" }),
      sell({ quantity: "1" }),
    ]);
    expect(last(folded)).toMatchObject({ quantity: "0", cost: "0", realized: "2.9" });
  });
});
