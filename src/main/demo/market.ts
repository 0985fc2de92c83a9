import type { IsoDay } from "../../money/day.ts";
import { type Economy, economyOf } from "./economy.ts";
import { type IssuerEvents, issuerEventsOf } from "./events.ts";
import { type PricePath, pricesOf } from "./prices.ts";
import { type Timeline, timelineOf } from "./timeline.ts";

/** What a demo is made of. The same options give the same book; a later `today` only adds to it. */
export interface DemoOptions {
  readonly seed: string | number;
  /** First calendar day of the book, best the first of a month. */
  readonly start: IsoDay;
  /** Last calendar day of the book: prices run to its session, or to the one before. */
  readonly today: IsoDay;
  readonly clients: number;
}

/** The market that all clients of a demo share. */
export interface DemoMarket {
  readonly timeline: Timeline;
  readonly economy: Economy;
  readonly prices: ReadonlyMap<string, PricePath>;
  readonly events: IssuerEvents;
}

export function marketOf({ seed, start, today }: Omit<DemoOptions, "clients">): DemoMarket {
  const timeline = timelineOf(start, today);
  const economy = economyOf({ seed, start, today, timeline });
  const prices = pricesOf(seed, timeline, economy);
  return { timeline, economy, prices, events: issuerEventsOf(timeline, prices) };
}

/** The close in 10^-decimals of the instrument's currency. Throws RangeError for what has none on that day. */
export function closeOf(
  market: DemoMarket,
  code: string,
  day: IsoDay,
): { readonly units: number; readonly decimals: number } {
  const path = market.prices.get(code);
  const units = path?.closes[market.timeline.indexOf.get(day) ?? -1];
  if (path === undefined || units === undefined)
    throw new RangeError(`the demo has no price of ${code} on ${day}`);
  return { units, decimals: path.decimals };
}
