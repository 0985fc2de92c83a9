import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleForm } from "./form.testing.ts";
import type { TableBlock } from "./message.ts";
import { plainText } from "./plain-text.ts";

const table = (...cells: readonly string[]): TableBlock => ({
  kind: "table",
  columns: cells.map((_, at) => ({ label: `c${at}`, align: "left" })),
  rows: [cells.map((text) => ({ text }))],
});
const row = (...cells: readonly string[]) =>
  plainText("", [table(...cells)], [])
    .split("\n")
    .at(-1) ?? "";

describe("plain text", () => {
  it("cuts a long cell, and leaves no half of a character", () => {
    expect(row("a".repeat(49), "b")).toBe(`${"a".repeat(47)}…  b`);
    expect(row(`${"a".repeat(46)}😀😀`, "b")).toBe(`${"a".repeat(46)}…  b`);
    const name = fc.string({
      unit: fc.constantFrom("a", "é", "😀", "👩‍👧", " "),
      minLength: 30,
      maxLength: 60,
    });
    fc.assert(
      fc.property(name, (text) => {
        expect(row(text, "b").isWellFormed()).toBe(true);
        expect(row(text, "b").length).toBeLessThanOrEqual(48 + 3);
      }),
    );
  });

  it("keeps what stands last whole", () => {
    expect(row("a", "b".repeat(60))).toBe(`a   ${"b".repeat(60)}`);
  });

  it("tells a form in one line, by what one would type", () => {
    expect(plainText("oi", [sampleForm], [])).toBe(
      "oi\n\nResumo diário por mensagem: resumo às 08:30 sessions manhã",
    );
  });
});
