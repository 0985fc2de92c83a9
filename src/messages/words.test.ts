import { describe, expect, it } from "vitest";
import { labelOf, wordsOf } from "./words.ts";

/** All texts of a catalogue with their paths; a function is called with stand-ins for its parameters. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    const marks = ["‹1›", "‹2›", "‹3›"].slice(0, value.length);
    return [[path, String(value(...marks))]];
  }
  return Object.entries(value ?? {}).flatMap(([key, part]) => texts(part, `${path}/${key}`));
}

const pt = texts(wordsOf("pt"));
const en = texts(wordsOf("en"));

describe("the catalogue", () => {
  it("has the same keys in both languages", () => {
    expect(en.map(([path]) => path).toSorted()).toEqual(pt.map(([path]) => path).toSorted());
  });

  it.each([
    ["pt", pt],
    ["en", en],
  ] as const)("leaves no text empty and drops no parameter in %s", (language, all) => {
    const other = new Map(language === "pt" ? en : pt);
    for (const [path, text] of all) {
      expect(text.trim(), path).not.toBe("");
      expect(text, path).not.toMatch(/undefined|null|NaN|\[object/);
      const marks = (said: string) => [...new Set(said.match(/‹\d›/g))].toSorted();
      expect(marks(text), path).toEqual(marks(other.get(path) ?? ""));
    }
  });

  it("names a code it does not know by the code", () => {
    expect(labelOf(wordsOf("pt").classes, "acao")).toBe("Ações");
    expect(labelOf(wordsOf("pt").classes, "coe")).toBe("coe");
    expect(labelOf(wordsOf("pt").classes, "toString")).toBe("toString");
  });
});
