import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SymbolHistory } from "../source.ts";
import { type FakeChart, type FakeYahoo, fakeChart, startFakeYahoo } from "./fake-yahoo.testing.ts";
import { NOON, rig } from "./yahoo.testing.ts";

let fake: FakeYahoo;

beforeEach(async () => {
  fake = await startFakeYahoo();
});
afterEach(() => fake.close());

/** The start of B3's session on a day of July 2026, in seconds. */
const july = (day: number, hour = 13): number => Date.UTC(2026, 6, day, hour) / 1000;
const BARS = [
  [july(24), 41.0099983215332],
  [july(27), 41.209999084472656],
  [july(28), 41.5],
] as const;

async function history(
  chart: Omit<FakeChart, "symbol"> & { symbol?: string },
  { from = "2026-07-01", now = NOON } = {},
): Promise<SymbolHistory | string> {
  const symbol = chart.symbol ?? "PETR4.SA";
  fake.charts.set(symbol, fakeChart({ ...chart, symbol }));
  const { found, problems } = await rig(fake, { now: () => now }).yahoo.histories([{ symbol, from }]);
  return found[0] ?? problems[0]?.code ?? "nothing";
}

const closes = (result: SymbolHistory | string): string[] =>
  typeof result === "string" ? [result] : result.closes.map(({ day, close }) => `${day.slice(5)} ${close}`);

describe("a history", () => {
  it("has the daily closes without the noise of float32, and the newest trade", async () => {
    const result = await history({ bars: BARS, meta: { regularMarketTime: july(29, 17) } });
    expect(JSON.parse(JSON.stringify(result))).toEqual({
      symbol: "PETR4.SA",
      currency: "BRL",
      closes: [
        { day: "2026-07-24", close: "41.01" },
        { day: "2026-07-27", close: "41.21" },
        { day: "2026-07-28", close: "41.5" },
      ],
      splits: [],
      dividends: [],
      live: {
        symbol: "PETR4.SA",
        price: "41.88",
        currency: "BRL",
        priceAt: "2026-07-29T17:00:00.000Z",
        priceDay: "2026-07-29",
        previousClose: "41.5",
        delayMinutes: null,
        capturedAt: NOON.toISOString(),
      },
    });
  });

  it("begins on the day wanted, and asks for days before it", async () => {
    expect(closes(await history({ bars: BARS }, { from: "2026-07-27" }))).toEqual([
      "07-27 41.21",
      "07-28 41.5",
    ]);
    const { query } = fake.requests("chart")[0] ?? {};
    expect(Number(query?.get("period1"))).toBeLessThan(july(27, 0));
    expect(Number(query?.get("period2"))).toBeGreaterThan(july(30, 3));
    expect(query?.get("interval")).toBe("1d");
    expect(query?.get("events")).toBe("div|split");
  });

  it("knows the close before a newest trade of the day wanted", async () => {
    const result = await history(
      { bars: BARS, meta: { regularMarketTime: july(28, 20) } },
      { from: "2026-07-28" },
    );
    expect(result).toMatchObject({ closes: [{ day: "2026-07-28" }], live: { priceDay: "2026-07-28" } });
    expect(String(typeof result === "string" ? result : result.live?.previousClose)).toBe("41.21");
  });

  it("leaves out bars without a price, the last one too", async () => {
    const bars = [[july(23), null], ...BARS.slice(0, 2), [july(28), null]] as const;
    expect(closes(await history({ bars }))).toEqual(["07-24 41.01", "07-27 41.21"]);
  });

  it.each(["41,88", 0, -1, { raw: 1 }])("takes no close of %j", async (close) => {
    expect(closes(await history({ bars: [...BARS.slice(0, 2), [july(28), close]] }))).toEqual([
      "07-24 41.01",
      "07-27 41.21",
    ]);
  });

  it("takes the later of two bars of one day", async () => {
    const bars = [...BARS, [july(28, 20), 41.6]] as const;
    expect(closes(await history({ bars }))).toEqual(["07-24 41.01", "07-27 41.21", "07-28 41.6"]);
  });

  it("has days of the market's zone, not of the offset told", async () => {
    // 02:30 in UTC is 23:30 of the day before in São Paulo, and 00:30 by the summer time that Brazil gave up.
    expect(
      closes(await history({ bars: [[july(28) - 10.5 * 3600, 41.5]], meta: { gmtoffset: -7200 } })),
    ).toEqual(["07-27 41.5"]);
  });

  describe("of a session of today", () => {
    const bars = [...BARS, [july(29), 41.880001068115234]] as const;
    const end = july(29, 20);
    it.each([
      ["is left out while it runs", end - 60, end - 120, false],
      ["is there once it has ended with a trade", end, end, true],
      ["waits for late trades after its end", end + 60, end - 600, false],
      ["is there half an hour after its end, traded late or not", end + 1800, end - 600, true],
    ])("%s", async (_, now, traded, there) => {
      const result = await history(
        { bars, meta: { regularMarketTime: traded } },
        { now: new Date(now * 1000) },
      );
      expect(closes(result).includes("07-29 41.88")).toBe(there);
    });

    it.each([
      ["is left out when the hours are not told", undefined, false],
      ["is left out when the hours are old", { regular: { end: july(28, 20) } }, false],
      ["is there when the hours are those of tomorrow", { regular: { end: july(30, 20) } }, true],
    ])("%s", async (_, currentTradingPeriod, there) => {
      const now = new Date((end + 7200) * 1000);
      const result = await history({ bars, meta: { currentTradingPeriod } }, { now });
      expect(closes(result).includes("07-29 41.88")).toBe(there);
    });

    it.each(["CRYPTOCURRENCY", "CURRENCY"])("of a %s ends with the day", async (instrumentType) => {
      const meta = {
        instrumentType,
        exchangeTimezoneName: "UTC",
        regularMarketTime: july(29, 0) + 86_399,
        currentTradingPeriod: { regular: { end: july(29, 0) + 86_340 } },
      };
      const last = new Date((july(29, 0) + 86_399) * 1000);
      expect(closes(await history({ bars, meta }, { now: last }))).not.toContain("07-29 41.88");
      const next = new Date(last.getTime() + 1000);
      expect(closes(await history({ bars, meta }, { now: next }))).toContain("07-29 41.88");
    });
  });

  it("has splits in lowest terms, and dividends by their day", async () => {
    const result = await history({
      bars: BARS,
      splits: [
        { date: july(28), numerator: 1.05, denominator: 1, splitRatio: "1.05:1" },
        { date: july(24), numerator: 10, denominator: 100, splitRatio: "1:10" },
        { date: july(27), numerator: 0, denominator: 1 },
        { date: july(27), numerator: "2", denominator: 1 },
      ],
      dividends: [
        { date: july(27), amount: Math.fround(0.675733) },
        { date: july(24), amount: 0.205 },
        { date: july(23), amount: null },
      ],
    });
    expect(result).toMatchObject({
      splits: [
        { day: "2026-07-24", newUnits: 1n, oldUnits: 10n },
        { day: "2026-07-28", newUnits: 21n, oldUnits: 20n },
      ],
    });
    const paid = typeof result === "string" ? [] : result.dividends;
    expect(paid.map(({ day, amount }) => `${day} ${amount}`)).toEqual([
      "2026-07-24 0.205",
      "2026-07-27 0.675733",
    ]);
  });

  it.each([
    ["pence", { currency: "GBp" }, "currency_invalid"],
    ["an unknown time zone", { exchangeTimezoneName: "Nowhere/Land" }, "time_invalid"],
    ["bars of an hour", { dataGranularity: "1h" }, "unreadable"],
    ["another symbol", { symbol: "VALE3.SA" }, "unreadable"],
  ])("with %s is a problem", async (_, meta, code) => {
    expect(await history({ bars: BARS, meta })).toBe(code);
  });

  it("has no newest trade where that one is wrong", async () => {
    const result = await history({ bars: BARS, meta: { regularMarketPrice: "41,88" } });
    expect(result).toMatchObject({ closes: { length: 3 }, live: null });
  });

  it("without bars has the newest trade alone, and without either is no answer", async () => {
    expect(await history({ bars: [], meta: { regularMarketTime: july(29, 17) } })).toMatchObject({
      closes: [],
      live: { previousClose: null },
    });
    expect(await history({ bars: [], meta: { regularMarketPrice: null } })).toBe("no_answer");
  });
});

describe("histories", () => {
  it("tell how many are done, keep names that are safe, and need no handshake", async () => {
    for (const symbol of ["^BVSP", "BRL=X", "PETR4.SA"])
      fake.charts.set(symbol, fakeChart({ symbol, bars: BARS }));
    const { yahoo, kept } = rig(fake);
    const done: number[] = [];
    const from = "2026-07-01";
    const wanted = ["^BVSP", "BRL=X", "VVAR3.SA", "PETR4.SA", "A/../B"].map((symbol) => ({ symbol, from }));
    const { found, problems } = await yahoo.histories([...wanted, ...wanted], (count) => done.push(count));
    expect(found.map(({ symbol }) => symbol)).toEqual(["^BVSP", "BRL=X", "PETR4.SA"]);
    expect(problems).toEqual([
      { source: "yahoo", subject: "VVAR3.SA", code: "no_answer" },
      { source: "yahoo", subject: "A/../B", code: "no_answer" },
    ]);
    expect(done).toEqual([1, 2, 3, 4, 5]);
    expect(kept.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
      "chart-BRL_X 200",
      "chart-PETR4.SA 200",
      "chart-VVAR3.SA 404",
      "chart-_BVSP 200",
    ]);
    expect(yahoo.sent()).toEqual({ quote: 0, chart: 4, crumb: 0 });
  });

  it.each([
    [
      "a refusal with status 400",
      400,
      "Bad Request",
      "Data doesn't exist for startDate = 1, endDate = 2",
      "no_answer",
    ],
    ["an empty result", 200, "", "", "no_answer"],
    ["any other refusal", 422, "Unprocessable Entity", "Too far back", "unreadable"],
  ])("know %s", async (_, status, code, description, expected) => {
    const body = JSON.stringify({ chart: { result: [], error: code === "" ? null : { code, description } } });
    fake.fail({ on: "chart", with: { status, body } });
    const { problems } = await rig(fake).yahoo.histories([{ symbol: "X", from: "2026-07-01" }]);
    expect(problems.map((problem) => problem.code)).toEqual([expected]);
    expect(fake.log).toHaveLength(1);
  });
});
