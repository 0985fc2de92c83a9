import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkbook } from "../pipeline/silver/workbook.testing.ts";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";
import { brazilian, DRESSES } from "./dresses.testing.ts";

/**
 * One operations file in every dress that people and programs give it. Each dress is loaded for a client of its own; all
 * must come to the same positions, which are worked out by hand below.
 */

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
