import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, askOf, openAskedBook } from "./asked-book.testing.ts";
import type { CommandLine } from "./command-line.testing.ts";

/** The figures of answers about holdings, portfolios and performance, worked out by hand in the comments. */

let line: CommandLine;

beforeAll(async () => {
  line = await openAskedBook();
});

afterAll(() => line.remove());

const ask = (text: string, ...options: readonly string[]): Promise<Answer> => askOf(line, text, ...options);

async function dataOf(
  text: string,
  ...options: readonly string[]
): Promise<Readonly<Record<string, unknown>>> {
  const { status, data } = await ask(text, ...options);
  expect(status, text).toBe("ok");
  if (data === null) throw new Error(`no data: ${text}`);
  return data;
}

/** Exact sum of decimal strings, in units of 10^-8. */
function sum(...amounts: readonly unknown[]): bigint {
  return amounts.reduce<bigint>((total, amount) => {
    const [, sign, whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount)) ?? [];
    const units = BigInt(whole + fraction.padEnd(8, "0"));
    return total + (sign === "-" ? -units : units);
  }, 0n);
}

describe("a holding", () => {
  it("in the client's own currency: 60 of 100 left, after 40 sold", async () => {
    // Cost 3010; 40 leave 1204: 1320 - 4 - 1204 = 112. Left 1806. Worth 60 x 35 = 2100; yesterday 60 x 34 = 2040.
    // All positions: 2100 + 10 x 155 + 10 x 210 x 5.5 = 2100 + 1550 + 11550 = 15200.
    const answer = await ask("/carteira cliente1 PETR4");
    expect(answer).toMatchObject({ asOf: "2026-03-31", stale: [] });
    expect(answer.sources).toEqual([
      { source: "arquivo", of: "prices", at: "2026-03-31", delayMinutes: null },
    ]);
    expect(answer.data).toMatchObject({
      quantity: "60",
      averageCost: "30.1",
      averageCostGross: "30",
      cost: "1806",
      costBase: "1806",
      price: "35",
      priceAt: "2026-03-31",
      value: "2100",
      valueBase: "2100",
      unrealizedGain: "294",
      unrealizedGainBase: "294",
      realizedGain: "112",
      realizedGainBase: "112",
      fees: "14",
      feesBase: "14",
      income: "0",
      incomeBase: "0",
      currency: "BRL",
      dayChangePercent: "2.94117647",
      weightPercent: "13.81578947",
    });
  });

  it("in another currency has each amount also in the base one", async () => {
    // 2001 USD at 5.00; 2100 USD at 5.50.
    expect(await dataOf("/carteira cliente1 AAPL")).toMatchObject({
      currency: "USD",
      cost: "2001",
      costBase: "10005",
      value: "2100",
      valueBase: "11550",
      unrealizedGain: "99",
      unrealizedGainBase: "1545",
      fees: "1",
      feesBase: "5",
    });
  });

  it("of a client in dollars stands in dollars", async () => {
    // PETR4: 3100 BRL at 5.00 = 620 USD; worth 3500 BRL at 5.50 = 636.36363636… (rate 1/5.5 = 0.18181818).
    expect(await dataOf("/carteira cliente2 PETR4")).toMatchObject({
      currency: "BRL",
      baseCurrency: "USD",
      cost: "3100",
      costBase: "620",
      value: "3500",
      valueBase: "636.36363",
      unrealizedGainBase: "16.36363",
    });
    const portfolio = await dataOf("/carteira cliente2");
    expect(portfolio).toMatchObject({ baseCurrency: "USD", cost: "2620", value: "2736.36363" });
  });

  it("that is short has a negative quantity, cost and value", async () => {
    // Sold at 3000, would cost 50 x 58 = 2900 to buy back.
    expect(await dataOf("/carteira cliente3 VALE3")).toMatchObject({
      quantity: "-50",
      averageCost: "60",
      cost: "-3000",
      value: "-2900",
      unrealizedGain: "100",
    });
  });

  it("of unknown cost has null for what rests on it, and says so", async () => {
    const answer = await ask("/carteira cliente4 BBAS3");
    expect(answer.data).toMatchObject({
      quantity: "100",
      averageCost: null,
      averageCostGross: null,
      cost: null,
      costBase: null,
      unrealizedGain: null,
      unrealizedGainBase: null,
      value: "2600",
    });
    expect(answer.text.toLowerCase()).toMatch(/custo|preço médio/);
  });

  it("without any price is worth nobody knows what, never zero, and is named", async () => {
    const answer = await ask("/carteira cliente4 DEB-SEM-PRECO");
    expect(answer.data).toMatchObject({
      quantity: "5",
      price: null,
      priceAt: null,
      value: null,
      valueBase: null,
      unrealizedGain: null,
      weightPercent: null,
    });
    expect(answer.stale).toEqual([{ asset: "DEB-SEM-PRECO", priceAt: null, reason: "missing" }]);
    const portfolio = await ask("/carteira cliente4");
    expect(portfolio.data).toMatchObject({ value: "2600", cost: null, unpriced: 1 });
    expect(portfolio.text).toContain("DEB-SEM-PRECO");
  });

  it("with an old price says which day it is of", async () => {
    const answer = await ask("/carteira cliente4 BBAS3");
    expect(answer.stale).toEqual([{ asset: "BBAS3", priceAt: "2026-03-10", reason: "old" }]);
    expect(answer.text).toContain("10/03/2026");
  });

  it("as of a past day is what was held then, at that day's price", async () => {
    const { asOf, data } = await ask("/carteira cliente1 PETR4", "--at", "2026-02-27");
    expect(asOf).toBe("2026-02-02");
    expect(data).toMatchObject({
      quantity: "100",
      cost: "3010",
      price: "31",
      priceAt: "2026-02-02",
      realizedGain: "0",
      fees: "10",
    });
    // An instant is of the day that it is in Brazil: 01:00 UTC of the 2nd is still the 1st there.
    const before = await ask("/carteira cliente1 PETR4", "--at", "2026-03-02T01:00:00Z");
    const after = await ask("/carteira cliente1 PETR4", "--at", "2026-03-02T21:00:00-03:00");
    expect([before.data?.["quantity"], after.data?.["quantity"]]).toEqual(["100", "60"]);
  });
});

describe("a portfolio", () => {
  it("adds up: its positions, its allocation, its weights", async () => {
    const data = await dataOf("/carteira cliente1");
    const positions = data["positions"] as readonly Readonly<Record<string, unknown>>[];
    const allocation = data["allocation"] as readonly Readonly<Record<string, unknown>>[];
    // 1806 + 1500 + 10005 = 13311.
    expect(data).toMatchObject({ value: "15200", cost: "13311", unrealizedGain: "1889", unpriced: 0 });
    expect(positions.map(({ asset }) => asset)).toEqual(["AAPL", "PETR4", "HGLG11"]);
    expect(sum(...positions.map(({ valueBase }) => valueBase))).toBe(sum(data["value"]));
    expect(sum(...positions.map(({ costBase }) => costBase))).toBe(sum(data["cost"]));
    expect(sum(...positions.map(({ unrealizedGainBase }) => unrealizedGainBase))).toBe(
      sum(data["unrealizedGain"]),
    );
    expect(sum(...positions.map(({ dayChange }) => dayChange))).toBe(sum(data["dayChange"]));
    expect(sum(...allocation.map(({ value }) => value))).toBe(sum(data["value"]));
    expect(allocation).toEqual([
      { key: "acao_exterior", value: "11550", weightPercent: "75.98684211" },
      { key: "acao", value: "2100", weightPercent: "13.81578947" },
      { key: "fii", value: "1550", weightPercent: "10.19736842" },
    ]);
    // Asked alone, a holding also says what there is to check.
    for (const position of positions) {
      expect({ ...position, toCheck: null }).toEqual(
        await dataOf(`/carteira cliente1 ${String(position["asset"])}`),
      );
    }
  });

  it("changes by the day: 60 x 1 + 10 x 5 + 10 x (210 x 5.50 - 200 x 5.00)", async () => {
    // The newest closes before today: HGLG11 150, AAPL 200, USDBRL 5.00. 60 + 50 + 1550 = 1660 of 13540.
    expect(await dataOf("/carteira cliente1")).toMatchObject({
      dayChange: "1660",
      dayChangePercent: "12.25997046",
    });
  });

  it("is what the broker's book is made of", async () => {
    // Every client's value, in BRL: 15200 - 2900 + 2600, and 2736.36363 USD x 5.5 = 15049.999965.
    const data = await dataOf("quanto tenho sob gestão?");
    expect(data).toMatchObject({ value: "29949.999965", currency: "BRL", clients: 4 });
  });
});

describe("a performance", () => {
  it("has a gain whose parts add up exactly, in every period", async () => {
    for (const words of [
      "hoje",
      "no mês",
      "no ano",
      "em 12 meses",
      "desde o início",
      "de 02/02/2026 a 02/03/2026",
    ]) {
      const { gain } = await dataOf(`rentabilidade do cliente1 ${words}`);
      const parts = gain as Readonly<Record<string, string>>;
      expect(Object.keys(parts)).toEqual(["price", "income", "currency", "fees", "total"]);
      expect(sum(parts["price"], parts["income"], parts["currency"]) - sum(parts["fees"]), words).toBe(
        sum(parts["total"]),
      );
    }
  });

  it("since the start: 294 + 112 of PETR4, 50 + 11 of HGLG11, 1545 of AAPL", async () => {
    // Price: PETR4 60 x 5 + 40 x 3 = 420, HGLG11 50, AAPL 100 USD x 5.00 = 500. Currency: 2100 x 0.50 = 1050.
    // Fees 14 + 5. In all 970 + 11 + 1050 - 19 = 2012 = 406 + 61 + 1545.
    expect(await dataOf("rentabilidade do cliente1 desde o início")).toMatchObject({
      gain: { price: "970", income: "11", currency: "1050", fees: "19", total: "2012" },
    });
  });

  it("links the days by hand: cliente9's is the price's alone", async () => {
    const { out } = await line.carteira(
      "ask",
      "rentabilidade do cliente9 desde o início",
      "--as",
      "corretor2",
      "--json",
    );
    // 35 / 30 of the purchase, which was at 30 on a day that closed at 33.
    expect((JSON.parse(out) as Answer).data).toMatchObject({
      twrPercent: "16.66666667",
      gain: { price: "35", total: "35" },
    });
  });

  it("of a client younger than the period starts with the client, and says so", async () => {
    const answer = await ask("rentabilidade do cliente1 em 12 meses");
    expect(answer.data).toMatchObject({ period: { kind: "12m", from: "2026-01-02", shortened: true } });
    expect(answer.text).toContain("02/01/2026");
  });

  it("without a benchmark's data says so, and is no zero", async () => {
    const answer = await ask("rentabilidade do cliente1 em dezembro de 2025 vs IBOV");
    expect(answer.data).toMatchObject({ benchmarkPercent: null, differencePercent: null });
  });
});
