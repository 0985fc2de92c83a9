import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import iconv from "iconv-lite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SILVER_OPERATIONS } from "../src/contracts/silver.ts";
import { COLUMN_TYPES } from "../src/contracts/types.ts";
import { openEngine, quote } from "./engine.ts";
import { CLIENTS, OPERATIONS_HEADER, openTestHome, type TestHome } from "./ingest.testing.ts";

let home: TestHome;

beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.remove());

const operations = (...rows: string[]) => [OPERATIONS_HEADER, ...rows, ""].join("\n");
const BUY = "ana;05/01/2026;compra;PETR4;100;30,50;BRL;4,90";

/** Reasons by line, of issues that speak of a row. */
const reasons = (issues: readonly { line: number; reason: string }[]) =>
  issues.map(({ line, reason }) => `${line}: ${reason}`);

describe("taking files", () => {
  it("takes files that need each other in one call, whatever their order, and answers in theirs", async () => {
    const results = await home.load([
      ["ops.csv", operations(BUY)],
      ["precos.csv", "data;ativo;preco;moeda\n05/01/2026;PETR4;30,00;BRL\n"],
      CLIENTS,
    ]);
    expect(results.map((result) => [result.upload.kind, result.promoted, result.counts.loaded])).toEqual([
      ["operations", true, 1],
      ["prices", true, 1],
      ["clients", true, 3],
    ]);
    expect(await home.effective("operations")).toMatchObject([
      {
        client_id: "ana",
        date: "2026-01-05",
        type: "compra",
        instrument_id: "PETR4",
        quantity: "100.00000000",
        price: "30.50000000",
        fees: "4.90000000",
        tax: "0.00000000",
        brokerage: "",
        origin: "own",
        row_number: "2",
        source_file: "ops.csv",
        occurrence: "1",
      },
    ]);
  });

  it("stores the raw bytes before anything else, also of a file that it refuses", async () => {
    const result = await home.loadOne(["../etc/relatório final.csv", "nada;disso\n1;2\n"]);
    expect(result.upload.status).toBe("failed");
    expect(result.upload.fileName).toBe("relatório final.csv");
    expect(result.upload.bronzeKey).toMatch(
      /^bronze\/received=2026-03-31\/[0-9a-f]{64}\/relatorio_final\.csv$/,
    );
    expect(await home.lake.exists(result.upload.bronzeKey)).toBe(true);
  });

  it("writes silver in the order of its contract, with the columns that the file lacks", async () => {
    const rows = ["bia;06/01/2026", "ana;07/01/2026", "bia;05/01/2026", "ana;05/01/2026", "ana;05/01/2026"];
    const file = operations(...rows.map((row, i) => `${row};compra;PETR4;${i + 1};1,50;BRL;`));
    const [, result] = await home.load([CLIENTS, ["ops.csv", file]]);
    const path = await home.lake.stage(result?.upload.silverKey ?? "");
    const engine = await openEngine(join(dirname(path), ".reader"));
    const read = await engine.rows(`select client_id, row_number from read_parquet(${quote(path)})`);
    const columns = await engine.rows(`describe select * from read_parquet(${quote(path)})`);
    engine.close();
    expect(read.map((row) => `${row["client_id"]} ${row["row_number"]}`)).toEqual([
      "ana 5",
      "ana 6",
      "ana 3",
      "bia 4",
      "bia 2",
    ]);
    expect(columns.map((column) => [column["column_name"], column["column_type"]])).toEqual(
      SILVER_OPERATIONS.columns.map(({ name, type }) => [name, COLUMN_TYPES[type]]),
    );
  });

  it("leaves no scratch files behind", async () => {
    await home.load([CLIENTS]);
    expect((await home.lake.list("")).map((key) => key.split("/")[0]).sort()).toEqual(["bronze", "silver"]);
  });

  it("reports its steps and how far it is", async () => {
    await home.load([CLIENTS, ["ops.csv", operations(BUY)]]);
    expect(home.steps.map(([step]) => step).filter((step, i, all) => step !== all[i - 1])).toEqual([
      "received",
      "checked",
      "loaded",
      "checked",
      "loaded",
    ]);
    expect(home.steps.at(-1)).toEqual(["loaded", 1]);
    for (const [, fraction] of home.steps) expect(fraction).toBeLessThanOrEqual(1);
  });
});

describe("the same bytes in other clothes", () => {
  const plain = operations(
    "ana;05/01/2026;aporte;;;;BRL;0",
    "ana;06/01/2026;compra;AÇÚCAR;10;1.234,56;BRL;0",
  );
  const text = `${plain
    .replace(";taxas", ";taxas;valor")
    .replace("BRL;0\nana", "BRL;0;1000\nana")
    .replace(/BRL;0\n$/, "BRL;0;\n")}`;
  const variants: Record<string, Uint8Array> = {
    "utf-8": Buffer.from(text),
    "utf-8 with a byte order mark": Buffer.from(`\ufeff${text}`),
    "windows-1252": iconv.encode(text, "windows-1252"),
    "utf-16 with a byte order mark": Buffer.from(`\ufeff${text}`, "utf16le"),
    "Windows line ends": Buffer.from(text.replaceAll("\n", "\r\n")),
    tabs: Buffer.from(text.replaceAll(";", "\t")),
    "titles above the header": Buffer.from(
      `Relatório de operações\n\nemitido em 01/02/2026;página 1\n${text}`,
    ),
    "blank lines and lines of separators": Buffer.from(text.replaceAll("\n", "\n\n;;;;;;;;\n")),
    "quoted fields": Buffer.from(
      text.replace(/[^;\n]+/g, (field) => (field.includes('"') ? field : `"${field}"`)),
    ),
    "commas and points": Buffer.from(
      text.replaceAll("1.234,56", "1234.56").replaceAll(";", ",").replace("05/01/2026", "2026-01-05"),
    ),
    "another order and English headers": Buffer.from(
      "amount;currency;fees;type;date;client;ticker;qty;price\n1000;BRL;0;deposit;2026-01-05;ana;;;\n;BRL;0;Buy;2026-01-06;ana;AÇÚCAR;10;R$ 1.234,56\n",
    ),
  };

  it.each(Object.keys(variants))("reads %s", async (name) => {
    const [, result] = await home.load([CLIENTS, ["ops.csv", variants[name] ?? ""]]);
    expect(result?.issues).toEqual([]);
    expect(result?.counts).toMatchObject({ rows: 2, loaded: 2 });
    const rows = await home.effective("operations");
    expect(
      rows.map(({ date, type, instrument_id, quantity, price, amount }) => [
        date,
        type,
        instrument_id,
        quantity,
        price,
        amount,
      ]),
    ).toEqual([
      ["2026-01-05", "aporte", null, null, null, "1000.00000000"],
      ["2026-01-06", "compra", "ACUCAR", "10.00000000", "1234.56000000", null],
    ]);
  });

  it("gives equal content the same hash, whatever the clothes", async () => {
    await home.load([CLIENTS, ["a.csv", text]]);
    const again = await home.loadOne(["b.csv", variants["another order and English headers"] ?? ""]);
    expect(again.counts).toEqual({ rows: 2, loaded: 0, replaced: 0, repeated: 2, rejected: 0 });
    expect(again.upload.status).toBe("repeated");
    expect(again.upload.silverKey).toBeNull();
  });
});

describe("rejecting rows", () => {
  const GOOD = Array.from({ length: 40 }, (_, i) => `ana;05/01/2026;compra;PETR4;${i + 1};30,50;BRL;0`);

  it("says what is wrong with each cell, by line, and takes the rest", async () => {
    const bad = [
      "zé;05/01/2026;compra;PETR4;1;30,50;BRL;0",
      "ana;31/02/2026;compra;PETR4;1;30,50;BRL;0",
      "ana;05/01/26;compra;PETR4;1;30,50;BRL;0",
      "ana;01/04/2026;compra;PETR4;1;30,50;BRL;0",
      "ana;05/01/2026;compra;PETR4;;30,50;BRL;0",
      "ana;05/01/2026;venda;PETR4;-5;30,50;BRL;0",
      "ana;05/01/2026;troca;PETR4;1;30.55;XYZ;0",
    ];
    const [, result] = await home.load([CLIENTS, ["ops.csv", operations(...GOOD, ...bad)]]);
    expect(result?.counts).toEqual({ rows: 47, loaded: 40, replaced: 0, repeated: 0, rejected: 7 });
    expect(result?.promoted).toBe(true);
    expect(reasons(result?.issues ?? [])).toEqual([
      "42: cliente não encontrado",
      "43: data inválida: use dd/mm/aaaa",
      "44: ano com dois dígitos: use dd/mm/aaaa",
      "45: data no futuro: confira o dia, o mês e o ano",
      "46: quantidade vazia: preencha quantas cotas ou ações",
      "47: quantidade com sinal negativo: escreva o número positivo, o tipo já diz se entra ou sai",
      "48: moeda desconhecida: use o código de três letras, por exemplo BRL ou USD",
      "48: número com ponto decimal num arquivo de vírgula decimal: escreva 1.234,56",
      expect.stringMatching(/^48: tipo desconhecido: use compra, venda, /),
    ]);
    expect(result?.issues[0]).toMatchObject({ column: "cliente", value: "zé" });
    const quarantined = await home.parquet(result?.upload.quarantineKey ?? "");
    expect(quarantined).toHaveLength(9);
    expect(quarantined[0]).toEqual({
      line: "42",
      column_name: "cliente",
      value: "zé",
      reason: "cliente não encontrado",
      code: "client_not_found",
    });
  });

  it("speaks the reader's language and names the file's own headers", async () => {
    const rows = GOOD.map((row) =>
      row.replace("30,50", "30.50").replaceAll(";", ",").replace("05/01/2026", "2026-01-05"),
    );
    const file = [
      "client,date,type,asset,quantity,price,currency,fees",
      ...rows,
      "ana,2026-01-05,buy,PETR4,ten,1,BRL,0",
    ];
    const [, result] = await home.load([CLIENTS, ["ops.csv", file.join("\n")]], { language: "en" });
    expect(result?.issues).toEqual([
      {
        line: 42,
        column: "quantity",
        value: "ten",
        reason: "quantity is not a number: use digits only, for example 1234.56",
      },
    ]);
  });

  it("promotes nothing above 20% of bad rows, and everything good at 20%", async () => {
    await home.load([CLIENTS]);
    const four = GOOD.slice(0, 4);
    const fifth = await home.loadOne(["a.csv", operations(...four, "x;1;2;3;4;5;6;7")]);
    expect(fifth.counts).toEqual({ rows: 5, loaded: 4, replaced: 0, repeated: 0, rejected: 1 });
    expect(fifth.promoted).toBe(true);
    const third = await home.loadOne(["b.csv", operations(...GOOD.slice(10, 12), "x;1;2;3;4;5;6;7")]);
    expect(third.counts).toEqual({ rows: 3, loaded: 2, replaced: 0, repeated: 0, rejected: 1 });
    expect(third.upload).toMatchObject({ status: "not_promoted", silverKey: null });
    expect(third.issues[0]?.reason).toContain("33% das linhas");
    expect(await home.effective("operations")).toHaveLength(4);
  });

  it("reports records that are none: too many columns, a quote that never closes, a short line", async () => {
    const broken = [
      'ana;05/01/2026;compra;"PETR4;1;30,50;BRL;0',
      "ana;05/01/2026;compra;PETR4;1;30,50;BRL;0;9;9",
      "ana;05/01/2026",
    ];
    const [, result] = await home.load([CLIENTS, ["ops.csv", operations(...GOOD, ...broken, GOOD[0] ?? "")]]);
    expect(result?.counts).toMatchObject({ rows: 44, loaded: 41, rejected: 3 });
    expect(reasons(result?.issues ?? []).slice(0, 2)).toEqual([
      "42: aspas abertas e não fechadas nesta linha: feche as aspas ou retire-as",
      "43: a linha tem mais colunas que o cabeçalho: ponha entre aspas o texto que contém o separador",
    ]);
    expect(result?.issues.at(-1)).toMatchObject({ line: 44, column: "tipo" });
  });

  it("asks of each tipo what it needs", async () => {
    const file = [
      `${OPERATIONS_HEADER};valor;fator`,
      ...GOOD.map((row) => `${row};;`),
      "ana;05/01/2026;dividendo;PETR4;;;BRL;0;;",
      "ana;05/01/2026;desdobramento;PETR4;;;BRL;0;;",
      "ana;05/01/2026;desdobramento;PETR4;;;BRL;0;;10:1",
      "ana;05/01/2026;grupamento;PETR4;;;BRL;0;;2",
      "ana;05/01/2026;conversao;VVAR3;;;BRL;0;;",
      "ana;05/01/2026;aporte;;;;BRL;0;;",
      "ana;05/01/2026;compra;;1;1;BRL;0;;",
      "ana;05/01/2026;compra;PETR4;0;1;BRL;0;;",
    ].join("\n");
    const [, result] = await home.load([CLIENTS, ["ops.csv", file]]);
    expect(result?.issues.map(({ line, column }) => `${line} ${column}`)).toEqual([
      "42 valor",
      "43 fator",
      "44 fator",
      "45 fator",
      "46 ativo",
      "47 valor",
      "48 ativo",
      "49 quantidade",
    ]);
  });

  it("takes splits, conversions and redemptions as they are written", async () => {
    const file = [
      `${OPERATIONS_HEADER};valor;fator`,
      "ana;05/01/2026;desdobramento;PETR4;;;;;;1:2",
      "ana;06/01/2026;grupamento;PETR4;;;;;;0,1",
      "ana;07/01/2026;Conversão;VVAR3 > BHIA3;;;;;;25:1",
      "ana;08/01/2026;vencimento;CDB X;;;;;1.050,00;",
      "ana;09/01/2026;compra;AAPL;1;US$ 189,50;;;;",
    ].join("\n");
    const [, result] = await home.load([CLIENTS, ["ops.csv", file]]);
    expect(result?.issues).toEqual([]);
    const rows = await home.effective("operations");
    expect(
      rows.map((r) => [
        r["type"],
        r["instrument_id"],
        r["to_instrument_id"],
        r["factor_new"],
        r["factor_old"],
        r["currency"],
      ]),
    ).toEqual([
      ["desdobramento", "PETR4", null, "2", "1", null],
      ["grupamento", "PETR4", null, "1", "10", null],
      ["conversao", "VVAR3", "BHIA3", "1", "25", null],
      ["vencimento", "CDB X", null, null, null, null],
      ["compra", "AAPL", null, null, null, "USD"],
    ]);
  });
});

describe("files that cannot be taken", () => {
  it("names the nearest kind and what is missing", async () => {
    const result = await home.loadOne([
      "x.csv",
      "cliente;data;ativo;quantidade;preco\nana;05/01/2026;PETR4;1;2\n",
    ]);
    expect(result).toMatchObject({ promoted: false, upload: { status: "failed", kind: null } });
    expect(result.issues).toMatchObject([{ line: 0 }]);
    expect(result.issues[0]?.reason).toContain("o mais próximo é operações, a que faltam as colunas tipo");
    expect(result.issues[0]?.reason).toContain("Negociação da B3");
  });

  it.each([
    ["empty.csv", "", "arquivo sem nenhuma linha de dados"],
    ["header.csv", `${OPERATIONS_HEADER}\n`, "arquivo sem nenhuma linha de dados"],
    ["old.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), "xls antigo"],
    ["picture.png", Buffer.from([0x89, 0x50, 0, 0, 1]), "não é texto nem .xlsx"],
    ["data.json", "[1]", "série do Banco Central"],
    ["broken.xlsx", Buffer.from("PK\u0003\u0004 nothing"), "XLSX danificado"],
  ])("refuses %s", async (name, body, reason) => {
    await home.load([CLIENTS]);
    const result = await home.loadOne([name, body]);
    expect(result.upload.status).toBe("failed");
    expect(result.counts.rows).toBe(0);
    expect(result.issues[0]?.reason).toContain(reason);
  });

  it("keeps the bytes of a kind that this book does not take, and none of its rows", async () => {
    const body = "data;ativo;preco;moeda\n20/03/2026;PETR4;38,00;BRL\n";
    const refusedKinds = { kinds: new Set(["prices"] as const), reason: "aqui não entram preços" };
    const refused = await home.loadOne(["precos.csv", body], { refusedKinds });
    expect(refused).toMatchObject({
      promoted: false,
      upload: { kind: "prices", status: "failed", silverKey: null },
      issues: [{ line: 0, reason: "aqui não entram preços" }],
    });
    expect(await readFile(await home.lake.stage(refused.upload.bronzeKey), "utf8")).toBe(body);
    expect(await home.effective("prices")).toEqual([]);
    const taken = await home.loadOne(CLIENTS, { refusedKinds });
    expect(taken.promoted).toBe(true);
  });

  it("lets only an admin load what concerns every broker", async () => {
    const result = await home.loadOne(CLIENTS, { admin: false, userId: "c1", brokers: ["c1"] });
    expect(result.issues[0]?.reason).toBe("só um administrador carrega este tipo de arquivo (clientes)");
    expect(await home.effective("clients")).toEqual([]);
  });

  it("takes a forced kind at its word", async () => {
    const result = await home.loadOne(["x.csv", "data;ativo;preco\n05/01/2026;PETR4;30,00\n"], {
      kind: "operations",
    });
    expect(result.issues[0]?.reason).toBe("não é um arquivo de operações: faltam as colunas cliente, tipo");
  });
});

describe("whose clients", () => {
  it("answers the same for an unknown client and for another broker's", async () => {
    await home.load([CLIENTS]);
    const file = operations(
      "cai;05/01/2026;compra;PETR4;1;30;BRL;0",
      "xyz;05/01/2026;compra;PETR4;1;30;BRL;0",
    );
    const mine = await home.loadOne(["ops.csv", file], { admin: false, userId: "c1", brokers: ["c1"] });
    expect(mine.issues.filter(({ line }) => line > 0).map(({ reason }) => reason)).toEqual([
      "cliente não encontrado",
      "cliente não encontrado",
    ]);
    const theirs = await home.loadOne(["ops.csv", file], { admin: false, userId: "c2", brokers: ["c2"] });
    expect(theirs.counts).toMatchObject({ loaded: 1, rejected: 1 });
  });

  it("fills in the client that the sender named where the file has none", async () => {
    await home.load([CLIENTS]);
    const file = operations(BUY).replace("cliente;", "").replace("ana;", "");
    expect((await home.loadOne(["a.csv", file])).issues[0]?.reason).toContain("faltam as colunas cliente");
    const result = await home.loadOne(["a.csv", file], { clientId: "bia" });
    expect(result.counts.loaded).toBe(1);
    expect((await home.effective("operations"))[0]?.["client_id"]).toBe("bia");
  });
});
