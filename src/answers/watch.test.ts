import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Decimal } from "../money/decimal.ts";
import { dataIn, type OpenBook, openTestBook } from "./book.testing.ts";
import { BOOK } from "./book-rows.testing.ts";
import type { Watch } from "./watch.ts";

const ONE = ["corretor1"];
const ALL = ["corretor1", "corretor2", "corretor3"];
let book: OpenBook;
let watch: Watch;
beforeAll(async () => {
  book = await openTestBook(BOOK);
  watch = await book.answers.watch(ALL);
});
afterAll(() => book.close());

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const percent = (text: string) => Decimal.parse(text);

describe("what is watched", () => {
  it("are the quotes of the answers, each judged by its session", async () => {
    const quotes = new Map((await watch.quotes()).map((one) => [one.asset, one]));
    // 36.5 / 36 - 1
    expect(plain(quotes.get("PETR4"))).toMatchObject({
      price: "36.5",
      dayPercent: "1.38888889",
      current: true,
      today: true,
    });
    expect(plain(quotes.get("PETR4"))["dayPercent"]).toBe(
      (await dataIn(book, { intent: "quote", asset: "PETR4" })).dayChangePercent,
    );
    // The day before's close, after a session that has closed since.
    expect(quotes.get("HGLG11")).toMatchObject({ current: false, today: false });
    expect(quotes.get("WEGE3")?.dayPercent).toBeNull();
  });

  it("is what is held, broker by broker, with what is wrong with its price", async () => {
    const held = await watch.held();
    const of = (broker: string) => held.filter((one) => one.broker === broker);
    expect(of("corretor2").map(({ asset }) => asset)).toEqual(["PETR4"]);
    expect(of("corretor3").map(({ asset }) => asset)).toEqual(["BBAS3"]);
    const stale = new Map(of("corretor1").map(({ asset, stale }) => [asset, stale?.reason ?? null]));
    expect(Object.fromEntries(stale)).toEqual({
      AAPL: null,
      BBAS3: null,
      "CDB BANCO X": "old",
      HGLG11: "old",
      ITUB4: null,
      LOJA3: "operation_price",
      PETR4: null,
      VALE3: null,
      XPTO11: "missing",
    });
  });

  it("are the clients' days, to the digit what the portfolio's answer says", async () => {
    const clients = await watch.clients();
    const mine = plain(clients.filter(({ broker }) => broker === "corretor1"));
    for (const { client, change, percent } of mine) {
      const answer = await dataIn(book, { intent: "portfolio", client });
      expect({ change, percent }).toEqual({ change: answer.dayChange, percent: answer.dayChangePercent });
    }
    expect(mine.map(({ client }: { client: string }) => client)).toEqual(["ana", "eva"]);
    // Beto: 7 x (36.5 - 36); Eva in reais: 20 x 2 dollars x 5.4.
    expect(plain(clients.find(({ client }) => client === "beto"))).toMatchObject({ changeBrl: "3.5" });
    expect(plain(clients.find(({ client }) => client === "eva"))).toMatchObject({ changeBrl: "216" });
  });

  it("are weights and gains beyond a threshold, to the digit those of the holding's answer", async () => {
    const weights = plain(await watch.weights(percent("10")));
    expect(weights.map(({ client, asset }: Record<string, string>) => `${client} ${asset}`)).toEqual(
      [
        "ana AAPL",
        "ana PETR4",
        "ana ITUB4",
        "ana BBAS3",
        "ana XPTO11",
        "beto PETR4",
        "caio BBAS3",
        "eva AAPL",
      ].sort(),
    );
    const gains = plain(await watch.gains(percent("20")));
    for (const [rows, figure, named] of [
      [weights, "weightPercent", "weightPercent"],
      [gains, "percent", "unrealizedPercent"],
    ] as const) {
      for (const row of rows.filter(({ broker }: { broker: string }) => broker === "corretor1")) {
        const answer = await dataIn(book, { intent: "holding", client: row.client, asset: row.asset });
        expect(row[figure], `${row.client} ${row.asset}`).toBe(answer[named]);
      }
    }
    expect(gains.length).toBeGreaterThan(2);
  });

  it("is nothing of a broker who was not asked for", async () => {
    const one = await book.answers.watch(ONE);
    const all = [
      await one.held(),
      await one.clients(),
      await one.weights(percent("0")),
      await one.gains(percent("0")),
    ];
    expect(new Set(all.flat().map(({ broker }) => broker))).toEqual(new Set(ONE));
    expect((await one.holders(["PETR4"])).map(({ client }) => client)).toEqual(["ana"]);
    const nobody = await book.answers.watch([]);
    expect([await nobody.held(), await nobody.clients(), await nobody.holders(["PETR4"])]).toEqual([
      [],
      [],
      [],
    ]);
  });
});
