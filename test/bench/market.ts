/**
 * What a refresh of a large book and one minute's quotes cost, on sources over loopback:
 * `node test/bench/market.ts [held=495] [perSecond=4]`.
 * The quotes beside bare ones in the same run: HTTP fetches of the same bodies, and a DuckDB COPY of the same table.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { DuckDBInstance } from "@duckdb/node-api";
import { keepInBronze } from "../../pipeline/bronze/keep.ts";
import { refreshQuotes } from "../../src/main/market/quotes.ts";
import { type MarketDeps, readMarketPlan, refreshMarket } from "../../src/main/market/refresh.ts";
import { createYahoo } from "../../src/market/sources/yahoo/yahoo.ts";
import { type ManySymbols, mostWithin, openManySymbols } from "../many-symbols.testing.ts";

const [, , first = "495", second = "4"] = process.argv;
const held = Number(first);
const perSecond = Number(second);
const ROUNDS = 15;
const AT_ONCE = 2;
const BATCH = 50;

async function measureRefresh(book: ManySymbols): Promise<void> {
  const deps = await book.deps(perSecond);
  const start = performance.now();
  const since = (): number => (performance.now() - start) / 1_000;
  let fetchedAfter = 0;
  const report = await refreshMarket(deps, null, {
    fetched: (done, total) => {
      if (done === total) fetchedAfter = since();
    },
    pipeline: () => {},
  });
  const all = since();
  const { quote, chart, crumb } = deps.sources.yahoo.sent();
  console.log(`refresh of ${report?.quotes.asked} symbols at ${perSecond} requests a second`);
  console.log(
    `  requests: ${quote} quotes, ${chart} charts, ${crumb} for the crumb, ${deps.sources.bcb.sent()} to Banco Central`,
  );
  console.log(`  charts and series: ${fetchedAfter.toFixed(1)} s, in all ${all.toFixed(1)} s`);
  console.log(
    `  Yahoo: at most ${mostWithin(book.yahoo, 1_000)} within a second, ${book.yahoo.mostAtOnce()} at once`,
  );
}

/** Ours and bare in turn, so that whatever else the machine does meets both. */
async function measureQuotes(book: ManySymbols): Promise<void> {
  const deps = unpaced(await book.deps(perSecond), book);
  const plan = (await readMarketPlan(deps))?.plan;
  if (plan === undefined) throw new Error("nothing published");
  const quotes = () => refreshQuotes({ ...deps, lake: deps.store.lake }, plan.quotes);
  const symbols = plan.quotes.map(({ symbol }) => symbol);
  // The first one shakes hands.
  await quotes();
  const ours: number[] = [];
  const fetches: number[] = [];
  const copies: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await timed(quotes));
    fetches.push(await timed(() => bareFetches(book, symbols)));
    copies.push(await bareCopy(book.home));
  }
  const [mine, fetched, copied] = [median(ours), median(fetches), median(copies)];
  const requests = Math.ceil(symbols.length / BATCH);
  console.log(`one minute's quotes of ${symbols.length} symbols without a pace, median of ${ROUNDS}`);
  console.log(`  ours, fetched and published: ${mine.toFixed(0)} ms`);
  console.log(`  bare: ${requests} fetches ${fetched.toFixed(0)} ms, one COPY ${copied.toFixed(1)} ms`);
  console.log(`  ratio ${(mine / (fetched + copied)).toFixed(1)}`);
  await measurePaced(await book.deps(perSecond), plan);
}

function unpaced(deps: MarketDeps, { yahoo }: ManySymbols): MarketDeps {
  const options = {
    origin: yahoo.origin,
    keep: keepInBronze(deps.store.lake),
    now: deps.now,
    log: () => {},
    pace: { perSecond: Number.POSITIVE_INFINITY },
  };
  return { ...deps, sources: { ...deps.sources, yahoo: createYahoo(options) } };
}

async function measurePaced(
  deps: MarketDeps,
  { quotes }: { readonly quotes: Parameters<typeof refreshQuotes>[1] },
): Promise<void> {
  const paced = await timed(() => refreshQuotes({ ...deps, lake: deps.store.lake }, quotes));
  console.log(`  at ${perSecond} requests a second, with the handshake: ${(paced / 1_000).toFixed(1)} s`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The same bodies, two at once, read as text. */
async function bareFetches({ yahoo }: ManySymbols, symbols: readonly string[]): Promise<void> {
  const { crumb, cookie } = yahoo.secrets();
  const urls = Array.from({ length: Math.ceil(symbols.length / BATCH) }, (_, i) => {
    const batch = symbols.slice(i * BATCH, (i + 1) * BATCH).join(",");
    return `${yahoo.origin}/v7/finance/quote?${new URLSearchParams({ symbols: batch, crumb })}`;
  });
  const one = async (): Promise<void> => {
    for (let url = urls.pop(); url !== undefined; url = urls.pop()) {
      const response = await fetch(url, { headers: { cookie: `A3=${cookie}` } });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Milliseconds of a COPY of the newest quotes from memory to Parquet, by an engine that is open already. */
async function bareCopy(home: string): Promise<number> {
  const folder = join(home, "lake/speed/quotes_latest");
  const newest = (await readdir(folder)).sort().at(-1) ?? "";
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(
    `create table quotes as select * from read_parquet('${join(folder, newest, "quotes.parquet")}')`,
  );
  const took = await timed(() =>
    connection.run(`copy quotes to '${join(home, "bare.parquet")}' (format parquet, compression zstd)`),
  );
  connection.closeSync();
  return took;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const book = await openManySymbols(held);
try {
  await measureRefresh(book);
  await measureQuotes(book);
} finally {
  await book.close();
}
