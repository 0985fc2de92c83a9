import { describe, expect, it } from "vitest";
import { codes, type EventText, fold, last, readFlow, readGain } from "./events.testing.ts";

const controlled = { controlsCash: true };
const contribution: EventText = { type: "aporte", day: "2026-01-02", asset: "CAIXA-BRL", amount: "2000" };

describe("controlled cash", () => {
  it("takes every settlement, and a trade inside one currency is no flow", () => {
    // 2000 - 1005 + 597 + 85 - 9.90
    const folded = fold(
      [
        contribution,
        { type: "compra", quantity: "100", price: "10", fees: "5" },
        { type: "venda", day: "2026-01-06", quantity: "50", price: "12", fees: "3" },
        { type: "jcp", day: "2026-01-07", amount: "100", tax: "15" },
        { type: "taxa", day: "2026-01-08", asset: "CAIXA-BRL", amount: "9.90" },
      ],
      controlled,
    );
    expect(last(folded, "CAIXA-BRL")).toMatchObject({
      quantity: "1667.1",
      cost: "1667.1",
      realized: "0",
      fees: "9.9",
      dayFlow: "-9.9",
    });
    expect(folded.flows.map(readFlow)).toMatchObject([
      { flow: "2000", gross: "2000", income: "0", fees: "0" },
      { flow: "0", gross: "-5", income: "0", fees: "5" },
      { flow: "0", gross: "-3", income: "0", fees: "3" },
      { flow: "0", gross: "85", income: "85", fees: "0" },
      { flow: "0", gross: "-9.9", income: "0", fees: "9.9" },
    ]);
  });

  it("brings transfers in at market without touching the balance", () => {
    const folded = fold(
      [contribution, { type: "transferencia_entrada", quantity: "100", price: "20", market: "40" }],
      controlled,
    );
    expect(last(folded, "CAIXA-BRL")).toMatchObject({ quantity: "2000" });
    expect(readFlow(folded.flows[1])).toMatchObject({ flow: "4000", gross: "4000" });
  });

  it("that is overdrawn is a short, flagged once a day and only if the day ends so", () => {
    const buy: EventText = { type: "compra", quantity: "10", price: "10" };
    const overdrawn = fold([buy, buy], controlled);
    expect(last(overdrawn, "CAIXA-BRL")).toMatchObject({ quantity: "-200", cost: "-200" });
    expect(overdrawn.findings).toMatchObject([
      { code: "sold_more_than_held", instrument: "CAIXA-BRL", foundE8: -20_000_000_000n },
    ]);
    const spent = fold([{ ...contribution, amount: "100" }, buy], controlled);
    expect(last(spent, "CAIXA-BRL").quantity).toBe("0");
    expect(codes(spent)).toEqual([]);
    const funded = fold([buy, { ...contribution, day: "2026-01-05" }], controlled);
    expect(codes(funded)).toEqual([]);
  });
});

describe("foreign cash", () => {
  const usd = { currency: "USD", asset: "CAIXA-USD" } as const;

  it("has an average cost in base currency and realises the currency's gain when it is spent", () => {
    // 1000 USD at 5 and 1000 at 6: average 5.50. 500 spent at 6.20: 3100 - 2750 = 350 BRL, 0 USD
    const folded = fold(
      [
        { type: "aporte", day: "2026-01-02", ...usd, rate: "5", amount: "1000" },
        { type: "aporte", day: "2026-01-05", ...usd, rate: "6", amount: "1000" },
        {
          type: "compra",
          day: "2026-01-06",
          asset: "AAPL",
          currency: "USD",
          rate: "6.2",
          quantity: "2",
          price: "250",
        },
      ],
      controlled,
    );
    expect(last(folded, "CAIXA-USD")).toMatchObject({
      quantity: "1500",
      cost: "1500",
      costBase: "8250",
      realized: "0",
      realizedBase: "350",
    });
    expect(last(folded, "AAPL")).toMatchObject({ cost: "500", costBase: "3100" });
    expect(readGain(folded.realized[0])).toMatchObject({ type: "compra", gain: "0", gainBase: "350" });
    expect(readFlow(folded.flows[2])).toMatchObject({ currency: "USD", flow: "0", flowBase: "0" });
  });

  it("is exchanged at the row's price: flows of both currencies that cancel out in base currency", () => {
    // docs: 1000 USD bought at 5.10, fees of 12 in BRL
    const folded = fold(
      [
        { ...contribution, amount: "6000" },
        { type: "compra", asset: "CAIXA-USD", currency: "BRL", quantity: "1000", price: "5.10", fees: "12" },
      ],
      controlled,
    );
    expect(last(folded, "CAIXA-USD")).toMatchObject({ quantity: "1000", cost: "1000", costBase: "5100" });
    expect(last(folded, "CAIXA-BRL")).toMatchObject({ quantity: "888", fees: "12" });
    expect(folded.flows.slice(1).map(readFlow)).toMatchObject([
      { currency: "BRL", flow: "-5100", gross: "-5112", fees: "12" },
      { currency: "USD", flow: "1000", gross: "1000", flowBase: "5100", grossBase: "5100" },
    ]);
  });

  it("comes back from a round trip at one rate without gain or loss", () => {
    const folded = fold(
      [
        { ...contribution, amount: "5100" },
        { type: "compra", asset: "CAIXA-USD", currency: "BRL", quantity: "1000", price: "5.10" },
        {
          type: "venda",
          day: "2026-01-06",
          asset: "CAIXA-USD",
          currency: "BRL",
          quantity: "1000",
          price: "5.10",
        },
      ],
      controlled,
    );
    expect(last(folded, "CAIXA-BRL")).toMatchObject({ quantity: "5100" });
    expect(last(folded, "CAIXA-USD")).toMatchObject({ quantity: "0", costBase: "0", realizedBase: "0" });
  });

  it("is not exchanged where cash is not controlled", () => {
    const folded = fold([
      { type: "compra", asset: "CAIXA-USD", currency: "BRL", quantity: "1000", price: "5.10" },
    ]);
    expect(codes(folded)).toEqual(["cash_not_controlled"]);
    expect(folded.flows).toEqual([]);
  });
});
