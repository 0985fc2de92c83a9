import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkbook } from "../pipeline/silver/workbook.testing.ts";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/**
 * One operations file in every dress that people and programs give it. Each dress is loaded for a client of its own; all
 * must come to the same positions, which are worked out by hand below.
 */

/** The file's content, with numbers and dates in plain form. */
const ROWS = [
  {
    data: "2026-01-05",
    tipo: "compra",
    ativo: "PETR4",
    quantidade: "1000",
    preco: "30.5",
    moeda: "BRL",
    taxas: "4.9",
    corretora: "São João",
  },
  {
    data: "2026-01-06",
    tipo: "compra",
    ativo: "AAPL",
    quantidade: "10.5",
    preco: "1234.56",
    moeda: "USD",
    corretora: "São João",
  },
  {
    data: "2026-01-07",
    tipo: "venda",
    ativo: "PETR4",
    quantidade: "400",
    preco: "31.25",
    moeda: "BRL",
    taxas: "3.1",
  },
  {
    data: "2026-01-08",
    tipo: "dividendo",
    ativo: "PETR4",
    moeda: "BRL",
    valor: "120.4",
    observacao: "crédito",
  },
] as const;

const COLUMNS = [
  "cliente",
  "data",
  "tipo",
  "ativo",
  "quantidade",
  "preco",
  "moeda",
  "taxas",
  "valor",
  "corretora",
  "observacao",
] as const;
type Column = (typeof COLUMNS)[number];
const NUMBERS: ReadonlySet<Column> = new Set(["quantidade", "preco", "taxas", "valor"]);

interface Dress {
  readonly separator?: string;
  readonly lineEnd?: string;
  readonly columns?: readonly Column[];
  readonly headers?: Readonly<Partial<Record<Column, string>>>;
  /** How a plain number, day or word of the content is written. */
  readonly number?: (plain: string, column: Column, row: (typeof ROWS)[number]) => string;
  readonly day?: (iso: string) => string;
  readonly word?: (word: string) => string;
  readonly quote?: (cell: string) => string;
}

const brazilian = (plain: string): string => {
  const [whole = "", fraction] = plain.split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ".")}${fraction === undefined ? "" : `,${fraction}`}`;
};
const brazilianDay = (iso: string): string => iso.split("-").reverse().join("/");
const same = (text: string): string => text;
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const american = (plain: string): string => {
  const [whole = "", fraction] = plain.split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction === undefined ? "" : `.${fraction}`}`;
};

function cellsOf(client: string, dress: Dress): string[][] {
  const { columns = COLUMNS, headers = {}, number = brazilian, day = brazilianDay, word = same } = dress;
  const body = ROWS.map((row) =>
    columns.map((column) => {
      if (column === "cliente") return client;
      const plain = (row as Partial<Record<Column, string>>)[column] ?? "";
      if (plain === "") return "";
      if (NUMBERS.has(column)) return number(plain, column, row);
      return column === "data" ? day(plain) : word(plain);
    }),
  );
  return [columns.map((column) => headers[column] ?? column), ...body];
}

function text(client: string, dress: Dress): string {
  const { separator = ";", lineEnd = "\n", quote = same } = dress;
  return cellsOf(client, dress)
    .map((cells) => `${cells.map(quote).join(separator)}${lineEnd}`)
    .join("");
}

const ENGLISH: Partial<Record<Column, string>> = {
  cliente: "client",
  data: "date",
  tipo: "type",
  ativo: "asset",
  quantidade: "quantity",
  preco: "price",
  moeda: "currency",
  taxas: "fees",
  valor: "amount",
  corretora: "brokerage",
  observacao: "note",
};
const ENGLISH_WORDS: Readonly<Record<string, string>> = {
  compra: "Buy",
  venda: "Sell",
  dividendo: "Dividend",
};
const SHUFFLED: readonly Column[] = [...COLUMNS].reverse();

/** Days as Excel counts them. */
const serial = (iso: string): { serial: number } => ({
  serial: (Date.parse(iso) - Date.parse("1899-12-30")) / 86_400_000,
});

function workbook(client: string): Buffer {
  const rows = cellsOf(client, { number: same, day: same }).map((cells, line) =>
    cells.map((cell, at) => {
      if (cell === "") return null;
      const column = COLUMNS[at] ?? "cliente";
      if (line === 0) return cell;
      if (column === "data") return serial(cell);
      return NUMBERS.has(column) ? Number(cell) : cell;
    }),
  );
  return makeWorkbook([["Operações", rows]]);
}

const DRESSES: Readonly<Record<string, (client: string) => string | Uint8Array>> = {
  "UTF-8, semicolons, decimal commas, dd/mm/yyyy": (client) => text(client, {}),
  "UTF-8 with a byte order mark": (client) => `\ufeff${text(client, {})}`,
  "windows-1252": (client) => iconv.encode(text(client, {}), "windows-1252"),
  "Windows line ends": (client) => text(client, { lineEnd: "\r\n" }),
  tabs: (client) => text(client, { separator: "\t" }),
  "commas, decimal points and ISO dates": (client) =>
    text(client, { separator: ",", number: same, day: same }),
  "commas and quoted decimal commas": (client) =>
    text(client, { separator: ",", quote: (cell) => (cell.includes(",") ? quoted(cell) : cell) }),
  "semicolons and decimal points": (client) => text(client, { number: same }),
  "thousands with commas, quoted": (client) =>
    text(client, { separator: ",", number: american, day: same, quote: quoted }),
  "ISO dates with decimal commas": (client) => text(client, { day: same }),
  "every field in quotes": (client) => text(client, { quote: quoted }),
  "a quoted note with the separator, quotes and a line break": (client) =>
    text(client, { word: (word) => (word === "crédito" ? 'a; "b"\nc' : word), quote: quoted }),
  "columns in another order": (client) => text(client, { columns: SHUFFLED }),
  "English headers and words": (client) =>
    text(client, {
      separator: ",",
      headers: ENGLISH,
      number: same,
      day: same,
      word: (word) => ENGLISH_WORDS[word] ?? word,
    }),
  "headers in capitals with accents and spaces": (client) =>
    text(client, {
      headers: { preco: " PREÇO ", quantidade: "QUANTIDADE", observacao: "Observação", ativo: "Ativo" },
    }),
  "words in capitals, codes of the fractional market and of Yahoo": (client) =>
    text(client, {
      word: (word) => ({ compra: "COMPRA", venda: "Venda", PETR4: "petr4f", AAPL: "aapl" })[word] ?? word,
    }),
  "currency signs in the price": (client) =>
    text(client, {
      number: (plain, column, row) =>
        column === "preco" ? `${row.moeda === "USD" ? "US$" : "R$"} ${brazilian(plain)}` : brazilian(plain),
    }),
  "an XLSX workbook with numbers and dates": workbook,
};
const NAMES = Object.keys(DRESSES);
const clientOf = (name: string): string => `cliente${NAMES.indexOf(name) + 1}`;

let line: CommandLine;
let outcomes: readonly Readonly<Record<string, unknown>>[];
/** The answer about the first client, which all others' must equal. */
let first: object;

beforeAll(async () => {
  line = await openCommandLine(() => new Date("2026-01-09T21:30:00Z"));
  const clients = [
    "cliente;nome;corretor",
    ...NAMES.map((name) => `${clientOf(name)};João Conceição ${NAMES.indexOf(name)};c1`),
  ];
  const files = [
    line.write("clientes.csv", iconv.encode(`${clients.join("\n")}\n`, "windows-1252")),
    line.write("precos.csv", [
      "ativo,preco,data",
      "PETR4,32,2026-01-09",
      "AAPL,1300,2026-01-09",
      'USDBRL,"5.4",2026-01-05',
    ]),
    ...NAMES.map((name, at) =>
      line.write(
        `operacoes-${at}.${name.includes("XLSX") ? "xlsx" : "csv"}`,
        DRESSES[name]?.(clientOf(name)) ?? "",
      ),
    ),
  ];
  const { files: told } = await line.json("ingest", ...files, "--as", "admin");
  outcomes = (told as typeof outcomes).slice(2);
  first = await ask("cliente1", "/carteira cliente1");
});

afterAll(() => line.remove());

const PETR4 = {
  // 30500 + 4.90 = 30504.90. 400 of 1000 leave 12201.96: 12500 - 3.10 - 12201.96 = 294.94.
  asset: "PETR4",
  quantity: "600",
  cost: "18302.94",
  averageCost: "30.5049",
  averageCostGross: "30.5",
  realizedGain: "294.94",
  fees: "8",
  income: "120.4",
  value: "19200",
};
const AAPL = {
  // 10.5 x 1234.56, at 5.40 BRL.
  asset: "AAPL",
  quantity: "10.5",
  cost: "12962.88",
  costBase: "69999.552",
  value: "13650",
  valueBase: "73710",
};

/** An answer without what names the client. */
async function ask(client: string, question: string): Promise<Readonly<Record<string, unknown>>> {
  const { data } = await line.json("ask", question, "--as", "c1");
  const nameless = JSON.stringify(data).replaceAll(
    new RegExp(`"${client}"|"João Conceição \\d+"`, "g"),
    '"-"',
  );
  return JSON.parse(nameless) as Readonly<Record<string, unknown>>;
}

describe("one operations file in every dress", () => {
  it.each(NAMES)("%s", async (name) => {
    const client = clientOf(name);
    expect(outcomes[NAMES.indexOf(name)]).toMatchObject({
      kind: "operations",
      rows: 4,
      loaded: 4,
      rejected: 0,
      promoted: true,
      issues: [],
    });
    const portfolio = await ask(client, `/carteira ${client}`);
    expect(portfolio).toMatchObject({ positions: [AAPL, PETR4] });
    expect(portfolio).toEqual(first);
  });

  it("names with accents come out as they went in, from windows-1252", async () => {
    const { data } = await line.json("ask", `/carteira ${clientOf(NAMES[3] ?? "")}`, "--as", "c1");
    expect(data).toMatchObject({ clientName: "João Conceição 3" });
  });
});

describe("the investor area's trades as CSV and as XLSX", () => {
  const header = [
    "Data do Negócio",
    "Tipo de Movimentação",
    "Mercado",
    "Prazo/Vencimento",
    "Instituição",
    "Código de Negociação",
    "Quantidade",
    "Preço",
    "Valor",
  ];
  const trades = [
    ["05/01/2026", "Compra", "Mercado à Vista", "-", "XP INVESTIMENTOS", "VALE3", 100, 60.5, 6050],
    ["06/01/2026", "Venda", "Mercado Fracionário", "-", "XP INVESTIMENTOS", "VALE3F", 40, 61, 2440],
  ];

  it("give the same position: 60 at 60.50, and 40 x 0.50 realised", async () => {
    const csv = [header, ...trades].map((cells) =>
      cells.map((cell) => (typeof cell === "number" ? ` R$ ${brazilian(String(cell))} ` : cell)),
    );
    // Quantities carry no currency sign.
    const lines = csv.map((cells) =>
      cells.map((cell, at) => (at === 6 ? String(cell).replace("R$", "").trim() : cell)),
    );
    const files = {
      cliente1: line.write(
        "negociacao.csv",
        lines.map((cells) => cells.join(";")),
      ),
      cliente2: line.write("negociacao.xlsx", makeWorkbook([["Negociação", [header, ...trades]]])),
    };
    for (const [client, file] of Object.entries(files)) {
      const { files: told } = await line.json("ingest", file, "--as", "c1", "--client", client);
      expect(told).toMatchObject([{ kind: "b3_trades", rows: 2, loaded: 2, promoted: true }]);
      expect(await ask(client, `/carteira ${client} VALE3`)).toMatchObject({
        quantity: "60",
        cost: "3630",
        realizedGain: "20",
      });
    }
  });
});
