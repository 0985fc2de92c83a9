import { setTimeout as sleep } from "node:timers/promises";
import { GOLD_POINTER } from "../../contracts/gold.ts";
import { type Logger, reportFailure } from "../../conversation/failure.ts";
import type { InstrumentClass } from "../../market/classes.ts";
import { isOpen, type MarketHours, marketOf, sessionOf } from "../../market/hours.ts";
import { dayIn } from "../../money/day.ts";
import type { MarketPlan, Wanted } from "./plan.ts";
import { refreshQuotes } from "./quotes.ts";
import { type MarketDeps, REFRESH_RUN, readMarketPlan, refreshMarket } from "./refresh.ts";

export interface WatchDeps extends MarketDeps {
  readonly hours: MarketHours;
  /** How often quotes are asked for while a market is open; 0: never. */
  readonly everyMs: number;
  readonly logger: Logger;
}

const QUOTES_RUN = "quotes";
const WATCH_LEASE = "market";
/** Closes of the day are asked for this long after B3's close: the source is late by up to a quarter of an hour. */
const AFTER_CLOSE_MS = 30 * 60_000;
/** Before the session: last night's rates of Banco Central, and what foreign markets did. */
const MORNING = "T08:40:00-03:00";
/** A service that was asleep or failed looks again this often. */
const RETRY_MS = 10 * 60_000;
const FAILED_RUN = "refresh_tried";

/**
 * Keeps prices current while the service runs: quotes of what is held every `everyMs` while their market is open, closes and
 * series before and after B3's session. Of two services on one state one fetches at a time, and the other finds it done.
 * Whatever fails is logged and tried again; it never ends the watch. Resolves when `stop` aborts.
 */
export async function watchMarket(deps: WatchDeps, stop: AbortSignal): Promise<void> {
  if (deps.everyMs === 0) return;
  const plans = new PlanShelf(deps);
  while (!stop.aborted) {
    try {
      await lookAlone(deps, plans, deps.everyMs);
    } catch (error) {
      if (!stop.aborted) reportFailure(deps.logger, "market_not_refreshed", error);
    }
    await sleep(deps.everyMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** Does what is due now, while nobody else does it; throws StateError `busy` where somebody else does for longer than `waitMs`. */
export function lookAlone(deps: WatchDeps, plans: PlanShelf, waitMs: number): Promise<MarketLook> {
  return deps.store.state.withLease(WATCH_LEASE, () => lookOnce(deps, plans), { waitMs });
}

export type MarketLook = "refresh" | "quotes" | "nothing";

/** What is due now: a whole refresh, or quotes of the markets that are open, or nothing. */
export async function lookOnce(deps: WatchDeps, plans: PlanShelf): Promise<MarketLook> {
  const { store, now } = deps;
  if (await isRefreshDue(deps)) {
    await store.state.market.noteRun(FAILED_RUN);
    const report = await refreshMarket(deps, null, { fetched: () => {}, pipeline: () => {} });
    return report === null ? "nothing" : "refresh";
  }
  const last = await store.state.market.lastRun(QUOTES_RUN);
  // Somebody else has just asked.
  if (last !== null && now().getTime() - last.getTime() < deps.everyMs / 2) return "nothing";
  const wanted = (await plans.current())?.quotes.filter((one) => tradesNow(one, deps)) ?? [];
  if (wanted.length === 0) return "nothing";
  const { gaps } = await refreshQuotes({ ...deps, lake: store.lake }, wanted);
  await store.state.market.note(
    wanted.map(({ symbol }) => ({ source: "yahoo", subject: symbol })),
    gaps,
  );
  await store.state.market.noteRun(QUOTES_RUN);
  return "quotes";
}

function tradesNow(one: Wanted, { now, hours }: WatchDeps): boolean {
  const market = marketOf(one.class as InstrumentClass, one.currency);
  // A market's last trade of the day comes with its delay.
  const instants = [now(), new Date(now().getTime() - AFTER_CLOSE_MS)];
  return market !== null && instants.some((at) => isOpen(market, at, hours));
}

/** Whether the last whole refresh lies before the last moment at which there was something new to fetch. */
async function isRefreshDue({ store, now, hours }: WatchDeps): Promise<boolean> {
  const [last, tried] = await Promise.all([
    store.state.market.lastRun(REFRESH_RUN),
    store.state.market.lastRun(FAILED_RUN),
  ]);
  const atMs = now().getTime();
  if (tried !== null && atMs - tried.getTime() < RETRY_MS) return false;
  if (last === null) return true;
  const today = dayIn(now());
  const session = sessionOf(today, hours);
  const dues = [
    Date.parse(`${today}${MORNING}`),
    ...(session === null ? [] : [session.closesAt.getTime() + AFTER_CLOSE_MS]),
  ];
  return dues.some((due) => due <= atMs && last.getTime() < due);
}

/** The plan of the published book, read once a run and day. */
export class PlanShelf {
  readonly #deps: Pick<WatchDeps, "store" | "scratchDir" | "now">;
  #kept: { readonly key: string; readonly plan: MarketPlan } | null = null;

  constructor(deps: Pick<WatchDeps, "store" | "scratchDir" | "now">) {
    this.#deps = deps;
  }

  async current(): Promise<MarketPlan | null> {
    const pointer = await this.#deps.store.lake.readPointer(GOLD_POINTER);
    if (pointer === null) return null;
    const key = `${pointer.content} ${dayIn(this.#deps.now())}`;
    if (this.#kept?.key !== key) {
      const found = await readMarketPlan(this.#deps);
      if (found === null) return null;
      this.#kept = { key, plan: found.plan };
    }
    return this.#kept.plan;
  }
}
