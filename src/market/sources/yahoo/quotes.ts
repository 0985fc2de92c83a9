import type PQueue from "p-queue";
import { dayIn } from "../../../money/day.ts";
import type { LiveQuote, ProblemCode } from "../source.ts";
import type { Asker } from "./ask.ts";
import { readQuote, readQuoteRows } from "./read-quote.ts";
import { collect, each, isSymbol } from "./work.ts";
import type { YahooSource } from "./yahoo.ts";

/** Yahoo fails, or answers 429, when it is asked for more at a time. */
const BATCH_MAX = 50;

export interface QuotesNeeds {
  readonly asker: Asker;
  readonly now: () => Date;
  readonly pool: PQueue;
  readonly histories: YahooSource["histories"];
}

type Results = Map<string, LiveQuote | ProblemCode>;

/**
 * Batches first; then each symbol that was left out, alone; then charts for batches that could not be read.
 * A problem is told only for what none of these answered.
 */
export function createQuotes({ asker, now, pool, histories }: QuotesNeeds): YahooSource["quotes"] {
  /** Takes up what answers `symbols`, and returns those left out; null when nothing could be read. */
  const askFor = async (symbols: readonly string[], results: Results): Promise<readonly string[] | null> => {
    const outcome = await asker.quote(symbols);
    const rows = "problem" in outcome ? null : readQuoteRows(outcome.body);
    if (rows === null) {
      const problem = "problem" in outcome ? outcome.problem : "unreadable";
      for (const symbol of symbols) results.set(symbol, problem);
      return problem === "unreadable" ? null : [];
    }
    const leftOut: string[] = [];
    for (const symbol of symbols) {
      const row = rows.get(symbol.toUpperCase());
      if (row === undefined) leftOut.push(symbol);
      else results.set(symbol, readQuote(row, symbol, now()));
    }
    return leftOut;
  };

  const fromCharts = async (symbols: readonly string[], results: Results): Promise<void> => {
    const from = dayIn(now(), "UTC");
    const { found } = await histories(symbols.map((symbol) => ({ symbol, from })));
    for (const { symbol, live } of found) if (live !== null) results.set(symbol, live);
  };

  return async (symbols) => {
    const asked = [...new Set(symbols)];
    const results: Results = new Map();
    const leftOut: string[] = [];
    const unread: string[] = [];
    await each(pool, batchesOf(asked.filter(isSymbol)), async (batch) => {
      const left = await askFor(batch, results);
      (left === null ? unread : leftOut).push(...(left ?? batch));
    });
    await each(pool, leftOut, async (symbol) => {
      await askFor([symbol], results);
    });
    if (unread.length > 0) await fromCharts(unread, results);
    return collect(asked, results);
  };
}

function batchesOf(symbols: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let start = 0; start < symbols.length; start += BATCH_MAX)
    batches.push(symbols.slice(start, start + BATCH_MAX));
  return batches;
}
