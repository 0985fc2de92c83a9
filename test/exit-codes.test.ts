import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { GoldTableName } from "../src/contracts/gold.ts";
import { homePaths } from "../src/main/home.ts";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";
import { publishedManifest } from "./gold.testing.ts";

/** What scripts rely on: 0 answered, 1 bad input, 2 bad usage, 3 not set up; and what `doctor` sees. */

const NOW = () => new Date("2026-01-09T21:30:00Z");

let line: CommandLine;
let empty: CommandLine;

beforeAll(async () => {
  line = await openCommandLine(NOW);
  empty = await openCommandLine(NOW);
  line.write("clientes.csv", ["cliente;nome;corretor", "cliente1;Ana Souza;corretor1"]);
  line.write("precos.csv", ["data;ativo;preco", "08/01/2026;PETR4;31,00", "09/01/2026;PETR4;32,00"]);
  line.write("operacoes.csv", [
    "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
    "cliente1;05/01/2026;compra;PETR4;100;30,00;BRL;0",
  ]);
  line.write("ruim.csv", ["cliente;data;tipo;ativo;quantidade;preco", "cliente1;ontem;compra;PETR4;1;1"]);
  line.write("foto.csv", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]));
  const files = ["clientes.csv", "precos.csv", "operacoes.csv"];
  expect((await line.carteira("ingest", ...files, "--as", "admin")).code).toBe(0);
});

afterAll(async () => {
  await line.remove();
  await empty.remove();
});

describe("exit codes", () => {
  it.each<readonly [number, readonly string[]]>([
    [0, ["ask", "/carteira cliente1", "--as", "corretor1"]],
    [0, ["ask", "/carteira ninguem", "--as", "corretor1"]],
    [0, ["ask", "bom dia", "--as", "corretor1", "--json"]],
    [0, ["ingest", "operacoes.csv", "--as", "corretor1"]],
    [0, ["uploads"]],
    [0, ["explain", "cliente1", "PETR4", "--as", "corretor1"]],
    [0, ["doctor"]],
    [0, ["people", "list"]],
    [0, ["audit", "--json"]],
    [0, ["schedules"]],
    [0, ["deliveries", "--failed"]],
    [0, ["--help"]],
    [1, ["ingest", "nada.csv", "--as", "corretor1"]],
    [1, ["ingest", "ruim.csv", "--as", "corretor1"]],
    [1, ["ingest", "foto.csv", "--as", "corretor1", "--json"]],
    [1, ["ingest", "operacoes.csv", "--as", "corretor1", "--replaces", "nada"]],
    [1, ["ask", "/carteira cliente1", "--as", "ninguem"]],
    [1, ["explain", "cliente1", "VALE3", "--as", "corretor1"]],
    [1, ["undo", "nada"]],
    [1, ["people", "remove", "ninguem"]],
    [1, ["demo"]],
    [2, []],
    [2, ["perguntar", "x"]],
    [2, ["ask", "--as", "corretor1"]],
    [2, ["ask", "/carteira cliente1"]],
    [2, ["ask", "/carteira cliente1", "--as", "corretor1", "--at", "amanhã"]],
    [2, ["ask", "/carteira cliente1", "--as", "corretor1", "--when", "2026-01-01"]],
    [2, ["ingest", "--as", "corretor1"]],
    [2, ["ingest", "operacoes.csv"]],
    [2, ["ingest", "operacoes.csv", "--as", "corretor1", "--kind", "planilha"]],
    [2, ["undo"]],
    [2, ["people"]],
    [2, ["people", "add", "ana", "--name", "Ana", "--role", "dono"]],
    [2, ["audit", "--since", "ontem"]],
    [1, ["schedules", "pause", "nada"]],
    [1, ["deliveries", "--resend", "nada"]],
    [2, ["schedules", "pause"]],
    [2, ["deliveries", "--limit", "0"]],
    [2, ["demo", "--clients", "zero"]],
  ])("%i: %j", async (expected, args) => {
    const { code, out, err } = await line.carteira(...args);
    expect(code, out + err).toBe(expected);
    if (expected > 0) expect(`${out}${err}`.trim()).not.toBe("");
    expect(`${out}${err}`).not.toMatch(/undefined|\n\s+at |Error:/);
  });

  it.each([
    ["ask", "/carteira cliente1", "--as", "corretor1"],
    ["ask", "/carteira cliente1", "--as", "corretor1", "--json"],
    ["explain", "cliente1", "PETR4", "--as", "corretor1"],
    ["uploads"],
    ["undo", "x"],
    ["doctor"],
    ["people", "list"],
    ["audit"],
    ["schedules"],
    ["deliveries"],
  ])("3 where nothing is set up: %s", async (...args) => {
    const { code, out, err } = await empty.carteira(...args);
    expect(code, out + err).toBe(3);
    expect(out + err).toContain("npx carteira demo");
  });
});

describe("help", () => {
  it.each([
    "ask",
    "ingest",
    "uploads",
    "undo",
    "explain",
    "serve",
    "demo",
    "doctor",
    "people",
    "audit",
    "schedules",
    "deliveries",
  ])("of %s shows examples, also where nothing is set up", async (command) => {
    const { code, out, err } = await empty.carteira(command, "--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(new RegExp(`Exemplos:\\n(.*\\n)*.*npx carteira ${command}`));
  });
});

describe("doctor", () => {
  const damaged: (() => void)[] = [];
  afterEach(() => {
    for (const repair of damaged.splice(0)) repair();
  });
  /** Damages a file of the home; it is put back after the test. */
  function damage(path: string, change: (path: string) => void): void {
    const bytes = readFileSync(path);
    damaged.push(() => writeFileSync(path, bytes));
    change(path);
  }
  async function goldFile(table: GoldTableName): Promise<string> {
    const { tables } = await publishedManifest(line.home);
    return join(homePaths(line.home).lake, tables[table][0]?.key ?? "");
  }

  it("finds a healthy home healthy", async () => {
    for (const options of [[], ["--deep"]]) {
      const { code, out } = await line.carteira("doctor", ...options);
      expect(code, out).toBe(0);
      expect(out).not.toMatch(/^[✗!]/m);
      expect(out).toContain("Tudo em ordem.");
    }
  });

  it("sees a gold file that is gone", async () => {
    damage(await goldFile("positions"), (path) => rmSync(path));
    const { code, out } = await line.carteira("doctor");
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ .*positions/m);
  });

  it("sees a gold file that was changed, when it looks deep", async () => {
    damage(await goldFile("operations"), (path) => appendFileSync(path, "x"));
    const { code, out } = await line.carteira("doctor", "--deep");
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ .*operations/m);
  });

  it("sees a manifest that cannot be read", async () => {
    const { runId } = await publishedManifest(line.home);
    const path = join(homePaths(line.home).lake, `gold/manifests/${runId}.json`);
    damage(path, (file) => truncateSync(file, 10));
    const { code, out } = await line.carteira("doctor");
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ dados publicados/m);
  });

  it("sees a state that is garbage, and one that is gone; no command overwrites either", async () => {
    const { state } = homePaths(line.home);
    for (const change of [(path: string) => writeFileSync(path, "isto não é um banco".repeat(100)), rmSync]) {
      damage(state, change);
      const { code, out } = await line.carteira("doctor");
      expect(code, out).toBe(1);
      expect(out).toMatch(/^✗ banco de estado/m);
      const { code: refused, err } = await line.carteira("ingest", "operacoes.csv", "--as", "admin");
      expect(refused).toBe(1);
      expect(err).not.toMatch(/\n\s+at /);
      for (const repair of damaged.splice(0)) repair();
    }
    expect((await line.carteira("doctor")).code).toBe(0);
  });

  it("sees a home.json that cannot be read", async () => {
    damage(homePaths(line.home).info, (path) => writeFileSync(path, "{"));
    const { code, out } = await line.carteira("doctor");
    expect(code).toBe(1);
    expect(out).toContain("home.json");
  });

  it("after every repair the book answers as before", async () => {
    const { data } = await line.json("ask", "/carteira cliente1 PETR4", "--as", "corretor1");
    expect(data).toMatchObject({ quantity: "100", value: "3200", dayChange: "100" });
  });
});
