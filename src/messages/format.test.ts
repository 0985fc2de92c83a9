import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../money/decimal.ts";
import { formatDecimal, formatter } from "./format.ts";

const d = Decimal.parse;
const pt = formatter("pt");
const en = formatter("en");

/** What a reader of the language would type to get the number back. */
function readBack(text: string, language: "pt" | "en"): Decimal {
  const plain = language === "pt" ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
  return Decimal.parse(plain.replace("+", ""));
}

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: 0, max: 18 }))
  .map(([units, scale]) => new Decimal(units, scale));

describe("formatDecimal", () => {
  it("loses no digit of any number, however large or small", () => {
    fc.assert(
      fc.property(decimals, fc.constantFrom("pt" as const, "en" as const), (value, language) => {
        const text = formatDecimal(value, { least: 0, most: value.scale }, language);
        expect(readBack(text, language).equals(value)).toBe(true);
      }),
    );
  });

  it("rounds half away from zero to the digits it shows, and groups by three", () => {
    fc.assert(
      fc.property(decimals, (value) => {
        const text = formatDecimal(value, { least: 2, most: 2 }, "pt");
        expect(readBack(text, "pt").equals(value.round(2))).toBe(true);
        expect(text).toMatch(/^-?\d{1,3}(\.\d{3})*,\d{2}$/);
      }),
    );
  });

  it("gives no sign to what rounds to zero", () => {
    expect(formatDecimal(d("-0.004"), { least: 2, most: 2, signed: true }, "pt")).toBe("0,00");
    expect(formatDecimal(d("0.005"), { least: 2, most: 2, signed: true }, "pt")).toBe("+0,01");
  });
});

describe("money", () => {
  it.each([
    ["1234.56", "BRL", "R$ 1.234,56", "R$ 1,234.56"],
    ["1234.56", "USD", "US$ 1.234,56", "US$ 1,234.56"],
    ["1234.56", "CHF", "CHF 1.234,56", "CHF 1,234.56"],
    ["-0.5", "BRL", "-R$ 0,50", "-R$ 0.50"],
    ["1.005", "BRL", "R$ 1,01", "R$ 1.01"],
    [
      "99999999999999999999999999999.999",
      "BRL",
      "R$ 100.000.000.000.000.000.000.000.000.000,00",
      "R$ 100,000,000,000,000,000,000,000,000,000.00",
    ],
  ])("%s %s", (amount, currency, portuguese, english) => {
    expect(pt.money(d(amount), currency)).toBe(portuguese);
    expect(en.money(d(amount), currency)).toBe(english);
  });

  it("puts an explicit sign before the symbol", () => {
    expect(pt.signedMoney(d("3421.1"), "BRL")).toBe("+R$ 3.421,10");
    expect(pt.signedMoney(d("-75000"), "BRL")).toBe("-R$ 75.000,00");
    expect(pt.signedMoney(d("0"), "BRL")).toBe("R$ 0,00");
  });
});

describe("the other figures", () => {
  it("writes quantities without trailing zeros", () => {
    expect(pt.quantity(d("1250.00000000"))).toBe("1.250");
    expect(pt.quantity(d("0.12345678"))).toBe("0,12345678");
    expect(pt.quantity(d("12.50"))).toBe("12,5");
  });

  it("writes percentages and points", () => {
    expect(pt.signedPercent(d("0.84"))).toBe("+0,84%");
    expect(pt.signedPercent(d("-2.1"))).toBe("-2,10%");
    expect(pt.percent(d("111.987"), 0)).toBe("112%");
    expect(en.points(d("3.06"))).toBe("+3.1");
  });

  it("keeps the digits that a price needs and no more", () => {
    expect(pt.price(d("38.12000000"))).toBe("38,12");
    expect(pt.price(d("5.4321"))).toBe("5,4321");
    expect(pt.price(d("0.00001234"))).toBe("0,00001234");
    expect(pt.price(d("512345.6789"))).toBe("512.345,68");
    expect(pt.averageIn(d("31.33333333"), "USD")).toBe("US$ 31,33");
  });

  it("writes a dash for what is not known, with no symbol or sign", () => {
    for (const text of [
      pt.money(null, "BRL"),
      pt.signedMoney(null, "USD"),
      pt.percent(null),
      pt.signedPercent(null),
      pt.quantity(null),
      pt.priceIn(null, "USD"),
      pt.exactIn(null, "BRL"),
    ]) {
      expect(text).toBe("—");
    }
  });
});

describe("dates", () => {
  it("writes days, months and instants in Brazil's time", () => {
    expect(pt.day("2026-11-03")).toBe("03/11/2026");
    expect(en.day("2026-11-03")).toBe("3 Nov 2026");
    expect(pt.shortDay("2026-11-03")).toBe("03/11");
    expect(pt.month("2026-11")).toBe("nov/26");
    expect(en.month("2026-02-01")).toBe("Feb/26");
    expect(pt.moment("2026-11-20")).toBe("20/11/2026");
    expect(pt.moment("2026-11-21T01:30:00Z")).toBe("20/11/2026 22:30");
  });
});
