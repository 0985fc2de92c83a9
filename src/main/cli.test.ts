import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "./cli.ts";
import { COMMAND_NAMES } from "./words/help.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function carteira(args: readonly string[], environment: Record<string, string> = {}) {
  const written = { out: "", err: "" };
  const exit = await run(args, {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    environment,
    workingFolder: folder,
    now: () => new Date("2026-11-23T15:00:00Z"),
    stop: new AbortController().signal,
  });
  return { exit, ...written };
}

describe("help", () => {
  it.each(COMMAND_NAMES)("of %s has examples, in both languages, and touches nothing", async (name) => {
    const portuguese = await carteira([name, "--help"]);
    expect(portuguese).toMatchObject({ exit: 0, err: "" });
    expect(portuguese.out).toMatch(/Exemplos:\n {2}np[xm] /);
    const english = await carteira([name, "-h", "--lang", "en"]);
    expect(english.out).toMatch(/Examples:\n {2}np[xm] /);
    expect((await carteira(["help", name])).out).toBe(portuguese.out);
    expect(await readdir(folder)).toEqual([]);
  });

  it("lists every command; without one it is bad usage", async () => {
    const asked = await carteira(["--help"]);
    expect(asked).toMatchObject({ exit: 0, err: "" });
    for (const name of COMMAND_NAMES) expect(asked.out).toContain(`\n  ${name} `);
    expect(await carteira([])).toEqual({ exit: 2, out: "", err: asked.out });
    expect((await carteira(["--lang=en", "--help"])).out).toContain("Usage:");
  });
});

describe("bad usage", () => {
  it.each([
    [["vender"], 'Não conheço o comando "vender".'],
    [["help", "vender"], 'Não conheço o comando "vender".'],
    [["--version"], "Não conheço a opção --version."],
    [["uploads", "--all"], "Não conheço a opção --all."],
    [["uploads", "--limit"], "A opção --limit precisa de um valor."],
    [["uploads", "--limit", "0"], '"0" não serve para --limit.'],
    [["uploads", "--json=yes"], "A opção --json não leva valor."],
    [["uploads", "extra"], 'Não sei o que fazer com "extra".'],
    [["undo"], "Falta o envio"],
    [["uploads", "--lang", "fr"], '"fr" não serve para --lang. Pode ser: pt, en.'],
  ])("%j", async (args, sentence) => {
    const { exit, out, err } = await carteira(args);
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).toContain("--help");
    expect(err).not.toMatch(/\n\s+at /);
  });

  it("of a setting names it and what it may be", async () => {
    const { exit, err } = await carteira(["uploads"], { PORT: "oitenta", CARTEIRA_LANG: "en" });
    expect(exit).toBe(2);
    expect(err).toContain('The setting PORT is "oitenta", but only takes:');
  });
});

describe("a folder without a book", () => {
  it.each([["uploads"], ["undo", "x"]])("is not set up for %s, and stays as it was", async (...args) => {
    const { exit, err } = await carteira([...args, "--home", "book"]);
    expect(exit).toBe(3);
    expect(err).toContain(join(folder, "book"));
    expect(err).toContain("npx carteira demo");
    expect(await readdir(folder)).toEqual([]);
  });

  it("is bad input where it is a file, or its home.json is broken", async () => {
    await writeFile(join(folder, "file"), "x");
    expect(await carteira(["uploads", "--home", "file"])).toMatchObject({ exit: 1 });
    await writeFile(join(folder, "home.json"), "{");
    const { exit, err } = await carteira(["uploads"], { CARTEIRA_HOME: folder });
    expect(exit).toBe(1);
    expect(err).toContain("home.json");
  });

  it("is never given an empty ledger in place of one that was lost", async () => {
    await writeFile(join(folder, "home.json"), '{"version":1,"demo":false}');
    const { exit, err } = await carteira(["uploads", `--home=${folder}`]);
    expect(exit).toBe(1);
    expect(err).toContain("state.db");
    expect(await readdir(folder)).toEqual(["home.json"]);
  });
});

/** One value that each setting refuses. */
const BAD_SETTINGS = {
  PORT: "x",
  CARTEIRA_LANG: "fr",
  CARTEIRA_LOG: "loud",
  CARTEIRA_B3_HOURS: "10-18",
  CARTEIRA_YAHOO_ORIGIN: "nowhere",
  CARTEIRA_BCB_ORIGIN: "nowhere",
  CARTEIRA_QUOTES_SECONDS: "abc",
  CARTEIRA_SOURCE_TIMEOUT_SECONDS: "0",
  CARTEIRA_SOURCE_REQUESTS_PER_SECOND: "100",
  CARTEIRA_CONTACT: "x".repeat(201),
  CARTEIRA_TURNS_PER_MINUTE: "0",
  CARTEIRA_UPLOADS_PER_MINUTE: "1,5",
  CARTEIRA_ALERTS_PER_HOUR: "0",
};

describe("a setting that cannot be used", () => {
  it.each(Object.entries(BAD_SETTINGS))("%s is refused in Portuguese by its name", async (name, value) => {
    const written = { out: "", err: "" };
    const exit = await run(["doctor"], {
      stdout: { write: (text) => (written.out += text) },
      stderr: { write: (text) => (written.err += text) },
      environment: { [name]: value },
      workingFolder: "/",
      now: () => new Date(),
      stop: new AbortController().signal,
    });
    expect(exit).toBe(2);
    expect(written.err).toContain(`A configuração ${name} está como "${value}", mas só aceita: `);
    expect(written.err).not.toMatch(/\b(whole|must|such as|or|without)\b/);
  });
});
