import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IsoDay } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import { nextSession } from "./calendar.ts";
import { bankDaysLeft, impliedVna, ipcaBondPrice, quotation, unitPrice } from "./tesouro-pricing.ts";

const dec = Decimal.parse;

describe("the bank days that a bond has left", () => {
  it("are the 846 of the Treasury's own example", () => {
    expect(bankDaysLeft({ settles: "2012-01-03", matures: "2015-05-15" })).toBe(846);
  });

  it("count the day of settlement and not that of maturity", () => {
    expect(bankDaysLeft({ settles: "2026-08-13", matures: "2026-08-14" })).toBe(1);
    // 15 August 2026 is a Saturday.
    expect(bankDaysLeft({ settles: "2026-08-14", matures: "2026-08-15" })).toBe(1);
    expect(bankDaysLeft({ settles: "2026-08-14", matures: "2026-08-14" })).toBe(0);
    expect(() => bankDaysLeft({ settles: "2026-08-17", matures: "2026-08-15" })).toThrow(RangeError);
  });
});

describe("the quotation", () => {
  it.each([
    ["5.17", 846, "84.4317"],
    ["0", 5_000, "100.0000"],
    ["7.28", 0, "100.0000"],
    // One year at 25% is 80 exactly, and one day more is less.
    ["25", 252, "80.0000"],
    ["25", 253, "79.9291"],
    // The growth of 2% over 504 days is 1.0404 exactly: 96.11687812…
    ["2", 504, "96.1168"],
    ["-0.5", 252, "100.5025"],
  ])("at %s a year in percent and %i days to go: %s", (rate, days, expected) => {
    expect(quotation(dec(rate), days).toString()).toBe(expected);
  });

  it("is the highest number with 4 decimals that is not above the exact one", () => {
    const holds = (units: bigint, rate: Decimal, days: number): boolean =>
      units ** 252n * (10n ** BigInt(rate.scale + 2) + rate.units) ** BigInt(days) <=
      10n ** (6n * 252n) * 10n ** BigInt((rate.scale + 2) * days);
    const rates = fc.integer({ min: -200, max: 2_500 }).map((units) => new Decimal(BigInt(units), 2));
    fc.assert(
      fc.property(rates, fc.nat(3_000), (rate, days) => {
        const { units } = quotation(rate, days);
        expect([holds(units, rate, days), holds(units + 1n, rate, days)]).toEqual([true, false]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the price and the VNA", () => {
  it("are cut off, and lead back to each other", () => {
    const vna = dec("4515.538001");
    const quoted = quotation(dec("7.28"), bankDaysLeft({ settles: "2025-06-02", matures: "2035-05-15" }));
    const price = unitPrice(vna, quoted);
    expect(
      ipcaBondPrice({ vna, ratePercent: dec("7.28"), settles: "2025-06-02", matures: "2035-05-15" }),
    ).toEqual(price);
    const { min, max } = impliedVna(price, quoted);
    const step = dec("0.000001");
    expect([min, max].map((bound) => unitPrice(bound, quoted).toString())).toEqual([`${price}`, `${price}`]);
    expect(unitPrice(min.minus(step), quoted).compare(price)).toBe(-1);
    expect(unitPrice(max.plus(step), quoted).compare(price)).toBe(1);
  });
});

/** The recordings lie outside the project. */
const fixtures =
  process.env["CARTEIRA_FIXTURES"] ??
  fileURLToPath(new URL("../../../shared/fixtures/market", import.meta.url));
const recording = join(fixtures, "tesouro/tesouro-ipca-2025-06_2026-03.csv");

interface Quoted {
  readonly price: Decimal;
  readonly quoted: Decimal;
}

/** Every published price with the quotation that its rate makes, by base day. */
function published(
  side: "Compra" | "Venda",
  settles: (base: IsoDay) => IsoDay,
): readonly (readonly Quoted[])[] {
  const [header = "", ...lines] = readFileSync(recording, "utf8").trim().split("\n");
  const names = header.trim().split(",");
  const byDay = new Map<IsoDay, Quoted[]>();
  for (const line of lines) {
    const cells = [...line.matchAll(/"([^"]*)"|([^,\r]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
    const cell = (name: string): string => (cells[names.indexOf(name)] ?? "").replace(",", ".");
    const base = cell("Data Base");
    const days = bankDaysLeft({ settles: settles(base), matures: cell("Data Vencimento") });
    const quoted = quotation(dec(cell(`Taxa ${side} Manha`)), days);
    byDay.set(base, [...(byDay.get(base) ?? []), { price: dec(cell(`PU ${side} Manha`)), quoted }]);
  }
  return [...byDay.values()];
}

/** Whether one VNA gives every price of a day to the cent. */
function agree(bonds: readonly Quoted[]): boolean {
  const ranges = bonds.map(({ price, quoted }) => impliedVna(price, quoted));
  return ranges.every((one) => ranges.every((other) => one.min.compare(other.max) <= 0));
}

function basisPoints(difference: Decimal, of: Decimal): number {
  return (difference.toNumber() / of.toNumber()) * 10_000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** How far apart the VNAs lie that the bonds of each day imply, in basis points. */
function spreads(days: readonly (readonly Quoted[])[]): number[] {
  return days.map((bonds) => {
    const vnas = bonds.map(({ price, quoted }) => impliedVna(price, quoted).min.toNumber());
    return (Math.max(...vnas) / Math.min(...vnas) - 1) * 10_000;
  });
}

describe.runIf(existsSync(recording))("the prices that the Treasury published", () => {
  const onTheDay = (base: IsoDay): IsoDay => base;
  const sales = existsSync(recording) ? published("Venda", onTheDay) : [];

  it("follow to the cent from the rates and one VNA a day, for sales and for purchases", () => {
    expect([sales.length, sales.flat().length]).toEqual([195, 1196]);
    expect(sales.filter((bonds) => !agree(bonds))).toEqual([]);
    // A purchase is settled on the next session: on 23 and 30 December that is two bank days later.
    const purchases = published("Compra", nextSession);
    expect(purchases.filter((bonds) => !agree(bonds))).toEqual([]);
  });

  it("spread the implied VNA by what the cut-off cent is of the cheapest bond, and by more a day later", () => {
    // A cent of the cheapest bond (R$ 813.79 and more) is 0.123 basis points.
    expect(Math.max(...spreads(sales))).toBeLessThan(0.124);
    expect(median(spreads(sales))).toBeCloseTo(0.064, 3);
    expect(median(spreads(published("Venda", nextSession)))).toBeGreaterThan(1);
  });

  it("are met within one cent, or 0.124 basis points, from the VNA of the dearest bond of the day", () => {
    const differences: { reais: Decimal; points: number }[] = [];
    for (const bonds of sales) {
      const [dearest, ...others] = [...bonds].sort((a, b) => b.price.compare(a.price));
      if (dearest === undefined) continue;
      const vna = impliedVna(dearest.price, dearest.quoted).min;
      for (const { price, quoted } of others) {
        const reais = unitPrice(vna, quoted).minus(price).abs();
        differences.push({ reais, points: basisPoints(reais, price) });
      }
    }
    const reais = differences.map((one) => one.reais.toNumber());
    expect([differences.length, Math.max(...reais), median(reais)]).toEqual([1001, 0.01, 0]);
    expect(Math.max(...differences.map(({ points }) => points))).toBeLessThan(0.124);
  });
});
