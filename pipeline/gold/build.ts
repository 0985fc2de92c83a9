import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  GOLD_TABLES,
  type GoldFile,
  type GoldManifest,
  type GoldTableName,
} from "../../src/contracts/gold.ts";
import { SILVER_TABLES, type SilverTableName } from "../../src/contracts/silver.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { sessionOnOrBefore } from "../../src/market/calendar.ts";
import { dayIn } from "../../src/money/day.ts";
import type { CurveBook } from "../../src/portfolio/curve-book.ts";
import { type Engine, openEngine } from "../engine.ts";
import type { Progress, UploadRecord } from "../ports.ts";

import { makeCurveLots, makeCurveSpans } from "./curve.ts";
import { makeNewestCurve } from "./curve-latest.ts";

import { makeClients, makeInstruments } from "./dimensions.ts";
import { runFold } from "./fold-run.ts";
import { makeIndexes } from "./indexes.ts";
import { makePrices, makeRates, makeSplits } from "./market-tables.ts";
import { type MonthTables, writeDailyMonths } from "./months.ts";
import { FRESH_OPERATIONS, makeOperations } from "./operations.ts";
import { GOLD_FORMAT, inputsOf, type Plan, planBuild } from "./plan.ts";
import { createPresent } from "./present-codes.ts";
import {
  newRunId,
  publishFile,
  publishGold,
  readManifest,
  registerFiles,
  registerPrevious,
  removeOldRuns,
} from "./publish.ts";
import { writeQuality } from "./quality.ts";
import { publishClosedQuotes } from "./speed.ts";
import { copyText, createTable, MACROS } from "./sql.ts";
import { writeSummary } from "./summary.ts";
import { writeTable } from "./typed.ts";

export interface GoldDeps {
  readonly lake: Lake;
  /** Folder for temporary files; the build makes one of its own in it and removes it. */
  readonly scratchDir: string;
  readonly now: () => Date;
}

export interface GoldRequest {
  /** The uploads that count. */
  readonly uploads: readonly UploadRecord[];
  readonly demo: boolean;
}

interface Build {
  readonly engine: Engine;
  readonly lake: Lake;
  readonly runId: string;
  readonly previous: GoldManifest | null;
  readonly plan: Plan;
  readonly progress: Progress;
}

/**
 * Brings gold in line with the uploads that count, redoing only what changed, and publishes it by moving one pointer.
 * Readers are never held up. Returns the run that now holds the book; `built` is false when it did already.
 * Must not run twice at a time over one lake: the second one throws when it publishes.
 */
export async function buildGold(
  deps: GoldDeps,
  request: GoldRequest,
  progress: Progress,
): Promise<{ runId: string; built: boolean }> {
  const published = await readManifest(deps.lake);
  const inputs = inputsOf(request.uploads);
  const found = published?.manifest ?? null;
  if (found !== null && found.demo === request.demo && sameTexts(found.inputs, inputs))
    return { runId: found.runId, built: false };
  const previous =
    found !== null && found.inputs[0] === GOLD_FORMAT && found.demo === request.demo ? found : null;
  const runId = newRunId(deps.now(), found?.runId ?? null);
  const scratchDir = await mkdtemp(join(deps.scratchDir, "gold-"));
  const engine = await openEngine(scratchDir);
  try {
    await engine.run(MACROS);
    await prepare(engine, deps.lake, request.uploads, previous);
    const plan = await planBuild(engine, deps.lake, { previous, inputs });
    const build: Build = { engine, lake: deps.lake, runId, previous, plan, progress };
    const tables = await buildTables(build, dayIn(deps.now()));
    const createdAt = deps.now().toISOString();
    // Quotes first: a crash in between leaves newer quotes beside the older gold, and the next run builds again.
    await publishClosedQuotes(engine, deps);
    await publishGold(
      deps.lake,
      { version: 1, runId, createdAt, asOf: tables.asOf, demo: request.demo, inputs, tables: tables.files },
      published?.version ?? null,
    );
    await removeOldRuns(deps.lake);
    return { runId, built: true };
  } finally {
    engine.close();
    await rm(scratchDir, { recursive: true, force: true });
  }
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}

async function prepare(
  engine: Engine,
  lake: Lake,
  uploads: readonly UploadRecord[],
  previous: GoldManifest | null,
): Promise<void> {
  for (const table of Object.keys(SILVER_TABLES) as SilverTableName[])
    await createPresent(engine, lake, table, uploads);
  await makeClients(engine);
  await makeInstruments(engine);
  if (previous !== null) await registerPrevious(engine, lake, previous);
  await makeSplits(engine);
  await makeRates(engine);
  await makePrices(engine);
  await makeIndexes(engine);
}

const FOLDED: readonly GoldTableName[] = [
  "operations",
  "position_spans",
  "realized_gains",
  "income",
  "flows",
];
const MARKET: readonly GoldTableName[] = ["prices_daily", "fx_daily", "index_daily"];

async function buildTables(
  build: Build,
  today: string,
): Promise<{ asOf: string | null; files: Record<GoldTableName, readonly GoldFile[]> }> {
  const { engine, plan } = build;
  const files: Partial<Record<GoldTableName, readonly GoldFile[]>> = {};
  const [dirty] = await engine.rows("select count(*) as n from dirty");
  const fold = plan.full || Number(dirty?.["n"] ?? 0) > 0 || plan.changed.has("clients");
  const settle = await makeOperations(engine, build.runId);
  const curves = await makeCurveLots(engine, build.previous !== null && !plan.full);
  await runFold(engine, build.progress);
  await settle();
  for (const name of FOLDED) files[name] = await writeOrKeep(build, name, fold);
  build.progress("spans", 1);
  files.positions = await writeOrKeep(build, "positions", fold);
  files.clients = await writeOrKeep(build, "clients", plan.full || plan.changed.has("clients"));
  files.instruments = await writeOrKeep(build, "instruments", true);
  const market =
    plan.full || plan.changed.has("prices") || plan.changed.has("actions") || plan.changed.has("instruments");
  for (const name of MARKET) files[name] = await writeOrKeep(build, name, market);
  files.announced_payments = await writeOrKeep(
    build,
    "announced_payments",
    plan.full || plan.changed.has("actions"),
  );
  const asOf = await lastSession(engine, today);
  await makeCurveSpans(engine);
  await makeNewestCurve(engine, curves, asOf ?? today);
  files.curve_latest = await writeOrKeep(build, "curve_latest", true);
  const daily = await buildDailyFiles(build, asOf, curves);
  files.portfolio_daily = daily.portfolio_daily;
  files.curve_daily = daily.curve_daily;
  await registerFiles(engine, build.lake, "n_portfolio_daily", files.portfolio_daily);
  const summary = await writeSummary(engine, { runId: build.runId, asOf: asOf ?? today });
  files.client_summary = [
    await publishFile(engine, build.lake, summary, keyOf("client_summary", build.runId)),
  ];
  const quality = await writeQuality(engine, {
    runId: build.runId,
    keepOld: build.previous !== null && !plan.full,
    asOf: asOf ?? today,
  });
  files.data_quality = [await publishFile(engine, build.lake, quality, keyOf("data_quality", build.runId))];
  return { asOf, files: files as Record<GoldTableName, readonly GoldFile[]> };
}

function keyOf(table: GoldTableName, runId: string): string {
  return `gold/${table}/${runId}.parquet`;
}

/** Writes a table's file, or lists the previous run's again where nothing in it can have changed. */
async function writeOrKeep(
  build: Build,
  name: GoldTableName,
  changed: boolean,
): Promise<readonly GoldFile[]> {
  const { engine, lake, runId, previous, plan } = build;
  if (!changed && previous !== null) {
    await registerFiles(engine, lake, `n_${name}`, previous.tables[name]);
    return previous.tables[name];
  }
  const path = await writeTable(engine, name, { runId, keepOld: previous !== null && !plan.full });
  const file = await publishFile(engine, lake, path, keyOf(name, runId));
  await registerFiles(engine, lake, `n_${name}`, [file]);
  // The file of fresh operations has just moved into the lake.
  if (name === "operations" && path.endsWith(FRESH_OPERATIONS))
    await engine.run("create or replace view ops as select * from n_operations");
  return [file];
}

/** The last B3 session that a price, an index point or, in a book without either, an operation reaches; never after today. */
async function lastSession(engine: Engine, today: string): Promise<string | null> {
  const [row] = await engine.rows(`
    select cast(coalesce(
      (select max(date) from (select max(date) as date from prices union all select max(date) from indexes where index_id = 'IBOV')),
      (select max(date) from n_operations)) as varchar) as day`);
  const day = row?.["day"];
  return typeof day === "string" ? sessionOnOrBefore(day < today ? day : today) : null;
}

/** The tables that have a file a month. */
type MonthlyTable = "portfolio_daily" | "curve_daily";

async function buildDailyFiles(
  build: Build,
  asOf: string | null,
  curves: CurveBook,
): Promise<Record<MonthlyTable, readonly GoldFile[]>> {
  const { engine, previous, plan, runId } = build;
  const options = { asOf, previous, plan, runId, curves };
  const tables: MonthTables = await writeDailyMonths(engine, options, build.progress);
  const curveFiles = tables.written.flatMap(({ month, curvePath }) =>
    curvePath === null ? [] : [{ month, path: curvePath }],
  );
  return {
    portfolio_daily: await publishMonths(build, "portfolio_daily", tables.kept, tables.written),
    curve_daily: await publishMonths(build, "curve_daily", tables.keptCurves, curveFiles),
  };
}

/** A table's files by month; one without rows where there is no month. */
async function publishMonths(
  { engine, lake, runId }: Build,
  name: MonthlyTable,
  kept: readonly GoldFile[],
  written: readonly { readonly month: string; readonly path: string }[],
): Promise<readonly GoldFile[]> {
  const files: GoldFile[] = [...kept];
  for (const { month, path } of written) {
    files.push(await publishFile(engine, lake, path, `gold/${name}/${runId}-${month}.parquet`, month));
  }
  if (files.length > 0) return files.sort((a, b) => (a.key < b.key ? -1 : 1));
  const path = join(engine.scratchDir, `${name}-none.parquet`);
  const columns = GOLD_TABLES[name];
  await engine.run(createTable(columns, "no_days"));
  await engine.run(copyText("select * from no_days", columns.sortedBy, path));
  return [await publishFile(engine, lake, path, keyOf(name, runId))];
}
