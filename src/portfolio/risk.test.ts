import { describe, expect, it } from "vitest";
import { Decimal } from "../money/decimal.ts";
import { drawdown, herfindahl, volatility } from "./risk.ts";

const decimals = (...texts: string[]): Decimal[] => texts.map((text) => Decimal.parse(text));
const path = (...indexes: string[]) =>
  decimals(...indexes).map((index, i) => ({ date: `2026-01-${String(i + 1).padStart(2, "0")}`, index }));

describe("volatility", () => {
  it("is the sample deviation of log returns x sqrt(252)", () => {
    // twenty returns of +ln 1.01 and -ln 1.01 in turn: mean 0, variance 20 ln(1.01)^2 / 19
    const indexes = Array.from({ length: 21 }, (_, i) => (i % 2 === 0 ? 1 : 1.01));
    expect(volatility(indexes)).toBeCloseTo(Math.log(1.01) * Math.sqrt((20 / 19) * 252), 12);
  });

  it("is 0 for steady growth", () => {
    const indexes = Array.from({ length: 40 }, (_, i) => 1.001 ** i);
    expect(volatility(indexes)).toBeCloseTo(0, 10);
  });

  it("needs twenty returns and positive indexes", () => {
    const indexes = Array.from({ length: 21 }, (_, i) => 1 + i / 100);
    expect(volatility(indexes)).not.toBeNull();
    expect(volatility(indexes.slice(1))).toBeNull();
    expect(volatility([...indexes, 0])).toBeNull();
    expect(volatility([...indexes, Number.NaN])).toBeNull();
  });
});

describe("drawdown", () => {
  it("is the deepest fall with its peak, trough and recovery", () => {
    const found = drawdown(path("100", "120", "90", "110", "120", "130", "120"));
    expect(found).toMatchObject({ peak: "2026-01-02", trough: "2026-01-03", recovery: "2026-01-05" });
    expect(found?.percent.toJSON()).toBe("-25");
  });

  it("has no recovery while the peak is not reached again", () => {
    expect(drawdown(path("100", "80", "99.99"))).toMatchObject({ trough: "2026-01-02", recovery: null });
  });

  it("measures a fall in proportion, not in points", () => {
    // 10 of 20 is deeper than 40 of 100
    expect(drawdown(path("20", "10", "100", "60"))).toMatchObject({
      peak: "2026-01-01",
      trough: "2026-01-02",
      recovery: "2026-01-03",
    });
  });

  it("goes on through a partial recovery and takes the last peak of equal height", () => {
    expect(drawdown(path("100", "100", "80", "90", "70", "100"))).toMatchObject({
      peak: "2026-01-02",
      trough: "2026-01-05",
      recovery: "2026-01-06",
    });
  });

  it("is none where the index never fell", () => {
    expect(drawdown(path("1", "1", "2"))).toBeNull();
    expect(drawdown([])).toBeNull();
  });
});

describe("herfindahl", () => {
  it("is 1/n for equal positions and 1 for one", () => {
    expect(herfindahl(decimals("5", "5", "5", "5"))?.toJSON()).toBe("0.25");
    expect(herfindahl(decimals("123.45"))?.toJSON()).toBe("1");
  });

  it("sums squared weights, whatever the unit", () => {
    // 0.5^2 + 0.3^2 + 0.2^2 = 0.38
    expect(herfindahl(decimals("50", "30", "20"))?.toJSON()).toBe("0.38");
    expect(herfindahl(decimals("0.5", "0.3", "0.2"))?.toJSON()).toBe("0.38");
  });

  it("says nothing of nothing", () => {
    expect(herfindahl([])).toBeNull();
    expect(herfindahl(decimals("5", "-5"))).toBeNull();
  });
});
