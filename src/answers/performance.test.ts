import { describe, expect, it } from "vitest";
import { addDays } from "../money/day.ts";
import { Decimal } from "../money/decimal.ts";
import type { Row } from "../warehouse/warehouse.ts";
import type { History, Session } from "./history.ts";
import { IndexLevels } from "./levels.ts";
import { performanceOf } from "./performance.ts";
import type { Closes } from "./period.ts";

const d = (text: string): Decimal => Decimal.parse(text);
const session = (date: string, value: string, index: string, more: Partial<Session> = {}): Session => ({
  date,
  value: d(value),
  index: d(index),
  flow: Decimal.ZERO,
  income: Decimal.ZERO,
  fees: Decimal.ZERO,
  priceGain: Decimal.ZERO,
  currencyGain: Decimal.ZERO,
  skipped: false,
  ...more,
});

const point = (index: string, date: string, value: string | null, level: string): Row => ({
  index_id: index,
  date,
  value: value === null ? null : d(value),
  level: d(level),
  source: "bcb",
});

const book = { client: "ana", clientName: "Ana", baseCurrency: "BRL", positions: [] };
const performance = (
  closes: Closes,
  sessions: readonly Session[],
  more: Partial<History> = {},
  rows: readonly Row[] = [],
) =>
  performanceOf({
    book,
    closes,
    history: { firstDate: sessions[0]?.date ?? null, controlsCash: false, sessions, ...more },
    levels: new IndexLevels(rows),
    benchmark: "CDI",
  });
const year: Closes = { kind: "12m", base: "2025-11-19", to: "2026-11-19" };

describe("xirr of a period", () => {
  it("is 10% for 1000 that became 1100 in 365 days", () => {
    const result = performance(year, [
      session("2025-11-19", "1000", "1"),
      session("2026-11-19", "1100", "1.1"),
    ]);
    expect(result.xirrPercent?.toJSON()).toBe("10");
    expect(result.twrPercent?.toJSON()).toBe("10");
  });

  it("counts income as received where it is paid out, and not again where it stays in the portfolio", () => {
    const sessions = [
      session("2025-11-19", "1000", "1"),
      session("2026-11-19", "1000", "1.1", { income: d("100") }),
    ];
    expect(performance(year, sessions).xirrPercent?.toJSON()).toBe("10");
    expect(performance(year, sessions, { controlsCash: true }).xirrPercent?.toJSON()).toBe("0");
  });

  it("takes a contribution as paid on its day", () => {
    // 500 more on the last day earned nothing yet: the first 1000 became 1100.
    const sessions = [
      session("2025-11-19", "1000", "1"),
      session("2026-11-19", "1600", "1.1", { flow: d("500") }),
    ];
    expect(performance(year, sessions).xirrPercent?.toJSON()).toBe("10");
  });

  it("is not guessed where nothing was paid", () => {
    expect(performance(year, [session("2026-11-18", "0", "1")]).xirrPercent).toBeNull();
  });
});

describe("sessions without capital", () => {
  const skipped = { skipped: true };

  it("make no return where there is no other one: neither zero nor a flat line", () => {
    const result = performance(year, [
      session("2025-11-19", "1000", "1.2"),
      session("2026-11-18", "-100", "1.2", skipped),
      session("2026-11-19", "-120", "1.2", skipped),
    ]);
    expect(result).toMatchObject({ twrPercent: null, percentOfCdi: null, skippedSessions: 2 });
    expect(result.series.map(({ portfolio }) => portfolio)).toEqual([null, null, null]);
  });

  it("are counted beside the return of the others; that of the base is not of the period", () => {
    const result = performance(year, [
      session("2025-11-19", "0", "1", skipped),
      session("2026-11-18", "0", "1", skipped),
      session("2026-11-19", "1100", "1.1"),
    ]);
    expect([result.twrPercent?.toJSON(), result.skippedSessions]).toEqual(["10", 1]);
  });
});

describe("IPCA of a period", () => {
  // August 0.5%, September 0.4%, October 1%: levels before each month, and the one they lead to.
  const ipca = [
    point("IPCA", "2026-08-01", "0.5", "2"),
    point("IPCA", "2026-09-01", "0.4", "2.01"),
    point("IPCA", "2026-10-01", "1", "2.01804"),
    point("IPCA", "2026-11-01", null, "2.0382204"),
  ];
  const of = (from: string, to: string) => new IndexLevels(ipca).ipca({ from, to });

  it("counts whole published months, and names the last one", () => {
    // 1.005 x 1.004 x 1.01 = 1.0191102.
    expect(of("2026-07-31", "2026-11-19")).toMatchObject({ percent: d("1.91102000"), through: "2026-10" });
    // From within August: 1.004 x 1.01 = 1.01404.
    expect(of("2026-08-14", "2026-11-19")).toMatchObject({ percent: d("1.40400000"), through: "2026-10" });
  });

  it("takes a month as whole once its last session is in: Friday 30 October, before a weekend", () => {
    expect(of("2026-08-31", "2026-10-30")?.through).toBe("2026-10");
    expect(of("2026-08-31", "2026-10-29")?.through).toBe("2026-09");
  });

  it("has nothing to say of a part of a month", () => {
    expect(of("2026-10-02", "2026-10-28")).toBeNull();
  });
});

describe("benchmarks and series", () => {
  const cdi = [
    point("CDI", "2025-11-19", "0.05", "1.2"),
    point("CDI", "2026-11-18", "0.05", "1.32"),
    point("CDI", "2026-11-20", null, "1.33"),
  ];

  it("takes the last CDI level on or before each end", () => {
    // 1.32 / 1.2 = 10%; a return of 12.5% is 125% of it.
    const result = performance(
      year,
      [session("2025-11-19", "1000", "1"), session("2026-11-19", "1125", "1.125")],
      {},
      cdi,
    );
    expect(JSON.parse(JSON.stringify(result))).toMatchObject({
      cdiPercent: "10",
      percentOfCdi: "125",
      differencePercent: "2.5",
    });
  });

  it("compares with no CDI that is zero or less", () => {
    const flat = cdi.map((row) => ({ ...row, level: d("1") }));
    const result = performance(
      year,
      [session("2025-11-19", "1000", "1"), session("2026-11-19", "1125", "1.125")],
      {},
      flat,
    );
    expect([result.cdiPercent?.toJSON(), result.percentOfCdi]).toEqual(["0", null]);
  });

  it("thins a long series to what a chart shows, its ends kept", () => {
    const sessions = Array.from({ length: 2_000 }, (_, i) =>
      session(addDays("2020-01-01", i), "1", `1.${String(i).padStart(4, "0")}`),
    );
    const last = sessions.at(-1)?.date ?? "";
    const { series } = performance({ kind: "range", base: "2020-01-01", to: last }, sessions);
    expect([series.length, series[0]?.date, series.at(-1)?.date]).toEqual([520, "2020-01-01", last]);
    expect(new Set(series.map(({ date }) => date)).size).toBe(520);
  });
});
