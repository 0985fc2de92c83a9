import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refreshMarket } from "../src/main/market/refresh.ts";
import type { RefreshReport } from "../src/main/market/report.ts";
import { COMPARED, type ManySymbols, mostWithin, openManySymbols, SERIES } from "./many-symbols.testing.ts";

/** What a refresh of a large book costs its sources. The pace is faster than anybody may set it, so that the test is short. */

const PER_SECOND = 100;
/** Seen where they arrive, requests may lie this much closer together than they were sent. */
const JITTER_MS = 20;
/** With the three indices and two exchange rates of every book these are 500 symbols. */
const HELD = 495;

let book: ManySymbols;
let report: RefreshReport | null;

beforeAll(async () => {
  book = await openManySymbols(HELD);
  // Answers that take longer than the pace: more than two would be under way if nothing held them back.
  book.yahoo.fail({ on: "chart", times: 20, with: { delayMs: 50 } });
  const silent = { fetched: () => {}, pipeline: () => {} };
  report = await refreshMarket(await book.deps(PER_SECOND), null, silent);
}, 120_000);

afterAll(() => book.close());

describe("a refresh of a book of 500 symbols", () => {
  it("asks for quotes in 10 requests of 50, and for each symbol's chart once", () => {
    const quotes = book.yahoo.requests("quote").map(({ symbols }) => symbols.length);
    expect(quotes).toEqual(Array(10).fill(50));
    const charts = book.yahoo.requests("chart").flatMap(({ symbols }) => symbols);
    expect(charts).toHaveLength(HELD + COMPARED.indices.length);
    expect(new Set(charts).size).toBe(charts.length);
    expect(report).toMatchObject({
      closes: { asked: charts.length, answered: charts.length },
      quotes: { asked: 500, answered: 500 },
      rejected: 0,
      // Beside these the page and the crumb of one handshake.
      requests: 10 + charts.length + 2 + SERIES,
    });
  });

  it("never has more than two requests under way", () => {
    expect(book.yahoo.mostAtOnce()).toBe(2);
  });

  it("never sends more in a second than the pace that is set", () => {
    expect(mostWithin(book.yahoo, 1_000 - JITTER_MS)).toBeLessThanOrEqual(PER_SECOND);
  });
});
