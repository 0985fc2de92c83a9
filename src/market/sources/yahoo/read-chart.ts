import { z } from "zod";
import type { IsoDay } from "../../../money/day.ts";
import { isCurrency } from "../../codes.ts";
import type { DailyClose, LiveQuote, ProblemCode, SymbolHistory } from "../source.ts";
import { type DayReader, dayReader, readSeconds } from "./market-day.ts";
import { readPositive } from "./number.ts";
import { readDividends, readSplits } from "./read-events.ts";
import { readTrade } from "./read-quote.ts";

/**
 * Trades reach Yahoo up to 15 minutes late, and auctions follow the session: a close is taken this long after the
 * end unless the newest trade is from the end or later.
 */
const SETTLE_SECONDS = 30 * 60;
/** Markets without a close: a day is over when it is past. */
const ROUND_THE_CLOCK: ReadonlySet<unknown> = new Set(["CRYPTOCURRENCY", "CURRENCY"]);

const Told = z.looseObject({});
const Events = z.record(z.string(), Told);
const Chart = z.looseObject({
  meta: Told,
  timestamp: z.array(z.unknown()).default([]),
  indicators: z.object({ quote: z.array(z.object({ close: z.array(z.unknown()).optional() })) }),
  events: z
    .object({ splits: Events.default({}), dividends: Events.default({}) })
    .partial()
    .nullish(),
});
const ChartBody = z.object({ chart: z.object({ result: z.array(Chart).min(1) }) });
type Chart = z.infer<typeof Chart>;
type Meta = Chart["meta"];

/** What was asked of a chart: from this day on, at this moment. */
export interface ChartWish {
  readonly symbol: string;
  readonly from: IsoDay;
  readonly now: Date;
}

/** The checked history of one symbol, or why there is none. Bars without a price are left out. */
export function readChart(body: string, wish: ChartWish): SymbolHistory | ProblemCode {
  const chart = ChartBody.safeParse(JSON.parse(body)).data?.chart.result[0];
  if (chart === undefined) return "unreadable";
  const { meta } = chart;
  // Bars of other lengths have closes of other days.
  if (meta["dataGranularity"] !== undefined && meta["dataGranularity"] !== "1d") return "unreadable";
  if (String(meta["symbol"]).toUpperCase() !== wish.symbol.toUpperCase()) return "unreadable";
  const currency = meta["currency"];
  if (typeof currency !== "string" || !isCurrency(currency)) return "currency_invalid";
  const dayOf = dayReader(meta["exchangeTimezoneName"]);
  if (dayOf === null) return "time_invalid";
  const all = readCloses(chart, dayOf, wish.now);
  if (all === null) return "unreadable";
  const live = readLive(meta, wish, all);
  if (all.length === 0 && live === null) return "no_answer";
  const since = ({ day }: { readonly day: IsoDay }): boolean => day >= wish.from;
  return {
    symbol: wish.symbol,
    currency,
    closes: all.filter(since),
    splits: readSplits(ordered(chart.events?.splits), dayOf).filter(since),
    dividends: readDividends(ordered(chart.events?.dividends), dayOf).filter(since),
    live,
  };
}

/** Finished sessions, oldest first; null when there are not as many prices as times. */
function readCloses(chart: Chart, dayOf: DayReader, now: Date): DailyClose[] | null {
  const prices = chart.indicators.quote[0]?.close ?? [];
  if (prices.length !== chart.timestamp.length) return null;
  const finished = finishedDays(chart.meta, dayOf, now);
  const byDay = new Map<IsoDay, DailyClose>();
  for (const [index, time] of chart.timestamp.entries()) {
    const seconds = readSeconds(time);
    const close = readPositive(prices[index]);
    if (seconds === null || close === null) continue;
    const day = dayOf(seconds);
    // Yahoo may append the newest trade as a second bar of its day: the later one counts.
    if (finished(day)) byDay.set(day, { day, close });
  }
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Whether the session of a day is over, as the market's clock and the session that the answer names have it. */
function finishedDays(meta: Meta, dayOf: DayReader, now: Date): (day: IsoDay) => boolean {
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const today = dayOf(nowSeconds);
  const closed = !ROUND_THE_CLOCK.has(meta["instrumentType"]) && isClosed(meta, { dayOf, nowSeconds, today });
  return (day) => day < today || (day === today && closed);
}

function isClosed(
  meta: Meta,
  { dayOf, nowSeconds, today }: { dayOf: DayReader; nowSeconds: number; today: IsoDay },
): boolean {
  const period = Period.safeParse(meta["currentTradingPeriod"]).data?.regular;
  const end = readSeconds(period?.end);
  // Without the hours of today's session nobody knows; without a session ahead it is not over before tomorrow.
  if (end === null || dayOf(end) < today) return false;
  if (dayOf(end) > today) return true;
  const traded = readSeconds(meta["regularMarketTime"]) ?? 0;
  return nowSeconds >= (traded >= end ? end : end + SETTLE_SECONDS);
}

const Period = z.object({ regular: z.object({ end: z.unknown() }) });

function readLive(meta: Meta, wish: ChartWish, closes: readonly DailyClose[]): LiveQuote | null {
  const trade = {
    symbol: wish.symbol,
    price: meta["regularMarketPrice"],
    currency: meta["currency"],
    seconds: meta["regularMarketTime"],
    timeZone: meta["exchangeTimezoneName"],
  };
  const live = readTrade(trade, wish.now, { previousClose: null, delayMinutes: null });
  if (typeof live === "string") return null;
  const previous = closes.findLast(({ day }) => day < live.priceDay);
  return { ...live, previousClose: previous?.close ?? null };
}

/** Events by their time: the keys of the object are those times. */
function ordered<T extends Meta>(events: Readonly<Record<string, T>> | undefined): T[] {
  return Object.values(events ?? {}).sort((a, b) => Number(a["date"]) - Number(b["date"]));
}
