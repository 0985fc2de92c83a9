import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./cli.ts";
import { homePaths } from "./home.ts";

let folder: string;
let home: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-"));
  home = join(folder, "book");
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function carteira(start: string, ...args: string[]) {
  let clockMs = Date.parse(start);
  const written = { out: "", err: "" };
  const exit = await run([...args, "--home", home], {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    environment: {},
    workingFolder: folder,
    now: () => {
      clockMs += 1000;
      return new Date(clockMs);
    },
    stop: new AbortController().signal,
  });
  return { exit, ...written };
}

async function portfolio(now: string): Promise<{ value: string; asOf: string; status: string }> {
  const { out } = await carteira(now, "ask", "/carteira cliente123", "--json");
  const { status, asOf, data } = JSON.parse(out);
  return { status, asOf, value: data.value };
}

describe("the demo", () => {
  it("is made once by two who make it at the same time", async () => {
    const make = () => carteira("2026-11-18T15:00:00Z", "demo", "--clients", "4");
    const [one, other] = await Promise.all([make(), make()]);
    expect([one.exit, other.exit]).toEqual([0, 0]);
    const info = JSON.parse(await readFile(homePaths(home).info, "utf8"));
    expect(info).toEqual({
      version: 1,
      demo: true,
      seed: expect.any(Number),
      clients: 4,
      start: "2024-11-01",
      through: "2026-11-18",
    });
    const { out } = await carteira("2026-11-18T16:00:00Z", "uploads", "--json");
    expect(JSON.parse(out).every(({ status }: { status: string }) => status === "active")).toBe(true);
  });

  it("answers somebody who does not say who asks", async () => {
    expect(await portfolio("2026-11-18T17:00:00Z")).toMatchObject({ status: "ok", asOf: "2026-11-18" });
  });

  it("is brought up to today, and stays as it is when it is", async () => {
    const before = await portfolio("2026-11-23T15:00:00Z");
    expect(before.asOf).toBe("2026-11-18");
    expect((await carteira("2026-11-23T15:10:00Z", "demo")).exit).toBe(0);
    const after = await portfolio("2026-11-23T15:20:00Z");
    expect(after.asOf).toBe("2026-11-23");
    expect(after.value).not.toBe(before.value);
    const count = async () =>
      JSON.parse((await carteira("2026-11-23T15:30:00Z", "uploads", "--json")).out).length;
    const uploads = await count();
    expect((await carteira("2026-11-23T15:40:00Z", "demo", "--clients", "4")).exit).toBe(0);
    expect(await count()).toBe(uploads);
  });

  it("is not made again with another number of clients", async () => {
    const { exit, err } = await carteira("2026-11-23T16:00:00Z", "demo", "--clients", "10");
    expect(exit).toBe(1);
    expect(err).toContain("4 clientes");
  });

  it.each([
    ["precos.csv", ["data;ativo;preco;moeda", "20/11/2026;PETR4;99,00;BRL"]],
    ["PETR4.SA.csv", ["Date,Open,High,Low,Close,Adj Close,Volume", "2026-11-20,1,1,1,99,99,1"]],
    ["sgs-12.json", ['[{"data":"20/11/2026","valor":"0.055131"}]']],
  ])("takes no prices of another market: %s", async (name, lines) => {
    const before = await portfolio("2026-11-23T16:05:00Z");
    await writeFile(join(folder, name), lines.map((line) => `${line}\n`).join(""));
    const { exit, out } = await carteira("2026-11-23T16:06:00Z", "ingest", name, "--as", "admin", "--json");
    const [file] = JSON.parse(out).files;
    expect(exit).toBe(1);
    expect(file).toMatchObject({ promoted: false, rows: 0 });
    expect(file.issues).toEqual([
      { line: 0, column: "", value: "", reason: expect.stringContaining("não se misturam com preços reais") },
    ]);
    expect(await portfolio("2026-11-23T16:07:00Z")).toEqual(before);
  });

  it("is sound", async () => {
    const { exit, out } = await carteira("2026-11-23T16:10:00Z", "doctor", "--deep");
    expect(out).toContain("sintéticos");
    expect({ exit, broken: out.includes("✗") }).toEqual({ exit: 0, broken: false });
  });
});
