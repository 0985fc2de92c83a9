import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { bankDaysBetween, sessionsBetween } from "../src/market/calendar.ts";
import { fakeChart, fakeQuote } from "../src/market/sources/yahoo/fake-yahoo.testing.ts";
import { goldRows } from "./gold.testing.ts";
import {
  chartOf,
  copyMarketBook,
  type MarketBook,
  openMarketBook,
  TOLD,
  type Told,
} from "./market-book.testing.ts";

/**
 * A book that was current on the evening of Thursday 2026-11-19, and copies of it on Monday 2026-11-23 at 14:00 in São Paulo, with sources
 * that tell all there is to tell at that moment. What goes wrong is up to the test.
 */

/** What every book asks for beside what it holds. */
const INDICES: readonly Told[] = [
  { symbol: "^GSPC", currency: "USD", zone: "America/New_York", lastClose: 7_000, live: 7_070 },
  { symbol: "^IXIC", currency: "USD", zone: "America/New_York", lastClose: 24_000, live: 24_240 },
  { symbol: "EURBRL=X", zone: "Europe/London", lastClose: 6.1, live: 6.15 },
];
const ALL = [...TOLD, ...INDICES];

/** Friday is a holiday in Brazil only: what trades abroad has a close of it. */
const FRIDAY: ReadonlyMap<string, number> = new Map([
  ["AAPL", 271],
  ["^GSPC", 7_010],
  ["^IXIC", 24_010],
  ["BRL=X", 5.32],
  ["EURBRL=X", 6.12],
]);

const seconds = (instant: string): number => Date.parse(instant) / 1_000;

/** The quote of Monday at `clock` (UTC); `overrides` replace fields. */
export function monday(symbol: string, clock = "16:45:00", overrides: Record<string, unknown> = {}) {
  const told = toldOf(symbol);
  return fakeQuote(symbol, {
    currency: told.currency ?? "BRL",
    exchangeTimezoneName: told.zone ?? "America/Sao_Paulo",
    regularMarketPrice: told.live,
    regularMarketPreviousClose: FRIDAY.get(symbol) ?? told.lastClose,
    regularMarketTime: seconds(`2026-11-23T${clock}Z`),
    exchangeDataDelayedBy: 15,
    ...overrides,
  });
}

/** The chart of Monday at `clock` (UTC): its last bar is the running session, `last` in place of the live price. */
export function mondayChart(symbol: string, clock = "16:45:00", last?: unknown) {
  const told = toldOf(symbol);
  const days = sessionsBetween("2026-10-01", "2026-11-19");
  const friday = FRIDAY.get(symbol);
  const bars: (readonly [number, unknown])[] = days.map((day, place) => [
    seconds(`${day}T13:00:00Z`),
    Math.fround(Math.round(told.lastClose * 100 * 0.99 ** (days.length - 1 - place)) / 100),
  ]);
  if (friday !== undefined) bars.push([seconds("2026-11-20T14:30:00Z"), Math.fround(friday)]);
  bars.push([seconds("2026-11-23T14:30:00Z"), last === undefined ? Math.fround(told.live) : last]);
  return fakeChart({
    symbol,
    bars,
    meta: {
      currency: told.currency ?? "BRL",
      exchangeTimezoneName: told.zone ?? "America/Sao_Paulo",
      regularMarketPrice: told.live,
      regularMarketTime: seconds(`2026-11-23T${clock}Z`),
      currentTradingPeriod: {
        regular: { start: seconds("2026-11-23T13:00:00Z"), end: seconds("2026-11-23T21:00:00Z") },
      },
    },
  });
}

function toldOf(symbol: string): Told {
  const told = ALL.find((one) => one.symbol === symbol);
  if (told === undefined) throw new Error(`no such symbol: ${symbol}`);
  return told;
}

/** Enough for a busy machine: what is slow on purpose is slower than this. */
const PATIENT = { CARTEIRA_SOURCE_TIMEOUT_SECONDS: "3" };

/** The book on Thursday evening, every source having answered. */
export async function openThursday(): Promise<MarketBook> {
  const book = await openMarketBook({}, PATIENT);
  for (const one of INDICES) {
    const { symbol, currency, zone, lastClose } = one;
    book.yahoo.charts.set(symbol, chartOf(one));
    book.yahoo.quotes.set(
      symbol,
      fakeQuote(symbol, {
        currency: currency ?? "BRL",
        exchangeTimezoneName: zone,
        regularMarketPrice: lastClose,
        regularMarketPreviousClose: lastClose,
        regularMarketTime: seconds("2026-11-19T20:00:00Z"),
      }),
    );
  }
  book.series.set("EURBRL", points("6.0500", "2026-11-18"));
  const { code, out, err } = await book.line.carteira("refresh");
  if (code !== 0) throw new Error(out + err);
  return book;
}

/** A copy of Thursday's book on Monday at 14:00 in São Paulo; its sources tell what there is to tell at `clock` (UTC). */
export async function openMonday(thursday: MarketBook, clock = "16:45:00"): Promise<MarketBook> {
  const book = await copyMarketBook(thursday, PATIENT);
  book.at("2026-11-23T17:00:00Z");
  tellMonday(book, clock);
  for (const code of ["CDI", "SELIC"] as const) book.series.set(code, points("0.055131", "2026-11-19"));
  book.series.set("USDBRL", [...points("5.2500", "2026-11-18"), { day: "2026-11-19", value: "5.2800" }]);
  book.series.set("EURBRL", [...points("6.0500", "2026-11-18"), { day: "2026-11-19", value: "6.0800" }]);
  return book;
}

/** What Yahoo tells on Monday at `clock` (UTC), nothing amiss. */
export function tellMonday({ yahoo }: MarketBook, clock = "16:45:00"): void {
  for (const { symbol } of ALL) {
    yahoo.quotes.set(symbol, monday(symbol, clock));
    yahoo.charts.set(symbol, mondayChart(symbol, clock));
  }
}

function points(value: string, through: string) {
  return [...bankDaysBetween("2026-10-01", through), through].map((day) => ({ day, value }));
}

/** All that must never be lost: the rows of the daily prices, and the keys in bronze. */
export async function historyOf({ line }: MarketBook): Promise<{ prices: string[]; bronze: string[] }> {
  const rows = await goldRows(line.home, "prices_daily");
  return {
    prices: rows.map((row) => `${row["instrument_id"]} ${row["date"]} ${row["price"]}`).toSorted(),
    bronze: (await filesIn(join(line.home, "lake/bronze"))).toSorted(),
  };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** Every file of a home with its name and what it holds, unpacked where it is packed. */
export async function allThatIsWritten({ line }: MarketBook): Promise<readonly string[]> {
  const names = await filesIn(line.home);
  return await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(line.home, name));
      const text = name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
      return `${name}\n${text.toString("latin1")}`;
    }),
  );
}

/** What `refresh` printed, without how many requests it took: how often a source is asked again is a matter of time. */
export async function refreshed({ line }: MarketBook): Promise<{ code: number; said: string }> {
  const { code, out } = await line.carteira("refresh");
  return { code, said: out.replace(/^Consultas feitas: .*\n/m, "") };
}
