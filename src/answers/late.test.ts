import { afterAll, describe, expect, it } from "vitest";
import { askIn, type OpenBook, openTestBook } from "./book.testing.ts";
import { instrument, quote, span } from "./rows.testing.ts";

/** Monday 2026-11-23: B3 trades from 10:00 to 18:00, that is from 13:00 to 21:00 UTC. */
const live = (id: string, price: string, capturedAt: string, priceAt = "2026-11-23 14:01:00") =>
  quote(id, price, "30", {
    source: "yahoo",
    price_date: "2026-11-23",
    price_at: priceAt,
    captured_at: capturedAt,
  });

const books: OpenBook[] = [];
const staleAt = async (now: string) => {
  const book = await openTestBook(
    {
      clients: [{ client_id: "ana", name: "Ana", broker_id: "corretor1", base_currency: "BRL" }],
      instruments: [
        instrument("PETR4", "acao"),
        instrument("HGLG11", "fii"),
        instrument("BTC", "cripto"),
        instrument("VALE3", "acao"),
      ],
      positions: ["PETR4", "HGLG11", "BTC", "VALE3"].map((id) =>
        span("ana", id, { quantity: "1", cost: "1" }),
      ),
      quotes_latest: [
        live("PETR4", "31", "2026-11-23 14:02:00"),
        // Nobody traded it today, but the source was asked a minute before PETR4 was.
        live("HGLG11", "150", "2026-11-23 14:01:30", "2026-11-19 20:00:00"),
        live("BTC", "500000", "2026-11-23 14:02:00"),
        quote("VALE3", "60", null, {
          price_date: "2026-11-23",
          source: "arquivo",
          captured_at: "2026-11-23 12:00:00",
        }),
      ],
    },
    { now: new Date(now), asOf: "2026-11-19" },
  );
  books.push(book);
  const { stale } = await askIn(book, { intent: "portfolio", client: "ana" });
  return stale.map(({ asset, reason, priceAt }) => [asset, reason, priceAt]).toSorted();
};

afterAll(async () => {
  for (const book of books) await book.close();
});

describe("a source that falls silent while the market trades", () => {
  it("is fine for twenty minutes", async () => {
    expect(await staleAt("2026-11-23T14:21:00Z")).toEqual([]);
  });

  it("is then told, with the time of the last trade; a price from a file is not expected to move", async () => {
    expect(await staleAt("2026-11-23T14:23:00Z")).toEqual([
      ["BTC", "late", "2026-11-23T14:01:00Z"],
      ["HGLG11", "late", "2026-11-19T20:00:00Z"],
      ["PETR4", "late", "2026-11-23T14:01:00Z"],
    ]);
  });

  it("after the close only concerns what still trades", async () => {
    expect(await staleAt("2026-11-23T21:30:00Z")).toEqual([["BTC", "late", "2026-11-23T14:01:00Z"]]);
  });

  it("has time to speak after an opening", async () => {
    expect((await staleAt("2026-11-24T13:10:00Z")).map(([asset, reason]) => [asset, reason])).toEqual([
      ["BTC", "late"],
    ]);
    expect((await staleAt("2026-11-24T13:21:00Z")).map(([asset]) => asset)).toEqual([
      "BTC",
      "HGLG11",
      "PETR4",
    ]);
  });
});
