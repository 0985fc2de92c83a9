import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestBook, type TestBook } from "./book.testing.ts";
import { inputsOf } from "./plan.ts";

/** What was loaded under a former code and under today's is one instrument. */

const HEADER = "cliente;data;tipo;ativo;quantidade;preco;fator";
let book: TestBook;

beforeEach(async () => {
  book = await openTestBook();
  await book.load({ "clientes.csv": "cliente;nome;corretor\nana;Ana Souza;c1\n" });
});

afterEach(() => book.remove());

const operations = (...rows: string[]) => [HEADER, ...rows].join("\n");

async function held() {
  await book.build();
  const rows = await book.rows("positions", "client_id = 'ana'");
  return rows.map((row) => [row["instrument_id"], Number(row["quantity"]), Number(row["cost"])]);
}

describe("operations under former codes", () => {
  it("are one position with those under the code of today, also across files", async () => {
    await book.load({ "antes.csv": operations("ana;02/01/2023;compra;VVAR3F;100;2,00;") });
    expect(await held()).toEqual([["BHIA3", 100, 200]]);
    await book.load({
      "depois.csv": operations("ana;03/01/2023;compra;VIIA3;50;4,00;", "ana;04/01/2023;venda;BHIA3;30;5,00;"),
    });
    expect(await held()).toEqual([["BHIA3", 120, 320]]);
  });

  it("are known again when their file is sent with more rows: silver keeps the stated code", async () => {
    const old = "ana;02/01/2023;compra;VVAR3;100;2,00;";
    await book.load({ "antes.csv": operations(old) });
    const [again] = await book.load({
      "de-novo.csv": operations(old, "ana;04/01/2023;compra;BHIA3;10;5,00;"),
    });
    expect(again?.upload.counts).toMatchObject({ loaded: 1, repeated: 1 });
    expect(await held()).toEqual([["BHIA3", 110, 250]]);
  });

  it.each([
    ["no factor", "ana;05/01/2023;conversao;VVAR3>BHIA3;;;", 100],
    ["a quantity", "ana;05/01/2023;conversao;VVAR3>BHIA3;100;;", 100],
    ["one for one", "ana;05/01/2023;conversao;VVAR3>BHIA3;;;1:1", 100],
    ["a reverse split in one", "ana;05/01/2023;conversao;VVAR3>BHIA3;;;25:1", 4],
  ])("need no conversion, and one that was filed with %s does no harm", async (_name, row, quantity) => {
    await book.load({ "ops.csv": operations("ana;02/01/2023;compra;VVAR3;100;2,00;", row) });
    expect(await held()).toEqual([["BHIA3", quantity, 200]]);
    const findings = await book.rows("data_quality", "client_id is not null and code <> 'price_missing'");
    expect(findings).toEqual([]);
  });

  it("stay apart where a merger gave another number of shares", async () => {
    await book.load({
      "ops.csv": operations("ana;02/01/2023;compra;BRML3;100;8,00;", "ana;03/01/2023;compra;ALSO3;10;20,00;"),
    });
    expect(await held()).toEqual([
      ["ALOS3", 10, 200],
      ["BRML3", 100, 800],
    ]);
  });
});

describe("market data under former codes", () => {
  it("are prices of the one instrument, one a day", async () => {
    await book.load({
      "ops.csv": operations("ana;02/01/2023;compra;VVAR3;100;2,00;"),
      "precos.csv":
        "data;ativo;preco;moeda\n02/01/2023;VVAR3;2,10;BRL\n02/01/2023;BHIA3;2,10;BRL\n03/01/2023;BHIA3;2,20;BRL\n",
    });
    await book.build();
    const prices = await book.rows("prices_daily");
    expect(prices.map((row) => [row["instrument_id"], row["date"], Number(row["price"])])).toEqual([
      ["BHIA3", "2023-01-02", 2.1],
      ["BHIA3", "2023-01-03", 2.2],
    ]);
  });

  it("register the one instrument: by the row of the present code, where there are two", async () => {
    const header = "ativo;nome;classe;simbolo_yahoo";
    await book.load({
      "ops.csv": operations("ana;02/01/2023;compra;VVAR3;100;2,00;"),
      "ativos.csv": `${header}\nVVAR3;Via Varejo;acao;VVAR3.SA\n`,
    });
    await book.build();
    const registered = async () =>
      (await book.rows("instruments", "instrument_id not like 'CAIXA%'")).map((row) => [
        row["instrument_id"],
        row["name"],
        row["yahoo_symbol"],
      ]);
    expect(await registered()).toEqual([["BHIA3", "Via Varejo", "BHIA3.SA"]]);
    await book.load({ "novos.csv": `${header}\nBHIA3;Casas Bahia;acao;\n` });
    expect(await held()).toEqual([["BHIA3", 100, 200]]);
    expect(await registered()).toEqual([["BHIA3", "Casas Bahia", "BHIA3.SA"]]);
  });
});

describe("a gold run", () => {
  it("is of a format that names the changes, so that one more of them builds everything again", () => {
    expect(inputsOf([])[0]).toContain("VVAR3>BHIA3");
  });
});
