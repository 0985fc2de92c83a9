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

describe("holding", () => {
  it("keeps cost, gain and income in both currencies", async () => {
    // 10 x 200 = 2000 USD on 1500 paid; 10800 BRL on 7500. Day: 306 on 10494.
    expect(await data({ intent: "holding", client: "ana", asset: "AAPL" })).toMatchObject({
      currency: "USD",
      averageCost: "150",
      value: "2000",
      valueBase: "10800",
      unrealizedGain: "500",
      unrealizedGainBase: "3300",
      unrealizedPercent: "33.33333333",
      dayChange: "306",
      dayChangePercent: "2.91595197",
      weightPercent: "39.66213735",
    });
  });

  it("tells the average with and without fees", async () => {
    expect(await data({ intent: "holding", client: "ana", asset: "PETR4" })).toMatchObject({
      averageCost: "30",
      averageCostGross: "29.9",
      fees: "10",
      income: "55",
    });
  });

  it("shows a loss on a short whose price rose", async () => {
    // Sold 50 at 60, now 62: -3100 against -3000.
    expect(await data({ intent: "holding", client: "ana", asset: "VALE3" })).toMatchObject({
      quantity: "-50",
      averageCost: "60",
      unrealizedGain: "-100",
      unrealizedPercent: "-3.33333333",
      dayChange: "-50",
      dayChangePercent: "-1.63934426",
    });
  });

  it("keeps the gain, fees and income of what was sold out", async () => {
    expect(await data({ intent: "holding", client: "ana", asset: "MELI34" })).toMatchObject({
      quantity: "0",
      averageCost: null,
      value: "0",
      realizedGain: "120",
      fees: "4",
      income: "7",
      weightPercent: null,
    });
  });

  it("does not know the value of what never had a price", async () => {
    expect(await data({ intent: "holding", client: "ana", asset: "XPTO11" })).toMatchObject({
      price: null,
      value: null,
      valueBase: null,
      unrealizedGain: null,
      dayChangePercent: null,
    });
  });

  it("holds nothing of an instrument that was never bought, and finds no unknown one", async () => {
    expect(await data({ intent: "holding", client: "ana", asset: "WEGE3" })).toMatchObject({
      quantity: "0",
      value: "0",
      price: "50",
    });
    const unknown = await book.answers.answer(
      questionOf({ intent: "holding", client: "ana", asset: "NADA3" }),
      ONE,
      null,
    );
    expect(unknown.status).toBe("not_found");
  });
});

describe("explain", () => {
  it("folds the source rows again, one at a time, to the figures of the holding", async () => {
    const explained = await book.answers.explain("ana", "PETR4", ONE, null);
    const steps = JSON.parse(JSON.stringify(explained?.steps));
    expect(steps).toMatchObject([
      {
        type: "compra",
        sourceFile: "ana.csv",
        rowNumber: 2,
        quantityBefore: "0",
        quantityAfter: "100",
        costAfter: "3000",
        feesAfter: "10",
      },
      {
        type: "dividendo",
        rowNumber: 3,
        quantityAfter: "100",
        costBefore: "3000",
        costAfter: "3000",
        incomeAfter: "55",
      },
    ]);
    expect(explained?.fxRate?.toJSON()).toBe("1");
  });

  it("explains nothing of another broker's client, nor of what was never held", async () => {
    expect(await book.answers.explain("beto", "PETR4", ONE, null)).toBeNull();
    expect(await book.answers.explain("ana", "WEGE3", ONE, null)).toBeNull();
  });
});
