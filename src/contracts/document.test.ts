import { describe, expect, it } from "vitest";
import { documentSections, fillSections } from "./document.ts";
import { FILE_CONTRACTS } from "./kinds/index.ts";
import { plain } from "./kinds/kind.ts";

const sections = documentSections(new Set(["prices"]));

/** The row of a kind's table that documents a column, as its cells. */
function rowOf(kind: string, column: string): readonly string[] {
  const line = sections[`kind-${kind}`]?.split("\n").find((one) => one.startsWith(`| \`${column}\` |`));
  return (line ?? "").split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim());
}

describe("documentSections", () => {
  it("says who loads a kind, from what it is given", () => {
    expect(sections["kind-prices"]).toContain("An admin loads it");
    expect(sections["kind-operations"]).toContain("their own clients");
  });

  it("tells a column that the header must have from one that each row must fill", () => {
    expect(rowOf("operations", "tipo").slice(2, 4)).toEqual(["required", "required"]);
    expect(rowOf("operations", "ativo").slice(2, 4)).toEqual(["required", ""]);
    expect(rowOf("operations", "taxas").slice(2, 4)).toEqual(["", ""]);
    // A currency that a class implies may be absent, although no instrument is without one.
    expect(rowOf("instruments", "moeda").slice(2, 4)).toEqual(["", ""]);
  });

  it("says what becomes of a column", () => {
    expect(rowOf("yahoo_history", "close")[4]).toBe("a number, not below zero, rounded to 8 decimals");
    expect(rowOf("yahoo_history", "open")[4]).toBe("not kept");
    expect(rowOf("b3_trades", "mercado")[4]).toBe("checked, not kept");
    expect(rowOf("b3_movements", "entrada_saida")[4]).toBe("read together with `movimentacao`");
    expect(rowOf("prices", "fonte")[4]).toBe("text; empty: `arquivo`");
  });

  it("lists other words for a choice, as they are compared", () => {
    const text = sections["kind-operations"] ?? "";
    expect(text).toContain("`compra` = `c`, `buy`");
    expect(text).toContain(`\`${plain("juros sobre capital próprio")}\``);
  });

  it("keeps a bar inside a cell from ending it", () => {
    expect(sections["kind-instruments"]).toContain("names joined by `\\|`");
  });

  it("has a section for every kind, and one for the tables", () => {
    const expected = [...Object.keys(FILE_CONTRACTS).map((kind) => `kind-${kind}`), "tables"];
    expect(Object.keys(sections).sort()).toEqual(expected.sort());
    expect(sections["tables"]).toContain("| `twr_index` | DECIMAL(18,12) |  |");
  });
});

describe("fillSections", () => {
  const text = "before\n<!-- generated:a -->\nold\n<!-- /generated -->\nafter\n";

  it("replaces what lies between the markers, and only that; doing it again changes nothing", () => {
    const filled = fillSections(text, { a: "$& new" });
    expect(filled).toBe("before\n<!-- generated:a -->\n\n$& new\n\n<!-- /generated -->\nafter\n");
    expect(fillSections(filled, { a: "$& new" })).toBe(filled);
  });

  it("throws where a section has no place, or a place no section", () => {
    expect(() => fillSections(text, { a: "x", b: "y" })).toThrow("no place for b");
    expect(() => fillSections(text, {})).toThrow('the section "a"');
  });
});
