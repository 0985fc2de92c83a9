import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { GOLD_TABLES, type GoldTableName } from "../../src/contracts/gold.ts";
import { openTestBook, type TestBook } from "./book.testing.ts";

const books: TestBook[] = [];
async function openBook(): Promise<TestBook> {
  const book = await openTestBook();
  books.push(book);
  return book;
}
afterEach(async () => {
  for (const book of books.splice(0)) await book.remove();
});

const CLIENTS =
  "cliente;nome;corretor;moeda_base;controla_caixa\nana;Ana Souza;c1;BRL;nao\nbia;Bia Lima;c1;USD;nao\ncai;Caio Reis;c2;BRL;sim\n";
const PRICES = [
  "data;ativo;preco;moeda",
  "05/01/2026;PETR4;30,00;BRL",
  "06/01/2026;PETR4;33,00;BRL",
  "07/01/2026;PETR4;33,00;BRL",
  "05/01/2026;AAPL;200,00;USD",
  "06/01/2026;AAPL;210,00;USD",
  "05/01/2026;USDBRL;5,00;BRL",
  "06/01/2026;USDBRL;5,50;BRL",
  "05/01/2026;CDI;0,055131;BRL",
  "06/01/2026;CDI;0,055131;BRL",
  "06/01/2026;IBOV;160000;BRL",
  "",
].join("\n");
const HEADER = "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas";
const operations = (...lines: readonly string[]): string => `${[HEADER, ...lines].join("\n")}\n`;

describe("gold of a small book, against figures worked by hand", () => {
  it("values in two currencies, links returns and splits the gain", async () => {
    const book = await openBook();
    await book.load({
      "clientes.csv": CLIENTS,
      "precos.csv": PRICES,
      "op.csv": operations(
        "ana;05/01/2026;compra;PETR4;100;30;BRL;10",
        "ana;05/01/2026;compra;AAPL;10;200;USD;0",
      ),
    });
    await book.build();
    const daily = await book.rows("portfolio_daily", "client_id = 'ana'");
    // 5 Jan: 100 x 30 + 10 x 200 x 5.00 = 13,000; flow 3,010 + 10,000 = 13,010; r = 13,000 / 13,010 - 1.
    expect(daily[0]).toMatchObject({
      date: "2026-01-05",
      value: "13000.00000000",
      flow: "13010.00000000",
      fees: "10.00000000",
      day_return: "-0.000768639508",
      twr_index: "0.999231360492",
    });
    // 6 Jan: 100 x 33 + 10 x 210 x 5.50 = 14,850. Price effect: 300 + 10 x 10 x 5.00 = 800; the rest, 1,050, is currency:
    // 10 x 210 x (5.50 - 5.00). r = 14,850 / 13,000 - 1 = 0.142307692308.
    expect(daily[1]).toMatchObject({
      date: "2026-01-06",
      value: "14850.00000000",
      price_gain: "800.00000000",
      currency_gain: "1050.00000000",
      day_return: "0.142307692308",
    });
    expect(daily).toHaveLength(3);
    expect((await book.manifest()).asOf).toBe("2026-01-07");
    const [summary] = await book.rows("client_summary", "client_id = 'ana'");
    expect(summary).toMatchObject({
      first_date: "2026-01-05",
      p_inception_index: "1.000000000000",
      value: "14850.00000000",
    });
  });

  it("keeps controlled cash whole: a purchase inside the book is no flow", async () => {
    const book = await openBook();
    await book.load({
      "clientes.csv": CLIENTS,
      "precos.csv": PRICES,
      "op.csv": [
        `${HEADER};valor`,
        "cai;05/01/2026;aporte;;;;BRL;;10000",
        "cai;06/01/2026;compra;PETR4;100;31;BRL;5;",
        "",
      ].join("\n"),
    });
    await book.build();
    const daily = await book.rows("portfolio_daily", "client_id = 'cai'");
    expect(daily[0]).toMatchObject({
      value: "10000.00000000",
      flow: "10000.00000000",
      day_return: "0.000000000000",
    });
    // 10,000 - 3,105 + 100 x 33 = 10,195: bought at 31, worth 33, 5 of fees.
    expect(daily[1]).toMatchObject({
      value: "10195.00000000",
      flow: "0.00000000",
      fees: "5.00000000",
      price_gain: "200.00000000",
      day_return: "0.019500000000",
    });
  });

  it("turns a restated close back by the ledger, and carries a last price over a split that has none", async () => {
    const book = await openBook();
    const yahoo =
      "date,open,high,low,close,adj_close,volume\n2026-01-05,12,13,12,12.57,12.57,1\n2026-01-06,12,13,12,12.60,12.60,1\n";
    await book.load({
      "clientes.csv": CLIENTS,
      "MGLU3.SA.csv": yahoo,
      "eventos.csv": "ativo;data;tipo;fator\nMGLU3;06/01/2026;grupamento;10:1\n",
      "precos.csv": "data;ativo;preco;moeda\n05/01/2026;VALE3;60;BRL\n",
      "op.csv": operations(
        "ana;05/01/2026;compra;MGLU3;1000;1,25;BRL;0",
        "bia;05/01/2026;compra;VALE3;10;60;BRL;0",
      )
        .concat("")
        .replace("taxas\n", "taxas;fator\n")
        .replaceAll(/;0\n/g, ";0;\n")
        .concat(
          "ana;06/01/2026;grupamento;MGLU3;;;BRL;;10:1\nbia;06/01/2026;desdobramento;VALE3;;;BRL;;1:2\n",
        ),
    });
    await book.build();
    const prices = await book.rows("prices_daily", "instrument_id = 'MGLU3'");
    expect(prices.map((row) => row["price"])).toEqual(["1.25700000", "12.60000000"]);
    const ana = await book.rows("portfolio_daily", "client_id = 'ana'");
    expect(ana.map((row) => row["value"])).toEqual(["1257.00000000", "1260.00000000"]);
    const [quote] = await book.rows(
      "position_spans",
      "instrument_id = 'VALE3' and valid_from = date '2026-01-06'",
    );
    expect(quote).toMatchObject({ quantity: "20.00000000", cost: "600.00000000" });
    // No price on the day of the split: 60 / 2 stands for it, so that 20 shares are still worth 600.
    expect(await book.rows("prices_daily", "instrument_id = 'VALE3'")).toMatchObject([
      { date: "2026-01-05", price: "60.00000000", source: "arquivo" },
      { date: "2026-01-06", price: "30.00000000", source: "ajuste" },
    ]);
  });
});

describe("a close received on the evening before a split", () => {
  it("is not restated yet, though the day of the split has begun in Greenwich", async () => {
    // 22:30 in São Paulo. The split is told of on the next day.
    const clock = new Date("2026-01-06T01:30:00Z");
    const book = await openTestBook(clock);
    books.push(book);
    await book.load({
      "clientes.csv": CLIENTS,
      "MGLU3.SA.csv": "date,open,high,low,close,adj_close,volume\n2026-01-05,1.2,1.3,1.2,1.257,1.257,1\n",
      "op.csv": operations("ana;05/01/2026;compra;MGLU3;1000;1,25;BRL;0"),
    });
    clock.setTime(Date.parse("2026-01-06T21:30:00Z"));
    await book.load({ "eventos.csv": "ativo;data;tipo;fator\nMGLU3;06/01/2026;grupamento;10:1\n" });
    await book.build();
    expect(
      await book.rows("prices_daily", "instrument_id = 'MGLU3' and date = date '2026-01-05'"),
    ).toMatchObject([{ price: "1.25700000" }]);
  });
});

describe("publication", () => {
  it("builds nothing twice, and reuses the files of what did not change", async () => {
    const book = await openBook();
    await book.load({
      "clientes.csv": CLIENTS,
      "precos.csv": PRICES,
      "op.csv": operations("ana;05/01/2026;compra;PETR4;100;30;BRL;10"),
    });
    const first = await book.build();
    expect(first.built).toBe(true);
    expect(await book.build()).toEqual({ runId: first.runId, built: false });
    const before = await book.manifest();
    await book.load({ "mais.csv": "data;ativo;preco;moeda\n08/01/2026;PETR4;34;BRL\n" });
    await book.build();
    const after = await book.manifest();
    expect(after.tables.position_spans).toEqual(before.tables.position_spans);
    expect(after.tables.operations).toEqual(before.tables.operations);
    expect(after.tables.prices_daily).not.toEqual(before.tables.prices_daily);
    expect(after.asOf).toBe("2026-01-08");
  });
});

interface Book {
  /** Files by name, in the order of loading; the first one holds the clients. */
  readonly files: readonly (readonly [name: string, text: string])[];
  /** The file that is taken back at the end. */
  readonly undone: string;
  /** After which of the files gold is built; the others come together with later ones. */
  readonly builds: readonly boolean[];
}

const DAYS = 60;
const dayText = (offset: number): string =>
  new Date(Date.UTC(2026, 0, 2 + offset)).toISOString().slice(0, 10);

/** Prices with holes, so that last ones are carried over days and splits. */
function pricesText(from: number, to: number, rate: number): string {
  const lines = Array.from({ length: to - from }, (_, index) => {
    const n = from + index;
    const day = dayText(n);
    return [
      `${day};PETR4;${30 + (n % 7)},${n % 10}0;BRL`,
      `${day};AAPL;${200 + (n % 11)},50;USD`,
      `${day};USDBRL;${rate},${10 + (n % 40)};BRL`,
    ].filter((_line, which) => (n + which) % 4 !== 0);
  });
  return ["data;ativo;preco;moeda", ...lines.flat()].join("\n");
}

/** Closes that the source restates, so that what the ledger says of HGLG11 turns them back. */
const RESTATED = [
  "date,open,high,low,close,adj_close,volume",
  ...Array.from({ length: 40 }, (_, n) => `${dayText(n)},1,1,1,${150 + (n % 5)}.25,1,1`).filter(
    (_line, n) => n % 3 !== 0,
  ),
  "",
].join("\n");

interface LedgerRow {
  readonly asset: string;
  readonly day: number;
  readonly type: string;
  readonly status: string;
  readonly later: string;
  readonly cost: boolean;
}

/** The ledger as it was first, or what became of its rows. */
function ledgerText(rows: readonly LedgerRow[], later: boolean): string {
  const lines = rows.map(({ asset, day, type, status, cost, ...row }) => {
    const factor = { desdobramento: "1:2", grupamento: "3:1", bonificacao: "10:11" }[type] ?? "";
    const costs = type === "bonificacao" && cost ? "5,50" : "";
    const amount = type === "provento" ? "0,75" : "";
    return [asset, dayText(day), type, factor, later ? row.later : status, costs, amount].join(";");
  });
  return ["ativo;data;tipo;fator;situacao;custo;valor", ...lines, ""].join("\n");
}

const ledgerArbitrary: fc.Arbitrary<readonly LedgerRow[]> = fc.array(
  fc.record({
    asset: fc.constantFrom("PETR4", "AAPL", "HGLG11"),
    day: fc.integer({ min: 1, max: DAYS - 5 }),
    type: fc.constantFrom("desdobramento", "grupamento", "bonificacao", "provento"),
    status: fc.constantFrom("", "confirmado", "inferido"),
    later: fc.constantFrom("confirmado", "confirmado", "inferido", "recusado"),
    cost: fc.boolean(),
  }),
  { minLength: 2, maxLength: 5 },
);

/** CDI of each day with a hole, IPCA of the months, and a corrected rate: what deposits accrue by. */
function ratesText(from: number, to: number): string {
  const lines = Array.from({ length: to - from }, (_, index) => from + index)
    .filter((n) => n % 13 !== 5)
    .map((n) => `${dayText(n)};CDI;0,0${50 + (n % 9)}13;BRL`);
  return [
    "data;ativo;preco;moeda",
    ...lines,
    from === 0 ? "2025-12-01;IPCA;0,33;BRL" : "2026-01-01;IPCA;0,41;BRL",
  ].join("\n");
}

/** What purchases of a deposit state; one of them nothing. */
const TERMS = ["CDI;110;2026-02-20", "CDI;2;", "IPCA;6;", "PRE;12;2026-02-09", ";;"];

/**
 * Small random books: shares and dollars, splits, transfers, amounts in another currency, a corrected exchange rate, deposits, and a
 * ledger of actions that are confirmed or rejected later.
 */
const booksArbitrary: fc.Arbitrary<Book> = fc
  .record({
    rows: fc.array(
      fc.record({
        client: fc.constantFrom("ana", "bia", "cai"),
        day: fc.integer({ min: 0, max: DAYS - 5 }),
        type: fc.constantFrom(
          "compra",
          "compra",
          "compra",
          "venda",
          "dividendo",
          "taxa",
          "transferencia_entrada",
          "desdobramento",
          "bonificacao",
          "amortizacao",
        ),
        asset: fc.constantFrom("PETR4", "AAPL", "HGLG11", "CDB X", "CDB X", "CDB X"),
        terms: fc.constantFrom(0, 0, 0, 1, 2, 3, 3, 4),
        other: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        quantity: fc.integer({ min: 1, max: 300 }),
        cents: fc.integer({ min: 100, max: 9_999 }),
      }),
      { minLength: 6, maxLength: 18 },
    ),
    ledger: ledgerArbitrary,
    builds: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }),
    undone: fc.constantFrom(
      "op-0.csv",
      "op-1.csv",
      "op-2.csv",
      "precos-2.csv",
      "cambio.csv",
      "eventos-1.csv",
      "eventos-2.csv",
      "indices-2.csv",
      "cdi.csv",
    ),
  })
  .map(({ rows, ledger, builds, order, undone }) => {
    const line = (row: (typeof rows)[number]): string => {
      const money = (row.cents / 100).toFixed(2).replace(".", ",");
      const currency = (row.asset === "AAPL") === row.other ? "BRL" : "USD";
      const valued = ["dividendo", "taxa", "amortizacao"].includes(row.type);
      const split = row.type === "desdobramento";
      const priced = !valued && !split && row.type !== "transferencia_entrada";
      return [
        row.client,
        dayText(row.day),
        row.type,
        row.asset,
        valued || split ? "" : row.quantity,
        priced ? money : "",
        currency,
        "1,00",
        valued ? money : "",
        split ? "1:2" : "",
        row.type === "compra" && row.asset === "CDB X" ? TERMS[row.terms] : ";;",
      ].join(";");
    };
    const part = (which: number): string =>
      [
        `${HEADER};valor;fator;indexador;taxa_juros;vencimento`,
        ...rows.filter((_, index) => index % 3 === which).map(line),
      ].join("\n");
    const later = [
      ["op-0.csv", part(0)],
      ["op-1.csv", part(1)],
      ["op-2.csv", part(2)],
      ["precos-2.csv", pricesText(30, DAYS, 5)],
      ["cambio.csv", `data;ativo;preco;moeda;fonte\n${dayText(9)};USDBRL;4,00;BRL;ptax`],
      ["eventos-1.csv", ledgerText(ledger, false)],
      ["eventos-2.csv", ledgerText(ledger, true)],
      ["indices-2.csv", ratesText(30, DAYS)],
      ["cdi.csv", `data;ativo;preco;moeda;fonte\n${dayText(17)};CDI;0,09;BRL;admin`],
    ] as const;
    const first = [
      ["clientes.csv", CLIENTS],
      ["precos-1.csv", pricesText(0, 30, 5)],
      ["HGLG11.SA.csv", RESTATED],
      ["papeis.csv", "ativo;nome;classe;moeda\nCDB X;CDB Banco X;cdb;BRL"],
      ["indices-1.csv", ratesText(0, 30)],
    ] as const;
    const files = [...first, ...order.flatMap((place) => [later[place] ?? later[0]])];
    return { files, undone, builds };
  });

const COMPARED: readonly GoldTableName[] = Object.keys(GOLD_TABLES) as GoldTableName[];

/** What the order of loading may change: numbers of rows within a client, and the newest of two rates of a day. */
function comparable(rows: readonly Readonly<Record<string, string | null>>[]): unknown {
  return rows.map(({ seq: _seq, ...row }) => row);
}

describe("properties", () => {
  it("a book built file by file, in any order, and one file taken back, equals one built at once without it", {
    timeout: 180_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(booksArbitrary, async ({ files, undone, builds }) => {
        const stepwise = await openTestBook();
        const atOnce = await openTestBook();
        try {
          let takenBack = "";
          for (const [at, [name, text]] of files.entries()) {
            const [result] = await stepwise.load({ [name]: text });
            if (name === undone) takenBack = result?.upload.id ?? "";
            if (builds[at] === true) await stepwise.build();
          }
          await stepwise.ledger.update(takenBack, { status: "undone" });
          await stepwise.build();
          await atOnce.load(Object.fromEntries(files.filter(([name]) => name !== undone)));
          await atOnce.build();
          for (const table of COMPARED) {
            expect(comparable(await stepwise.rows(table)), table).toEqual(
              comparable(await atOnce.rows(table)),
            );
          }
        } finally {
          await stepwise.remove();
          await atOnce.remove();
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });
});
