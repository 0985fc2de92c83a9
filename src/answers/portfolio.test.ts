import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asked, askIn, dataIn, type OpenBook, openTestBook, questionOf } from "./book.testing.ts";
import { BOOK } from "./book-rows.testing.ts";
import { quote } from "./rows.testing.ts";

let book: OpenBook;
beforeAll(async () => {
  book = await openTestBook(BOOK);
});
afterAll(() => book.close());

const ask = (question: Asked, at?: string) => askIn(book, question, at);
const data = (question: Asked, at?: string) => dataIn(book, question, at);

describe("portfolio", () => {
  it("adds up two currencies, a short, a split and a purchase of the day, and leaves out what has no price", async () => {
    // 3650 + 10 x 200 x 5.40 - 3100 + 1050 + 200 x 20.50 + 2830 + 100 + 1600 = 21030; XPTO11 has no price.
    // Gain: 650 + (10800 - 7500) - 100 + 50 + 1100 + 25 + 0 + 100 = 5125 of the priced ones.
    const portfolio = await data({ intent: "portfolio", client: "ana" });
    expect(portfolio).toMatchObject({
      value: "21030",
      cost: "16405",
      unrealizedGain: "5125",
      unpriced: 1,
      baseCurrency: "BRL",
    });
    expect(portfolio.positions.map(({ asset }: { asset: string }) => asset)).toEqual([
      "AAPL",
      "ITUB4",
      "PETR4",
      "BBAS3",
      "HGLG11",
      "CDB BANCO X",
      "LOJA3",
      "VALE3",
      "XPTO11",
    ]);
  });

  it("counts the day from the previous close, and what was bought or split today on its own terms", async () => {
    // PETR4 +50; AAPL 10800 - 1980 x 5.30 = +306; VALE3 short -50; ITUB4 4100 - 200 x 20 = +100;
    // BBAS3 2830 - 2800 paid = +30; HGLG11, the CDB and LOJA3 have no price of the session: 0.
    // Before: 3600 + 10494 - 3050 + 4000 + 1600 + 1050 + 100 = 17794, and 2800 came in: 436 / 20594.
    expect(await data({ intent: "portfolio", client: "ana" })).toMatchObject({
      dayChange: "436",
      dayChangePercent: "2.11712149",
    });
  });

  it("weighs by gross value, so that a short does not swell the others", async () => {
    // Gross: 21030 + 2 x 3100 = 27230. Shares: 3650 - 3100 + 4100 + 2830 + 100 = 7580.
    const { allocation } = await data({ intent: "portfolio", client: "ana" });
    expect(allocation).toEqual([
      { key: "acao_exterior", value: "10800", weightPercent: "39.66213735" },
      { key: "acao", value: "7580", weightPercent: "27.83694455" },
      { key: "fii", value: "1600", weightPercent: "5.87587220".replace(/0$/, "") },
      { key: "cdb", value: "1050", weightPercent: "3.85604113" },
    ]);
  });

  it("says which prices are old, missing or the client's own, and where all came from", async () => {
    const answer = await ask({ intent: "portfolio", client: "ana" });
    expect(answer.asOf).toBe("2026-11-19");
    expect([...answer.stale].toSorted((a, b) => (a.asset < b.asset ? -1 : 1))).toEqual([
      { asset: "CDB BANCO X", priceAt: "2026-10-30", reason: "old" },
      { asset: "HGLG11", priceAt: "2026-11-18", reason: "old" },
      { asset: "LOJA3", priceAt: "2026-11-10", reason: "operation_price" },
      { asset: "XPTO11", priceAt: null, reason: "missing" },
    ]);
    expect(answer.sources).toEqual([
      { source: "arquivo", of: "prices", at: "2026-11-19", delayMinutes: null },
      { source: "operacao", of: "prices", at: "2026-11-10", delayMinutes: null },
      { source: "bcb", of: "fx", at: "2026-11-19", delayMinutes: null },
      { source: "bcb", of: "CDI", at: "2026-11-18", delayMinutes: null },
      { source: "bcb", of: "IBOV", at: "2026-11-19", delayMinutes: null },
    ]);
  });

  it("heads with twelve months, or with the start of a younger client, that session's return included", async () => {
    const { headline, series } = await data({ intent: "portfolio", client: "ana" });
    expect(headline).toMatchObject({
      twrPercent: "5",
      cdiPercent: "0.16",
      ibovPercent: "1",
      percentOfCdi: "3125",
      period: { kind: "12m", from: "2026-11-16", to: "2026-11-19", shortened: true },
    });
    expect(series.map(({ portfolio }: { portfolio: string }) => portfolio)).toEqual(["1", "2", "3", "5"]);
  });

  it("counts cash that bought something today once, and what a still dollar account gained by its rate", async () => {
    // Now 4000 + 100 x 10.30 + 100 USD x 5.40; before 5000 + 100 x 5.30: +30 and +10 on 5530, nothing came in.
    const cash = await openTestBook({
      ...BOOK,
      quotes_latest: [quote("BBAS3", "10.3", "10"), quote("USDBRL", "5.4", "5.3")],
    });
    const answer = await cash.answers.answer(
      questionOf({ intent: "portfolio", client: "caio" }),
      ["corretor3"],
      null,
    );
    expect(answer.status === "ok" && JSON.parse(JSON.stringify(answer.result.data))).toMatchObject({
      value: "5570",
      dayChange: "40",
      dayChangePercent: "0.72332731",
    });
    expect(answer.stale).toEqual([]);
    await cash.close();
  });

  it("values a book that never had a price by its own trades, and knows no value without one", async () => {
    const unpriced = await openTestBook(
      { ...BOOK, quotes_latest: [], portfolio_daily: [], client_summary: [] },
      { asOf: null },
    );
    const answer = await askIn(unpriced, { intent: "portfolio", client: "ana" });
    // Only LOJA3 has a trade of its own: 10 x 10.
    expect(JSON.parse(JSON.stringify(answer.result.data))).toMatchObject({
      value: "100",
      unpriced: 8,
      headline: null,
    });
    expect(
      JSON.parse(
        JSON.stringify(
          (await askIn(unpriced, { intent: "holding", client: "ana", asset: "AAPL" })).result.data,
        ),
      ),
    ).toMatchObject({ value: null });
    expect((await dataIn(unpriced, { intent: "portfolio", client: "eva" })).value).toBeNull();
    expect(answer.asOf).toBeNull();
    await unpriced.close();
  });

  it("answers an empty book with zero, not with an error", async () => {
    const answer = await ask({ intent: "portfolio", client: "zeca" });
    expect(JSON.parse(JSON.stringify(answer.result.data))).toMatchObject({
      value: "0",
      positions: [],
      allocation: [],
      headline: null,
      dayChange: null,
    });
    expect(answer.asOf).toBeNull();
  });
});

describe("a past day", () => {
  it("values the positions of that day at its closes, before the split and the purchase", async () => {
    // PETR4 3600; ITUB4 100 x 40; AAPL 1980 x 5.30 = 10494; LOJA3 100 at its own trade; the rest has no close.
    // Day: +100, 100 x (40 - 39), 10494 - 1970 x 5.25 = 151.50.
    const portfolio = await data({ intent: "portfolio", client: "ana" }, "2026-11-18");
    expect(portfolio).toMatchObject({ value: "18194", unpriced: 4, dayChange: "351.5" });
    expect(portfolio.headline).toMatchObject({ twrPercent: "3", period: { to: "2026-11-18" } });
    expect((await ask({ intent: "portfolio", client: "ana" }, "2026-11-18")).asOf).toBe("2026-11-18");
  });

  it("compares the split's day on the same basis: 200 at 20.50 against 100 at 40", async () => {
    expect(await data({ intent: "holding", client: "ana", asset: "ITUB4" }, "2026-11-19")).toMatchObject({
      quantity: "200",
      value: "4100",
      dayChange: "100",
      dayChangePercent: "2.5",
    });
  });

  it("reads a quote, a rate and an index of that day", async () => {
    expect(await data({ intent: "quote", asset: "PETR4" }, "2026-11-18")).toMatchObject({
      price: "36",
      previousClose: "35",
      priceAt: "2026-11-18",
    });
    expect(await data({ intent: "quote", asset: "USDBRL" }, "2026-11-18")).toMatchObject({
      price: "5.3",
      previousClose: "5.25",
    });
    expect(await data({ intent: "quote", asset: "IBOV" }, "2026-11-18")).toMatchObject({
      price: "102000",
      priceAt: "2026-11-17",
    });
  });
});
