import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { e8 } from "./events.testing.ts";
import { dayReturn, linkIndex, ONE_E12, periodReturn } from "./returns.ts";

const day = (text: { previous: string; end: string; flow?: string; income?: string }): bigint | null =>
  dayReturn({
    previousE8: e8(text.previous),
    endE8: e8(text.end),
    flowE8: e8(text.flow ?? "0"),
    incomeE8: e8(text.income ?? "0"),
  });

describe("dayReturn", () => {
  it("counts income", () => {
    expect(day({ previous: "1000", end: "990", income: "20" })).toBe(10_000_000_000n);
  });

  it("counts what comes in from the start of the session", () => {
    // (1650 + 0) / (1000 + 500) - 1 = 10%
    expect(day({ previous: "1000", end: "1650", flow: "500" })).toBe(100_000_000_000n);
  });

  it("counts what leaves until the end of the session", () => {
    // sold for 550 what was worth 500: (550 + 550) / 1000 - 1 = 10%
    expect(day({ previous: "1000", end: "550", flow: "-550" })).toBe(100_000_000_000n);
  });

  it("is 10% for what is sold and bought back on a day that rose 10%", () => {
    // docs/money.md, rule 7: sold at 1050, bought back at 1050, closes at 1100
    expect(day({ previous: "1000", end: "1100", flow: "0" })).toBe(100_000_000_000n);
  });

  it("is 0 for the transfer of a position bought at 2000 and worth 4000", () => {
    expect(day({ previous: "0", end: "4000", flow: "4000" })).toBe(0n);
  });

  it("has no value where nothing was invested", () => {
    expect(day({ previous: "0", end: "0" })).toBeNull();
    expect(day({ previous: "-10", end: "5", flow: "10" })).toBeNull();
  });

  it("rounds half away from zero in both directions", () => {
    // 1 unit of 2,000,000,000,000 is 0.0000000000005, half of the last digit
    const previousE8 = 2_000_000_000_000n;
    const at = (endE8: bigint) => dayReturn({ previousE8, endE8, flowE8: 0n, incomeE8: 0n });
    expect(at(previousE8 + 1n)).toBe(1n);
    expect(at(previousE8 - 1n)).toBe(-1n);
  });

  it("links to the ratio of values where nothing flows", () => {
    const values = fc.array(fc.bigInt({ min: e8("100"), max: e8("1000") }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(values, (path) => {
        let index = ONE_E12;
        for (let i = 1; i < path.length; i++) {
          const r = dayReturn({
            previousE8: path[i - 1] ?? 0n,
            endE8: path[i] ?? 0n,
            flowE8: 0n,
            incomeE8: 0n,
          });
          if (r !== null) index = linkIndex(index, r);
        }
        const ratio = Number(path.at(-1)) / Number(path[0]);
        expect(Math.abs(Number(index) / 1e12 - ratio)).toBeLessThan(1e-8);
      }),
    );
  });

  it("does not depend on the size of a flow at the session's own return", () => {
    // whatever comes in earns the day's 5% as well
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1_000_000n }), (units) => {
        const flowE8 = units * e8("1");
        const previousE8 = e8("1000");
        const endE8 = ((previousE8 + flowE8) * 105n) / 100n;
        expect(dayReturn({ previousE8, endE8, flowE8, incomeE8: 0n })).toBe(50_000_000_000n);
      }),
    );
  });
});

describe("linkIndex and periodReturn", () => {
  it("link by multiplication and undo it", () => {
    const up = linkIndex(ONE_E12, 100_000_000_000n);
    const down = linkIndex(up, -100_000_000_000n);
    expect([up, down]).toEqual([1_100_000_000_000n, 990_000_000_000n]);
    expect(periodReturn({ fromE12: up, toE12: down })).toBe(-100_000_000_000n);
    expect(periodReturn({ fromE12: 0n, toE12: up })).toBeNull();
  });

  it("round each link", () => {
    expect(linkIndex(1n, 500_000_000_000n)).toBe(2n);
    expect(linkIndex(3n, -500_000_000_000n)).toBe(2n);
  });
});
