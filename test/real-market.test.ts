import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/**
 * Thirty trades against recorded closes, CDI and IBOV. The expected figures were worked out apart, in exact fractions
 * with another program, from the same recordings; docs/money.md says by which rules.
 * The recordings lie outside the project: without them only the costs, which need no market data, are compared.
 */
const fixtures =
  process.env["CARTEIRA_FIXTURES"] ?? fileURLToPath(new URL("../../shared/fixtures/market", import.meta.url));
const recorded = existsSync(fixtures);

const CODES = ["PETR4", "VALE3", "ITUB4", "WEGE3", "MGLU3", "BBAS3", "ABEV3"] as const;
/** quantity, cost, realised gain; close of 2025-12-30. */
const EXPECTED = {
  PETR4: ["500", "19266.73913043", "-1576.96086957", "30.81999969"],
  VALE3: ["230", "14999.66666667", "-1002.63333333", "71.95999908"],
  ITUB4: ["700", "20906", "842", "39.22999954"],
  WEGE3: ["400", "16564", "977.5", "48.50999832"],
  MGLU3: ["1200", "14722.90833154", "-4553.54166846", "8.93999958"],
  BBAS3: ["750", "16840", "-187.5", "21.92000008"],
  ABEV3: ["800", "10552", "350", "13.85999966"],
} as const satisfies Record<(typeof CODES)[number], readonly string[]>;

let line: CommandLine;

beforeAll(async () => {
  line = await openCommandLine(() => new Date("2026-09-04T21:00:00Z"));
  const files = fileURLToPath(new URL("files", import.meta.url));
  const mine = join(line.home, "..");
  writeFileSync(
    join(mine, "clientes.csv"),
    "cliente;nome;corretor\ncliente123;Ana Souza;corretor1\ncliente124;Bia Lima;corretor1\n",
  );
  writeFileSync(join(mine, "bancos.csv"), "ativo;nome;classe;moeda\nCDB BANCO Y;CDB Banco Y;cdb;BRL\n");
  writeFileSync(
    join(mine, "cdb.csv"),
    "cliente;data;tipo;ativo;quantidade;preco;indexador;taxa_juros\ncliente124;30/12/2024;compra;CDB BANCO Y;10;1000;CDI;100\n",
  );
  writeFileSync(join(mine, "eventos.csv"), "ativo;data;tipo;fator\nMGLU3;27/05/2024;grupamento;10:1\n");
  const market = recorded
    ? [
        ...readdirSync(join(fixtures, "prices"))
          .filter((name) => CODES.some((code) => name === `${code}.SA.csv`))
          .map((name) => join(fixtures, "prices", name)),
        join(fixtures, "indices/BVSP.csv"),
        join(fixtures, "bcb/sgs-12-cdi.json"),
        join(fixtures, "bcb/sgs-1-usdbrl-venda.json"),
      ]
    : [];
  const loads = [
    [join(mine, "clientes.csv"), join(mine, "eventos.csv"), join(mine, "bancos.csv"), "--as", "admin"],
    [join(mine, "cdb.csv"), "--as", "corretor1"],
    [join(files, "negociacao-2024-2025.csv"), "--client", "cliente123", "--as", "corretor1"],
    [join(files, "eventos-cliente-2024.csv"), "--as", "corretor1"],
  ];
  for (const load of loads)
    expect(await line.carteira("ingest", ...load), load[0]).toMatchObject({ code: 0 });
  // The clock stands after the recordings' last day: rows of days to come would be refused.
  if (market.length > 0)
    expect(await line.carteira("ingest", ...market, "--as", "admin")).toMatchObject({ code: 0 });
}, 240_000);

afterAll(() => line.remove());

/** Compares every position with what was worked out by hand. */
async function hasExpectedPositions(): Promise<void> {
  for (const code of CODES) {
    const { data } = await line.json(
      "ask",
      `/carteira cliente123 ${code}`,
      "--at",
      "2025-12-30",
      "--as",
      "corretor1",
    );
    const [quantity, cost, realizedGain, price] = EXPECTED[code];
    expect(data, code).toMatchObject({
      quantity,
      cost,
      realizedGain,
      ...(recorded ? { price, priceAt: "2025-12-30" } : {}),
    });
  }
}

describe("thirty real trades of one client", () => {
  it("has the positions, costs and gains worked out by hand", hasExpectedPositions);

  it.runIf(recorded)("has the return of 2025 and its share of the CDI worked out by hand", async () => {
    const { data } = await line.json("ask", "rentabilidade do cliente123 em 2025", "--as", "corretor1");
    expect(data).toMatchObject({
      period: { from: "2024-12-30", to: "2025-12-30" },
      twrPercent: "7.87225598",
      benchmark: "CDI",
      benchmarkPercent: "14.30224866",
      // 55.04208583 in exact fractions; levels of the CDI are kept to 12 digits, which shows in the last one here.
      percentOfCdi: expect.stringMatching(/^55\.0420858[34]$/),
    });
  });

  it("has the same where the ledger alone, or the client's file alone, tells the reverse split", async () => {
    const uploads = async () =>
      (await line.json("uploads")) as unknown as readonly { upload: string; file: string }[];
    const of = async (file: string) => (await uploads()).find((one) => one.file === file)?.upload ?? "";
    const without = line.write("eventos-sem-grupamento.csv", [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;fator;valor",
      "cliente123;03/06/2024;fracao;MGLU3;0,5;;BRL;;6,20",
    ]);
    const replaced = ["--replaces", await of("eventos-cliente-2024.csv")];
    expect(await line.carteira("ingest", without, "--as", "corretor1", ...replaced)).toMatchObject({
      code: 0,
    });
    await hasExpectedPositions();
    expect((await line.carteira("explain", "cliente123", "MGLU3", "--as", "corretor1")).out).toContain(
      "eventos.csv",
    );
    await line.carteira("undo", await of("eventos-sem-grupamento.csv"));
    await line.carteira("undo", await of("eventos.csv"));
    const { data } = await line.json("ask", "/carteira cliente123 MGLU3", "--as", "corretor1");
    const [quantity, cost, realizedGain] = EXPECTED.MGLU3;
    expect(data).toMatchObject({ quantity, cost, realizedGain });
  });

  it.runIf(recorded)("a deposit at 100% of the CDI, which earns exactly the benchmark", async () => {
    const ask = async (text: string, ...more: readonly string[]) =>
      (await line.json("ask", text, ...more, "--as", "corretor1"))["data"];
    expect(await ask("/carteira cliente124 CDB BANCO Y", "--at", "2025-12-30")).toMatchObject({
      price: "1143.02248658",
      unrealizedPercent: "14.30224866",
    });
    expect(await ask("rentabilidade do cliente124 em 2025")).toMatchObject({
      twrPercent: "14.30224866",
      benchmarkPercent: "14.30224866",
      percentOfCdi: "100",
    });
  });
});
