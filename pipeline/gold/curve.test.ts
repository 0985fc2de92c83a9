import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { allBankDays } from "../../src/market/calendar.ts";
import { dayNumber, dayOf } from "../../src/money/day.ts";
import { Decimal, divRound } from "../../src/money/decimal.ts";
import { curveSeries, type RatePoint } from "../../src/portfolio/curve.ts";
import { openTestBook, type TestBook } from "./book.testing.ts";
import { accumulate } from "./indexes.ts";

const books: TestBook[] = [];
async function openBook(files: Readonly<Record<string, string>>): Promise<TestBook> {
  const book = await openTestBook();
  books.push(book);
  await book.load({
    "clientes.csv":
      "cliente;nome;corretor;moeda_base;controla_caixa\nana;Ana Souza;c1;BRL;nao\nbia;Bia Lima;c2;BRL;nao\n",
    "papeis.csv": "ativo;nome;classe;moeda\nCDB X;CDB Banco X;cdb;BRL\nLCA Y;LCA Banco Y;lca;BRL\n",
    ...files,
  });
  await book.build();
  return book;
}
afterEach(async () => {
  for (const book of books.splice(0)) await book.remove();
});

const HEADER = "cliente;data;tipo;ativo;quantidade;preco;valor;indexador;taxa_juros;vencimento";
const operations = (...lines: readonly string[]): string => `${[HEADER, ...lines].join("\n")}\n`;
/** Five rates, of 5 to 9 January 2026; the session of the 9th is the last. */
const RATES = ["0,055131", "0,055131", "0,055131", "0,05", "0,06"];
const market = (rates: readonly string[], last = "09/01/2026"): string =>
  [
    "data;ativo;preco;moeda",
    ...rates.map((rate, place) => `${String(5 + place).padStart(2, "0")}/01/2026;CDI;${rate};BRL`),
    `${last};IBOV;160000;BRL`,
    "",
  ].join("\n");

const curveOf = async (book: TestBook, client: string) =>
  (await book.rows("curve_daily", `client_id = '${client}'`)).map((row) => [
    row["date"],
    row["price"],
    row["price_date"],
  ]);

describe("deposits on the curve, by day", () => {
  it("accrue 110% of the CDI from the day of purchase to the day before", async () => {
    const book = await openBook({
      "precos.csv": market(RATES.slice(0, 4)),
      "op.csv": operations("ana;05/01/2026;compra;CDB X;10;1000;;CDI;110;15/12/2029"),
    });
    // 1,000 x (1 + 0.00055131 x 1.1) = 1,000.606441; and so on; 8 January's 0.05% counts on the 9th.
    expect(await curveOf(book, "ana")).toEqual([
      ["2026-01-05", "1000.00000000", "2026-01-05"],
      ["2026-01-06", "1000.60644100", "2026-01-06"],
      ["2026-01-07", "1001.21324977", "2026-01-07"],
      ["2026-01-08", "1001.82042654", "2026-01-08"],
      ["2026-01-09", "1002.37142777", "2026-01-09"],
    ]);
    const daily = await book.rows("portfolio_daily", "client_id = 'ana'");
    expect(daily.at(-1)).toMatchObject({ value: "10023.71427770", price_gain: "5.51001230" });
    expect(await book.rows("curve_latest")).toMatchObject([
      {
        client_id: "ana",
        date: "2026-01-09",
        price: "1002.37142777",
        previous_close: "1001.82042654",
        previous_date: "2026-01-08",
      },
    ]);
  });

  it("are each client's own: one code, two terms and days", async () => {
    const book = await openBook({
      "precos.csv": market(RATES.slice(0, 4)),
      "op.csv": operations(
        "ana;05/01/2026;compra;CDB X;10;1000;;CDI;110;15/12/2029",
        "bia;07/01/2026;compra;CDB X;3;500;;CDI;100;15/12/2029",
      ),
    });
    expect((await curveOf(book, "bia")).map(([, price]) => price)).toEqual([
      "500.00000000",
      "500.27565500",
      "500.52579283",
    ]);
    expect((await curveOf(book, "ana")).at(-1)?.[1]).toBe("1002.37142777");
    const values = await book.rows("portfolio_daily", "date = '2026-01-09'");
    expect(values.map((row) => row["value"])).toEqual(["10023.71427770", "1501.57737849"]);
  });

  it("take a sign beside the index for what it says", async () => {
    const book = await openBook({
      "precos.csv": market(RATES.slice(0, 1), "06/01/2026"),
      "op.csv": operations(
        "ana;05/01/2026;compra;CDB X;1;1000;;% CDI;15;",
        "bia;05/01/2026;compra;CDB X;1;1000;;CDI +;25;",
      ),
    });
    // 1,000 x (1 + 0.00055131 x 0.15), and 1,000 x 1.00055131 x 1.25^(1/252).
    const latest = await book.rows("curve_latest");
    expect(latest.map((row) => row["price"])).toEqual(["1000.08269650", "1001.43768084"]);
  });

  it("are as old as the oldest purchase where the index ends, and start with the day of a purchase", async () => {
    const book = await openBook({
      "precos.csv": market(RATES.slice(0, 1)),
      "op.csv": operations(
        "ana;05/01/2026;compra;CDB X;1;1000;;CDI;100;",
        "ana;09/01/2026;compra;CDB X;1;1000;;CDI;100;",
        "bia;09/01/2026;compra;CDB X;1;1000;;CDI;100;",
      ),
    });
    const latest = await book.rows("curve_latest");
    expect(latest.map((row) => [row["price"], row["price_date"]])).toEqual([
      ["1000.27565500", "2026-01-06"],
      ["1000.00000000", "2026-01-09"],
    ]);
  });

  it("win over a filed price where terms are stated, and leave it where a purchase states none", async () => {
    const book = await openBook({
      "precos.csv": `${market(RATES.slice(0, 4))}06/01/2026;CDB X;990;BRL\n`,
      "op.csv": operations(
        "ana;05/01/2026;compra;CDB X;10;1000;;CDI;100;",
        "bia;05/01/2026;compra;CDB X;10;1000;;CDI;100;",
        "bia;07/01/2026;compra;CDB X;10;1000;;;;",
      ),
    });
    expect((await curveOf(book, "bia")).map(([date]) => date)).toEqual(["2026-01-05", "2026-01-06"]);
    const values = await book.rows("portfolio_daily", "date = '2026-01-09'");
    expect(values.map((row) => row["value"])).toEqual(["10021.55669420", "19800.00000000"]);
    const found = await book.rows("data_quality", "code = 'curve_missing'");
    expect(found).toMatchObject([{ client_id: "bia", instrument_id: "CDB X", date: "2026-01-07" }]);
  });

  it("are of the day to which the index is known, and accrue nothing after the maturity, which is told", async () => {
    const book = await openBook({
      "precos.csv": market(RATES.slice(0, 2)),
      "op.csv": operations(
        "ana;05/01/2026;compra;CDB X;10;1000;;CDI;100;15/12/2029",
        "ana;05/01/2026;compra;LCA Y;1;1000;;PRE;12;07/01/2026",
      ),
    });
    const days = await book.rows("curve_daily", "date = '2026-01-09'");
    expect(days.map((row) => [row["instrument_id"], row["price"], row["price_date"]])).toEqual([
      ["CDB X", "1001.10292394", "2026-01-07"],
      ["LCA Y", "1000.89983862", "2026-01-09"],
    ]);
    const found = await book.rows("data_quality", "code = 'matured'");
    expect(found).toMatchObject([{ client_id: "ana", instrument_id: "LCA Y", date: "2026-01-07" }]);
  });

  it("have a price on the day of a change that is no session, and move a transfer at it", async () => {
    const book = await openBook({
      "precos.csv": market(RATES),
      "op.csv": operations(
        "ana;05/01/2026;compra;CDB X;10;1000;;CDI;110;15/12/2029",
        "ana;07/01/2026;transferencia_saida;CDB X;4;;;;;",
        "bia;24/12/2025;compra;LCA Y;1;1000;;PRE;12;",
      ),
    });
    // 24 December: the banks work, B3 does not. 4 x 1,001.21324977 leave: no gain and no loss.
    expect((await curveOf(book, "bia"))[0]).toEqual(["2025-12-24", "1000.00000000", "2025-12-24"]);
    const [day] = await book.rows("portfolio_daily", "client_id = 'ana' and date = '2026-01-07'");
    expect(day).toMatchObject({ flow: "-4004.85299908", day_return: "0.000606440999" });
  });

  it("follow a point that comes later, and one that is corrected", async () => {
    const book = await openBook({
      "precos.csv": market(RATES.slice(0, 2)),
      "op.csv": operations("ana;05/01/2026;compra;CDB X;10;1000;;CDI;110;15/12/2029"),
    });
    await book.load({
      "mais.csv": "data;ativo;preco;moeda\n07/01/2026;CDI;0,055131;BRL\n08/01/2026;CDI;0,05;BRL\n",
    });
    await book.build();
    expect((await curveOf(book, "ana")).at(-1)?.[1]).toBe("1002.37142777");
    const spans = (await book.manifest()).tables.position_spans;
    await book.load({ "certo.csv": "data;ativo;preco;moeda;fonte\n06/01/2026;CDI;0,1;BRL;admin\n" });
    await book.build();
    expect((await curveOf(book, "ana")).map(([, price]) => price)).toEqual([
      "1000.00000000",
      "1000.60644100",
      "1001.70710809",
      "1002.31458435",
      "1002.86585737",
    ]);
    // Nobody is folded again for a rate.
    expect((await book.manifest()).tables.position_spans).toEqual(spans);
  });
});

describe("100% of the CDI", () => {
  it("is exactly the benchmark, over any window", () => {
    const bankDays = allBankDays();
    const first = bankDays.indexOf("2024-01-02");
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9_999_999 }), { minLength: 2, maxLength: 120 }),
        fc.nat(),
        fc.nat(),
        (rates, one, other) => {
          const days = bankDays.slice(first, first + rates.length + 1);
          const points: readonly RatePoint[] = rates.map((rate, place) => ({
            day: dayNumber(days[place] ?? ""),
            valueE8: BigInt(rate),
          }));
          const levels = accumulate(
            points.map(({ day, valueE8 }) => ({ day: dayOf(day), value: new Decimal(valueE8, 8) })),
            () => days.at(-1) ?? "",
          );
          const [from, to] = [one % days.length, other % days.length].toSorted((a, b) => a - b);
          const base = levels[from ?? 0]?.levelE12 ?? 1n;
          const end = levels[to ?? 0]?.levelE12 ?? 1n;
          const hundred = {
            index: "CDI",
            basis: "percent",
            rateE8: 10_000_000_000n,
            maturity: null,
          } as const;
          const series = curveSeries(hundred, points, bankDays.map(dayNumber));
          const bought = series.levelAt(dayNumber(days[from ?? 0] ?? "")) ?? 0n;
          const now = series.levelAt(dayNumber(days[to ?? 0] ?? "")) ?? 0n;
          expect([bought, now]).toEqual([base, end]);
          // The percentage of the CDI, to 12 digits.
          if (end > base)
            expect(divRound((now - bought) * base * 100n * 10n ** 12n, (end - base) * bought)).toBe(
              100n * 10n ** 12n,
            );
        },
      ),
    );
  });
});
