import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/**
 * The rules of docs/money.md, each by an example worked by hand, from a file to an answer. One client an example, and an
 * instrument of its own, so that all of them fit in one book. The clock stands after the close of Tuesday 2026-03-31.
 */

const HEADER = "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;fator;valor;corretora;ir";
type Field = "quantidade" | "preco" | "moeda" | "taxas" | "fator" | "valor" | "corretora" | "ir";

const clients: string[] = ["cliente;nome;corretor;moeda_base;controla_caixa"];
const operations: string[] = [HEADER];
const prices: string[] = ["data;ativo;preco;moeda"];
let line: CommandLine;

/** A client with these operations, told as `2026-03-02 compra PETR4 quantidade=100 preco=10`. */
function clientWith(rows: readonly string[], options: { cash?: boolean; base?: string } = {}): string {
  const client = `cliente${clients.length}`;
  clients.push(
    `${client};Pessoa ${clients.length};corretor1;${options.base ?? ""};${options.cash === true ? "sim" : ""}`,
  );
  for (const row of rows) {
    const [date = "", type = "", asset = "", ...rest] = row.split(" ");
    const fields = new Map(rest.map((pair) => pair.split("=", 2) as [Field, string]));
    const cell = (name: Field) => fields.get(name) ?? "";
    const numbers = ["quantidade", "preco", "moeda", "taxas", "fator", "valor", "corretora", "ir"] as const;
    operations.push([client, date, type, asset === "-" ? "" : asset, ...numbers.map(cell)].join(";"));
  }
  return client;
}

/** Closes of one instrument: `2026-03-30=40`. */
function closes(asset: string, ...points: readonly string[]): void {
  for (const point of points) {
    const [date, price] = point.split("=", 2);
    prices.push(`${date};${asset};${price};`);
  }
}

type Data = Readonly<Record<string, unknown>>;

async function ask(text: string, ...options: readonly string[]): Promise<Data> {
  const answer = await line.json("ask", text, "--as", "corretor1", ...options);
  expect(answer, text).toMatchObject({ status: "ok" });
  return answer["data"] as Data;
}

const holding = (client: string, asset: string, ...options: readonly string[]) =>
  ask(`/carteira ${client} ${asset}`, ...options);
const returns = (client: string, period: string, ...options: readonly string[]) =>
  ask(`rentabilidade do ${client} ${period}`, ...options);
const sinceStart = (client: string, ...options: readonly string[]) =>
  returns(client, "desde o início", ...options);

beforeAll(async () => {
  line = await openCommandLine(() => new Date("2026-03-31T21:30:00Z"));
  const files = [
    line.write("clientes.csv", clients),
    line.write("operacoes.csv", operations),
    line.write("precos.csv", prices),
    line.write("ativos.csv", ["ativo;nome;classe;moeda", "ALFAFIM;Alfa FIM;fundo;BRL"]),
    line.write("MGLU3.SA.csv", [
      "Date,Open,High,Low,Close,Adj Close,Volume",
      "2024-05-24,12.6,12.7,12.4,12.57,12.57,1000",
      "2024-05-27,12.6,12.7,12.4,12.60,12.60,1000",
    ]),
    line.write("eventos.csv", [
      "ativo;data;tipo;fator",
      "MGLU3;27/05/2024;grupamento;10:1",
      "MGLU3;30/12/2025;desdobramento;1,05",
    ]),
  ];
  const { code, out } = await line.carteira("ingest", ...files, "--as", "admin");
  expect(code, out).toBe(0);
});

afterAll(() => line.remove());

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
    "2026-03-02 compra VVAR3 quantidade=1000 preco=2 taxas=3",
    "2026-03-05 conversao VVAR3>BHIA3 fator=25:1",
  ]);
  it("a conversion moves the whole cost: 1000 at 2 become 40 at 50, with the fees in the cost", async () => {
    expect(await holding(converted, "BHIA3")).toMatchObject({
      quantity: "40",
      cost: "2003",
      averageCost: "50.075",
      averageCostGross: "50",
      realizedGain: "0",
    });
    expect(await holding(converted, "VVAR3")).toMatchObject({ quantity: "0", cost: "0", realizedGain: "0" });
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

describe("rule 5, value", () => {
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

  const unquoted = clientWith(["2026-03-30 compra EMBR3 quantidade=10 preco=70"]);
  it("before any quote stands the operation's own price, labelled so", async () => {
    const answer = await line.json("ask", `/carteira ${unquoted} EMBR3`, "--as", "corretor1");
    expect(answer).toMatchObject({
      stale: [{ asset: "EMBR3", priceAt: "2026-03-30", reason: "operation_price" }],
      data: { price: "70", value: "700", priceSource: "operacao", priceAt: "2026-03-30" },
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

describe("rule 15, fixed income", () => {
  const client = clientWith(["2026-03-02 compra CDB-BANCO-X quantidade=10 preco=1000"]);
  closes("CDB-BANCO-X", "2026-03-30=1012.5");
  it("a deposit is worth its newest filed unit price", async () => {
    expect(await holding(client, "CDB-BANCO-X")).toMatchObject({ price: "1012.5", value: "10125" });
  });
});
