import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { openDiskLake } from "../src/lake/disk.ts";
import { marketDeps, onMarket } from "../src/main/aws/market.ts";
import { homePaths } from "../src/main/home.ts";
import type { WatchDeps } from "../src/main/market/watch.ts";
import { openState, type State } from "../src/state/index.ts";
import { type MarketBook, openMarketBook, quoteAt, TOLD } from "./market-book.testing.ts";

/** The market's Lambda over a book and sources on loopback: what it hands in, and what it lays over the closes. */

let book: MarketBook;
let state: State;
let now: Date;

beforeEach(async () => {
  book = await openMarketBook();
  state = await openState(homePaths(book.line.home).state, () => now);
});

afterEach(async () => {
  await state.close();
  await book.close();
});

async function lambda(): Promise<WatchDeps> {
  const { home } = book.line;
  const config = readConfig(
    {
      CARTEIRA_HOME: home,
      CARTEIRA_LAKE_BUCKET: "lake",
      CARTEIRA_STATE_URL: "postgres://db/book",
      CARTEIRA_GLUE_JOB: "carteira",
      CARTEIRA_SOURCE_REQUESTS_PER_SECOND: "20",
      CARTEIRA_YAHOO_ORIGIN: book.yahoo.origin,
      CARTEIRA_BCB_ORIGIN: book.bcbOrigin,
    },
    "/",
  );
  if (config.glue === null) throw new Error("no Glue");
  const paths = homePaths(home);
  return marketDeps({
    config: { ...config, glue: config.glue },
    store: {
      folder: home,
      info: { version: 1, demo: false },
      lake: await openDiskLake(paths.lake),
      state,
      scratchDir: join(home, "scratch-lambda"),
    },
    logger: { error: () => {} },
    note: () => {},
    now: () => now,
  });
}

async function waiting(): Promise<readonly string[]> {
  const kept = await state.requests.forgotten(new Date("2100-01-01T00:00:00Z"), 100);
  const uploads = await Promise.all(kept.map(({ id }) => state.uploads.find(id)));
  return uploads.map((one) => `${one?.userId} ${one?.fileName.replace(/-\d+T.*/, "")}`).toSorted();
}

describe("the market's Lambda", () => {
  it("hands closes and series in as files and does not wait, and publishes trades by itself", async () => {
    const deps = await lambda();
    now = new Date("2026-11-23T13:30:00Z");
    expect(await onMarket(deps)).toBe("refresh");
    expect(await waiting()).toEqual(expect.arrayContaining(["mercado precos-bcb", "mercado precos-yahoo"]));
    expect(await deps.store.lake.list("bronze/requests/")).toHaveLength((await waiting()).length);
    expect((await deps.store.lake.list("bronze/source=yahoo/")).length).toBeGreaterThan(0);
    for (const { symbol } of TOLD) book.yahoo.quotes.set(symbol, quoteAt(symbol, "13:20:00"));
    now = new Date("2026-11-23T13:35:00Z");
    expect(await onMarket(deps)).toBe("quotes");
    book.at("2026-11-23T13:36:00Z");
    expect(await book.ask("cotação de PETR4")).toContain("R$ 38,76");
    // What does not answer keeps the last price that it had.
    book.yahoo.quotes.delete("PETR4.SA");
    now = new Date("2026-11-23T13:40:00Z");
    expect(await onMarket(deps)).toBe("quotes");
    const { subject, since } = (await state.market.problems()).at(-1) ?? {};
    expect([subject, since]).toEqual(["PETR4.SA", "2026-11-23T13:40:00.000Z"]);
    book.at("2026-11-23T13:41:00Z");
    expect(await book.ask("cotação de PETR4")).toContain("R$ 38,76");
  }, 60_000);

  it("of two at once, looks once", async () => {
    now = new Date("2026-11-23T13:30:00Z");
    const did = await Promise.all([onMarket(await lambda()), onMarket(await lambda())]);
    expect(did).toContain("refresh");
    expect(did.filter((one) => one === "refresh")).toHaveLength(1);
  }, 60_000);
});
