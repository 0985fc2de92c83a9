import iconv from "iconv-lite";
import { makeWorkbook } from "../pipeline/silver/workbook.testing.ts";

/** One operations file in every dress that people and programs give it. */

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

/** `1234.5` as it is written in Brazil. */
export const brazilian = (plain: string): string => {
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

/** The file of a client in each dress. */
export const DRESSES: Readonly<Record<string, (client: string) => string | Uint8Array>> = {
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
