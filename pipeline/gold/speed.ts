import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { type GoldFile, QUOTES_LATEST } from "../../src/contracts/gold.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { type Engine, openEngine, quote } from "../engine.ts";
import { type LivePrice, makeLiveQuotes, mergeQuotes, withDerivedRates } from "./live-quotes.ts";
import { publishFile, publishQuotes, readManifest, registerFiles, removeOldQuotes } from "./publish.ts";
import { makeClosedQuotes, makePoints, QUOTE_COLUMNS } from "./quotes.ts";
import { copyText, createTable, MACROS, typedColumns } from "./sql.ts";

/**
 * The speed layer: `quotes_latest`, the one small table that is written anew while the market is open. A build of gold
 * brings the closes, live prices are laid over them, and both publish through one pointer.
 */
export interface SpeedDeps {
  readonly lake: Lake;
  /** Folder for temporary files that no pipeline run sweeps. */
  readonly scratchDir: string;
  readonly now: () => Date;
}

/**
 * Publishes the closes of a build together with the live prices that are newer. Needs the build's market tables. Returns the
 * run of the quotes.
 */
export async function publishClosedQuotes(
  engine: Engine,
  deps: { readonly lake: Lake; readonly now: () => Date },
): Promise<string> {
  await makePoints(engine);
  await makeClosedQuotes(engine);
  return await publishQuotes(deps.lake, deps.now, async ({ file, runId }) => {
    await registerQuotes(engine, deps.lake, file);
    const live = await readLive(engine);
    await makeLiveQuotes(engine, live);
    await mergeQuotes(engine, "closed_quotes");
    return await writeMerged(engine, deps.lake, runId);
  });
}

/**
 * Lays live prices over the newest quotes and publishes them. A price in another currency than its instrument's is
 * left out: gold would not join it. Without gold nothing is published. Returns the run, or null.
 */
export async function publishLive(deps: SpeedDeps, live: readonly LivePrice[]): Promise<string | null> {
  const published = await readManifest(deps.lake);
  if (published === null) return null;
  await mkdir(deps.scratchDir, { recursive: true });
  const folder = await mkdtemp(join(deps.scratchDir, "speed-"));
  const engine = await openEngine(folder);
  try {
    await engine.run(MACROS);
    const { tables } = published.manifest;
    await registerFiles(engine, deps.lake, "prices", tables.prices_daily);
    await registerFiles(engine, deps.lake, "fx", tables.fx_daily);
    await registerFiles(engine, deps.lake, "indexes", tables.index_daily);
    await makePoints(engine);
    const pairs = await engine.rows("select distinct from_currency || to_currency as pair from fx");
    const all = withDerivedRates(
      live,
      pairs.map((row) => String(row["pair"])),
    );
    const runId = await publishQuotes(deps.lake, deps.now, async ({ file, runId }) => {
      await registerQuotes(engine, deps.lake, file);
      await makeLiveQuotes(engine, all);
      await mergeQuotes(engine, "published_quotes");
      return await writeMerged(engine, deps.lake, runId);
    });
    await removeOldQuotes(deps.lake);
    return runId;
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes the table `published_quotes`, which stays when the file is swept; without rows before the first publication. */
async function registerQuotes(engine: Engine, lake: Lake, file: GoldFile | null): Promise<void> {
  await engine.run(createTable(QUOTES_LATEST, "published_quotes"));
  if (file === null) return;
  await engine.run(
    `insert into published_quotes select * from read_parquet(${quote(await lake.stage(file.key))})`,
  );
}

/** The live prices among the published quotes, of what is still held, priced or registered. */
async function readLive(engine: Engine): Promise<readonly LivePrice[]> {
  const rows = await engine.rows(`
    select q.instrument_id, coalesce(i.class, 'cambio') as class, cast(q.price as varchar) as price, q.currency,
           cast(q.price_date as varchar) as price_date, strftime(q.price_at, '%Y-%m-%dT%H:%M:%S.%gZ') as price_at,
           cast(q.previous_close as varchar) as previous_close, q.source, q.delay_minutes,
           strftime(q.captured_at, '%Y-%m-%dT%H:%M:%S.%gZ') as captured_at
    from published_quotes q left join instruments i using (instrument_id)
    where q.price_at is not null and (i.instrument_id is not null or q.instrument_id in (select instrument_id from closed_quotes))`);
  return rows.map((row) => ({
    instrumentId: String(row["instrument_id"]),
    class: String(row["class"]),
    price: Decimal.parse(String(row["price"])),
    currency: String(row["currency"]),
    priceDay: String(row["price_date"]),
    priceAt: String(row["price_at"]),
    previousClose: row["previous_close"] === null ? null : Decimal.parse(String(row["previous_close"])),
    source: String(row["source"]),
    delayMinutes: row["delay_minutes"] === null ? null : Number(row["delay_minutes"]),
    capturedAt: String(row["captured_at"]),
  }));
}

async function writeMerged(engine: Engine, lake: Lake, runId: string): Promise<GoldFile> {
  const path = join(engine.scratchDir, `quotes_latest-${runId}.parquet`);
  const rows = `select ${typedColumns(QUOTES_LATEST.columns)} from (
    select ${QUOTE_COLUMNS}, ${quote(runId)} as run_id from merged_quotes)`;
  await engine.run(copyText(rows, QUOTES_LATEST.sortedBy, path));
  return await publishFile(engine, lake, path, `speed/quotes_latest/${runId}/quotes.parquet`);
}
