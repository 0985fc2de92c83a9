import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestBook, type TestBook } from "./book.testing.ts";

let book: TestBook;
beforeEach(async () => {
  book = await openTestBook();
});
afterEach(() => book.remove());

const CLIENTS = "cliente;nome;corretor\nana;Ana Souza;c1\nbia;Bia Lima;c2\n";
const OPERATIONS = "cliente;data;tipo;ativo;quantidade;preco;moeda;fator";
const LEDGER = "ativo;data;tipo;fator;situacao;custo;valor";
const file = (header: string, ...lines: readonly string[]): string => `${[header, ...lines].join("\n")}\n`;

const BOUGHT = file(OPERATIONS, "ana;05/01/2026;compra;PETR4;100;10;BRL;");
const OWN_SPLIT = file(OPERATIONS, "ana;15/01/2026;desdobramento;PETR4;;;BRL;1:2");
const SPLIT = file(LEDGER, "PETR4;12/01/2026;desdobramento;1:2;;;");

/** The open position of a client in an instrument, as quantity, cost and whether the cost is known. */
async function held(client = "ana", asset = "PETR4") {
  const [row] = await book.rows("positions", `client_id = '${client}' and instrument_id = '${asset}'`);
  return row === undefined ? null : [row["quantity"], row["cost"], row["cost_known"]].map(short);
}
const short = (text: string | null | undefined): string => (text ?? "").replace(/\.?0+$/, "");

async function findings(): Promise<readonly string[]> {
  const rows = await book.rows("data_quality", "code not in ('price_missing')");
  return rows.map(
    (row) => `${row["code"]} ${row["client_id"] ?? "-"} ${row["instrument_id"]} ${row["date"]}`,
  );
}

/** Loads and builds one file after the other; gives the uploads' ids. */
async function inTurn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    const [result] = await book.load({ [name]: text });
    expect(result?.issues, name).toEqual([]);
    ids.push(result?.upload.id ?? "");
    await book.build();
  }
  return ids;
}

/** Loads all and builds once; gives the uploads' ids. */
async function together(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const results = await book.load(files);
  expect(results.flatMap(({ issues }) => issues)).toEqual([]);
  await book.build();
  return Object.keys(files).map(
    (name) => results.find(({ upload }) => upload.fileName === name)?.upload.id ?? "",
  );
}

async function undo(upload: string | undefined): Promise<void> {
  await book.ledger.update(upload ?? "", { status: "undone" });
  await book.build();
}

const TWICE = ["200", "1000", "true"];

describe("a confirmed action of the ledger", () => {
  it("doubles 100 at 10 to 200 at 5, whichever file comes first, and says which row did it", async () => {
    await inTurn({ "c.csv": CLIENTS, "op.csv": BOUGHT });
    expect(await held()).toEqual(["100", "1000", "true"]);
    const [upload] = await inTurn({ "eventos.csv": SPLIT });
    expect(await held()).toEqual(TWICE);
    const [row] = await book.rows("operations", "type = 'desdobramento'");
    expect(row).toMatchObject({
      client_id: "ana",
      date: "2026-01-12",
      origin: "ledger",
      source_file: "eventos.csv",
      row_number: "2",
    });
    const [span] = await book.rows("position_spans", "valid_from = date '2026-01-12'");
    expect(span).toMatchObject({ opening_quantity: "200.00000000", trade_price: "5.00000000" });
    expect(await findings()).toEqual([]);
    await undo(upload);
    expect(await held()).toEqual(["100", "1000", "true"]);
  });

  it.each([
    [{ "c.csv": CLIENTS, "eventos.csv": SPLIT, "op.csv": BOUGHT, "own.csv": OWN_SPLIT }, "the ledger first"],
    [
      { "c.csv": CLIENTS, "op.csv": BOUGHT, "own.csv": OWN_SPLIT, "eventos.csv": SPLIT },
      "the client's first",
    ],
  ])("counts once beside the client's own row: %#", async (files, _order) => {
    const uploads = await inTurn(files);
    expect(await held()).toEqual(TWICE);
    const of = (name: string) => uploads[Object.keys(files).indexOf(name)];
    const splits = async () =>
      (await book.rows("operations", "type = 'desdobramento'")).map((row) => row["origin"]);
    expect(await splits()).toEqual(["own"]);
    await undo(of("own.csv"));
    expect(await held()).toEqual(TWICE);
    expect(await splits()).toEqual(["ledger"]);
    await book.ledger.update(of("own.csv") ?? "", { status: "active" });
    await undo(of("eventos.csv"));
    expect(await held()).toEqual(TWICE);
    expect(await splits()).toEqual(["own"]);
  });

  it("is another event than the client's where more than ten days lie between them", async () => {
    const own = OWN_SPLIT.replace("15/01/2026", "23/01/2026");
    await together({ "c.csv": CLIENTS, "op.csv": BOUGHT, "own.csv": own, "eventos.csv": SPLIT });
    expect(await held()).toEqual(["400", "1000", "true"]);
  });

  it("leaves the client's row to the event that it tells: bonus shares two days after a split", async () => {
    const own = file(OPERATIONS, "ana;14/01/2026;bonificacao;PETR4;20;3;BRL;");
    const ledger = file(
      LEDGER,
      "PETR4;12/01/2026;desdobramento;1:2;;;",
      "PETR4;14/01/2026;bonificacao;10:11;;3;",
    );
    await together({ "c.csv": CLIENTS, "op.csv": BOUGHT, "own.csv": own, "eventos.csv": ledger });
    // 100 x 2, then the client's own 20 at 3.
    expect(await held()).toEqual(["220", "1060", "true"]);
  });

  it("leaves a fraction for its cash: 105 at 10:1 are 10.5", async () => {
    await together({
      "c.csv": CLIENTS,
      "op.csv": BOUGHT.replace(";100;", ";105;"),
      "eventos.csv": file(LEDGER, "PETR4;12/01/2026;grupamento;10:1;;;"),
    });
    expect(await held()).toEqual(["10.5", "1050", "true"]);
    await together({
      "fracao.csv": "cliente;data;tipo;ativo;quantidade;valor;moeda\nana;20/01/2026;fracao;PETR4;;52;BRL\n",
    });
    expect(await held()).toEqual(["10", "1000", "true"]);
    expect(await book.rows("realized_gains")).toMatchObject([{ gain: "2.00000000" }]);
  });

  it("gives bonus shares at the declared cost: 5% on 100 is 5 at 20", async () => {
    await together({
      "c.csv": CLIENTS,
      "op.csv": BOUGHT,
      "eventos.csv": file(LEDGER, "PETR4;12/01/2026;bonificacao;1,05;;20,00;"),
    });
    expect(await held()).toEqual(["105", "1100", "true"]);
    expect(await book.rows("flows")).toHaveLength(1);
  });

  it("makes the cost unknown where the company's is not stated, and says so", async () => {
    await together({
      "c.csv": CLIENTS,
      "op.csv": BOUGHT,
      "eventos.csv": file(LEDGER, "PETR4;12/01/2026;bonificacao;1,05;;;"),
    });
    expect(await held()).toEqual(["105", "1000", "false"]);
    expect(await findings()).toEqual(["cost_unknown ana PETR4 2026-01-12"]);
  });

  it("reaches every broker's clients who hold it that day, and leaves no trace with the others", async () => {
    const bia = file(
      OPERATIONS,
      "bia;05/01/2026;compra;PETR4;30;10;BRL;",
      "bia;08/01/2026;venda;PETR4;30;11;BRL;",
      "bia;05/01/2026;compra;VALE3;10;60;BRL;",
      "bia;12/01/2026;compra;ITUB4;10;30;BRL;",
    );
    const ledger = file(
      LEDGER,
      "PETR4;12/01/2026;desdobramento;1:2;;;",
      "VALE3;12/01/2026;desdobramento;1:3;;;",
      "ITUB4;12/01/2026;desdobramento;1:2;;;",
    );
    await together({ "c.csv": CLIENTS, "op.csv": BOUGHT, "bia.csv": bia, "eventos.csv": ledger });
    expect(await held()).toEqual(TWICE);
    expect(await held("bia")).toEqual(["0", "0", "true"]);
    expect(await held("bia", "VALE3")).toEqual(["30", "600", "true"]);
    // Bought on the day itself: on the new basis already.
    expect(await held("bia", "ITUB4")).toEqual(["10", "300", "true"]);
    const used = await book.rows("operations", "origin = 'ledger'");
    expect(used.map((row) => `${row["client_id"]} ${row["instrument_id"]}`)).toEqual([
      "ana PETR4",
      "bia VALE3",
    ]);
    expect(await findings()).toEqual([]);
  });

  it("does not touch what a custody statement of that day opens, and agrees with a later one", async () => {
    const custody = (day: string, quantity: number) =>
      `cliente;data;ativo;quantidade;preco_medio\nana;${day};PETR4;${quantity};5\n`;
    await together({ "c.csv": CLIENTS, "pos.csv": custody("12/01/2026", 200), "eventos.csv": SPLIT });
    expect(await held()).toEqual(TWICE);
    expect(await findings()).toEqual([]);
    await together({ "op.csv": BOUGHT });
    expect(await held()).toEqual(TWICE);
    expect(await findings()).toEqual([]);
  });

  it("follows what a conversion made of it, which tells the event itself where its factor does", async () => {
    const converted = (factor: string) =>
      file(
        OPERATIONS,
        "ana;05/01/2026;compra;VVAR3;100;10;BRL;",
        `ana;08/01/2026;conversao;VVAR3>BHIA3;;;BRL;${factor}`,
      );
    const ledger = file(LEDGER, "BHIA3;12/01/2026;grupamento;25:1;;;");
    const [, operations] = await together({
      "c.csv": CLIENTS,
      "op.csv": converted(""),
      "eventos.csv": ledger,
    });
    expect(await held("ana", "BHIA3")).toEqual(["4", "1000", "true"]);
    await undo(operations);
    await together({ "op-2.csv": converted("25:1") });
    expect(await held("ana", "BHIA3")).toEqual(["4", "1000", "true"]);
  });
});

describe("an action that is not confirmed", () => {
  const closes =
    "date,open,high,low,close,adj_close,volume\n2026-01-09,5,5,5,5.00,5,1\n2026-01-12,5,5,5,5.10,5,1\n";
  const prices = async () =>
    (await book.rows("prices_daily", "instrument_id = 'PETR4'")).map((row) => short(row["price"]));

  it("turns closes back while it is inferred, changes no units, and is to be looked at; rejected it does nothing", async () => {
    const action = (status: string) => SPLIT.replace(";;;", `;${status};;`);
    const files = { "c.csv": CLIENTS, "op.csv": BOUGHT, "PETR4.SA.csv": closes };
    await together({ ...files, "achado.csv": action("inferido") });
    expect(await prices()).toEqual(["10", "5.1"]);
    expect(await held()).toEqual(["100", "1000", "true"]);
    expect(await findings()).toEqual(["action_inferred - PETR4 2026-01-12"]);
    const [confirmed] = await inTurn({ "confirmado.csv": action("confirmado") });
    expect(await held()).toEqual(TWICE);
    expect(await findings()).toEqual([]);
    const [rejected] = await inTurn({ "recusado.csv": action("recusado") });
    expect(await held()).toEqual(["100", "1000", "true"]);
    expect(await prices()).toEqual(["5", "5.1"]);
    expect(await findings()).toEqual([]);
    await undo(rejected);
    expect(await held()).toEqual(TWICE);
    await undo(confirmed);
    expect(await held()).toEqual(["100", "1000", "true"]);
    expect(await prices()).toEqual(["10", "5.1"]);
  });
});

describe("a close that jumps", () => {
  const jumping = (ledger: Readonly<Record<string, string>>) =>
    together({
      "c.csv": CLIENTS,
      "op.csv": BOUGHT.replace("PETR4", "HAPV3"),
      "precos.csv":
        "data;ativo;preco\n09/01/2026;HAPV3;32,00\n12/01/2026;HAPV3;18,56\n13/01/2026;HAPV3;19,00\n",
      ...ledger,
    });

  it("by 42% without any action is shown and kept", async () => {
    await jumping({});
    expect(await findings()).toEqual(["price_jump - HAPV3 2026-01-12"]);
    expect(await book.rows("prices_daily", "instrument_id = 'HAPV3'")).toHaveLength(3);
  });

  it("is explained by a payment of that size, not by a small one", async () => {
    const [, , , small] = await jumping({ "p.csv": file(LEDGER, "HAPV3;12/01/2026;provento;;;;0,50") });
    expect(await findings()).toEqual(["price_jump - HAPV3 2026-01-12"]);
    await undo(small);
    await together({ "q.csv": file(LEDGER, "HAPV3;12/01/2026;provento;;;;13,00") });
    expect(await findings()).toEqual([]);
    expect(await held("ana", "HAPV3")).toEqual(["100", "1000", "true"]);
  });
});
