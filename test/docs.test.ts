import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADMIN_KINDS } from "../pipeline/ports.ts";
import { documentSections, fillSections } from "../src/contracts/document.ts";
import { FILE_CONTRACTS } from "../src/contracts/kinds/index.ts";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

const DATA = readFileSync("docs/data.md", "utf8");

it("docs/data.md says of kinds and tables what the code says (npm run docs)", () => {
  expect(DATA).toBe(fillSections(DATA, documentSections(ADMIN_KINDS)));
});

describe("links between documents", () => {
  const documents = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    ...readdirSync("docs")
      .filter((name) => name.endsWith(".md"))
      .map((name) => join("docs", name)),
  ];

  it.each(documents)("%s points to files that exist", (path) => {
    const targets = [...readFileSync(path, "utf8").matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(
      ([, to]) => to ?? "",
    );
    const missing = targets.filter((to) => !/^[a-z]+:/.test(to) && !existsSync(join(dirname(path), to)));
    expect(missing).toEqual([]);
  });
});

describe("the example files of docs/data.md", () => {
  /** Blocks whose fence names a file. */
  const examples = [...DATA.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = "", body = ""]) => ({
    name,
    body,
  }));
  /** The document's own commands. */
  const commands = [...DATA.matchAll(/^npx carteira (ingest .+)$/gm)].map(([, words = ""]) =>
    words.split(" "),
  );
  let line: CommandLine;
  beforeAll(async () => {
    line = await openCommandLine(() => new Date("2026-11-23T15:00:00Z"));
    for (const { name, body } of examples) line.write(name, [body.trimEnd()]);
  });
  afterAll(() => line.remove());

  it("load with the document's own commands: every kind, and no row rejected", async () => {
    const taken: Record<string, unknown>[] = [];
    for (const command of commands) taken.push(...((await line.json(...command))["files"] as typeof taken));
    expect(taken.map(({ file }) => file).sort()).toEqual(examples.map(({ name }) => name).sort());
    expect(
      taken.map(({ file, rejected, promoted, issues }) => ({ file, rejected, promoted, issues })),
    ).toEqual(taken.map(({ file }) => ({ file, rejected: 0, promoted: true, issues: [] })));
    expect(new Set(taken.map(({ kind }) => kind))).toEqual(new Set(Object.keys(FILE_CONTRACTS)));
  });
});
