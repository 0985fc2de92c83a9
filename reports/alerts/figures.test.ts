import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figuresIn } from "./figures.ts";

const read = (text: string, language: "pt" | "en" = "pt") =>
  figuresIn(text, language).map(({ value, unit, currency }) => [value.toJSON(), unit, currency]);

describe("numbers in a wish", () => {
  it.each([
    ["cair mais de 5%", "pt", [["5", "percent", null]]],
    ["2,5 por cento", "pt", [["2.5", "percent", null]]],
    ["r$ 1.234,56", "pt", [["1234.56", "money", "BRL"]]],
    ["r$ 10 mil", "pt", [["10000", "money", "BRL"]]],
    ["1,5 milhao de reais", "pt", [["1500000", "bare", null]]],
    ["130.000", "pt", [["130000", "bare", null]]],
    ["130,000", "en", [["130000", "bare", null]]],
    ["5.20", "pt", [["5.2", "bare", null]]],
    ["5,20", "en", [["5.2", "bare", null]]],
    ["us$ 200", "pt", [["200", "money", "USD"]]],
    ["$10k", "en", [["10000", "bare", null]]],
    ["15 dias", "pt", [["15", "days", null]]],
    ["petr4 e cliente123", "pt", []],
    ["1.2.3 e 1,23,4", "pt", []],
    ["9".repeat(40), "pt", []],
  ] as const)("%s", (text, language, expected) => {
    expect(read(text, language)).toEqual(expected);
  });

  it("never throws, and gives exact decimals of at most eight digits after the point", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        for (const { value } of figuresIn(text, "pt")) expect(value.scale).toBeLessThanOrEqual(16);
      }),
    );
  });
});
