import type { IsoDay } from "../../money/day.ts";
import type { Decimal } from "../../money/decimal.ts";

/**
 * What a source of market data gives, checked and exact. Prices are decimals read from the source's text or from the
 * shortest number that it can have meant; times are UTC instants as ISO 8601 text; days are those of the instrument's own market.
 */

/** The body of one answer as it was received, kept in bronze before anything reads it. */
export interface ReceivedBody {
  readonly source: "yahoo" | "bcb";
  /** What was asked, safe as part of a key: `quote`, `chart-PETR4.SA`, `sgs-12`. Holds no secret. */
  readonly name: string;
  readonly receivedAt: Date;
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
}

/** Stores a received body. A source waits for it before it reads the body. */
export type KeepBody = (received: ReceivedBody) => Promise<void>;

/** The newest trade of one symbol. */
export interface LiveQuote {
  readonly symbol: string;
  readonly price: Decimal;
  /** ISO code that the source states for the price. */
  readonly currency: string;
  /** When it was traded. */
  readonly priceAt: string;
  /** Day of that trade in the instrument's own market. */
  readonly priceDay: IsoDay;
  /** Close of the session before, as the source has it; null where it tells none. */
  readonly previousClose: Decimal | null;
  /** Delay that the source states, in minutes; null where it tells none. */
  readonly delayMinutes: number | null;
  readonly capturedAt: string;
}

/** One finished session of one symbol: as the source has it, restated for later splits but not for income. */
export interface DailyClose {
  readonly day: IsoDay;
  readonly close: Decimal;
}

/** A split or reverse split: `newUnits` for every `oldUnits`, from `day` on. */
export interface FoundSplit {
  readonly day: IsoDay;
  readonly newUnits: bigint;
  readonly oldUnits: bigint;
}

/** A payment a unit, gross of tax, by its ex day; dividends and interest on equity are not told apart. */
export interface FoundDividend {
  readonly day: IsoDay;
  readonly amount: Decimal;
}

export interface SymbolHistory {
  readonly symbol: string;
  readonly currency: string;
  /** Oldest first; a session that is still running is not among them. */
  readonly closes: readonly DailyClose[];
  readonly splits: readonly FoundSplit[];
  readonly dividends: readonly FoundDividend[];
  /** The newest trade that the answer tells, for when quotes fail. */
  readonly live: LiveQuote | null;
}

/** One published point of a series: a rate in percent, or an exchange rate. */
export interface SeriesPoint {
  readonly day: IsoDay;
  readonly value: Decimal;
}

export type ProblemCode =
  /** Asked, and not answered even when asked alone: unknown to the source, delisted or renamed. */
  | "no_answer"
  /** Answered without a price, or with one that is no positive number. */
  | "price_invalid"
  | "currency_invalid"
  /** No time of trade, or one that lies in the future. */
  | "time_invalid"
  /** The source asked to slow down (429). */
  | "rate_limited"
  | "unreachable"
  | "timed_out"
  /** An answer that is not what was asked for: HTML, half a body, a refusal, a server's error. */
  | "unreadable"
  /** Not asked: the source failed so often that it is left alone for a while. */
  | "circuit_open";

/** Why one thing asked for has no new value. Its last good value stays. */
export interface SourceProblem {
  readonly source: "yahoo" | "bcb";
  /** Symbol or series. */
  readonly subject: string;
  readonly code: ProblemCode;
}

export interface Fetched<T> {
  readonly found: readonly T[];
  readonly problems: readonly SourceProblem[];
}
