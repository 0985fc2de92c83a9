import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestGold } from "../warehouse/gold.testing.ts";
import { type Asked, askIn, dataIn, type OpenBook, openTestBook } from "./book.testing.ts";
import { instrument, LAST_SESSION, level, operation, quote, span } from "./rows.testing.ts";

const PAPER = "CDB BANCO Y";
const BOND = "TESOURO PREFIXADO 2031";
const bought = { quantity: "10", cost: "10000", trade_price: "1000", trade_day: "2026-11-16" };
const on = (client: string, date: string, price: string, previous: string | null, priceDate = date) => ({
  client_id: client,
  instrument_id: PAPER,
  date,
  price,
  previous_close: previous,
  previous_date: previous === null ? null : date === "2026-11-18" ? "2026-11-17" : "2026-11-18",
  price_date: priceDate,
});
const buy = (client: string, row: number, date: string, rate: string) =>
  operation(client, row, date, {
    type: "compra",
    instrument_id: PAPER,
    quantity: "10",
    price: "1000",
    indexer: "CDI",
    indexer_rate: rate,
  });

const LATEST = [
  on("ana", LAST_SESSION, "1003", "1002"),
  // Bought 10 more today at 1000: 10 x 1001.5 + 10 x 1000 = 20015, of 10 x 1001 yesterday.
  on("bia", LAST_SESSION, "1000.75", "1001"),
  on("eva", LAST_SESSION, "1001", "1001", "2026-11-16"),
];

/** One code of four clients: three on curves of their own, one without terms. PETR4 tells the last session. */
const GOLD: TestGold = {
  clients: ["ana", "bia", "caio", "eva"].map((id) => ({
    client_id: id,
    name: id,
    broker_id: "corretor1",
    base_currency: "BRL",
  })),
  instruments: [
    instrument(BOND, "tesouro"),
    instrument(PAPER, "cdb"),
    instrument("PETR4", "acao"),
    { ...instrument("CDI", "indice") },
  ],
  positions: [
    span("ana", PAPER, bought),
    span("bia", PAPER, {
      quantity: "20",
      cost: "20000",
      opening_quantity: "10",
      valid_from: LAST_SESSION,
      day_flow: "10000",
      day_flow_base: "10000",
    }),
    span("caio", PAPER, bought),
    span("caio", BOND, { quantity: "10", cost: "8000", valid_from: "2026-11-16" }),
    // Nothing says on what terms.
    span("eva", BOND, { quantity: "10", cost: "8000", valid_from: "2026-11-16" }),
    span("eva", PAPER, bought),
  ],
  position_spans: [span("ana", PAPER, { ...bought, valid_from: "2026-11-16" })],
  operations: [
    buy("ana", 2, "2026-11-16", "110"),
    ...["PRE", null].map((indexer, n) =>
      operation(["caio", "eva"][n] ?? "", n + 3, "2026-11-16", {
        type: "compra",
        instrument_id: BOND,
        quantity: "10",
        price: "800",
        indexer,
        indexer_rate: indexer === null ? null : "12",
        maturity: "2031-01-01",
      }),
    ),
  ],
  index_daily: [
    level("CDI", "2026-11-16", "0.05", "1"),
    level("CDI", "2026-11-17", "0.05", "1.0005"),
    level("CDI", "2026-11-18", "0.05", "1.00100025"),
    level("CDI", LAST_SESSION, null, "1.00150075"),
  ],
  quotes_latest: [quote("PETR4", "30", "29"), quote(PAPER, "990", "989"), quote(BOND, "760", "761")],
  curve_latest: LATEST,
  curve_daily: [on("ana", "2026-11-17", "1001", null), on("ana", "2026-11-18", "1002", "1001"), ...LATEST],
};

let book: OpenBook;
beforeAll(async () => {
  book = await openTestBook(GOLD);
});
afterAll(() => book.close());
const data = (question: Asked, at?: string) => dataIn(book, question, at);
const holding = (client: string, at?: string) => data({ intent: "holding", client, asset: PAPER }, at);

describe("a deposit on the curve", () => {
  it("has its holder's own price, above a filed one, and moves with it", async () => {
    expect(await holding("ana")).toMatchObject({
      price: "1003",
      priceSource: "curva",
      priceAt: LAST_SESSION,
      value: "10030",
      dayChange: "10",
    });
    expect(await holding("caio")).toMatchObject({ price: "990", priceSource: "arquivo" });
  });

  it("counts what was bought today from its trade value", async () => {
    expect(await holding("bia")).toMatchObject({ value: "20015", dayChange: "5" });
  });

  it("has the price of a past day on that day", async () => {
    expect(await holding("ana", "2026-11-18")).toMatchObject({ price: "1002", dayChange: "10" });
  });

  it("is stale, and does not move, where its index is missing", async () => {
    const answer = await askIn(book, { intent: "holding", client: "eva", asset: PAPER });
    expect(answer.stale).toEqual([{ asset: PAPER, priceAt: "2026-11-16", reason: "old" }]);
    expect(answer.sources).toMatchObject([{ source: "curva", of: "prices", at: "2026-11-16" }]);
    expect(answer.result.data).toMatchObject({ dayChange: expect.objectContaining({ units: 0n }) });
  });

  it("waits for B3's session: quotes of today do not make yesterday's accrual today's", async () => {
    const live = await openTestBook(
      { ...GOLD, quotes_latest: [quote("PETR4", "31", "30", { price_date: "2026-11-23" })] },
      { now: new Date("2026-11-23T15:00:00Z") },
    );
    expect(await dataIn(live, { intent: "holding", client: "ana", asset: PAPER })).toMatchObject({
      value: "10030",
      dayChange: "0",
    });
    await live.close();
  });

  it("adds up over all holders, each at the own price", async () => {
    const { holders, totalValue } = await data({ intent: "holders", asset: PAPER });
    expect(totalValue).toBe("49955");
    expect(holders.map(({ client, value }: { client: string; value: string }) => [client, value])).toEqual([
      ["bia", "20015"],
      ["ana", "10030"],
      ["eva", "10010"],
      ["caio", "9900"],
    ]);
    expect(await data({ intent: "aum" })).toMatchObject({ value: "65155" });
  });

  it("is explained by its terms, factor and product", async () => {
    const explained = await book.answers.explain("ana", PAPER, ["corretor1"], null);
    expect(JSON.parse(JSON.stringify(explained?.curve))).toEqual({
      through: LAST_SESSION,
      lots: [
        {
          date: "2026-11-16",
          index: "CDI",
          basis: "percent",
          rate: "110",
          maturity: null,
          invested: "10000",
          // 1.00055^3.
          factor: "1.001650907666",
          value: "10016.50907666",
        },
      ],
    });
    expect((await book.answers.explain("caio", PAPER, ["corretor1"], null))?.curve ?? null).toBeNull();
  });
});

describe("a bond at its market price", () => {
  it("shows the curve of its purchase beside it, and is not worth it", async () => {
    const caio = await data({ intent: "holding", client: "caio", asset: BOND });
    // 8000 x 1.12^(3/252): three bank days to the 19th.
    expect(caio).toMatchObject({
      price: "760",
      value: "7600",
      priceSource: "arquivo",
      curve: { value: "8010.80049223", through: LAST_SESSION },
    });
    const explained = await book.answers.explain("caio", BOND, ["corretor1"], null);
    expect(explained?.curve?.lots.map(({ index, value }) => [index, value.toJSON()])).toEqual([
      ["PRE", "8010.80049223"],
    ]);
  });

  it("shows none where the purchase states no terms", async () => {
    expect(await data({ intent: "holding", client: "eva", asset: BOND })).not.toHaveProperty("curve");
  });
});
