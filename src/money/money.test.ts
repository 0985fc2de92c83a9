import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "./decimal.ts";
import { CurrencyMismatch, Money } from "./money.ts";

const money = (text: string, currency: string): Money => new Money(Decimal.parse(text), currency);

describe("Money", () => {
  it("adds and takes away within a currency", () => {
    expect(money("0.10", "BRL").plus(money("0.2", "BRL")).amount.toJSON()).toBe("0.3");
    expect(money("1", "BRL").minus(money("0.99", "BRL")).amount.toJSON()).toBe("0.01");
  });

  it("never combines two currencies", () => {
    expect(() => money("1", "BRL").plus(money("1", "USD"))).toThrow(CurrencyMismatch);
    expect(() => money("1", "BRL").minus(money("1", "USD"))).toThrow("cannot combine BRL with USD");
  });

  it("converts at a rate, rounded to eight digits before and after", () => {
    const reais = money("100.005", "USD").convert(Decimal.parse("5.4321"), "BRL");
    expect([reais.amount.toString(), reais.currency]).toEqual(["543.23716050", "BRL"]);
    // 0.000000005 is rounded to 0.00000001 before the rate: 0.00000003, and not 0.000000015
    expect(money("0.000000005", "USD").convert(Decimal.parse("3"), "BRL").amount.toString()).toBe(
      "0.00000003",
    );
    expect(money("-0.00000001", "USD").convert(Decimal.parse("5.5"), "BRL").amount.toString()).toBe(
      "-0.00000006",
    );
  });

  it("comes back from a round trip through another currency within its last digit", () => {
    const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map((units) => new Decimal(units, 8));
    // multiplying by 4 and by its inverse 0.25, both exact
    fc.assert(
      fc.property(amount, (value) => {
        const there = new Money(value, "USD").convert(Decimal.parse("4"), "BRL");
        const back = there.convert(Decimal.parse("0.25"), "USD");
        expect(back.amount.equals(value)).toBe(true);
      }),
    );
  });
});
