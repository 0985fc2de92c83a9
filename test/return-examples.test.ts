import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examplesOf } from "./examples.testing.ts";

/** The rules of docs/money.md about currencies, returns and benchmarks, each by an example worked by hand. */

const examples = examplesOf();
const { answer, ask, clientWith, closes, holding, returns, sinceStart } = examples;

beforeAll(() => examples.load());
afterAll(() => examples.remove());

describe("rules 4 and 10, two currencies", () => {
  const foreign = clientWith(["2026-03-30 compra AAPL quantidade=10 preco=100 moeda=USD taxas=1"]);
  closes("AAPL", "2026-03-30=100", "2026-03-31=110");
  closes("USDBRL", "2026-03-02=4", "2026-03-30=5", "2026-03-31=5.2");

  it("costs stand at the rate of their day: 1001 x 5 = 5005; the value at today's: 1100 x 5.2 = 5720", async () => {
    expect(await holding(foreign, "AAPL")).toMatchObject({
      currency: "USD",
      baseCurrency: "BRL",
      cost: "1001",
      costBase: "5005",
      value: "1100",
      valueBase: "5720",
      unrealizedGain: "99",
      unrealizedGainBase: "715",
      fees: "1",
      feesBase: "5",
    });
  });

  it("the gain splits into the price at the opening rate, 100 x 5 = 500, and the currency, 720 - 500 = 220", async () => {
    expect(await returns(foreign, "hoje")).toMatchObject({
      gain: { price: "500", income: "0", currency: "220", fees: "0", total: "720" },
      twrPercent: "14.4",
      // 1.144^365 has 22 digits before the point: no rate a year that a double could tell.
      xirrPercent: null,
    });
  });

  it("fees are a part of the gain and of the return: 720 - 5 = 715, and 5720 / 5005 - 1", async () => {
    expect(await sinceStart(foreign)).toMatchObject({
      gain: { price: "500", income: "0", currency: "220", fees: "5", total: "715" },
      twrPercent: "14.28571429",
    });
  });

  const realised = clientWith([
    "2026-03-02 compra MSFT quantidade=10 preco=100 moeda=USD",
    "2026-03-30 venda MSFT quantidade=10 preco=100 moeda=USD",
  ]);
  it("a gain may be the currency's alone: nothing in USD, 1000 x (5 - 4) = 1000 in BRL", async () => {
    expect(await holding(realised, "MSFT")).toMatchObject({
      quantity: "0",
      realizedGain: "0",
      realizedGainBase: "1000",
    });
  });
});

describe("rule 6, controlled cash", () => {
  const client = clientWith(
    [
      "2026-03-02 aporte - valor=10000",
      "2026-03-02 compra EQTL3 quantidade=100 preco=10 taxas=1",
      "2026-03-05 dividendo EQTL3 valor=50",
    ],
    { cash: true },
  );
  closes("EQTL3", "2026-03-02=10", "2026-03-31=10");

  it("settles every operation: 10000 - 1001 + 50 = 9049 of cash beside 1000 of shares", async () => {
    const data = await ask(`/carteira ${client}`);
    expect(data).toMatchObject({ value: "10049" });
    expect(await holding(client, "CAIXA-BRL")).toMatchObject({ quantity: "9049", value: "9049" });
  });

  it("its return is 9999/10000 x 10049/9999 - 1 = 0.49%, its gain 50 - 1", async () => {
    expect(await sinceStart(client)).toMatchObject({
      twrPercent: "0.49",
      gain: { price: "0", income: "50", currency: "0", fees: "1", total: "49" },
    });
  });

  const without = clientWith([
    "2026-03-02 aporte - valor=10000",
    "2026-03-02 compra EQTL3 quantidade=1 preco=10",
  ]);
  it("is never inferred: without it there is no cash position", async () => {
    expect((await ask(`/carteira ${without}`))["positions"]).toMatchObject([{ asset: "EQTL3" }]);
  });
});

describe("rule 7, time-weighted return", () => {
  // 20, 20, then up 10% on each of the last two days.
  closes("WEGE3", "2026-03-26=20", "2026-03-27=20", "2026-03-30=22", "2026-03-31=24.2");
  const bought = "2026-03-26 compra WEGE3 quantidade=100 preco=20";

  const overnight = clientWith([
    bought,
    "2026-03-30 venda WEGE3 quantidade=100 preco=22",
    "2026-03-31 compra WEGE3 quantidade=100 preco=22",
  ]);
  it("sold on a day up 10% and bought back for another one: 10% each, 21% together", async () => {
    expect(await returns(overnight, "hoje")).toMatchObject({ twrPercent: "10" });
    expect(await sinceStart(overnight)).toMatchObject({ twrPercent: "21" });
  });

  const sameDay = clientWith([
    bought,
    "2026-03-30 venda WEGE3 quantidade=100 preco=20",
    "2026-03-30 compra WEGE3 quantidade=100 preco=20",
  ]);
  it("sold at the previous close and bought back on a day that rose 10%: 10%", async () => {
    expect(await returns(sameDay, "hoje", "--at", "2026-03-30")).toMatchObject({ twrPercent: "10" });
    expect(await holding(sameDay, "WEGE3")).toMatchObject({ cost: "2000", realizedGain: "0" });
  });

  const transferred = clientWith([
    "2026-03-26 compra BBDC4 quantidade=100 preco=30",
    "2026-03-30 transferencia_entrada PRIO3 quantidade=100 preco=20",
  ]);
  closes("BBDC4", "2026-03-26=30", "2026-03-31=30");
  closes("PRIO3", "2026-03-27=40", "2026-03-30=40", "2026-03-31=44");
  it("a transfer of a position bought at 2,000 and worth 4,000 returns 0", async () => {
    expect(await sinceStart(transferred, "--at", "2026-03-30")).toMatchObject({
      twrPercent: "0",
      gain: { price: "0", income: "0", currency: "0", fees: "0", total: "0" },
    });
    expect(await holding(transferred, "PRIO3", "--at", "2026-03-30")).toMatchObject({
      cost: "2000",
      value: "4000",
      unrealizedGain: "2000",
    });
    // The day after: 7400 / 7000.
    expect(await sinceStart(transferred)).toMatchObject({ twrPercent: "5.71428571", gain: { total: "400" } });
  });

  const paid = clientWith([
    "2026-03-26 compra TAEE11 quantidade=100 preco=30",
    "2026-03-31 jcp TAEE11 valor=100 ir=15",
  ]);
  closes("TAEE11", "2026-03-26=30", "2026-03-31=30");
  it("income counts net on its day: 85 / 3000 = 2.83333333%", async () => {
    expect(await returns(paid, "hoje")).toMatchObject({
      twrPercent: "2.83333333",
      gain: { price: "0", income: "85", total: "85" },
    });
    expect(await holding(paid, "TAEE11")).toMatchObject({ income: "85", realizedGain: "0" });
  });
});

describe("rule 7, days without a session and without capital", () => {
  const weekend = clientWith([
    "2026-03-26 compra CPLE3 quantidade=100 preco=10",
    "2026-03-28 compra ETH quantidade=10 preco=100",
  ]);
  closes("CPLE3", "2026-03-26=10", "2026-03-31=10");
  closes("ETH", "2026-03-27=100", "2026-03-30=120", "2026-03-31=120");
  it("what is bought on a Saturday joins Monday's session: 2200 / (1000 + 1000)", async () => {
    expect(await sinceStart(weekend)).toMatchObject({ twrPercent: "10", gain: { price: "200" } });
  });

  const short = clientWith(["2026-03-26 venda RADL3 quantidade=100 preco=20"]);
  closes("RADL3", "2026-03-26=20", "2026-03-31=21");
  it("a day that starts from nothing is skipped: no return is defined, the gain is told all the same", async () => {
    const found = await answer(`rentabilidade do ${short} desde o início`);
    expect(found["data"]).toMatchObject({
      twrPercent: null,
      skippedSessions: 4,
      gain: { price: "-100", total: "-100" },
    });
    expect(found["text"]).toContain("sem capital aplicado no período: rentabilidade não definida");
    expect((await answer(`/carteira ${short}`))["text"]).toContain("sem capital aplicado no período");
  });

  const later = clientWith([
    "2026-03-26 venda RADL3 quantidade=100 preco=20",
    "2026-03-30 compra CPLE3 quantidade=1000 preco=10",
  ]);
  it("a return that leaves days out says how many", async () => {
    // 26 and 27 March begin with a short of 2,000 or nothing.
    const { data, text } = await answer(`rentabilidade do ${later} desde o início`);
    expect(data).toMatchObject({ twrPercent: expect.any(String), skippedSessions: 2 });
    const note = "2 pregões começaram sem capital aplicado e ficaram fora da rentabilidade.";
    expect(text).toContain(note);
    expect((await answer(`/carteira ${later}`))["text"]).toContain(note);
  });
});

describe("rules 8, 9 and 11, periods and benchmarks", () => {
  const client = clientWith(["2025-03-31 compra EGIE3 quantidade=100 preco=10"]);
  closes("EGIE3", "2025-03-31=10", "2026-03-26=10", "2026-03-31=11");
  closes("CDI", "2026-03-26=0.05", "2026-03-27=0.06", "2026-03-30=0.07", "2026-03-31=0.08");
  closes("IPCA", "2025-12-01=0.5", "2026-01-01=0.33", "2026-02-01=0.7");
  closes("IBOV", "2026-03-26=100000", "2026-03-31=104000");

  it("XIRR is actual/365: 1000 become 1100 in 365 days, 10% a year", async () => {
    expect(await sinceStart(client)).toMatchObject({ twrPercent: "10", xirrPercent: "10" });
  });

  it("12m has its base on the same day a year earlier", async () => {
    expect(await returns(client, "em 12 meses")).toMatchObject({
      period: { kind: "12m", from: "2025-03-31", to: "2026-03-31" },
      twrPercent: "10",
    });
  });

  it("CDI from D0 to D1 holds the rates of D0 <= d < D1: 1.0005 x 1.0006 x 1.0007", async () => {
    // 1.0011003 x 1.0007 = 1.00180107021. The return is 10%: 10 / 0.180107021 = 55.52254401 times it.
    expect(await returns(client, "de 27/03/2026 a 31/03/2026 vs CDI")).toMatchObject({
      period: { kind: "range", from: "2026-03-26", to: "2026-03-31" },
      twrPercent: "10",
      benchmark: "CDI",
      benchmarkPercent: "0.18010702",
      differencePercent: "9.81989298",
      percentOfCdi: expect.stringMatching(/^5552\.25440/),
    });
  });

  it("IBOV is the ratio of closes", async () => {
    expect(await returns(client, "de 27/03/2026 a 31/03/2026 vs IBOV")).toMatchObject({
      benchmarkPercent: "4",
      differencePercent: "6",
    });
  });

  it("IPCA counts whole published months inside the period and names the last one", async () => {
    // January and February: 1.0033 x 1.0070 = 1.0103231. March is not published yet.
    expect(await returns(client, "de 01/01/2026 a 31/03/2026 vs IPCA")).toMatchObject({
      benchmarkPercent: "1.03231",
      ipcaThrough: "2026-02",
    });
    // From the 15th January is not whole.
    expect(await returns(client, "de 15/01/2026 a 31/03/2026 vs IPCA")).toMatchObject({
      benchmarkPercent: "0.7",
      ipcaThrough: "2026-02",
    });
  });
});

describe("rule 13, day change", () => {
  const split = clientWith([
    "2026-03-02 compra BBAS3 quantidade=100 preco=30",
    "2026-03-31 desdobramento BBAS3 fator=1:2",
  ]);
  closes("BBAS3", "2026-03-30=40", "2026-03-31=21");
  it("a split today compares on the same basis: 200 x 21 against 200 x 20, 5%", async () => {
    expect(await holding(split, "BBAS3")).toMatchObject({
      quantity: "200",
      averageCost: "15",
      value: "4200",
      dayChange: "200",
      dayChangePercent: "5",
    });
    expect(await returns(split, "hoje")).toMatchObject({ twrPercent: "5", gain: { price: "200" } });
  });

  const unpriced = clientWith([
    "2026-03-02 compra USIM5 quantidade=100 preco=30",
    "2026-03-31 grupamento USIM5 fator=10:1",
  ]);
  closes("USIM5", "2026-03-30=40");
  it("a reverse split today without a close yet keeps the value: 10 x 400", async () => {
    expect(await holding(unpriced, "USIM5")).toMatchObject({
      quantity: "10",
      price: "400",
      value: "4000",
      dayChange: "0",
    });
  });

  const added = clientWith([
    "2026-03-02 compra GGBR4 quantidade=100 preco=10",
    "2026-03-31 compra GGBR4 quantidade=100 preco=19",
  ]);
  closes("GGBR4", "2026-03-30=20", "2026-03-31=21");
  it("what was bought today counts from its trade price: 100 x (21 - 20) + 100 x (21 - 19) = 300", async () => {
    // 300 of 2000 at the previous close plus 1900 bought.
    expect(await holding(added, "GGBR4")).toMatchObject({
      dayChange: "300",
      dayChangePercent: "7.69230769",
    });
  });
});
