import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandLine } from "./command-line.testing.ts";
import {
  counts,
  HEADER,
  type IngestedBook,
  type Outcome,
  openIngestedBook,
} from "./ingested-book.testing.ts";

/** What `ingest --json` promises, in the order in which one book lives through it. */

let book: IngestedBook;
let line: CommandLine;

beforeAll(async () => {
  book = await openIngestedBook();
  line = book.line;
});

afterAll(() => line.remove());

const ingest: IngestedBook["ingest"] = (...file) => book.ingest(...file);
const load: IngestedBook["load"] = (...args) => book.load(...args);
const quantity: IngestedBook["quantity"] = (...of) => book.quantity(...of);
const holding: IngestedBook["holding"] = (...of) => book.holding(...of);

const FIRST = [
  "cliente1;05/01/2026;compra;PETR4;100;30,00;BRL;5,00;A1",
  "cliente1;06/01/2026;compra;VALE3;50;60,00;BRL;0;A2",
  "cliente2;06/01/2026;compra;PETR4;10;31,00;BRL;0;A3",
];

describe("a file", () => {
  it("is told about with exactly the promised keys", async () => {
    const path = line.write("operacoes.csv", [HEADER, ...FIRST]);
    const { code, out } = await line.carteira("ingest", path, "--as", "corretor1", "--json");
    expect(code).toBe(0);
    const value = JSON.parse(out) as { runId: string; files: readonly Outcome[] };
    expect(value).toStrictEqual({
      runId: expect.stringMatching(/./),
      files: [
        {
          upload: expect.stringMatching(/./),
          file: "operacoes.csv",
          kind: "operations",
          rows: 3,
          loaded: 3,
          replaced: 0,
          repeated: 0,
          rejected: 0,
          promoted: true,
          issues: [],
        },
      ],
    });
  });

  it("changes nothing when it comes again, under whatever name", async () => {
    const before = await line.carteira("ask", "/carteira cliente1", "--as", "corretor1", "--json");
    const runs: unknown[] = [];
    for (const name of ["operacoes.csv", "outro nome.csv"]) {
      const again = await ingest(name, FIRST);
      expect(counts(again)).toEqual([0, 0, 3, 0]);
      expect(again.code).toBe(0);
      runs.push(again.runId);
    }
    expect(runs[0]).toBe(runs[1]);
    expect(await line.carteira("ask", "/carteira cliente1", "--as", "corretor1", "--json")).toEqual(before);
  });

  it("that does not exist is named, and the others are loaded all the same", async () => {
    const path = line.write("mais.csv", [HEADER, "cliente2;07/01/2026;compra;VALE3;7;60,00;BRL;0;M1"]);
    const { code, out } = await line.carteira("ingest", "nada.csv", path, "--as", "corretor1", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      files: [
        {
          file: "nada.csv",
          promoted: false,
          rows: 0,
          issues: [{ line: 0, reason: "nada.csv: arquivo não encontrado." }],
        },
        { file: "mais.csv", promoted: true, loaded: 1 },
      ],
    });
    expect(await quantity("cliente2", "VALE3")).toBe("7");
  });
});

describe("a correction", () => {
  it("comes by the same id: one row replaced, one repeated, one new", async () => {
    const corrected = await ingest("correcao.csv", [
      "cliente1;05/01/2026;compra;PETR4;200;30,00;BRL;5,00;A1",
      "cliente1;06/01/2026;compra;VALE3;50;60,00;BRL;0;A2",
      "cliente1;07/01/2026;compra;ITUB4;20;29,00;BRL;0;A4",
    ]);
    expect(counts(corrected)).toEqual([1, 1, 1, 0]);
    // 200 x 30 + 5
    expect(await holding("cliente1", "PETR4")).toMatchObject({ quantity: "200", cost: "6005", fees: "5" });
    expect(await quantity("cliente1", "VALE3")).toBe("50");
    expect(await quantity("cliente1", "ITUB4")).toBe("20");
  });

  it("is not taken back when the corrected file comes again", async () => {
    expect(counts(await ingest("operacoes.csv", FIRST))).toEqual([0, 0, 3, 0]);
    expect(await quantity("cliente1", "PETR4")).toBe("200");
  });

  it("of a whole file names the upload: its rows give way, and come back with undo", async () => {
    const wrong = await ingest("ids.csv", ["cliente2;08/01/2026;compra;ITUB4;11;29,00;BRL;0;"]);
    const right = await ingest(
      "ids-certo.csv",
      ["cliente2;08/01/2026;compra;ITUB4;12;29,00;BRL;0;"],
      "--replaces",
      wrong.file.upload,
    );
    expect(right.code).toBe(0);
    expect(await quantity("cliente2", "ITUB4")).toBe("12");
    const listed = await line.carteira("uploads", "--json");
    expect(JSON.parse(listed.out)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          upload: right.file.upload,
          status: "active",
          replaces: wrong.file.upload,
        }),
        expect.objectContaining({ upload: wrong.file.upload, status: "replaced" }),
      ]),
    );
    const undone = await line.json("undo", right.file.upload);
    expect(undone).toMatchObject({ undone: right.file.upload, restored: wrong.file.upload });
    expect(await quantity("cliente2", "ITUB4")).toBe("11");
    expect((await line.carteira("undo", wrong.file.upload)).code).toBe(0);
    expect(await quantity("cliente2", "ITUB4")).toBe("0");
    // What was taken back can be sent anew.
    expect(counts(await ingest("ids.csv", ["cliente2;08/01/2026;compra;ITUB4;11;29,00;BRL;0;"]))).toEqual([
      1, 0, 0, 0,
    ]);
    expect(await quantity("cliente2", "ITUB4")).toBe("11");
  });

  it("of what is not there, or not active, is refused", async () => {
    const path = line.write("x.csv", [HEADER, "cliente1;08/01/2026;compra;ITUB4;1;29,00;BRL;0;"]);
    const refused = await line.carteira("ingest", path, "--as", "corretor1", "--replaces", "nada");
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("nada");
    expect((await line.carteira("undo", "nada")).code).toBe(1);
  });
});

describe("bad rows", () => {
  const good = (count: number, asset: string) =>
    Array.from({ length: count }, (_, at) => `cliente1;08/01/2026;compra;${asset};${at + 1};10,00;BRL;0;`);

  it("are told with line, column, value and reason; at 20% the rest is loaded", async () => {
    const told = await ingest("ruins.csv", [
      "cliente1;31/02/2026;compra;BBAS3;1;10,00;BRL;0;",
      ...good(12, "BBAS3"),
      "cliente1;08/01/2026;compra;BBAS3;dez;10,00;BRL;0;",
      "cliente1;08/01/2026;troca;BBAS3;1;10,00;BRL;0;",
    ]);
    expect(told.code).toBe(0);
    expect(counts(told)).toEqual([12, 0, 0, 3]);
    expect(told.file.promoted).toBe(true);
    expect(told.file.issues).toStrictEqual([
      { line: 2, column: "data", value: "31/02/2026", reason: "data inválida: use dd/mm/aaaa" },
      {
        line: 15,
        column: "quantidade",
        value: "dez",
        reason: "quantidade não é um número: use só algarismos, por exemplo 1.234,56",
      },
      {
        line: 16,
        column: "tipo",
        value: "troca",
        reason: expect.stringMatching(/^tipo desconhecido: use compra, venda, .*retirada$/),
      },
    ]);
    // 1 + 2 + … + 12
    expect(await quantity("cliente1", "BBAS3")).toBe("78");
  });

  it("above 20% keep the whole file out; loaded counts the rows that passed", async () => {
    const before = await line.carteira("ask", "/carteira cliente1", "--as", "corretor1", "--json");
    const told = await ingest("piores.csv", [
      ...good(11, "WEGE3"),
      ...["um", "dois", "três"].map((word) => `cliente1;08/01/2026;compra;WEGE3;${word};10,00;BRL;0;`),
    ]);
    expect(told.code).toBe(1);
    expect(counts(told)).toEqual([11, 0, 0, 3]);
    expect(told.file.promoted).toBe(false);
    expect(told.file.issues.some(({ line: at, reason }) => at === 0 && reason.includes("20%"))).toBe(true);
    expect(await line.carteira("ask", "/carteira cliente1", "--as", "corretor1", "--json")).toEqual(before);
    const [newest] = JSON.parse((await line.carteira("uploads", "--json")).out) as { status: string }[];
    expect(newest).toMatchObject({ status: "not_promoted" });
  });

  it("of another broker's client and of nobody's are told in the same words", async () => {
    const told: string[] = [];
    for (const client of ["cliente9", "cliente8"]) {
      const rows = [...good(4, "CSAN3"), `${client};08/01/2026;compra;CSAN3;1;10,00;BRL;0;`];
      const path = line.write("alheio.csv", [HEADER, ...rows]);
      for (const options of [["--json"], []]) {
        const { code, out } = await line.carteira("ingest", path, "--as", "corretor1", ...options);
        const upload = /\d{8}-[0-9a-f]{8}/g;
        const run = /\d{8}T\d{9}Z-[0-9a-f]+/g;
        told.push(
          `${code} ${out.replaceAll(run, "RUN").replaceAll(upload, "UPLOAD").replaceAll(client, "CLIENT")}`,
        );
      }
      // Taken back, so that the second file meets the same book as the first.
      const [newest, ...rest] = JSON.parse((await line.carteira("uploads", "--json")).out) as {
        upload: string;
        status: string;
      }[];
      const active = newest?.status === "active" ? newest : rest.find(({ status }) => status === "active");
      expect((await line.carteira("undo", active?.upload ?? "")).code).toBe(0);
      expect(told.at(-1)).toContain("cliente não encontrado");
    }
    expect(told.slice(2)).toEqual(told.slice(0, 2));
  });

  it("of a B3 file for another broker's client and for nobody's likewise", async () => {
    const path = line.write("negociacao.csv", [
      "Data do Negócio;Tipo de Movimentação;Mercado;Prazo/Vencimento;Instituição;Código de Negociação;Quantidade;Preço;Valor",
      "05/01/2026;Compra;Mercado à Vista;-;XP;PETR4;1;30,00;30,00",
    ]);
    const told = [];
    for (const client of ["cliente9", "cliente8"]) {
      const { code, file } = await load(path, "--as", "corretor1", "--client", client);
      told.push({ code, ...file, upload: "-" });
    }
    expect(told[0]).toMatchObject({
      code: 1,
      promoted: false,
      rejected: 0,
      issues: [{ reason: "cliente não encontrado" }],
    });
    expect(told[1]).toEqual(told[0]);
  });

  it("are all rows of a user who is no broker", async () => {
    const path = line.write("de-ninguem.csv", [HEADER, ...good(2, "CSAN3")]);
    const { code, file } = await load(path, "--as", "ninguem");
    expect(code).toBe(1);
    expect(file).toMatchObject({ loaded: 0, rejected: 2, promoted: false });
  });
});
