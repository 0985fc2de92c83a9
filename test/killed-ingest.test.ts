import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/**
 * A real `carteira ingest` process, killed in the middle without a chance to tidy up. What was there stays readable, and
 * the same command again comes to exactly the right book.
 */

const PROGRAM = fileURLToPath(new URL("../src/main/carteira.mjs", import.meta.url));
/** A killed process leaves its lease of half a minute behind; the rerun comes after it, by its own clock. */
const LATER_MS = 60_000;
const ROWS = 2_000;
const KILLED_AFTER = [0.3, 0.5, 0.65, 0.8, 0.95];

let line: CommandLine;
/** How long the process takes when nobody kills it. */
let wholeMs: number;
let files = 0;
let units = 0;
let killed = 0;

/** A file of purchases that no file before it has, and what they add up to. */
function purchases(): { path: string; units: number } {
  files += 1;
  const quantities = Array.from({ length: ROWS }, (_, at) => (at % 9) + 1);
  const path = line.write(`operacoes-${files}.csv`, [
    "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;id",
    ...quantities.map(
      (quantity, at) =>
        `cliente${(at % 20) + 1};${10 + (at % 10)}/03/2025;compra;PETR4;${quantity};30,00;BRL;0;f${files}-${at}`,
    ),
  ]);
  return { path, units: quantities.reduce((sum, quantity) => sum + quantity, 0) };
}

/** Starts the program; kills it after a time, unless it has ended by then. Gives the signal that ended it. */
async function ingest(path: string, killAfterMs: number | null): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [PROGRAM, "ingest", path, "--as", "admin", "--home", line.home], {
    env: { PATH: process.env["PATH"] },
    stdio: "ignore",
  });
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_code, signal) => {
      if (timer !== null) clearTimeout(timer);
      resolve(signal);
    });
  });
}

/** All units of the book, by the answer about its holders. */
async function held(): Promise<number> {
  const { data } = await line.json("ask", "quem tem PETR4?", "--as", "admin");
  return Number((data as { totalQuantity: string }).totalQuantity);
}

beforeAll(async () => {
  line = await openCommandLine(() => new Date(Date.now() + LATER_MS));
  const clients = Array.from({ length: 20 }, (_, at) => `cliente${at + 1};Pessoa ${at + 1};corretor1`);
  line.write("clientes.csv", ["cliente;nome;corretor", ...clients]);
  line.write("precos.csv", ["data;ativo;preco", "10/03/2025;PETR4;30,00", "28/03/2025;PETR4;31,00"]);
  expect((await line.carteira("ingest", "clientes.csv", "precos.csv", "--as", "admin")).code).toBe(0);
  const first = purchases();
  const startMs = performance.now();
  expect(await ingest(first.path, null)).toBeNull();
  wholeMs = performance.now() - startMs;
  units = first.units;
  expect(await held()).toBe(units);
}, 120_000);

afterAll(() => line.remove());

describe("an ingest that is killed", () => {
  it.each(KILLED_AFTER)(
    "after %s of its time leaves the old book or the new one, and the rerun the new one",
    async (share) => {
      const file = purchases();
      const signal = await ingest(file.path, wholeMs * share);
      const left = await held();
      if (signal !== null) killed += 1;
      if (signal === null) expect(left).toBe(units + file.units);
      else expect([units, units + file.units]).toContain(left);

      const again = await line.json("ingest", file.path, "--as", "admin");
      units += file.units;
      const [outcome] = again["files"] as readonly { loaded: number; repeated: number; rejected: number }[];
      expect((outcome?.loaded ?? 0) + (outcome?.repeated ?? 0)).toBe(ROWS);
      expect(await held()).toBe(units);
      const { code, out } = await line.carteira("doctor", "--deep");
      expect(code, out).toBe(0);
      expect(out).not.toContain("✗");
      expect(out).not.toContain("ainda não");
    },
  );

  it("was really killed, and leaves nothing behind that a clean book would not have", async () => {
    expect(killed).toBeGreaterThan(0);
    const { out } = await line.carteira("uploads", "--json");
    const uploads = JSON.parse(out) as readonly { file: string; status: string }[];
    const active = uploads.filter(({ status, file }) => status === "active" && file.startsWith("operacoes-"));
    expect(active.map(({ file }) => file).sort()).toEqual(
      Array.from({ length: files }, (_, at) => `operacoes-${at + 1}.csv`),
    );
  });
});
