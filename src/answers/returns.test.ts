import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asked, dataIn, type OpenBook, openTestBook, questionOf } from "./book.testing.ts";
import { BOOK } from "./book-rows.testing.ts";

const ONE = ["corretor1"];
let book: OpenBook;
beforeAll(async () => {
  book = await openTestBook(BOOK);
});
afterAll(() => book.close());

const data = (question: Asked, at?: string) => dataIn(book, question, at);
const range = (from: string, to: string) => ({ kind: "range", from, to }) as const;

describe("performance", () => {
  it("runs between closes, with its gain by parts and its benchmarks", async () => {
    // From the close of the 17th: 1.05 / 1.02; CDI 1.0016 / 1.0005; IBOV 101000 / 102000.
    // Price 90 + 230, income 12, currency 206, fees 5 + 5: 320 + 12 + 206 - 10 = 528.
    expect(
      await data({ intent: "performance", client: "ana", period: range("2026-11-18", "2026-11-19") }),
    ).toMatchObject({
      period: { kind: "range", from: "2026-11-17", to: "2026-11-19", shortened: false },
      twrPercent: "2.94117647",
      cdiPercent: "0.10994503",
      ibovPercent: "-0.98039216",
      ipcaPercent: null,
      benchmark: "CDI",
      benchmarkPercent: "0.10994503",
      differencePercent: "2.83123144",
      gain: { price: "320", income: "12", currency: "206", fees: "10", total: "528" },
    });
  });

  it("starts its series at the base, where everything is zero", async () => {
    const { series } = await data({
      intent: "performance",
      client: "ana",
      period: range("2026-11-18", "2026-11-19"),
    });
    expect(series).toEqual([
      { date: "2026-11-17", portfolio: "0", cdi: "0", ibov: "0", value: "10200" },
      { date: "2026-11-18", portfolio: "0.98039216", cdi: "0.04997501", ibov: "0", value: "17794" },
      { date: "2026-11-19", portfolio: "2.94117647", cdi: "0.10994503", ibov: "-0.98039216", value: "21030" },
    ]);
  });

  it("has no return of a period before the client", async () => {
    expect(
      await data({
        intent: "performance",
        client: "ana",
        period: { kind: "2025", from: "2025-01-01", to: "2025-12-31" },
      }),
    ).toMatchObject({
      twrPercent: null,
      xirrPercent: null,
      series: [],
    });
  });
});

describe("the running session", () => {
  it("links today's return to the history while quotes are newer than it", async () => {
    // The history ends on the 18th at 17794 and 1.03; Eva's quote of the 19th: 20 x 200 against 3960.
    const live = await openTestBook(
      { ...BOOK, portfolio_daily: BOOK.portfolio_daily?.filter((row) => row["date"] !== "2026-11-19") ?? [] },
      { asOf: "2026-11-18" },
    );
    const answer = await live.answers.answer(
      questionOf({ intent: "performance", client: "eva", period: range("2026-11-19", "2026-11-19") }),
      ONE,
      null,
    );
    if (answer.status !== "ok") throw new Error(answer.status);
    // 4000 / 3960 - 1 = 1.010101…%, index 1.010101010101.
    expect(JSON.parse(JSON.stringify(answer.result.data))).toMatchObject({
      twrPercent: "1.01010101",
      gain: { price: "40", currency: "0", total: "40" },
      period: { from: "2026-11-18", to: "2026-11-19" },
    });
    await live.close();
  });
});
