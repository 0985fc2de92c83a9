import { z } from "zod";
import type { Decimal } from "../../../money/decimal.ts";
import { isCurrency } from "../../codes.ts";
import type { LiveQuote, ProblemCode } from "../source.ts";
import { dayReader, readSeconds } from "./market-day.ts";
import { readPositive } from "./number.ts";

/** How far a source's clock may run ahead of ours. */
const AHEAD_MS_MAX = 5 * 60_000;
const DELAY_MINUTES_MAX = 24 * 60;

const QuoteBody = z.object({ quoteResponse: z.object({ result: z.array(z.unknown()) }) });
const QuoteRow = z.looseObject({ symbol: z.string() });
export type QuoteRow = z.infer<typeof QuoteRow>;

/** A trade as Yahoo tells it, in quotes and in the head of charts. */
export interface ToldTrade {
  readonly symbol: string;
  readonly price: unknown;
  readonly currency: unknown;
  readonly seconds: unknown;
  readonly timeZone: unknown;
}

/** The answered quotes by their symbol in capitals, or null when the text is no answer to a request for quotes. */
export function readQuoteRows(body: string): ReadonlyMap<string, QuoteRow> | null {
  const parsed = QuoteBody.safeParse(JSON.parse(body));
  if (!parsed.success) return null;
  const rows = parsed.data.quoteResponse.result
    .map((row) => QuoteRow.safeParse(row).data)
    .filter((row) => row !== undefined);
  return new Map(rows.map((row) => [row.symbol.toUpperCase(), row]));
}

/** The checked quote of one symbol, or why it cannot be used. An unknown state of the market is none of our business. */
export function readQuote(row: QuoteRow, symbol: string, now: Date): LiveQuote | ProblemCode {
  const price = row["regularMarketPrice"];
  // Yahoo answers so for symbols that it knew once.
  if (row["quoteType"] === "NONE" && (price === undefined || price === null)) return "no_answer";
  const trade = {
    symbol,
    price,
    currency: row["currency"],
    seconds: row["regularMarketTime"],
    timeZone: row["exchangeTimezoneName"],
  };
  return readTrade(trade, now, {
    previousClose: readPositive(row["regularMarketPreviousClose"]),
    delayMinutes: readDelay(row["exchangeDataDelayedBy"]),
  });
}

/** Checks a trade: a positive JSON number, an ISO currency (pence are none), and a time that is not to come. */
export function readTrade(
  told: ToldTrade,
  now: Date,
  rest: { readonly previousClose: Decimal | null; readonly delayMinutes: number | null },
): LiveQuote | ProblemCode {
  const price = readPositive(told.price);
  if (price === null) return "price_invalid";
  if (typeof told.currency !== "string" || !isCurrency(told.currency)) return "currency_invalid";
  const seconds = readSeconds(told.seconds);
  const dayOf = dayReader(told.timeZone);
  if (seconds === null || dayOf === null) return "time_invalid";
  if (seconds * 1000 > now.getTime() + AHEAD_MS_MAX) return "time_invalid";
  return {
    symbol: told.symbol,
    price,
    currency: told.currency,
    priceAt: new Date(seconds * 1000).toISOString(),
    priceDay: dayOf(seconds),
    ...rest,
    capturedAt: now.toISOString(),
  };
}

function readDelay(value: unknown): number | null {
  return typeof value === "number" && value >= 0 && value <= DELAY_MINUTES_MAX ? value : null;
}
