import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type Engine, openEngine } from "../../../pipeline/engine.ts";
import { readLedger } from "../../../pipeline/gold/action-list.ts";
import { type MarketNeeds, readNeeds } from "../../../pipeline/gold/needs.ts";
import { readManifest } from "../../../pipeline/gold/publish.ts";
import type { Progress } from "../../../pipeline/ports.ts";
import { type CapturedPrice, withoutRepeated } from "../../../pipeline/silver/unchanged.ts";
import { type ActionRow, actionsCsv, newActions } from "../../market/actions.ts";
import type { SymbolHistory } from "../../market/sources/source.ts";
import { dayIn, type IsoDay } from "../../money/day.ts";
import type { Intake } from "../ingest.ts";
import type { Store } from "../store.ts";
import { toldActions } from "./actions.ts";
import { pricesCsv } from "./csv.ts";
import { type MarketPlan, planMarket } from "./plan.ts";
import { refreshQuotes } from "./quotes.ts";
import type { MarketGap, RefreshReport } from "./report.ts";
import type { MarketSources } from "./sources.ts";

/** Who loads what the sources give, in the list of uploads. */
const MARKET_USER = "mercado";
/** The name of a whole refresh in the state's log of runs. */
export const REFRESH_RUN = "refresh";

export interface MarketDeps {
  readonly store: Store;
  readonly intake: Pick<Intake, "load" | "refresh">;
  readonly sources: MarketSources;
  /** Folder for temporary files that no pipeline run sweeps. */
  readonly scratchDir: string;
  readonly now: () => Date;
  readonly language: "pt" | "en";
}

/** `done` of `total` symbols and series have answered, or the pipeline's own progress. */
export interface RefreshProgress {
  readonly fetched: (done: number, total: number) => void;
  readonly pipeline: Progress;
}

/**
 * Fetches what the published book needs of the markets: closes and corporate actions, the series of Banco Central, the newest trades.
 * All of it lies in bronze before it is read, goes through the same pipeline as a person's files, and is noted in the state.
 * Null where nothing is published yet. What a source does not answer keeps its last good value and is in `gaps`.
 */
export async function refreshMarket(
  deps: MarketDeps,
  historyFrom: IsoDay | null,
  progress: RefreshProgress,
): Promise<RefreshReport | null> {
  // What a run that died has loaded is known already and would not be sent again: nothing else would publish it.
  await deps.intake.refresh(progress.pipeline);
  const found = await withEngine(deps, (engine) => readPlan(engine, deps, historyFrom));
  if (found === null) return null;
  const { plan } = found;
  const before = requestsOf(deps.sources);
  const fetched = await fetchAll(deps.sources, plan, progress);
  const files = await withEngine(deps, (engine) => filesOf(engine, deps, fetched));
  const loaded = await load(deps, files, progress.pipeline);
  const { report, gaps: quoteGaps } = await refreshQuotes({ ...deps, lake: deps.store.lake }, plan.quotes);
  const gaps = withoutTwins([...fetched.gaps, ...quoteGaps]);
  await noteOutcome(deps, plan, gaps);
  return {
    runId: loaded.runId ?? found.runId,
    closes: {
      asked: plan.histories.length,
      answered: fetched.histories.length,
      fresh: files.prices.filter(({ source }) => source === "yahoo").length,
      newest: newestOf(fetched.closes),
    },
    series: fetched.newest,
    quotes: report,
    actions: files.actions,
    gaps,
    rejected: loaded.rejected,
    requests: requestsOf(deps.sources) - before,
  };
}

/** Reads what the published book needs, and what to ask for it; null before the first publication. */
export async function readMarketPlan(
  deps: Pick<MarketDeps, "store" | "scratchDir" | "now">,
): Promise<{ plan: MarketPlan; needs: MarketNeeds; runId: string } | null> {
  return await withEngine(deps, (engine) => readPlan(engine, deps, null));
}

async function readPlan(
  engine: Engine,
  { store, now }: Pick<MarketDeps, "store" | "now">,
  historyFrom: IsoDay | null,
): Promise<{ plan: MarketPlan; needs: MarketNeeds; runId: string } | null> {
  const published = await readManifest(store.lake);
  if (published === null) return null;
  const needs = await readNeeds(engine, store.lake, published.manifest);
  return { plan: planMarket(needs, dayIn(now()), historyFrom), needs, runId: published.manifest.runId };
}

interface FetchedMarket {
  readonly histories: readonly { readonly code: string; readonly history: SymbolHistory }[];
  readonly closes: readonly CapturedPrice[];
  readonly points: readonly CapturedPrice[];
  readonly newest: readonly { readonly code: string; readonly newest: IsoDay }[];
  readonly gaps: readonly MarketGap[];
}

async function fetchAll(
  { yahoo, bcb }: MarketSources,
  plan: MarketPlan,
  { fetched }: RefreshProgress,
): Promise<FetchedMarket> {
  const total = plan.histories.length + plan.series.length;
  let done = 0;
  const onDone = (count: number): void => {
    done += count;
    fetched(done, total);
  };
  fetched(0, total);
  const [charts, series] = await Promise.all([
    yahoo.histories(
      plan.histories.map(({ symbol, from }) => ({ symbol, from })),
      () => onDone(1),
    ),
    bcb.series(plan.series).finally(() => onDone(plan.series.length)),
  ]);
  const bySymbol = new Map(plan.histories.map((one) => [one.symbol, one] as const));
  const histories = charts.found.flatMap((history) => {
    const wanted = bySymbol.get(history.symbol);
    return wanted === undefined ? [] : [{ code: wanted.code, class: wanted.class, history }];
  });
  return {
    histories,
    closes: histories.flatMap(({ code, class: kind, history }) =>
      history.closes.map(({ day, close }) => ({
        code,
        day,
        price: close,
        currency: kind === "indice" ? null : history.currency,
        source: "yahoo",
      })),
    ),
    points: series.found.flatMap(({ code, points }) =>
      points.map(({ day, value }) => ({ code, day, price: value, currency: null, source: "bcb" })),
    ),
    newest: series.found.flatMap(({ code, points }) => {
      const last = points.at(-1);
      return last === undefined ? [] : [{ code, newest: last.day }];
    }),
    gaps: [...charts.problems, ...series.problems],
  };
}

interface MarketFiles {
  readonly prices: readonly CapturedPrice[];
  readonly actions: readonly ActionRow[];
}

async function filesOf(engine: Engine, { store }: MarketDeps, fetched: FetchedMarket): Promise<MarketFiles> {
  const uploads = await store.state.uploads.active();
  return {
    prices: await withoutRepeated(engine, store.lake, {
      uploads,
      captured: [...fetched.closes, ...fetched.points],
    }),
    actions: newActions(toldActions(fetched.histories), await readLedger(store.lake, uploads)),
  };
}

/** Takes the files through the same pipeline as anybody's: bronze, checks, silver, gold. */
async function load(
  { intake, now, language }: MarketDeps,
  { prices, actions }: MarketFiles,
  progress: Progress,
): Promise<{ runId: string | null; rejected: number }> {
  const at = now();
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, "");
  const bySource = Map.groupBy(prices, ({ source }) => source);
  const files = [
    ...(actions.length === 0
      ? []
      : [{ fileName: `eventos-yahoo-${stamp}.csv`, text: actionsCsv(actions, at.toISOString()) }]),
    ...[...bySource].map(([source, rows]) => ({
      fileName: `precos-${source}-${stamp}.csv`,
      text: pricesCsv(rows, at),
    })),
  ];
  if (files.length === 0) return { runId: null, rejected: 0 };
  const { runId, results } = await intake.load(
    {
      files: files.map(({ fileName, text }) => ({ fileName, body: Readable.from([Buffer.from(text)]) })),
      userId: MARKET_USER,
      admin: true,
      brokers: "all",
      clientId: null,
      kind: null,
      replaces: null,
      language,
    },
    progress,
  );
  return { runId, rejected: results.reduce((total, { counts }) => total + counts.rejected, 0) };
}

async function noteOutcome(
  { store }: MarketDeps,
  plan: MarketPlan,
  gaps: readonly MarketGap[],
): Promise<void> {
  const asked = [
    ...[...plan.histories, ...plan.quotes].map(({ symbol }) => ({ source: "yahoo", subject: symbol })),
    ...plan.series.map(({ code }) => ({ source: "bcb", subject: code })),
  ];
  await store.state.market.note(asked, gaps);
  await store.state.market.noteRun(REFRESH_RUN);
}

/** A symbol that neither its chart nor its quote answered is one gap. */
function withoutTwins(gaps: readonly MarketGap[]): readonly MarketGap[] {
  return [...new Map(gaps.map((gap) => [`${gap.source} ${gap.subject}`, gap])).values()];
}

function newestOf(closes: readonly CapturedPrice[]): IsoDay | null {
  return closes.reduce<IsoDay | null>(
    (newest, { day }) => (newest === null || day > newest ? day : newest),
    null,
  );
}

function requestsOf({ yahoo, bcb }: MarketSources): number {
  const { quote, chart, crumb } = yahoo.sent();
  return quote + chart + crumb + bcb.sent();
}

async function withEngine<T>(
  { scratchDir }: Pick<MarketDeps, "scratchDir">,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  await mkdir(scratchDir, { recursive: true });
  const folder = await mkdtemp(join(scratchDir, "market-"));
  const engine = await openEngine(folder);
  try {
    return await work(engine);
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}
