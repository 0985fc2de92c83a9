import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal, divRound, rescale, sum } from "./decimal.ts";

const d = (text: string): Decimal => Decimal.parse(text);
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 18 }))
  .map(([units, scale]) => new Decimal(units, scale));

describe("divRound", () => {
  it("rounds half away from zero whatever the signs", () => {
    expect([divRound(5n, 2n), divRound(-5n, 2n), divRound(5n, -2n), divRound(-5n, -2n)]).toEqual([
      3n,
      -3n,
      -3n,
      3n,
    ]);
    expect([divRound(4n, 3n), divRound(-4n, 3n), divRound(5n, 3n), divRound(-5n, 3n)]).toEqual([
      1n,
      -1n,
      2n,
      -2n,
    ]);
    expect(divRound(1n, 2n)).toBe(1n);
    expect(divRound(-1n, 2n)).toBe(-1n);
    expect(divRound(0n, 7n)).toBe(0n);
  });

  it("is never off by more than half of the divisor", () => {
    const integer = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n });
    fc.assert(
      fc.property(integer, integer, (dividend, divisor) => {
        fc.pre(divisor !== 0n);
        const rest = dividend - divRound(dividend, divisor) * divisor;
        const twice = (rest < 0n ? -rest : rest) * 2n;
        expect(twice <= (divisor < 0n ? -divisor : divisor)).toBe(true);
      }),
    );
  });

  it("does not divide by zero", () => {
    expect(() => divRound(1n, 0n)).toThrow(RangeError);
  });
});

describe("rounding", () => {
  it("is half away from zero on both sides", () => {
    // what DuckDB's cast does: 0.000000025 -> 0.00000003
    expect(d("0.000000025").round(8).toString()).toBe("0.00000003");
    expect(d("-0.000000025").round(8).toString()).toBe("-0.00000003");
    expect(d("0.000000024999").round(8).toString()).toBe("0.00000002");
    expect(d("2.5").round(0).toString()).toBe("3");
    expect(d("-2.5").round(0).toString()).toBe("-3");
  });

  it("widens without changing the value", () => {
    expect(d("1.5").round(4).toString()).toBe("1.5000");
    expect(rescale(15n, 1, 4)).toBe(15_000n);
  });
});

describe("text", () => {
  it("is read exactly", () => {
    expect(d(" 1234.50 ")).toEqual(new Decimal(123_450n, 2));
    expect(d("-0.001")).toEqual(new Decimal(-1n, 3));
    expect(d("+7")).toEqual(new Decimal(7n, 0));
  });

  it("of any other form is refused", () => {
    for (const text of ["", "1,5", "1.", ".5", "1e3", "R$ 1", "--1", "1.2.3", "NaN"]) {
      expect(() => d(text)).toThrow(SyntaxError);
    }
  });

  it("round trips, with all digits and without trailing zeros", () => {
    fc.assert(
      fc.property(decimal, (value) => {
        expect(d(value.toString())).toEqual(value);
        expect(d(value.toJSON()).equals(value)).toBe(true);
      }),
    );
  });

  it("drops zeros after the point only", () => {
    expect([d("100").toJSON(), d("100.00").toJSON(), d("0.50").toJSON(), d("0.00").toJSON()]).toEqual([
      "100",
      "100",
      "0.5",
      "0",
    ]);
    expect(new Decimal(-5n, 3).toString()).toBe("-0.005");
  });
});

describe("arithmetic", () => {
  it("is exact where floats are not", () => {
    expect(d("0.1").plus(d("0.2")).equals(d("0.3"))).toBe(true);
    expect(d("1.005").times(d("100")).toJSON()).toBe("100.5");
    expect(d("10").minus(d("0.01")).toJSON()).toBe("9.99");
  });

  it("adds and takes away without loss", () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(a.plus(b).minus(b).equals(a)).toBe(true);
        expect(a.times(b).equals(b.times(a))).toBe(true);
        expect(a.compare(b)).toBe(b.compare(a) === 0 ? 0 : -b.compare(a));
      }),
    );
  });

  it("divides to a scale, and not by zero", () => {
    expect(d("2").dividedBy(d("3"), 4)?.toString()).toBe("0.6667");
    expect(d("-2").dividedBy(d("3"), 4)?.toString()).toBe("-0.6667");
    expect(d("1").dividedBy(d("0.00"), 4)).toBeNull();
  });

  it("sums up any number", () => {
    expect(sum([d("0.1"), d("0.02"), d("-3")]).toJSON()).toBe("-2.88");
    expect(sum([]).equals(Decimal.ZERO)).toBe(true);
  });

  it("knows signs and order over scales", () => {
    expect([d("-0.01").sign(), d("0.00").sign(), d("0.01").sign()]).toEqual([-1, 0, 1]);
    expect(d("1.50").equals(d("1.5"))).toBe(true);
    expect(d("-2").compare(d("-1"))).toBe(-1);
    expect(d("-3.2").abs().toJSON()).toBe("3.2");
  });

  it("takes whole numbers only where they are exact", () => {
    expect(Decimal.of(42).toJSON()).toBe("42");
    expect(() => Decimal.of(0.5)).toThrow(RangeError);
    expect(() => Decimal.of(2 ** 53)).toThrow(RangeError);
  });
});
