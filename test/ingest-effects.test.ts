import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";
import { goldRows } from "./gold.testing.ts";
import { counts, HEADER, type IngestedBook, openIngestedBook } from "./ingested-book.testing.ts";

/** What files do to a book: what is flagged, whose clients they are, and that their order does not matter. */

let book: IngestedBook;
let line: CommandLine;

beforeAll(async () => {
  book = await openIngestedBook();
  line = book.line;
  const operations = await book.ingest("operacoes.csv", [
    "cliente1;05/01/2026;compra;PETR4;200;30,00;BRL;5,00;",
    "cliente1;06/01/2026;compra;VALE3;50;60,00;BRL;0;",
    "cliente1;07/01/2026;compra;ITUB4;20;29,00;BRL;0;",
    "cliente2;06/01/2026;compra;PETR4;10;31,00;BRL;0;",
    "cliente2;07/01/2026;compra;VALE3;7;60,00;BRL;0;",
  ]);
  expect(operations.code).toBe(0);
});

afterAll(() => line.remove());

const ingest: IngestedBook["ingest"] = (...file) => book.ingest(...file);
const load: IngestedBook["load"] = (...args) => book.load(...args);
const quantity: IngestedBook["quantity"] = (...of) => book.quantity(...of);
const holding: IngestedBook["holding"] = (...of) => book.holding(...of);

describe("what a person should look at", () => {
  const flagged = async (code: string) =>
    (await goldRows(line.home, "data_quality")).filter((row) => row["code"] === code);

  it("is a sell of more than is held: it loads, and is flagged with its row", async () => {
    const told = await ingest("a-descoberto.csv", ["cliente2;08/01/2026;venda;PETR4;15;32,00;BRL;0;"]);
    expect(counts(told)).toEqual([1, 0, 0, 0]);
    // 10 held at 31: 10 x (32 - 31) realised, and a short of 5.
    expect(await holding("cliente2", "PETR4")).toMatchObject({
      quantity: "-5",
      cost: "-160",
      realizedGain: "10",
    });
    expect(await flagged("sold_more_than_held")).toMatchObject([
      {
        client_id: "cliente2",
        instrument_id: "PETR4",
        date: "2026-01-08",
        source_file: "a-descoberto.csv",
        row_number: "2",
      },
    ]);
  });

  it("is a custody statement that differs; one of what has no operations opens the position", async () => {
    const path = line.write("custodia.csv", [
      "cliente;data;ativo;quantidade;preco_medio;moeda",
      "cliente1;09/01/2026;VALE3;55;60,00;BRL",
      "cliente1;09/01/2026;ITUB4;20;29,00;BRL",
      "cliente1;09/01/2026;HGLG11;10;150,00;BRL",
    ]);
    const told = await load(path, "--as", "corretor1");
    expect(told.file).toMatchObject({ kind: "positions", loaded: 3, promoted: true });
    expect(await quantity("cliente1", "VALE3")).toBe("50");
    expect(await holding("cliente1", "HGLG11")).toMatchObject({
      quantity: "10",
      cost: "1500",
      averageCost: "150",
    });
    expect(await flagged("snapshot_differs")).toMatchObject([
      {
        client_id: "cliente1",
        instrument_id: "VALE3",
        expected: "55.00000000",
        found: "50.00000000",
        row_number: "2",
      },
    ]);
  });

  it("is reported with the row and what to do, to whoever looks after the client", async () => {
    const listed = await line.carteira("findings", "--as", "corretor1");
    expect(listed.code).toBe(0);
    expect(listed.out).toContain(
      "venda ou saída de 15 PETR4 com 10 em carteira: confira se falta uma compra (a-descoberto.csv, linha 2)",
    );
    expect(listed.out).toContain("a custódia informa 55 VALE3 e as operações somam 50");
    expect(await line.json("findings", "--as", "corretor1", "--client", "cliente2")).toMatchObject([
      { code: "sold_more_than_held", client: "cliente2", expected: "15", found: "10", rowNumber: 2 },
    ]);
  });

  it("is not told to anybody else, nor of a client who is not theirs", async () => {
    const refused = await line.carteira("findings", "--as", "corretor1", "--client", "ninguem");
    expect(refused).toMatchObject({ code: 1, out: "", err: "Não encontrei esse cliente entre os seus.\n" });
    expect((await line.carteira("findings")).code).toBe(2);
    expect((await line.carteira("findings", "--help")).out).toContain("npx carteira findings --as corretor1");
  });

  it("is counted by the doctor, and said below the answers that it concerns", async () => {
    const { code, out } = await line.carteira("doctor");
    expect(code).toBe(0);
    expect(out).toMatch(/^! dados: \d+ pontos? a conferir; veja com `npx carteira findings --as admin`$/m);
    const text = async (question: string) => (await line.json("ask", question, "--as", "corretor1"))["text"];
    expect(await text("/carteira cliente2 PETR4")).toContain(
      "1 ponto a conferir: venda ou saída de 15 PETR4",
    );
    expect(await text("/carteira cliente1 VALE3")).toContain(
      "1 ponto a conferir: a custódia informa 55 VALE3",
    );
    expect(await text("/carteira cliente1")).toContain("2 pontos a conferir: não há preço de HGLG11");
    expect(await text("/carteira cliente1 PETR4")).not.toContain("a conferir");
  });
});

describe("what concerns every broker", () => {
  it("is corrected by its key: a day's price by the same day's", async () => {
    const path = line.write("precos-certos.csv", ["data;ativo;preco;moeda", "09/01/2026;PETR4;33,00;BRL"]);
    expect(counts(await load(path, "--as", "admin"))).toEqual([0, 1, 0, 0]);
    expect(await holding("cliente1", "PETR4")).toMatchObject({ price: "33", value: "6600" });
  });

  it("moves a client to another broker at once, with all that is known of him", async () => {
    const path = line.write("mudou.csv", ["cliente;nome;corretor", "cliente2;Bia Lima;corretor2"]);
    expect(counts(await load(path, "--as", "admin"))).toEqual([0, 1, 0, 0]);
    const ask = (broker: string) => line.json("ask", "/carteira cliente2 VALE3", "--as", broker);
    expect(await ask("corretor1")).toMatchObject({ status: "not_found", data: null });
    expect(await ask("corretor2")).toMatchObject({ status: "ok", data: { quantity: "7" } });
    const refused = await ingest("tarde.csv", ["cliente2;08/01/2026;compra;VALE3;1;60,00;BRL;0;"]);
    expect(refused.file.issues.at(-1)).toMatchObject({ line: 2, reason: "cliente não encontrado" });
  });
});

describe("the order of files", () => {
  const files: Readonly<Record<string, readonly string[]>> = {
    "a.csv": [
      "cliente1;05/01/2026;compra;PETR4;100;30,00;BRL;5,00;",
      "cliente1;07/01/2026;venda;PETR4;60;33,00;BRL;1,00;",
    ],
    "b.csv": [
      "cliente1;07/01/2026;compra;PETR4;50;31,00;BRL;2,00;",
      "cliente1;06/01/2026;desdobramento;VALE3;;;BRL;0;",
    ],
    "c.csv": [
      "cliente1;05/01/2026;compra;VALE3;9;60,00;BRL;0;",
      "cliente1;08/01/2026;venda;VALE3;10;25,00;BRL;0;",
    ],
  };

  it("does not matter, one by one or together", async () => {
    const books: unknown[] = [];
    const orders = [
      [["clientes.csv", "a.csv", "b.csv", "c.csv"]],
      [["clientes.csv"], ["c.csv"], ["b.csv"], ["a.csv"]],
    ];
    for (const order of orders) {
      const other = await openCommandLine(() => new Date("2026-01-09T21:30:00Z"));
      other.write("clientes.csv", ["cliente;nome;corretor", "cliente1;Ana Souza;corretor1"]);
      for (const [name, rows] of Object.entries(files)) {
        other.write(name, [
          `${HEADER};fator`,
          ...rows.map((row) => `${row};${row.includes("desdobramento") ? "1:3" : ""}`),
        ]);
      }
      for (const names of order) {
        expect((await other.carteira("ingest", ...names, "--as", "admin")).code, names.join()).toBe(0);
      }
      const { data } = await other.json("ask", "/carteira cliente1", "--as", "corretor1");
      books.push(data);
      await other.remove();
    }
    // PETR4: of the 7th, 50 bought at 31 (2.00) are day-traded with 50 of the 60 sold at 33 (1.00):
    // 50 x 2 - 2 - 50/60 = 97.16666667; the other 10 cost 300.50: 330 - 10/60 - 300.50 = 29.33333333. Left 90 at 30.05.
    // VALE3: 27 at 20 each, 10 sold at 25.
    expect(books[0]).toMatchObject({
      positions: expect.arrayContaining([
        expect.objectContaining({
          asset: "PETR4",
          quantity: "90",
          cost: "2704.5",
          realizedGain: "126.5",
          fees: "8",
        }),
        expect.objectContaining({ asset: "VALE3", quantity: "17", cost: "340", realizedGain: "50" }),
      ]),
    });
    expect(books[1]).toEqual(books[0]);
  });
});
