import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/**
 * What `ask --json` promises, over one small book whose figures are worked out by hand in the comments. The clock stands
 * after the close of Tuesday 2026-03-31.
 */

interface Answer {
  readonly status: string;
  readonly question: Readonly<Record<string, unknown>>;
  readonly asOf: string | null;
  readonly sources: readonly Readonly<Record<string, unknown>>[];
  readonly stale: readonly Readonly<Record<string, unknown>>[];
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly text: string;
}

let line: CommandLine;

beforeAll(async () => {
  line = await openCommandLine(() => new Date("2026-03-31T21:30:00Z"));
  const files = [
    line.write("clientes.csv", [
      "cliente;nome;corretor;moeda_base",
      "cliente1;Ana Souza;corretor1;",
      "cliente2;Bia Lima;corretor1;USD",
      "cliente3;Bia Prado;corretor1;",
      "cliente4;Davi Rocha;corretor1;",
      "cliente9;Caio Reis;corretor2;",
    ]),
    line.write("operacoes.csv", [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;valor",
      "cliente1;02/01/2026;compra;PETR4;100;30,00;BRL;10,00;",
      "cliente1;02/01/2026;compra;HGLG11;10;150,00;BRL;0;",
      "cliente1;02/02/2026;compra;AAPL;10;200,00;USD;1,00;",
      "cliente1;10/02/2026;rendimento;HGLG11;;;BRL;0;11,00",
      "cliente1;02/03/2026;venda;PETR4;40;33,00;BRL;4,00;",
      "cliente2;02/02/2026;compra;AAPL;10;200,00;USD;0;",
      "cliente2;02/02/2026;compra;PETR4;100;31,00;BRL;0;",
      "cliente3;02/03/2026;venda;VALE3;50;60,00;BRL;0;",
      "cliente4;02/03/2026;transferencia_entrada;BBAS3;100;;BRL;0;",
      "cliente9;02/03/2026;compra;PETR4;7;30,00;BRL;0;",
    ]),
    line.write("custodia.csv", [
      "cliente;data;ativo;quantidade;preco_medio;moeda",
      "cliente4;02/03/2026;DEB-SEM-PRECO;5;;BRL",
    ]),
    line.write("precos.csv", [
      "data;ativo;preco;moeda",
      ...[
        "02/01/2026;PETR4;30",
        "02/02/2026;PETR4;31",
        "02/03/2026;PETR4;33",
        "30/03/2026;PETR4;34",
        "31/03/2026;PETR4;35",
      ],
      ...["02/01/2026;HGLG11;150", "31/03/2026;HGLG11;155"],
      ...["02/02/2026;AAPL;200", "31/03/2026;AAPL;210"],
      ...["02/03/2026;VALE3;60", "31/03/2026;VALE3;58"],
      ...["02/03/2026;BBAS3;25", "10/03/2026;BBAS3;26"],
      ...["02/01/2026;USDBRL;5", "02/02/2026;USDBRL;5,00", "31/03/2026;USDBRL;5,50"],
      ...["02/01/2026;CDI;0,05", "30/03/2026;CDI;0,05", "02/01/2026;IBOV;150000", "31/03/2026;IBOV;165000"],
      ...["01/01/2026;IPCA;0,33", "01/02/2026;IPCA;0,70"],
    ]),
  ];
  const { code, out } = await line.carteira("ingest", ...files, "--as", "admin");
  expect(code, out).toBe(0);
});

afterAll(() => line.remove());

/** Asks as `corretor1`, and checks what holds of every answer. */
async function ask(text: string, ...options: readonly string[]): Promise<Answer> {
  const { code, out, err } = await line.carteira("ask", text, "--as", "corretor1", "--json", ...options);
  expect({ code, err }, text).toEqual({ code: 0, err: "" });
  const answer = JSON.parse(out) as Answer;
  expect(Object.keys(answer)).toEqual(["status", "question", "asOf", "sources", "stale", "data", "text"]);
  expect(Object.keys(answer.question)).toEqual([
    "intent",
    "client",
    "asset",
    "period",
    "benchmark",
    "direction",
    "limit",
  ]);
  expect(answer.text).not.toMatch(/undefined|NaN|null|\[object|Infinity/);
  expect(answer.text.trim()).not.toBe("");
  expectPlain(answer, "answer");
  return answer;
}

/** Counts are the only numbers; amounts are decimal strings, without exponents, `-0` and superfluous zeros. */
const COUNTS = /\.(limit|delayMinutes|unpriced|clients|more|sessions)$/;
function expectPlain(value: unknown, path: string): void {
  if (typeof value === "number") {
    expect(path).toMatch(COUNTS);
    expect(Number.isInteger(value), path).toBe(true);
  } else if (
    typeof value === "string" &&
    /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(value) &&
    !/^\d{4}$/.test(value)
  ) {
    expect(value, path).toMatch(/^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/);
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) expectPlain(item, `${path}[${at}]`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) expectPlain(item, `${path}.${key}`);
  }
}

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

describe("every intent", () => {
  // Question, intent, and the keys that its data must have.
  const PORTFOLIO = "value cost unrealizedGain dayChange dayChangePercent positions allocation";
  const HOLDING =
    "quantity averageCost averageCostGross cost price value unrealizedGain realizedGain fees income costBase valueBase " +
    "unrealizedGainBase realizedGainBase feesBase incomeBase dayChangePercent weightPercent currency priceAt";
  it.each([
    ["/carteira cliente1", "portfolio", PORTFOLIO],
    ["/carteira cliente1 PETR4", "holding", HOLDING],
    ["alocação por setor do cliente1", "allocation", "allocation value"],
    [
      "rentabilidade do cliente1 no ano vs IBOV",
      "performance",
      "twrPercent xirrPercent benchmarkPercent differencePercent gain series",
    ],
    ["maiores altas do cliente1 no mês", "movers", "movers period"],
    ["extrato do cliente1", "history", "operations period"],
    ["proventos do cliente1 no ano", "income", "total byAsset byMonth"],
    ["ranking de clientes no ano", "ranking", "clients direction"],
    ["quem tem PETR4?", "holders", "holders totalQuantity totalValue"],
    ["quanto tenho sob gestão?", "aum", "value clients"],
    ["risco do cliente1", "risk", "volatilityPercent drawdown herfindahl largest"],
    ["cotação de PETR4", "quote", "price priceAt currency dayChangePercent"],
    ["meus clientes", "clients", "clients"],
  ])("%s: %s", async (text, intent, keys) => {
    const answer = await ask(text);
    expect(answer).toMatchObject({ status: "ok", question: { intent } });
    expect(Object.keys(answer.data ?? {})).toEqual(expect.arrayContaining(keys.split(" ")));
  });

  it("help has no data", async () => {
    expect(await ask("/carteira ajuda")).toMatchObject({
      status: "ok",
      question: { intent: "help" },
      data: null,
    });
  });

  it.each([
    ["me manda o resumo de hoje", "digest"],
    ["me manda o resumo todo dia às 8h", "digest_schedule"],
    ["me avisa se PETR4 cair mais de 5%", "alert_create"],
    ["meus alertas", "alert_list"],
    ["apaga o alerta de PETR4", "alert_delete"],
    ["silencia o alerta até amanhã", "alert_snooze"],
  ])("%s is understood as %s, and told to be not there yet", async (text, intent) => {
    expect(await ask(text)).toMatchObject({ status: "unsupported", question: { intent }, data: null });
  });
});

describe("the question as it was understood", () => {
  it("has the client's id, the asset's code, and null for what was not said", async () => {
    expect((await ask("quanto a Ana tem de petrobras?")).question).toEqual({
      intent: "holding",
      client: "cliente1",
      asset: "PETR4",
      period: null,
      benchmark: null,
      direction: null,
      limit: null,
    });
    expect((await ask("top 3 quedas da semana da Ana Souza")).question).toMatchObject({
      intent: "movers",
      client: "cliente1",
      direction: "down",
      limit: 3,
      period: { kind: "week_to_date" },
    });
    expect((await ask("quanto rendeu a Ana no ano vs CDI")).question).toMatchObject({ benchmark: "CDI" });
  });

  it.each([
    ["hoje", "today", "2026-03-31", "2026-03-31"],
    ["ontem", "yesterday", "2026-03-30", "2026-03-30"],
    ["nesta semana", "week_to_date", "2026-03-30", "2026-03-31"],
    ["na semana passada", "last_week", "2026-03-23", "2026-03-29"],
    ["no mês", "month_to_date", "2026-03-01", "2026-03-31"],
    ["no mês passado", "last_month", "2026-02-01", "2026-02-28"],
    ["no ano", "year_to_date", "2026-01-01", "2026-03-31"],
    ["em 3 meses", "3m", "2025-12-31", "2026-03-31"],
    ["em 6 meses", "6m", "2025-09-30", "2026-03-31"],
    ["em 12 meses", "12m", "2025-03-31", "2026-03-31"],
    ["em 2025", "2025", "2025-01-01", "2025-12-31"],
    ["desde o início", "inception", null, "2026-03-31"],
    ["de 02/02/2026 a 02/03/2026", "range", "2026-02-02", "2026-03-02"],
  ])("period %s", async (words, kind, from, to) => {
    const { status, question } = await ask(`rentabilidade do cliente1 ${words}`);
    expect(status).toBe("ok");
    expect(question["period"]).toEqual({ kind, from, to });
  });
});

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
    for (const position of positions) {
      expect(position).toEqual(await dataOf(`/carteira cliente1 ${String(position["asset"])}`));
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

describe("what is not answered", () => {
  it("is the same for another broker's client and for nobody, to the byte", async () => {
    const questions = [
      "/carteira CLIENT",
      "/carteira CLIENT PETR4",
      "rentabilidade do CLIENT no ano vs CDI",
      "proventos do CLIENT",
      "extrato do CLIENT em 2026",
      "risco do CLIENT",
      "alocação do CLIENT",
      "maiores altas do CLIENT",
    ];
    for (const question of questions) {
      const asked = async (client: string) => {
        const text = question.replace("CLIENT", client);
        return [
          await line.carteira("ask", text, "--as", "corretor1", "--json"),
          await line.carteira("ask", text, "--as", "corretor1"),
        ];
      };
      const foreign = await asked("cliente9");
      expect(foreign, question).toEqual(await asked("cliente8"));
      expect(JSON.parse(foreign[0]?.out ?? "")).toMatchObject({ status: "not_found", data: null });
    }
    // By name as well.
    const foreign = await line.carteira("ask", "/carteira Caio Reis", "--as", "corretor1", "--json");
    expect(foreign).toEqual(
      await line.carteira("ask", "/carteira Nando Reis", "--as", "corretor1", "--json"),
    );
  });

  it("gives no hint of another broker's client elsewhere", async () => {
    const { data } = await ask("quem tem PETR4?");
    expect(JSON.stringify(data)).not.toContain("cliente9");
    expect(data).toMatchObject({ totalQuantity: "160" });
    expect(JSON.stringify(await ask("meus clientes"))).not.toMatch(/cliente9|Caio/);
    const explained = await line.carteira("explain", "cliente9", "PETR4", "--as", "corretor1");
    expect(explained).toEqual(await line.carteira("explain", "cliente8", "PETR4", "--as", "corretor1"));
    expect(explained).toMatchObject({ code: 1, out: "" });
  });

  it.each([
    ["carteira da Bia", "portfolio"],
    ["rentabilidade no ano", "performance"],
    ["preço médio do cliente1", "holding"],
    ["rentabilidade do cliente1 de 30/06/2025 a 01/03/2025", "performance"],
    ["bom dia", "unknown"],
    ["compre 100 PETR4 para o cliente1", "unknown"],
  ])("%s is asked back", async (text, intent) => {
    expect(await ask(text)).toMatchObject({
      status: "clarify",
      question: { intent },
      asOf: null,
      sources: [],
      stale: [],
      data: null,
    });
  });

  it("names the clients that a name may mean, and never chooses", async () => {
    const { question, text } = await ask("carteira da Bia");
    expect(question["client"]).toBeNull();
    expect(text).toContain("Bia Lima");
    expect(text).toContain("Bia Prado");
  });
});

describe("explain", () => {
  it("shows the rows of the files and the arithmetic", async () => {
    const { code, out } = await line.carteira("explain", "cliente1", "PETR4", "--as", "corretor1");
    expect(code).toBe(0);
    expect(out).not.toMatch(/undefined|NaN/);
    expect(out).toContain("operacoes.csv");
    for (const figure of ["30,00", "3.010,00", "33,00", "1.806,00", "112,00", "2.100,00"])
      expect(out).toContain(figure);
  });
});
