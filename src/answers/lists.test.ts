import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asked, askIn, dataIn, type OpenBook, openTestBook, questionOf } from "./book.testing.ts";
import { BOOK } from "./book-rows.testing.ts";

const ONE = ["corretor1"];
let book: OpenBook;
beforeAll(async () => {
  book = await openTestBook(BOOK);
});
afterAll(() => book.close());

const ask = (question: Asked) => askIn(book, question);
const data = (question: Asked, at?: string) => dataIn(book, question, at);
const range = (from: string, to: string) => ({ kind: "range", from, to }) as const;

describe("other questions", () => {
  it("ranks movers by percentage, up first", async () => {
    const { movers, client, clientName } = await data({ intent: "movers", client: "ana" });
    expect([client, clientName]).toEqual(["ana", "Ana Souza"]);
    expect(movers.map(({ asset, changePercent }: Record<string, string>) => [asset, changePercent])).toEqual([
      ["AAPL", "2.91595197"],
      ["ITUB4", "2.5"],
      ["PETR4", "1.38888889"],
      ["BBAS3", "1.07142857"],
      ["VALE3", "-1.63934426"],
    ]);
    const down = await data({ intent: "movers", client: "ana", direction: "down", limit: 1 });
    expect(down.movers.map(({ asset }: Record<string, string>) => asset)).toEqual(["VALE3"]);
  });

  it("finds the movers between two closes, a split between trades notwithstanding", async () => {
    // From the close of the 17th to that of the 18th: PETR4 100 / 3500, ITUB4 100 / 3900, AAPL 151.50 / 10342.50.
    const { movers } = await data({
      intent: "movers",
      client: "ana",
      period: range("2026-11-18", "2026-11-18"),
    });
    expect(movers).toEqual([
      { asset: "PETR4", name: "Nome PETR4", change: "100", changePercent: "2.85714286" },
      { asset: "ITUB4", name: "Nome ITUB4", change: "100", changePercent: "2.56410256" },
      { asset: "AAPL", name: "Nome AAPL", change: "151.5", changePercent: "1.46482959" },
    ]);
  });

  it("adds up the book in BRL, a client with another base converted", async () => {
    // Ana 21030 + Eva 4000 USD x 5.40 = 21600. Day: 436 + 40 x 5.40 = 652 on 17794 + 3960 x 5.40 + 2800 = 41978.
    expect(await data({ intent: "aum" })).toMatchObject({
      value: "42630",
      clients: 3,
      dayChange: "652",
      dayChangePercent: "1.55319453",
      largest: [
        { client: "eva", value: "21600" },
        { client: "ana", value: "21030" },
        { client: "zeca", value: "0" },
      ],
    });
  });

  it("says of the book too whose prices it rests on, and which are old or missing", async () => {
    const answer = await ask({ intent: "aum" });
    expect(answer.asOf).toBe("2026-11-19");
    expect(answer.sources).toContainEqual({ source: "bcb", of: "fx", at: "2026-11-19", delayMinutes: null });
    expect(answer.stale.map(({ asset, reason }) => [asset, reason])).toEqual([
      ["CDB BANCO X", "old"],
      ["HGLG11", "old"],
      ["LOJA3", "operation_price"],
      ["XPTO11", "missing"],
    ]);
    const { allocation } = await data({ intent: "aum" });
    // Ana's 10800 and Eva's 4000 x 5.40 in shares abroad.
    expect(allocation[0]).toMatchObject({ key: "acao_exterior", value: "32400" });
  });

  it("finds what moved all portfolios, in BRL", async () => {
    // AAPL: 306 of Ana's and 40 x 5.40 of Eva's on 10494 and 3960 x 5.40; Beto's PETR4 is not the asker's.
    const { movers, client } = await data({ intent: "movers" });
    expect(client).toBeNull();
    expect(movers[0]).toMatchObject({ asset: "ITUB4", change: "100" });
    expect(movers).toContainEqual({
      asset: "AAPL",
      name: "Nome AAPL",
      change: "522",
      changePercent: "1.63749294",
    });
    expect(movers).toContainEqual({
      asset: "PETR4",
      name: "Nome PETR4",
      change: "50",
      changePercent: "1.38888889",
    });
  });

  it("lists holders of an asset with their weights, only the asker's", async () => {
    expect(await data({ intent: "holders", asset: "AAPL" })).toMatchObject({
      holders: [
        { client: "eva", quantity: "20", value: "4000", weightPercent: "100" },
        { client: "ana", quantity: "10", value: "2000", weightPercent: "39.66213735" },
      ],
      totalQuantity: "30",
      totalValue: "6000",
    });
    expect((await data({ intent: "holders", asset: "PETR4" })).holders).toHaveLength(1);
    const largest = await data({ intent: "holders", asset: "AAPL", limit: 1 });
    expect(largest).toMatchObject({ holders: [{ client: "eva" }], more: 1, totalValue: "6000", unpriced: 0 });
  });

  it("ranks clients by return, and says that some are younger than the period", async () => {
    const ranking = await data({ intent: "ranking" });
    expect(
      ranking.clients.map(({ client, twrPercent }: Record<string, string>) => [client, twrPercent]),
    ).toEqual([
      ["ana", "5"],
      ["eva", "1"],
    ]);
    expect(ranking.period).toMatchObject({ kind: "12m", from: "2025-11-19", shortened: true });
    const worst = await data({
      intent: "ranking",
      direction: "down",
      limit: 1,
      period: range("2026-11-19", "2026-11-19"),
    });
    // 1.05 / 1.03 against 1.01 / 1.
    expect(worst.clients).toMatchObject([{ client: "eva", twrPercent: "1" }]);
  });

  it("says of every list to which day it goes, and by whose word", async () => {
    const day = "2026-11-19";
    const recorded = { asOf: day, sources: [{ source: "operacao", of: "operations", at: day }] };
    expect(await ask({ intent: "history", client: "ana" })).toMatchObject(recorded);
    expect(await ask({ intent: "income", client: "ana" })).toMatchObject(recorded);
    for (const intent of ["ranking", "clients"] as const) {
      const { asOf, sources, stale } = await ask({ intent });
      expect(asOf).toBe(day);
      expect(sources.map(({ of }) => of)).toContain("fx");
      expect(stale).toContainEqual({ asset: "XPTO11", priceAt: null, reason: "missing" });
    }
    const past = range("2026-11-18", "2026-11-18");
    for (const question of [
      { intent: "movers", client: "ana", period: past },
      { intent: "movers", period: past },
      { intent: "ranking", period: past },
    ] as const) {
      const { asOf, sources, stale } = await ask(question);
      expect([asOf, stale]).toEqual(["2026-11-18", []]);
      expect(sources.length).toBeGreaterThan(0);
      expect(sources.every(({ at }) => at <= "2026-11-18")).toBe(true);
    }
  });

  it("lists operations newest first, and how many more there are", async () => {
    const history = await data({ intent: "history", client: "ana", limit: 2 });
    expect(history.operations.map(({ type, asset }: Record<string, string>) => [type, asset])).toEqual([
      ["compra", "BBAS3"],
      ["dividendo", "PETR4"],
    ]);
    expect(history).toMatchObject({ more: 1, period: { kind: "12m", from: "2025-11-20", to: "2026-11-19" } });
    const since = await data({
      intent: "history",
      client: "ana",
      asset: "PETR4",
      period: { kind: "inception", from: null, to: "2026-11-19" },
    });
    expect(since.period.from).toBe("2026-01-05");
  });

  it("adds up income by asset and by month", async () => {
    expect(await data({ intent: "income", client: "ana" })).toMatchObject({
      total: "82.5",
      byAsset: [
        { asset: "PETR4", type: "dividendo", total: "75.5" },
        { asset: "MELI34", type: "jcp", total: "7" },
      ],
      byMonth: [
        { month: "2026-05", total: "62" },
        { month: "2026-08", total: "20.5" },
      ],
    });
  });

  it("groups by sector and by currency", async () => {
    const by = async (grouping: "sector" | "currency") =>
      (await data({ intent: "allocation", client: "ana", grouping })).allocation.map(
        ({ key, value }: Record<string, string>) => [key, value],
      );
    expect(await by("currency")).toEqual([
      ["USD", "10800"],
      ["BRL", "10230"],
    ]);
    expect(await by("sector")).toEqual([
      ["", "20480"],
      ["Energia", "3650"],
      ["Materiais", "-3100"],
    ]);
  });

  it("tells the largest weights, and too few sessions for a volatility", async () => {
    const risk = await data({ intent: "risk", client: "ana" });
    expect(risk).toMatchObject({ volatilityPercent: null, sessions: 3, drawdown: null, aboveFgc: [] });
    expect(risk.largest[0]).toEqual({ asset: "AAPL", weightPercent: "39.66213735" });
  });

  it("lists clients by name with their values in their own currency", async () => {
    expect(await data({ intent: "clients", limit: 2 })).toEqual({
      clients: [
        { client: "ana", name: "Ana Souza", value: "21030", baseCurrency: "BRL" },
        { client: "eva", name: "Eva Lima", value: "4000", baseCurrency: "USD" },
      ],
      more: 1,
    });
  });

  it("asks back for a client that is not named, and does not do what is not built", async () => {
    const status = async (question: Asked) =>
      (await book.answers.answer(questionOf(question), ONE, null)).status;
    expect(
      await Promise.all([
        status({ intent: "portfolio" }),
        status({ intent: "digest" }),
        status({ intent: "help" }),
      ]),
    ).toEqual(["clarify", "unsupported", "ok"]);
  });
});
