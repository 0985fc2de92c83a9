import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { createIntake } from "../src/main/ingest.ts";
import { openSources } from "../src/main/market/sources.ts";
import { lookOnce, PlanShelf, type WatchDeps, watchMarket } from "../src/main/market/watch.ts";
import { createShell, type Shell } from "../src/main/shell.ts";
import { openStore } from "../src/main/store.ts";
import { wordsOf } from "../src/main/words/words.ts";
import { DEFAULT_HOURS } from "../src/market/hours.ts";
import { type MarketBook, openMarketBook, quoteAt, TOLD } from "./market-book.testing.ts";

/** What the running service does by itself, moment by moment, over sources on loopback. */

let book: MarketBook;
let shell: Shell & { close(): Promise<void> };
let now: Date;
let errors: string[];

beforeEach(async () => {
  book = await openMarketBook();
  errors = [];
  shell = createShell(
    {
      stdout: { write: () => true },
      stderr: { write: () => true },
      environment: {},
      workingFolder: ".",
      now: () => now,
      stop: new AbortController().signal,
    },
    { config: readConfig({ CARTEIRA_HOME: book.line.home }, "/"), words: wordsOf("pt"), language: "pt" },
  );
});

afterEach(async () => {
  await shell.close();
  await book.close();
});

async function watcher(everyMs = 60_000): Promise<WatchDeps> {
  const store = await openStore(shell);
  return {
    store,
    intake: createIntake(store, { now: () => now, onWait: () => {} }),
    sources: openSources(
      {
        ...readConfig({}, "/").sources,
        yahooOrigin: book.yahoo.origin,
        bcbOrigin: book.bcbOrigin,
        requestsPerSecond: 20,
      },
      { lake: store.lake, now: () => now },
    ),
    scratchDir: join(book.line.home, "scratch-market"),
    now: () => now,
    language: "pt",
    hours: DEFAULT_HOURS,
    everyMs,
    logger: { error: (event) => errors.push(event) },
  };
}

/** What it does at each of these moments, in their order. */
async function days(...instants: readonly string[]): Promise<readonly string[]> {
  const deps = await watcher();
  const plans = new PlanShelf(deps);
  const did: string[] = [];
  for (const instant of instants) {
    now = new Date(instant);
    did.push(`${instant} ${await lookOnce(deps, plans)}`);
  }
  return did;
}

describe("the service by itself", () => {
  it("fetches all at first, quotes each minute of a session, all again after the close and in the morning", async () => {
    const did = await days(
      "2026-11-19T23:00:00Z",
      "2026-11-19T23:20:00Z", // B3 is closed, New York too: currencies still trade.
      "2026-11-20T11:40:00Z", // 08:40 of a holiday: last night's rates.
      "2026-11-21T15:00:00Z", // Saturday morning is a morning too …
      "2026-11-21T15:30:00Z", // … and nothing trades.
      "2026-11-23T11:39:00Z",
      "2026-11-23T11:40:00Z",
      "2026-11-23T13:01:00Z",
      "2026-11-23T13:01:20Z", // Asked 20 seconds ago.
      "2026-11-23T13:02:00Z",
      "2026-11-23T21:29:00Z",
      "2026-11-23T21:30:00Z",
      "2026-11-23T21:45:00Z",
    );
    expect(did).toEqual([
      "2026-11-19T23:00:00Z refresh",
      "2026-11-19T23:20:00Z quotes",
      "2026-11-20T11:40:00Z refresh",
      "2026-11-21T15:00:00Z refresh",
      "2026-11-21T15:30:00Z nothing",
      "2026-11-23T11:39:00Z quotes",
      "2026-11-23T11:40:00Z refresh",
      "2026-11-23T13:01:00Z quotes",
      "2026-11-23T13:01:20Z nothing",
      "2026-11-23T13:02:00Z quotes",
      "2026-11-23T21:29:00Z quotes",
      "2026-11-23T21:30:00Z refresh",
      "2026-11-23T21:45:00Z quotes",
    ]);
  }, 60_000);

  it("asks only for what trades: before B3 opens, only currencies", async () => {
    await days("2026-11-23T12:30:00Z");
    const before = book.yahoo.requests("quote").length;
    await days("2026-11-23T12:40:00Z");
    const [asked] = book.yahoo.requests("quote").slice(before);
    expect(asked?.symbols.toSorted()).toEqual(["BRL=X", "EURBRL=X"]);
  });

  it("brings the trades of the minute into the next answer", async () => {
    await days("2026-11-23T13:30:00Z");
    for (const { symbol } of TOLD) book.yahoo.quotes.set(symbol, quoteAt(symbol, "13:20:00"));
    await days("2026-11-23T13:35:00Z");
    book.at("2026-11-23T13:36:00Z");
    expect(await book.ask("cotação de PETR4")).toContain("R$ 38,76");
  });

  it("outlives a failing disk, says so in the log, and goes on", async () => {
    const deps = await watcher(20);
    const broken = new Error("no space left on device");
    now = new Date("2026-11-23T13:30:00Z");
    let failures = 0;
    const stop = new AbortController();
    const yahoo = {
      ...deps.sources.yahoo,
      histories: async () => {
        failures++;
        if (failures === 2) stop.abort();
        throw broken;
      },
    };
    // A refresh that failed is tried again ten minutes later.
    const hurried = setInterval(() => {
      now = new Date(now.getTime() + 11 * 60_000);
    }, 10);
    await watchMarket({ ...deps, sources: { ...deps.sources, yahoo } }, stop.signal);
    clearInterval(hurried);
    expect(failures).toBe(2);
    expect(errors[0]).toBe("market_not_refreshed");
  });

  it("of two services on one state, one asks", async () => {
    await days("2026-11-23T13:30:00Z");
    now = new Date("2026-11-23T13:40:00Z");
    const before = book.yahoo.requests("quote").length;
    const stop = new AbortController();
    const both = [watchMarket(await watcher(), stop.signal), watchMarket(await watcher(), stop.signal)];
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    stop.abort();
    await Promise.all(both);
    expect(
      book.yahoo
        .requests("quote")
        .slice(before)
        .filter(({ symbols }) => symbols.includes("PETR4.SA")),
    ).toHaveLength(1);
  });
});
