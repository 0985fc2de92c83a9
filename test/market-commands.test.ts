import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";
import { type MarketBook, openMarketBook, quoteAt, TOLD } from "./market-book.testing.ts";

let book: MarketBook;

beforeAll(async () => {
  book = await openMarketBook();
});

afterAll(() => book.close());

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe("refresh", () => {
  it("says what it fetched, from when, and what had no answer", async () => {
    const { code, out } = await book.line.carteira("refresh");
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "Fechamentos: 5 de 7 ativos e índices responderam, 170 preços novos até 19/11/2026 (Yahoo Finance).",
        "Cotações: 6 de 9, a mais nova de 19/11, 17:00 (Yahoo Finance).",
        "Índices e câmbio até: CDI 18/11/2026, SELIC 18/11/2026, IPCA 01/10/2026, USDBRL 18/11/2026 (Banco Central).",
        expect.stringMatching(/^Consultas feitas: \d+\.$/),
        "Yahoo Finance · Sem cotação: ^GSPC, ^IXIC, EURBRL=X. Confira o código; se o ativo mudou de código ou não é negociado, corrija com um arquivo de ativos ou de preços.",
        "Banco Central · Sem cotação: EURBRL. Confira o código; se o ativo mudou de código ou não é negociado, corrija com um arquivo de ativos ou de preços.",
        "O que ficou sem preço novo mantém o último preço bom, com a data dele.",
        "",
      ]
        .map((line, place) => (place === 3 ? /Consultas feitas: \d+\./.exec(out)?.[0] : line))
        .join("\n"),
    );
  });

  it("values the book: quantity x close x rate", async () => {
    const { data } = await book.line.json("ask", "/carteira cliente123", "--as", "corretor1");
    // 100 x 38 + 50 x 60 + 10 x 155 + 10 x 270 dollars at 5.30.
    expect(data).toMatchObject({ value: "22660" });
  });

  it("keeps each answer as it was received, and nothing secret", () => {
    const bronze = filesBelow(join(book.line.home, "lake", "bronze")).filter((path) => path.endsWith(".gz"));
    const bodies = bronze.map((path) => gunzipSync(readFileSync(path)).toString("utf8"));
    expect(bronze.some((path) => path.includes("source=yahoo") && path.includes("chart-PETR4.SA"))).toBe(
      true,
    );
    expect(bronze.some((path) => path.includes("source=bcb") && path.includes("sgs-12"))).toBe(true);
    const chart = bronze.findIndex((path) => path.includes("chart-PETR4.SA"));
    expect(JSON.parse(bodies[chart] ?? "")).toEqual(book.yahoo.charts.get("PETR4.SA"));
    const { crumb, cookie } = book.yahoo.secrets();
    const everything = [...bronze, ...bodies].join("\n");
    expect(everything).not.toContain(crumb);
    expect(everything).not.toContain(cookie);
  });

  it("again changes nothing that is right, and writes nothing twice", async () => {
    const before = await book.line.json("uploads");
    const report = await book.line.json("refresh");
    expect(report).toMatchObject({ closes: { fresh: 0 }, actions: [], rejected: 0 });
    expect(await book.line.json("uploads")).toEqual(before);
  });

  it("takes a close that the source corrected, also when it takes that back again", async () => {
    const original = book.yahoo.charts.get("PETR4.SA");
    const corrected = JSON.parse(JSON.stringify(original));
    const { close } = corrected.chart.result[0].indicators.quote[0];
    close[close.length - 2] = 37.5;
    const priceOn18 = async () => {
      const { data } = await book.line.json(
        "ask",
        "cotação de PETR4",
        "--at",
        "2026-11-18",
        "--as",
        "corretor1",
      );
      return (data as { price: string }).price;
    };
    const first = await priceOn18();
    for (const [chart, price] of [
      [corrected, "37.5"],
      [original, first],
      [corrected, "37.5"],
      [original, first],
    ] as const) {
      book.yahoo.charts.set("PETR4.SA", chart);
      expect(await book.line.json("refresh")).toMatchObject({ closes: { fresh: 1 } });
      expect(await priceOn18()).toBe(price);
    }
  });

  it("--history fetches from a day on", async () => {
    const before = book.yahoo.requests("chart").length;
    expect((await book.line.carteira("refresh", "--history", "2026-10-20")).code).toBe(0);
    const asked = book.yahoo.requests("chart").slice(before);
    expect(asked).toHaveLength(7);
    const from = Number(asked[0]?.query.get("period1"));
    expect(from).toBeLessThanOrEqual(Date.parse("2026-10-20T00:00:00Z") / 1_000);
    expect(await book.line.carteira("refresh", "--history", "ontem")).toMatchObject({
      code: 2,
      err: expect.stringContaining('"ontem" não é uma data. Use --history 2024-01-02.'),
    });
  });

  it("refuses a demo, and an empty home", async () => {
    const demo = await openCommandLine(() => new Date("2026-11-19T23:00:00Z"));
    expect(await demo.carteira("refresh")).toMatchObject({
      code: 3,
      err: expect.stringContaining("Ainda não há"),
    });
    await demo.carteira("demo", "--clients", "4");
    const { code, err } = await demo.carteira("refresh");
    expect(code).toBe(1);
    expect(err).toContain("é uma demonstração e só usa preços simulados");
    expect((await demo.carteira("init")).err).toContain("é uma demonstração, que não se mistura");
    await demo.remove();
  });
});

describe("doctor", () => {
  it("tells when prices were fetched, and what has had no answer since when", async () => {
    const { out } = await book.line.carteira("doctor");
    expect(out).toMatch(/^✓ mercado: preços buscados em 19\/11, 20:0\d$/m);
    expect(out).toMatch(/^! mercado: Yahoo Finance · Sem cotação: .*\^GSPC \(desde 19\/11\/2026\)/m);
  });
});

describe("a split that the source tells", () => {
  it("enters the ledger once", async () => {
    const chart = JSON.parse(JSON.stringify(book.yahoo.charts.get("VALE3.SA")));
    const date = Date.parse("2026-11-16T13:00:00Z") / 1_000;
    chart.chart.result[0].events = {
      splits: { [date]: { date, numerator: 2, denominator: 1, splitRatio: "2:1" } },
    };
    book.yahoo.charts.set("VALE3.SA", chart);
    const report = await book.line.json("refresh");
    expect(report["actions"]).toMatchObject([
      {
        asset: "VALE3",
        date: "2026-11-16",
        type: "desdobramento",
        factor: "1:2",
        status: "confirmado",
        source: "yahoo",
      },
    ]);
    expect((await book.line.json("refresh"))["actions"]).toEqual([]);
  });
});

describe("init", () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await openCommandLine(() => new Date("2026-11-23T17:00:00Z"), {
      CARTEIRA_YAHOO_ORIGIN: book.yahoo.origin,
      CARTEIRA_BCB_ORIGIN: book.bcbOrigin,
      CARTEIRA_SOURCE_REQUESTS_PER_SECOND: "20",
    });
    for (const { symbol } of TOLD) book.yahoo.quotes.set(symbol, quoteAt(symbol, "16:45:00"));
  });
  afterAll(() => line.remove());

  it("says what is needed where nobody can be asked", async () => {
    const { code, out } = await line.carteira("init");
    expect(code).toBe(3);
    expect(out).toContain("npx carteira init --templates modelos");
  });

  it("writes templates once", async () => {
    const first = await line.carteira("init", "--templates", "modelos");
    expect(first.code).toBe(0);
    expect(first.out.match(/Modelo gravado/g)).toHaveLength(2);
    expect(
      (await line.carteira("init", "--templates", "modelos")).out.match(/ficou como está/g),
    ).toHaveLength(2);
  });

  it("leads from the templates to a valued book", async () => {
    const { code, out } = await line.carteira("init", "modelos/clientes.csv", "modelos/operacoes.csv");
    expect(out).toContain("1. Carregando 2 arquivos");
    expect(out).toContain("2. Buscando os primeiros preços");
    expect(out).toContain("3. Conferindo");
    expect(out).toContain('npx carteira ask "/carteira cliente1" --as corretor1');
    expect(code).toBe(0);
    const answer = await line.carteira("ask", "/carteira cliente1", "--as", "corretor1");
    expect(answer.out).toContain("38,76");
  });

  it("goes on where it was: without a network the book stands and the rest is said", async () => {
    book.yahoo.fail({ on: "page", with: "dropped at once" }, { on: "chart", with: "dropped at once" });
    const { out } = await line.carteira("init", "--offline");
    expect(out).not.toContain("2. Buscando");
    book.yahoo.heal();
  });
});
