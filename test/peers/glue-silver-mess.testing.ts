import type { TestFile } from "../../pipeline/ingest.testing.ts";
import { contractOf } from "../../src/contracts/kinds/index.ts";
import type { Cell, FileContract } from "../../src/contracts/kinds/kind.ts";
import { addDays } from "../../src/money/day.ts";
import { seeded } from "../seeded.testing.ts";
import type { Scenario, Sending } from "./glue-silver.testing.ts";

/** Files by seed that nobody would write on purpose: any column, any order, any text in any cell. */

type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const whole = (random: Random, below: number): number => Math.floor(random() * below);

/** Texts that a cell of any column may hold. Some mean something somewhere. */
const MESS = [
  "",
  " ",
  "-",
  "--",
  "0",
  "-0",
  "+7",
  "1e3",
  "1.234.567,89",
  "1,234,567.89",
  "12345678901234567890",
  "0,00000001",
  "0.000000001",
  ",5",
  "5,",
  "R$ 1.000,00",
  "US$1",
  "€ 2,5",
  "10%",
  "31/02/2026",
  "1/1/2026",
  "29/02/2024",
  "2024-02-29T00:00:00.000-03:00",
  "2024-02-29Z",
  "01-02-26",
  "99/99/9999",
  "9999-12-31",
  "12:30",
  "9:05:59",
  "PETR4 > VALE3",
  "petr4f.sa",
  "TESOURO  selic 2029",
  "Ação É Boa",
  "a@b.c",
  "a@@b.c",
  "sim",
  "NÃO",
  "Brl",
  "u$s",
  "compra",
  "Juros S/ Capital",
  "1:2",
  "3 : 1",
  "007:00",
  "0,1",
  "'; drop table x; --",
  "back\\slash \\n \u0024{spark.app.name} {braces} `tick`",
  'say "so"',
  "two\nlines",
  "carriage\rreturn",
  "tab\there",
  "no\u00a0break",
  "İΣΑΣ ß ﬃ ǅ",
  "日本語🚀",
  "e\u0301 combining",
  "\u200bzero\u200b",
  "null",
  "#",
  "x".repeat(90),
] as const;

const CLIENTS = ["ana", "bia", "cai", "d'ávila"];
const ASSETS = [
  "PETR4",
  "vale3f",
  "^BVSP",
  "USD/BRL",
  "CDB Banco 1",
  "btc",
  "KO",
  "NTN-B 2035",
  "Fundo Ação",
];
const DELIMITERS = [";", ",", "\t"] as const;

/** What a column takes that only goes with others of its row, by kind and column. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  "operations.tipo": ["Compra", "v", "BUY", "sell", "Aplicação"],
  "actions.tipo": ["desdobramento", "Split", "desdobro"],
  "actions.fator": ["1:2", "1:3", "2:5", "3"],
  "actions.custo": [""],
  "actions.valor": [""],
  "tesouro_prices.tipo_titulo": ["Tesouro Selic", "TESOURO IPCA+", "Tesouro Prefixado"],
  "tesouro_prices.data_vencimento": ["15/05/2035", "2029-03-01", "01/01/2031", "01/01/2011"],
  "b3_trades.mercado": ["Mercado à Vista", "MERCADO FRACIONARIO", "vista"],
  "b3_movements.entrada_saida": ["Credito", "crédito"],
  "b3_movements.movimentacao": [
    "Dividendo",
    "Juros Sobre Capital Próprio",
    "RENDIMENTO",
    "Transferência - Liquidação",
  ],
  "b3_movements.produto": ["PETR4 - PETROBRAS", "CDB - CDB1 - Banco", "lci - LCI2 - ", "Tesouro Selic 2029"],
  "b3_positions.produto": ["PETR4 - PETROBRAS", "CDB - CDB1 - Banco", "Total", "Tesouro Selic 2029"],
};

/** A text that the cell is likely to take. */
function fitting(random: Random, { cell, words }: Column, comma: boolean): string {
  if (words !== undefined) return pick(random, words);
  if (cell === null) return pick(random, MESS);
  const day = addDays("2024-01-01", whole(random, 800));
  const number = (random() * 10 ** whole(random, 6)).toFixed(whole(random, 9));
  switch (cell.type) {
    case "client":
      return random() < 0.03 ? "ninguém" : pick(random, CLIENTS);
    case "asset":
      return pick(random, ASSETS);
    case "choice":
      return pick(random, Object.keys(cell.choices ?? { x: "" }));
    case "flag":
      return pick(random, ["sim", "não", "S", "0", "true"]);
    case "pastDay":
    case "day":
      return random() < 0.5 ? day : day.split("-").reverse().join("/");
    case "time":
      return `${whole(random, 24)}:${10 + whole(random, 50)}`;
    case "number":
      return comma ? number.replace(".", ",") : number;
    case "factor":
      return pick(random, ["1:2", "10:1", "3:2", comma ? "1,05" : "1.05", "2"]);
    case "currency":
      return pick(random, ["BRL", "usd", "R$", "EUR", ""]);
    default:
      return `texto ${whole(random, 20)}`;
  }
}

interface Column {
  readonly header: string;
  readonly words?: readonly string[] | undefined;
  readonly cell: Cell | null;
}

function columnsOf(random: Random, contract: FileContract): readonly Column[] {
  const found = contract.columns
    .filter((column) => column.required || random() < 0.6)
    .map(({ name, aliases }) => {
      const cell =
        contract.cells.find((one) => one.source === name && one.from === undefined) ??
        contract.cells.find((one) => one.source === name) ??
        null;
      const header = random() < 0.6 ? name : pick(random, [name, ...aliases]);
      return {
        header: random() < 0.2 ? header.toUpperCase().replaceAll("_", " ") : header,
        cell,
        words: WORDS[`${contract.kind}.${name}`],
      };
    });
  const unknown = random() < 0.3 ? [{ header: "Coluna à toa", cell: null }] : [];
  return [...found, ...unknown].sort(() => random() - 0.5);
}

function quoted(random: Random, text: string, delimiter: string): string {
  const must = /["\r\n\t;,]/.test(text) || text.includes(delimiter);
  return must || random() < 0.05 ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A file of the kind: `mess` is the share of cells that hold anything at all. */
function messyFile(
  random: Random,
  contract: FileContract,
  options: { readonly name: string; readonly rows: number; readonly mess: number },
): TestFile {
  const delimiter = pick(random, DELIMITERS);
  const comma = random() < 0.5;
  const columns = columnsOf(random, contract);
  const end = pick(random, ["\n", "\r\n"]);
  const lines = [columns.map(({ header }) => quoted(random, header, delimiter)).join(delimiter)];
  for (let n = 0; n < options.rows; n++) {
    const cells = columns.map((column) => {
      const text = random() < options.mess ? pick(random, MESS) : fitting(random, column, comma);
      return quoted(random, text, delimiter);
    });
    if (random() < 0.01) cells.push("a mais");
    if (random() < 0.01) cells.length = 1 + whole(random, cells.length);
    const twice = random() < 0.05 ? 2 : 1;
    for (let i = 0; i < twice; i++) lines.push(cells.join(delimiter));
  }
  return [options.name, lines.join(end)];
}

/** A workbook's worth of files by seed: each kind once or more, of which many are too messy to be taken. */
export function messyScenario(seed: number, rows: number): Scenario {
  const random = seeded(seed);
  const people: TestFile = [
    "clientes.csv",
    `cliente;nome;corretor\n${CLIENTS.map((id) => `${id};${id};c1\n`).join("")}`,
  ];
  const kinds = ["instruments", "actions", "prices", "tesouro_prices", "operations", "positions"] as const;
  const b3 = ["b3_trades", "b3_movements", "b3_positions"] as const;
  const file = (kind: (typeof kinds)[number] | (typeof b3)[number], at: number): TestFile =>
    messyFile(random, contractOf(kind), {
      name: `${kind}-${at}.csv`,
      rows,
      mess: at % 2 === 0 ? 0.01 : 0.3,
    });
  const send = (kind: (typeof kinds)[number] | (typeof b3)[number], at: number): Sending => ({
    files: [file(kind, at)],
    options: {
      kind,
      clientId: kind.startsWith("b3_") || random() < 0.3 ? "d'ávila" : null,
      language: pick(random, ["pt", "en"]),
    },
  });
  const runs = [0, 1, 2].map((at) => [
    ...(at === 0 ? [{ files: [people] }] : []),
    ...[...kinds.slice(0, 5), ...b3.slice(0, 2), ...kinds.slice(5), ...b3.slice(2)].map((kind) =>
      send(kind, at),
    ),
  ]);
  return { name: `mess ${seed}`, runs };
}
