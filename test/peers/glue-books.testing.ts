import { OPERATION_TYPES } from "../../src/contracts/operation-types.ts";
import { addDays } from "../../src/money/day.ts";
import { seeded } from "../seeded.testing.ts";

/** Books that hold every kind of row there is, right and wrong, for comparing two engines. */

const FIRST_DAY = "2025-01-06";
const DAYS = 420;
const ASSETS = [
  "PETR4",
  "VALE3",
  "VVAR3",
  "BHIA3",
  "HGLG11",
  "AAPL",
  "BTC",
  "FUNDO ALFA",
  "CDB BANCO X 2027",
];
const CURRENCIES = ["BRL", "BRL", "BRL", "USD", "EUR", "CHF", ""];
const HEADER =
  "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;fator;valor;hora;corretora;id;ir;indexador;taxa_juros;vencimento";

type Random = () => number;

const brazilian = (day: string): string => day.split("-").reverse().join("/");
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const amount = (random: Random, max: number, digits: number): string =>
  (random() * max + 10 ** -digits).toFixed(digits).replace(".", ",");
const maybe = (random: Random, share: number, text: () => string): string => (random() < share ? text() : "");

function factor(random: Random, type: string): string {
  if (type === "desdobramento") return pick(random, ["1:2", "1:3", "2:3", "1:10"]);
  if (type === "grupamento") return pick(random, ["3:1", "10:1", "7:2"]);
  return type === "conversao" ? pick(random, ["", "1:1", "2:1", "25:1", "1,5"]) : "";
}

function asset(random: Random, type: string): string {
  if (type === "conversao")
    return pick(random, ["VVAR3>BHIA3", "PETR4>VALE3", "AAPL>PETR4", "VALE3>FUNDO ALFA"]);
  const cash = type === "aporte" || type === "retirada" || type === "ir" || type === "taxa";
  if (cash && random() < 0.7) return "";
  return random() < 0.08 ? pick(random, ["CAIXA-BRL", "CAIXA-USD"]) : pick(random, ASSETS);
}

/** Any type with any of the columns: some rows are refused, some are findings, and the others count. */
function operation(random: Random, clients: number): string {
  const type = random() < 0.45 ? pick(random, ["compra", "compra", "venda"]) : pick(random, OPERATION_TYPES);
  const what = asset(random, type);
  const deposit = what.startsWith("CDB");
  const fine = what === "BTC" || what === "FUNDO ALFA";
  return [
    `cliente${1 + Math.floor(random() * clients)}`,
    brazilian(addDays(FIRST_DAY, Math.floor(random() ** 1.5 * DAYS))),
    random() < 0.01 ? "emprestimo" : type,
    what,
    maybe(random, 0.9, () => amount(random, 300, fine ? 8 : 0)),
    maybe(random, 0.75, () => amount(random, 90, random() < 0.3 ? 8 : 2)),
    what === "AAPL" ? pick(random, ["USD", "USD", "USD", "BRL", ""]) : pick(random, CURRENCIES),
    maybe(random, 0.4, () => amount(random, 9, 2)),
    factor(random, type),
    maybe(random, 0.5, () => amount(random, 5_000, random() < 0.2 ? 8 : 2)),
    maybe(random, 0.3, () => `${10 + Math.floor(random() * 7)}:30:00`),
    pick(random, ["XP", "BTG", ""]),
    maybe(random, 0.1, () => `N${Math.floor(random() * 500)}`),
    maybe(random, 0.2, () => amount(random, 20, 2)),
    deposit ? pick(random, ["CDI", "CDI_MAIS", "IPCA", "PRE", ""]) : "",
    deposit ? pick(random, ["110", "12,5", "6", "2,35"]) : "",
    deposit ? pick(random, ["31/12/2025", "30/06/2027", ""]) : "",
  ].join(";");
}

function priceRows(random: Random): string {
  const lines = ["data;ativo;preco;moeda;fonte"];
  const codes = ["PETR4", "VALE3", "BHIA3", "HGLG11", "AAPL", "FUNDO ALFA", "USDBRL", "EURBRL", "IBOV"];
  for (let n = -10; n < DAYS + 20; n++) {
    const day = brazilian(addDays(FIRST_DAY, n));
    const weekend = n % 7 === 5 || n % 7 === 6;
    if (!weekend) lines.push(`${day};CDI;0,05${Math.floor(random() * 9_000) + 1_000};BRL;bcb`);
    for (const code of codes) {
      if (weekend || random() < 0.25) continue;
      const price = amount(random, code.endsWith("BRL") ? 3 : 60, 4);
      const currency = code === "AAPL" ? pick(random, ["USD", "USD", "BRL"]) : "BRL";
      lines.push(`${day};${code};${price};${currency};${pick(random, ["arquivo", "yahoo"])}`);
      if (random() < 0.1) lines.push(`${day};${code};${amount(random, 60, 2)};${currency};tesouro`);
    }
  }
  for (let month = 1; month <= 12; month++)
    lines.push(`01/${String(month).padStart(2, "0")}/2025;IPCA;0,${10 + Math.floor(random() * 80)};BRL;bcb`);
  return `${lines.join("\n")}\n`;
}

function clientRows(random: Random, clients: number): string {
  const lines = ["cliente;nome;corretor;moeda_base;controla_caixa"];
  for (let n = 1; n <= clients; n++) {
    const base = pick(random, ["BRL", "BRL", "USD", "EUR"]);
    lines.push(`cliente${n};Cliente ${n};corretor${1 + (n % 2)};${base};${random() < 0.4 ? "sim" : "nao"}`);
  }
  return `${lines.join("\n")}\n`;
}

function actionRows(random: Random): string {
  const lines = ["ativo;data;tipo;fator;situacao;custo;valor"];
  for (const code of ["PETR4", "VALE3", "VVAR3", "HGLG11", "AAPL"]) {
    for (const type of ["desdobramento", "grupamento", "bonificacao", "provento"]) {
      const day = brazilian(addDays(FIRST_DAY, Math.floor(random() * DAYS)));
      const state = pick(random, ["confirmado", "confirmado", "inferido", "recusado"]);
      const ratio = type === "provento" ? "" : type === "bonificacao" ? "1,05" : factor(random, type);
      const cost = type === "bonificacao" ? maybe(random, 0.5, () => amount(random, 20, 2)) : "";
      lines.push(`${code};${day};${type};${ratio};${state};${cost};${type === "provento" ? "1,25" : ""}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

const INSTRUMENTS = `ativo;nome;classe;setor;moeda;emissor;simbolo_yahoo;apelidos
FUNDO ALFA;Fundo Alfa;fundo;;BRL;Gestora;-;alfa
VVAR3;Via;acao;;BRL;;VVAR3.SA;
`;

/** A custody statement that opens what nothing else touched, and differs from the rest. */
function custodyRows(random: Random, clients: number): string {
  const lines = ["cliente;data;ativo;quantidade;preco_medio;moeda;corretora"];
  for (let n = 1; n <= clients; n++) {
    for (const code of [...ASSETS.slice(0, 6), "ITUB4", "MGLU3", "CAIXA-BRL"]) {
      if (random() < 0.5) continue;
      const cost = maybe(random, 0.7, () => amount(random, 40, 2));
      const currency = code === "AAPL" ? "USD" : "BRL";
      lines.push(`cliente${n};10/02/2026;${code};${amount(random, 100, 0)};${cost};${currency};XP`);
      if (random() < 0.3)
        lines.push(`cliente${n};10/02/2026;${code};${amount(random, 50, 0)};${cost};${currency};BTG`);
    }
  }
  return `${lines.join("\n")}\n`;
}

const TERMS = [
  ["CDI", "110"],
  ["CDI_MAIS", "2,5"],
  ["CDI", "1,75"],
  ["SELIC", "100"],
  ["IPCA", "6,2"],
  ["PRE", "12,5"],
  ["PRE", "-0,5"],
] as const;

/** Deposits that keep their curve until a part of them is transferred, which leaves at it. */
function depositRows(random: Random): readonly string[] {
  const row = (code: string, day: number, type: string, cells: readonly string[], terms: string): string => {
    const [quantity = "", price = "", paid = ""] = cells;
    const when = brazilian(addDays(FIRST_DAY, day));
    return `cliente1;${when};${type};${code};${quantity};${price};BRL;;;${paid};;XP;;;${terms}`;
  };
  return TERMS.flatMap(([index, rate], n) => {
    const code = `CDB CURVA ${n + 1}`;
    const first = 30 + Math.floor(random() * 30);
    const maturity = n % 2 === 0 ? "30/06/2025" : "30/06/2027";
    return [
      row(code, first, "compra", ["10", "1000"], `${index};${rate};${maturity}`),
      row(code, first + 15, "compra", ["3,5", amount(random, 1_500, 2)], `${index};${rate};${maturity}`),
      row(code, first + 40, "juros", ["", "", amount(random, 90, 2)], ";;"),
      row(code, first + 60, "resgate", ["2", "1010"], ";;"),
      row(code, first + 150, "transferencia_saida", ["4"], ";;"),
    ];
  });
}

/** The files of a book by seed. Rows repeat, correct each other across files, and some are wrong. */
export function anyBook(options: {
  readonly seed: number;
  readonly clients: number;
  readonly operations: number;
}): Readonly<Record<string, string>> {
  const random = seeded(options.seed);
  const rows = Array.from({ length: options.operations }, () => operation(random, options.clients));
  const half = Math.floor(rows.length / 2);
  const file = (lines: readonly string[]): string => `${[HEADER, ...lines].join("\n")}\n`;
  return {
    "clientes.csv": clientRows(random, options.clients),
    "ativos.csv": INSTRUMENTS,
    "precos.csv": priceRows(random),
    "precos-2.csv": priceRows(random).split("\n").slice(0, 200).join("\n"),
    "eventos.csv": actionRows(random),
    "operacoes-1.csv": file(rows.slice(0, half)),
    // A part of the first file again, with rows of its own.
    "depositos.csv": file(depositRows(random)),
    "operacoes-2.csv": file([...rows.slice(half - 40, half), ...rows.slice(half)]),
    "custodia.csv": custodyRows(random, options.clients),
  };
}
