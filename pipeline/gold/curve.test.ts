import { afterEach, describe, expect, it } from "vitest";
import { openTestBook, type TestBook } from "./book.testing.ts";

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
});
