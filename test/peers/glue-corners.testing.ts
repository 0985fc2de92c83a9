import { addDays, weekday } from "../../src/money/day.ts";
import { seeded } from "../seeded.testing.ts";

/** Small books at the edges of what there can be, for comparing two engines. */

type Files = Readonly<Record<string, string>>;
type Random = () => number;

const brazilian = (day: string): string => day.split("-").reverse().join("/");
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const lines = (...rows: readonly string[]): string => `${rows.join("\n")}\n`;

const CLIENTS = lines(
  "cliente;nome;corretor;moeda_base;controla_caixa",
  "ana;Ana Souza;c1;BRL;nao",
  "bia;Bia Lima;c1;USD;sim",
  "leo;Leo Reis;c2;EUR;nao",
  "rui;Rui Sá;c2;BRL;sim",
  "zoe;Zoe Paz;c2;BRL;nao",
);
const OPERATIONS = "cliente;data;tipo;ativo;quantidade;preco;moeda;valor";
const PRICES = "data;ativo;preco;moeda";

/** By name. `zoe` has no operations in any of them. */
export const CORNER_BOOKS: Readonly<Record<string, Files>> = {
  "nothing at all": {},
  "clients without operations": {
    "clientes.csv": CLIENTS,
    "precos.csv": lines(PRICES, "09/03/2026;PETR4;30;BRL", "10/03/2026;IBOV;150000;BRL"),
  },
  "operations without any price": {
    "clientes.csv": CLIENTS,
    "operacoes.csv": lines(
      OPERATIONS,
      "ana;28/02/2026;compra;PETR4;10;30,5;BRL;",
      "ana;04/03/2026;compra;CODIGO ESTRANHO;3;7;BRL;",
      "ana;05/03/2026;transferencia_entrada;VALE3;7;;BRL;",
      "ana;06/03/2026;dividendo;PETR4;;;BRL;12,34",
      "bia;07/03/2026;aporte;;;;USD;500",
      "bia;09/03/2026;compra;AAPL;2;180,25;USD;",
      "rui;10/03/2026;venda;PETR4;5;31;BRL;",
      "leo;10/03/2026;compra;ITUB4;1;33;BRL;",
    ),
  },
  "operations after the last price": {
    "clientes.csv": CLIENTS,
    "precos.csv": lines(PRICES, "09/01/2026;PETR4;30;BRL"),
    "operacoes.csv": lines(
      `${OPERATIONS};indexador;taxa_juros;vencimento`,
      "ana;06/03/2026;compra;PETR4;10;30;BRL;;;;",
      "ana;07/03/2026;compra;CDB TARDE;10;100;BRL;;PRE;12;01/07/2026",
    ),
  },
  "clients who start at the end": {
    "clientes.csv": CLIENTS,
    "precos.csv": lines(
      PRICES,
      "02/01/2026;CDI;0,05;BRL",
      "09/01/2026;PETR4;30;BRL",
      "09/01/2026;IBOV;160000;BRL",
      "09/01/2026;USDBRL;5,4;BRL",
    ),
    "operacoes.csv": lines(
      OPERATIONS,
      "ana;24/12/2025;compra;PETR4;10;29;BRL;",
      "ana;31/12/2025;venda;PETR4;4;29,5;BRL;",
      "bia;09/01/2026;aporte;;;;USD;1000",
      "rui;10/01/2026;aporte;;;;BRL;1000",
      "leo;05/01/2026;compra;PETR4;1;30;BRL;",
      "leo;06/01/2026;venda;PETR4;1;30;BRL;",
    ),
  },
};

const CODES = ["CDB A", "CDB B", "LCI C", "LCA D", "CRA E"] as const;
const TERMS = [
  "CDI;110",
  "CDI_MAIS;2,5",
  "CDI;1,75",
  "SELIC;100",
  "IPCA;6,2",
  "PRE;12,5",
  "PRE;-0,5",
  "IGPM;4",
  ";",
] as const;
const MATURITIES = ["31/12/2025", "02/03/2026", "30/06/2027", "15/11/2029", ""] as const;
const FIRST_DAY = "2025-06-02";
const DAYS = 290;

/** A row of a deposit: purchases with and without terms, and whatever may end a curve or change it. */
function depositRow(random: Random): string {
  const day = brazilian(addDays(FIRST_DAY, Math.floor(random() * DAYS)));
  const client = pick(random, ["ana", "bia", "leo", "rui"]);
  const code = pick(random, client === "rui" ? CODES.slice(1) : CODES);
  const amount = (max: number): string => (random() * max + 0.01).toFixed(2).replace(".", ",");
  const kind = random();
  const row = (type: string, quantity: string, price: string, value: string, terms = ";;"): string =>
    `${client};${day};${type};${code};${quantity};${price};${random() < 0.05 ? "USD" : "BRL"};${value};${terms}`;
  if (kind < 0.55) {
    const terms = random() < 0.95 ? pick(random, TERMS) : ";";
    return row("compra", amount(20), amount(1_500), "", `${terms};${pick(random, MATURITIES)}`);
  }
  if (kind < 0.65) return row("juros", "", "", random() < 0.8 ? amount(30) : "");
  if (kind < 0.7) return row("amortizacao", "", "", amount(200));
  if (kind < 0.82) return row("resgate", amount(8), amount(1_500), "");
  if (kind < 0.86) return row("vencimento", "", "", amount(9_000));
  if (kind < 0.92) return row("transferencia_saida", amount(5), "", "");
  if (kind < 0.95) return row("transferencia_entrada", amount(5), "", amount(3_000));
  return row("come_cotas", amount(1), "", "");
}

/** Deposits on their curves with an index that ends early, a month without a figure and days without a session, by seed. */
export function depositBook(seed: number, rows: number): Files {
  const random = seeded(seed);
  const prices = [PRICES];
  for (let n = 0; n < DAYS; n++) {
    const day = addDays(FIRST_DAY, n);
    if (weekday(day) === 0 || weekday(day) === 6) continue;
    const rate = (): string => `0,05${String(Math.floor(random() * 10_000)).padStart(4, "0")}`;
    if (n < DAYS - 40)
      prices.push(`${brazilian(day)};CDI;${rate()};BRL`, `${brazilian(day)};SELIC;${rate()};BRL`);
    if (n > 20 && random() < 0.9)
      prices.push(`${brazilian(day)};USDBRL;5,${Math.floor(random() * 9_000) + 1_000};BRL`);
    if (random() < 0.1)
      prices.push(`${brazilian(day)};${pick(random, CODES)};${900 + Math.floor(random() * 300)},25;BRL`);
    prices.push(`${brazilian(day)};IBOV;${140_000 + Math.floor(random() * 9_000)};BRL`);
  }
  for (const month of ["04", "05", "06", "07", "08", "10", "11"])
    prices.push(`01/${month}/2025;IPCA;0,${10 + Math.floor(random() * 80)};BRL`);
  return {
    "clientes.csv": CLIENTS,
    "papeis.csv": lines(
      "ativo;nome;classe;moeda",
      ...CODES.map((code) => `${code};${code};${classOf(code)};BRL`),
    ),
    "precos.csv": lines(...prices),
    "operacoes.csv": lines(
      `${OPERATIONS};indexador;taxa_juros;vencimento`,
      // One that keeps its curve and never falls due.
      "rui;14/06/2025;compra;CDB A;10;1000;BRL;;CDI;100;",
      ...Array.from({ length: rows }, () => depositRow(random)),
    ),
  };
}

function classOf(code: string): string {
  return code.slice(0, 3).toLowerCase();
}
