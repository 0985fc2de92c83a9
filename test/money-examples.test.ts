import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examplesOf } from "./examples.testing.ts";

/** The rules of docs/money.md about quantities, costs and values, each by an example worked by hand. */

const examples = examplesOf();
const { answer, clientWith, closes, holding, sinceStart } = examples;

examples.file("ativos.csv", ["ativo;nome;classe;moeda", "ALFAFIM;Alfa FIM;fundo;BRL"]);

beforeAll(() => examples.load());
afterAll(() => examples.remove());

describe("rule 1, numbers", () => {
  const client = clientWith(["2026-03-02 compra BTC quantidade=0.00000005 preco=0.5"]);

  it("rounds half away from zero at the eighth digit: 0.00000005 x 0.5 is 0.00000003", async () => {
    expect(await holding(client, "BTC")).toMatchObject({ quantity: "0.00000005", cost: "0.00000003" });
  });
});

describe("rule 2, day trades", () => {
  const held = "2026-03-02 compra PETR4 quantidade=100 preco=10";
  const sell = "2026-03-03 venda PETR4 quantidade=100 preco=13";
  const whole = clientWith([held, "2026-03-03 compra PETR4 quantidade=100 preco=12", sell]);
  const reversed = clientWith([held, sell, "2026-03-03 compra PETR4 quantidade=100 preco=12"]);
  const partly = clientWith([held, "2026-03-03 compra PETR4 quantidade=150 preco=12", sell]);
  const elsewhere = clientWith([
    held,
    "2026-03-03 compra PETR4 quantidade=100 preco=12 corretora=XP",
    "2026-03-03 venda PETR4 quantidade=100 preco=13 corretora=BTG",
  ]);

  it("holding 100 at 10, buy 100 at 12 and sell 100 at 13: realises 100, the average stays 10", async () => {
    for (const client of [whole, reversed]) {
      expect(await holding(client, "PETR4")).toMatchObject({
        quantity: "100",
        cost: "1000",
        averageCost: "10",
        realizedGain: "100",
      });
    }
  });

  it("what is left of the day joins the average: 1000 + 50 x 12 = 1600 for 150", async () => {
    expect(await holding(partly, "PETR4")).toMatchObject({
      quantity: "150",
      cost: "1600",
      averageCost: "10.66666667",
      realizedGain: "100",
    });
  });

  it("of two brokerages is none: 2200 for 200, half removed, 1300 - 1100 = 200", async () => {
    expect(await holding(elsewhere, "PETR4")).toMatchObject({ cost: "1100", realizedGain: "200" });
  });
});

describe("rule 3, average cost", () => {
  it("sells at the average with fees, and starts anew after closing", async () => {
    // Cost 1005. 40 sold at 12 with 3: removed 1005 x 40/100 = 402, gain 480 - 3 - 402 = 75, left 603 for 60.
    expect(await holding(partial, "VALE3", "--at", "2026-03-04")).toMatchObject({
      quantity: "60",
      cost: "603",
      averageCost: "10.05",
      averageCostGross: "10",
      realizedGain: "75",
      fees: "8",
    });
    // 60 sold at 10: 600 - 603 = -3, in all 72. Then 10 at 20: nothing of the old cost is left.
    expect(await holding(partial, "VALE3")).toMatchObject({
      quantity: "10",
      cost: "200",
      realizedGain: "72",
      fees: "8",
    });
  });
  const partial = clientWith([
    "2026-03-02 compra VALE3 quantidade=100 preco=10 taxas=5",
    "2026-03-04 venda VALE3 quantidade=40 preco=12 taxas=3",
    "2026-03-05 venda VALE3 quantidade=60 preco=10",
    "2026-03-06 compra VALE3 quantidade=10 preco=20",
  ]);

  const short = clientWith([
    "2026-03-02 compra ITUB4 quantidade=100 preco=10",
    "2026-03-04 venda ITUB4 quantidade=150 preco=12 taxas=3",
  ]);
  it("selling more than is held covers to zero and opens a short at the sale price, fees pro rata", async () => {
    // 100 of 150 bear 2 of the fees: 1200 - 2 - 1000 = 198. The short of 50 brings 600 - 1 = 599.
    expect(await holding(short, "ITUB4")).toMatchObject({
      quantity: "-50",
      cost: "-599",
      averageCost: "11.98",
      averageCostGross: "12",
      realizedGain: "198",
      fees: "3",
    });
  });

  const amortised = clientWith([
    "2026-03-02 compra HGLG11 quantidade=10 preco=100",
    "2026-03-04 amortizacao HGLG11 valor=300",
    "2026-03-05 amortizacao HGLG11 valor=800",
  ]);
  it("an amortisation beyond the cost is gain: 1000 - 300 = 700, then 800 - 700 = 100", async () => {
    expect(await holding(amortised, "HGLG11", "--at", "2026-03-04")).toMatchObject({
      cost: "700",
      realizedGain: "0",
    });
    expect(await holding(amortised, "HGLG11")).toMatchObject({
      quantity: "10",
      cost: "0",
      averageCost: "0",
      realizedGain: "100",
      income: "0",
    });
  });

  const taxedFund = clientWith([
    "2026-03-02 compra ALFAFIM quantidade=100 preco=10",
    "2026-03-30 come_cotas ALFAFIM quantidade=5 preco=12",
  ]);
  it("come_cotas takes units at their cost: 5 x (12 - 10) = 10 of gain, 95 units at 950", async () => {
    expect(await holding(taxedFund, "ALFAFIM")).toMatchObject({
      quantity: "95",
      cost: "950",
      averageCost: "10",
      realizedGain: "10",
      fees: "0",
    });
  });

  const converted = clientWith([
    "2026-03-02 compra BRML3 quantidade=1000 preco=2 taxas=3",
    "2026-03-05 conversao BRML3>ALOS3 fator=25:1",
  ]);
  it("a conversion moves the whole cost: 1000 at 2 become 40 at 50, with the fees in the cost", async () => {
    expect(await holding(converted, "ALOS3")).toMatchObject({
      quantity: "40",
      cost: "2003",
      averageCost: "50.075",
      averageCostGross: "50",
      realizedGain: "0",
    });
    expect(await holding(converted, "BRML3")).toMatchObject({ quantity: "0", cost: "0", realizedGain: "0" });
  });

  const renamed = clientWith([
    "2026-03-02 compra VVAR3 quantidade=1000 preco=2",
    "2026-03-05 conversao VVAR3>BHIA3 fator=25:1",
  ]);
  it("a conversion between two codes of one instrument is its factor: 1000 at 2 become 40 at 50", async () => {
    const found = { quantity: "40", cost: "2000", averageCost: "50", realizedGain: "0" };
    expect(await holding(renamed, "BHIA3")).toMatchObject(found);
    expect(await holding(renamed, "VVAR3")).toMatchObject(found);
  });

  const bonus = clientWith([
    "2026-03-02 compra ITSA4 quantidade=100 preco=10",
    "2026-03-05 bonificacao ITSA4 quantidade=10 preco=5",
  ]);
  it("bonus shares add their declared cost: 1000 + 10 x 5 = 1050 for 110", async () => {
    expect(await holding(bonus, "ITSA4")).toMatchObject({
      quantity: "110",
      cost: "1050",
      averageCost: "9.54545455",
    });
  });

  const fraction = clientWith([
    "2026-03-02 compra CSNA3 quantidade=105 preco=10",
    "2026-03-05 grupamento CSNA3 fator=10:1",
    "2026-03-10 fracao CSNA3 valor=60",
  ]);
  it("a fraction waits for its cash: 10.5 units cost 1050, half a unit leaves 50 for 60", async () => {
    expect(await holding(fraction, "CSNA3", "--at", "2026-03-09")).toMatchObject({
      quantity: "10.5",
      cost: "1050",
      averageCost: "100",
    });
    expect(await holding(fraction, "CSNA3")).toMatchObject({
      quantity: "10",
      cost: "1000",
      realizedGain: "10",
    });
  });

  const thirds = clientWith([
    "2026-03-02 compra RENT3 quantidade=9 preco=10",
    "2026-03-05 grupamento RENT3 fator=3:1",
    "2026-03-06 desdobramento RENT3 fator=1:3",
  ]);
  it("a factor is a fraction of integers: 9 by 3:1 and 1:3 is 9 again, at the same cost", async () => {
    expect(await holding(thirds, "RENT3", "--at", "2026-03-05")).toMatchObject({ quantity: "3", cost: "90" });
    expect(await holding(thirds, "RENT3")).toMatchObject({ quantity: "9", cost: "90", averageCost: "10" });
  });

  const moved = clientWith([
    "2026-03-02 compra ABEV3 quantidade=100 preco=10 taxas=1 corretora=XP",
    "2026-03-05 transferencia_saida ABEV3 quantidade=100 corretora=XP",
    "2026-03-05 transferencia_entrada ABEV3 quantidade=100 corretora=BTG",
  ]);
  closes("ABEV3", "2026-03-02=10", "2026-03-31=11");
  it("a move between the client's own brokerages changes nothing", async () => {
    expect(await holding(moved, "ABEV3")).toMatchObject({
      quantity: "100",
      cost: "1001",
      realizedGain: "0",
      value: "1100",
      unrealizedGain: "99",
    });
    // The fee counts: 1000 / 1001 on the first day, then 1100 / 1000.
    expect(await sinceStart(moved)).toMatchObject({ twrPercent: "9.89010989" });
  });

  const fees = clientWith([
    "2026-03-02 compra SUZB3 quantidade=100 preco=10",
    "2026-03-05 taxa SUZB3 valor=7",
    "2026-03-06 venda SUZB3 quantidade=50 preco=12",
    "2026-03-09 ir SUZB3 valor=15",
  ]);
  it("taxa enters the fees and ir nothing: 50 x (12 - 10) = 100 of gain", async () => {
    expect(await holding(fees, "SUZB3")).toMatchObject({ cost: "500", realizedGain: "100", fees: "7" });
  });
});

describe("rule 5, value", () => {
  examples.file("MGLU3.SA.csv", [
    "Date,Open,High,Low,Close,Adj Close,Volume",
    "2024-05-24,12.6,12.7,12.4,12.57,12.57,1000",
    "2024-05-27,12.6,12.7,12.4,12.60,12.60,1000",
  ]);
  examples.file("eventos.csv", [
    "ativo;data;tipo;fator",
    "MGLU3;27/05/2024;grupamento;10:1",
    "MGLU3;30/12/2025;bonificacao;1,05",
    "ENGI11;27/05/2024;desdobramento;1:2",
    "ENGI11;27/05/2024;bonificacao;1,1",
  ]);
  const restated = clientWith([
    "2024-05-20 compra MGLU3 quantidade=1000 preco=1.30",
    "2024-05-27 grupamento MGLU3 fator=10:1",
  ]);

  it("turns a restated close back by every later event: 12.57 x 1/10 x 1.05 = 1.31985", async () => {
    expect(await holding(restated, "MGLU3", "--at", "2024-05-24")).toMatchObject({
      quantity: "1000",
      price: "1.31985",
      value: "1319.85",
    });
    expect(await holding(restated, "MGLU3", "--at", "2024-05-27")).toMatchObject({
      quantity: "100",
      price: "13.23",
      value: "1323",
      cost: "1300",
    });
  });

  examples.file("ENGI11.SA.csv", [
    "Date,Open,High,Low,Close,Adj Close,Volume",
    "2024-05-24,10,10,10,10,10,1000",
  ]);
  const both = clientWith(["2024-05-20 compra ENGI11 quantidade=10 preco=20"]);
  it("a split and bonus shares of one day both count: 10 x 2 x 1.1 = 22", async () => {
    expect(await holding(both, "ENGI11", "--at", "2024-05-24")).toMatchObject({ price: "22", value: "220" });
  });

  const unquoted = clientWith(["2026-03-30 compra EMBR3 quantidade=10 preco=70"]);
  it("before any quote stands the operation's own price, labelled so", async () => {
    const found = await answer(`/carteira ${unquoted} EMBR3`);
    expect(found).toMatchObject({
      stale: [{ asset: "EMBJ3", priceAt: "2026-03-30", reason: "operation_price" }],
      data: { price: "70", value: "700", priceSource: "operacao", priceAt: "2026-03-30" },
    });
  });
});

describe("rule 15, fixed income", () => {
  const client = clientWith(["2026-03-02 compra CDB-BANCO-X quantidade=10 preco=1000"]);
  closes("CDB-BANCO-X", "2026-03-30=1012.5");
  it("a deposit of which nobody states the terms is worth its newest filed unit price", async () => {
    expect(await holding(client, "CDB-BANCO-X")).toMatchObject({ price: "1012.5", value: "10125" });
  });

  examples.file("indices.csv", [
    "data;ativo;preco",
    ...["24=0,055131", "25=0,055131", "26=0,055131", "27=0,05", "30=0,06"].map(
      (point) => `2026-03-${point.replace("=", ";CDI;")}`,
    ),
    "2026-02-01;IPCA;0,33",
  ]);
  examples.file("bancos.csv", ["ativo;nome;classe;moeda", "CDB-BANCO-Y;CDB Banco Y;cdb;BRL"]);
  const on = (terms: string): string =>
    clientWith([`2026-03-24 compra CDB-BANCO-Y quantidade=10 preco=1000 ${terms}`]);
  const hundredTen = on("indexador=CDI taxa_juros=110 vencimento=2029-12-15");
  const cases = [
    ["110% of the CDI", hundredTen, "1003.03299291"],
    ["the CDI and 2% a year", on("indexador=CDI+ taxa_juros=2"), "1003.15103274"],
    ["12% a year", on("indexador=PRE taxa_juros=12"), "1002.25111499"],
    ["6% a year over the IPCA", on("indexador=IPCA taxa_juros=6"), "1001.90670981"],
    [
      "a deposit that matured after two days",
      on("indexador=PRE taxa_juros=12 vencimento=2026-03-26"),
      "1000.89983862",
    ],
  ] as const;
  it.each(cases)("1000 of 24 March are worth on the 31st, at %s", async (_terms, holder, price) => {
    expect(await holding(holder, "CDB-BANCO-Y")).toMatchObject({
      price,
      priceSource: "curva",
      priceAt: "2026-03-31",
    });
  });

  it("is told as it was on a day, moves by the day, and is no older than its index", async () => {
    const day = await holding(hundredTen, "CDB-BANCO-Y", "--at", "2026-03-26");
    expect(day).toMatchObject({ value: "10012.1324977", dayChange: "6.0680877" });
    expect(await answer(`/carteira ${hundredTen} CDB-BANCO-Y`)).toMatchObject({ stale: [] });
  });
});
