import type { Benchmark, Period } from "../questions/question.ts";
import type { PerformanceData } from "./answer.ts";
import type { AnswerContext, Basis } from "./context.ts";
import { basisOf } from "./freshness.ts";
import { type History, liveSession, readHistory, withLiveSession } from "./history.ts";
import { benchmarkNotes, performanceOf } from "./performance.ts";
import { BEGINNING, type Closes, closesOf } from "./period.ts";
import { type ClientBook, readClientBook } from "./positions.ts";

/** A client's positions and history over a period, the running session linked to its end. */
export interface Measured {
  readonly book: ClientBook;
  readonly history: History;
  readonly closes: Closes;
}

const NO_HISTORY: History = { firstDate: null, controlsCash: false, sessions: [] };

/** Reads both at once; null where the asker has no such client. */
export async function measure(
  context: AnswerContext,
  client: string,
  period: Period,
): Promise<Measured | null> {
  const { asOf, today } = context;
  const closed: Closes =
    asOf === null ? { kind: period.kind, base: null, to: today } : closesOf(period, asOf);
  const [book, history] = await Promise.all([
    readClientBook(context, client),
    asOf === null
      ? NO_HISTORY
      : readHistory(context, client, { from: closed.base ?? BEGINNING, to: closed.to }),
  ]);
  if (book === null) return null;
  const live = liveSession(book, context);
  if (live === null) return { book, history, closes: closed };
  const closes = closesOf(period, live);
  return { book, closes, history: closes.to === live ? withLiveSession(history, book, live) : history };
}

/** The performance over a measured period against a benchmark. */
export async function performanceIn(
  context: AnswerContext,
  measured: Measured,
  benchmark: Benchmark,
): Promise<PerformanceData> {
  return performanceOf({ ...measured, benchmark, levels: await context.levels() });
}

/** Today's prices where the period reaches to them, its last close otherwise; and the indices' sources. */
export async function basisOfPeriod(context: AnswerContext, measured: Measured): Promise<Basis> {
  const { book, closes, history } = measured;
  const levels = await context.levels();
  const indexes = benchmarkNotes(levels, closes.to);
  if (context.asOf !== null && closes.to < context.asOf)
    return { asOf: closes.to, sources: indexes, stale: [] };
  const current = basisOf(book.positions, context);
  return {
    ...current,
    asOf: current.asOf ?? (history.sessions.length > 0 ? closes.to : null),
    sources: [...current.sources, ...indexes],
  };
}
