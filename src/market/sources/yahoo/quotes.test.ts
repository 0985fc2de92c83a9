import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeYahoo, fakeChart, fakeQuote, startFakeYahoo } from "./fake-yahoo.testing.ts";
import { NOON, rig } from "./yahoo.testing.ts";

let fake: FakeYahoo;

beforeEach(async () => {
  fake = await startFakeYahoo({ quotes: new Map([["PETR4.SA", fakeQuote("PETR4.SA")]]) });
});
afterEach(() => fake.close());

/** Prices as text and codes of problems, by symbol. */
async function outcome(symbols: readonly string[], over = rig(fake)): Promise<Record<string, string>> {
  const { found, problems } = await over.yahoo.quotes(symbols);
  return Object.fromEntries([
    ...found.map((quote) => [quote.symbol, quote.price.toString()]),
    ...problems.map((problem) => [problem.subject, problem.code]),
  ]);
}

describe("quotes", () => {
  it("are the newest trades, checked and exact", async () => {
    const { found, problems } = await rig(fake).yahoo.quotes(["PETR4.SA"]);
    expect(problems).toEqual([]);
    expect(JSON.parse(JSON.stringify(found))).toEqual([
      {
        symbol: "PETR4.SA",
        price: "41.88",
        currency: "BRL",
        priceAt: "2026-07-29T13:10:00.000Z",
        priceDay: "2026-07-29",
        previousClose: "41.21",
        delayMinutes: 15,
        capturedAt: NOON.toISOString(),
      },
    ]);
  });

  it("of no symbols need no request", async () => {
    expect(await rig(fake).yahoo.quotes([])).toEqual({ found: [], problems: [] });
    expect(fake.log).toEqual([]);
  });

  it("have the day of their own market, whatever offset comes with them", async () => {
    // 00:30 in São Paulo, 23:30 the day before by the wrong offset's clock of New York.
    const seconds = Date.UTC(2026, 6, 29, 3, 30) / 1000;
    fake.quotes.set("PETR4.SA", fakeQuote("PETR4.SA", { regularMarketTime: seconds }));
    fake.quotes.set(
      "AAPL",
      fakeQuote("AAPL", { regularMarketTime: seconds, exchangeTimezoneName: "America/New_York" }),
    );
    const { found } = await rig(fake).yahoo.quotes(["PETR4.SA", "AAPL"]);
    expect(found.map((quote) => quote.priceDay)).toEqual(["2026-07-29", "2026-07-28"]);
  });

  it.each([
    ["a price as text", { regularMarketPrice: "41,88" }, "price_invalid"],
    ["a price as plain text", { regularMarketPrice: "41.88" }, "price_invalid"],
    ["no price", { regularMarketPrice: null }, "price_invalid"],
    ["a missing price", { regularMarketPrice: undefined }, "price_invalid"],
    ["a price of zero", { regularMarketPrice: 0 }, "price_invalid"],
    ["a price below zero", { regularMarketPrice: -1 }, "price_invalid"],
    ["a price wrapped up", { regularMarketPrice: { raw: 41.88 } }, "price_invalid"],
    ["pence", { currency: "GBp" }, "currency_invalid"],
    ["no currency", { currency: undefined }, "currency_invalid"],
    ["no time", { regularMarketTime: undefined }, "time_invalid"],
    ["a time as text", { regularMarketTime: "1785330600" }, "time_invalid"],
    ["a time to come", { regularMarketTime: NOON.getTime() / 1000 + 301 }, "time_invalid"],
    ["no time zone", { exchangeTimezoneName: undefined }, "time_invalid"],
    ["an unknown time zone", { exchangeTimezoneName: "Mars/Olympus" }, "time_invalid"],
    ["nothing but a name", { quoteType: "NONE", regularMarketPrice: undefined }, "no_answer"],
    ["a state of the market that nobody knows", { marketState: "LUNCH" }, "41.88"],
    ["a clock that runs a little ahead", { regularMarketTime: NOON.getTime() / 1000 + 299 }, "41.88"],
  ])("with %s do not harm the rest of the batch", async (_, overrides, expected) => {
    fake.quotes.set("VALE3.SA", fakeQuote("VALE3.SA", overrides));
    expect(await outcome(["PETR4.SA", "VALE3.SA"])).toEqual({ "PETR4.SA": "41.88", "VALE3.SA": expected });
    expect(fake.requests("quote")).toHaveLength(1);
  });

  it("say null for a close and a delay that are not told", async () => {
    const untold = { regularMarketPreviousClose: "41,21", exchangeDataDelayedBy: null };
    fake.quotes.set("PETR4.SA", fakeQuote("PETR4.SA", untold));
    const { found } = await rig(fake).yahoo.quotes(["PETR4.SA"]);
    expect(found).toMatchObject([{ previousClose: null, delayMinutes: null }]);
  });

  it("ask once more, alone, for what was left out", async () => {
    expect(await outcome(["PETR4.SA", "VVAR3.SA"])).toEqual({ "PETR4.SA": "41.88", "VVAR3.SA": "no_answer" });
    expect(fake.requests("quote").map((request) => request.symbols)).toEqual([
      ["PETR4.SA", "VVAR3.SA"],
      ["VVAR3.SA"],
    ]);
  });

  it("never put into an address what is no symbol", async () => {
    const odd = ["../v1/x", "PETR4.SA,VALE3.SA", "A&crumb=1", "", "A B", "A/B", "A?b"];
    expect(await outcome([...odd, "PETR4.SA"])).toEqual({
      ...Object.fromEntries(odd.map((symbol) => [symbol, "no_answer"])),
      "PETR4.SA": "41.88",
    });
    expect(fake.requests("quote").map((request) => request.symbols)).toEqual([["PETR4.SA"]]);
  });

  it("ask only for the fields they read", async () => {
    await rig(fake).yahoo.quotes(["PETR4.SA"]);
    const fields = fake.requests("quote")[0]?.query.get("fields")?.split(",");
    expect(fields).toContain("regularMarketPrice");
    expect(fields?.length).toBe(9);
  });

  it("of a book of 500 take 10 requests and one handshake, at the pace allowed", async () => {
    const book = Array.from({ length: 500 }, (_, n) => `S${n}.SA`);
    for (const symbol of book) fake.quotes.set(symbol, fakeQuote(symbol));
    fake.fail({ on: "quote", with: { delayMs: 60 } });
    const { yahoo, kept } = rig(fake, { pace: { perSecond: 20, concurrency: 2 } });
    const { found, problems } = await yahoo.quotes([...book, ...book]);
    expect(found.map((quote) => quote.symbol)).toEqual(book);
    expect(problems).toEqual([]);
    expect(yahoo.sent()).toEqual({ quote: 10, chart: 0, crumb: 2 });
    expect(fake.requests("quote").map((request) => request.symbols.length)).toEqual(Array(10).fill(50));
    expect(fake.requests("page").length + fake.requests("crumb").length).toBe(2);
    expect(kept.map((body) => body.name)).toEqual(Array(10).fill("quote"));
    const times = fake.log.map((request) => request.at);
    const gaps = times.slice(1).map((at, n) => at - (times[n] ?? 0));
    // 50 ms apart, but for what timers and a busy machine blur.
    expect(gaps.toSorted((x, y) => x - y)[5]).toBeGreaterThan(35);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(500);
  });

  it("are asked two batches at a time", async () => {
    fake.fail({ on: "quote", with: { delayMs: 30 } });
    const book = Array.from({ length: 250 }, (_, n) => `S${n}.SA`);
    for (const symbol of book) fake.quotes.set(symbol, fakeQuote(symbol));
    await rig(fake).yahoo.quotes(book);
    expect(fake.mostAtOnce()).toBe(2);
  });

  it("come from charts when a batch cannot be read", async () => {
    const bars = [[Date.UTC(2026, 6, 28, 13) / 1000, 41.209999084472656]] as const;
    fake.charts.set(
      "PETR4.SA",
      fakeChart({ symbol: "PETR4.SA", bars, meta: { regularMarketTime: 1_785_330_600 } }),
    );
    fake.fail({ on: "quote", with: { body: "<html>Sorry</html>" } });
    const { yahoo, kept } = rig(fake);
    const { found, problems } = await yahoo.quotes(["PETR4.SA", "VALE3.SA"]);
    expect(found).toMatchObject([{ symbol: "PETR4.SA", currency: "BRL", priceDay: "2026-07-29" }]);
    expect(found.map(({ price, previousClose }) => `${price} ${previousClose}`)).toEqual(["41.88 41.21"]);
    expect(problems).toEqual([{ source: "yahoo", subject: "VALE3.SA", code: "unreadable" }]);
    expect(kept.map((body) => body.name).sort()).toEqual(["chart-PETR4.SA", "chart-VALE3.SA", "quote"]);
  });
});
