import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, askOf, openAskedBook } from "./asked-book.testing.ts";
import type { CommandLine } from "./command-line.testing.ts";

/** What `ask --json` promises: its shape, the question as it was understood, and what is not answered. */

let line: CommandLine;

beforeAll(async () => {
  line = await openAskedBook();
});

afterAll(() => line.remove());

const ask = (text: string, ...options: readonly string[]): Promise<Answer> => askOf(line, text, ...options);

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
    ["meus alertas", "Você ainda não tem alertas"],
    ["me avisa se PETR4 cair mais de 5%", "Alerta 1"],
    ["meus alertas", "PETR4 cair mais de 5%"],
    ["apaga o alerta 1", "apagado"],
    ["relatório do cliente1 de outubro", "CARTEIRA_INTERMEDIARY"],
  ])("%s is an order, and is followed", async (text, expected) => {
    const { text: said } = (await line.json("ask", text, "--as", "corretor1")) as { text: string };
    expect(said).toContain(expected);
  });

  it.each(["me manda o resumo de hoje", "me manda o resumo todo dia às 8h"])(
    "%s is an order, which a command line cannot follow",
    async (text) => {
      const { text: said } = (await line.json("ask", text, "--as", "corretor1")) as { text: string };
      expect(said).toContain("no chat em que você quer recebê-lo");
    },
  );
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
