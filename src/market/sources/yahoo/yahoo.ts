import PQueue from "p-queue";
import type { IsoDay } from "../../../money/day.ts";
import type { Fetched, KeepBody, LiveQuote, SymbolHistory } from "../source.ts";
import { createAsker } from "./ask.ts";
import { createHistories } from "./histories.ts";
import { createQuotes } from "./quotes.ts";
import { createTransport, type SentCount } from "./transport.ts";

export interface YahooOptions {
  /** In place of Yahoo's hosts, such as `http://127.0.0.1:1234`: handshake, quotes and charts alike. Null: Yahoo. */
  readonly origin: string | null;
  readonly keep: KeepBody;
  readonly now: () => Date;
  /** Event names and details for the log. They never hold a crumb, a cookie or an address. */
  readonly log: (event: string, details: Record<string, string | number>) => void;
  /** For one request with its body; 10 s by default. */
  readonly timeoutMs?: number;
  /** Requests begun in a second (4), and under way at a time (2). */
  readonly pace?: { readonly perSecond?: number; readonly concurrency?: number };
  /** Waits before a request is repeated; 1 s at first and 10 s at most by default. */
  readonly backoffMs?: { readonly first: number; readonly longest: number };
}

export interface YahooSource {
  /** Newest trades; batches of at most 50 symbols. */
  quotes(symbols: readonly string[]): Promise<Fetched<LiveQuote>>;
  /** Daily closes, splits and dividends of each symbol from its own day on. `onDone` gets how many are done. */
  histories(
    wanted: readonly { readonly symbol: string; readonly from: IsoDay }[],
    onDone?: (count: number) => void,
  ): Promise<Fetched<SymbolHistory>>;
  /** Requests sent so far, repeated ones included. `crumb` counts the page and the crumb of each handshake. */
  readonly sent: () => SentCount;
}

/**
 * Yahoo Finance, through yahoo-finance2. What the network does is a problem in the answer, never an exception;
 * what `keep` throws is thrown, since a body that is not kept is not used. TypeError for an origin that is no URL.
 */
export function createYahoo(options: YahooOptions): YahooSource {
  const {
    origin,
    keep,
    now,
    log,
    timeoutMs = 10_000,
    backoffMs = { first: 1000, longest: 10_000 },
  } = options;
  const concurrency = options.pace?.concurrency ?? 2;
  const pace = { perSecond: options.pace?.perSecond ?? 4, concurrency };
  const transport = createTransport({ origin, keep, now, timeoutMs, pace });
  const asker = createAsker(transport, { log, backoffMs });
  // Work waits in rows of its own, so that a long load of histories does not hold up the newest prices.
  const pool = (): PQueue => new PQueue({ concurrency });
  const charts = createHistories({ asker, now, pool: pool() });
  const quotes = createQuotes({ asker, now, histories: charts, pool: pool() });
  return { quotes, histories: createHistories({ asker, now, pool: pool() }), sent: transport.sent };
}
