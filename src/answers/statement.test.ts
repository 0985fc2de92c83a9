import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sum } from "../money/decimal.ts";
import type { Period } from "../questions/question.ts";
import type { StatementData } from "./answer.ts";
import { askIn, dataIn, type OpenBook, openTestBook } from "./book.testing.ts";
import { BOOK } from "./book-rows.testing.ts";

let book: OpenBook;
beforeAll(async () => {
  book = await openTestBook(BOOK);
});
afterAll(() => book.close());

const NOVEMBER: Period = { kind: "range", from: "2026-11-01", to: "2026-11-30" };
const YEAR: Period = { kind: "2026", from: "2026-01-01", to: "2026-11-18" };

async function statementOf(client: string, period: Period, at: string | null = null): Promise<StatementData> {
  const data = await book.answers.statement(
    { client, period },
    ["corretor1"],
    at === null ? null : new Date(`${at}T20:00:00Z`),
  );
  if (data === null) throw new Error(`no statement of ${client}`);
  return data;
}

/** As JSON carries it: decimals as plain text. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("the figures of a report", () => {
  it("are, by hand, the opening value, what moved it, and the closing value", async () => {
    const { movement, performance, months } = await statementOf("ana", NOVEMBER);
    // 100 + 200 (150 and 50) + 90 + 12 - 5 + 436 (230 and 206) - 5; the value began at nothing and ended at 21,030.
    expect(plain(performance.gain)).toEqual({
      price: "570",
      income: "12",
      currency: "256",
      fees: "10",
      total: "828",
    });
    expect(plain(movement)).toEqual({ opening: "0", moved: "20202", gain: "828", closing: "21030" });
    expect(plain(months)).toMatchObject([
      { month: "2026-11", to: "2026-11-19", value: "21030", moved: "20202", gain: "828", twrPercent: "5" },
    ]);
    // The client's first session is the 16th; CDI from its close to the 19th's.
    expect(plain(performance)).toMatchObject({
      period: { from: "2026-11-16", to: "2026-11-19", shortened: true },
      cdiPercent: "0.16",
      ibovPercent: "1",
    });
  });

  it("start from the close before the period where the client has one", async () => {
    const { movement, performance } = await statementOf("ana", {
      kind: "range",
      from: "2026-11-18",
      to: "2026-11-19",
    });
    expect(performance.period).toMatchObject({ from: "2026-11-17", to: "2026-11-19", shortened: false });
    // 90 + 12 - 5 + 230 + 206 - 5
    expect(plain(movement)).toEqual({ opening: "10200", moved: "10302", gain: "528", closing: "21030" });
  });

  it.each([
    ["now", null],
    ["as of a past day", "2026-11-18"],
  ] as const)("are those of the chat's answers %s", async (_name, at) => {
    const period = at === null ? NOVEMBER : YEAR;
    const data = plain(await statementOf("ana", period, at));
    const asked = { client: "ana", period };
    const portfolio = await dataIn(book, { intent: "portfolio", client: "ana" }, at);
    for (const name of [
      "value",
      "cost",
      "unrealizedGain",
      "positions",
      "allocation",
      "unpriced",
      "toCheck",
    ]) {
      expect(data[name], name).toEqual(portfolio[name]);
    }
    const { series: _series, ...performance } = await dataIn(book, { intent: "performance", ...asked }, at);
    expect(data.performance).toEqual(performance);
    const history = await dataIn(book, { intent: "history", ...asked }, at);
    expect(data.operations).toEqual(history.operations.toReversed());
    expect(data.income).toEqual(await dataIn(book, { intent: "income", ...asked }, at));
    const { asOf, stale } = await askIn(book, { intent: "portfolio", client: "ana" }, at);
    expect({ asOf: data.asOf, stale: data.stale }).toEqual(plain({ asOf, stale }));
    expect(data.live).toBe(at === null);
  });

  it("of the year, twelve months and all history are said once where they are the same", async () => {
    const { returns } = await statementOf("ana", NOVEMBER);
    expect(returns.map(({ period }) => period.kind)).toEqual(["range"]);
  });

  it("leave what is not known unknown", async () => {
    const zeca = await statementOf("zeca", NOVEMBER);
    expect(zeca).toMatchObject({
      movement: null,
      months: [],
      operations: [],
      positions: [],
      broker: "corretor1",
    });
    expect(zeca.performance.twrPercent).toBeNull();
    const ana = await statementOf("ana", NOVEMBER);
    expect(ana.positions.find(({ asset }) => asset === "XPTO11")).toMatchObject({
      price: null,
      valueBase: null,
    });
    expect(ana.unpriced).toBeGreaterThan(0);
  });

  it("add up in every month", async () => {
    const { months, movement } = await statementOf("ana", {
      kind: "inception",
      from: null,
      to: "2026-11-19",
    });
    expect(sum(months.map(({ moved }) => moved)).equals(movement?.moved ?? sum([]))).toBe(true);
    expect(sum(months.map(({ gain }) => gain)).equals(movement?.gain ?? sum([]))).toBe(true);
  });

  it("are another broker's alone: to others there is no such client", async () => {
    expect(
      await book.answers.statement({ client: "beto", period: NOVEMBER }, ["corretor1"], null),
    ).toBeNull();
    expect(
      await book.answers.statement({ client: "nobody", period: NOVEMBER }, ["corretor1"], null),
    ).toBeNull();
    expect(
      await book.answers.statement({ client: "beto", period: NOVEMBER }, ["corretor2"], null),
    ).toMatchObject({
      client: "beto",
      broker: "corretor2",
    });
    expect(await book.answers.statement({ client: "ana", period: NOVEMBER }, [], null)).toBeNull();
  });
});
