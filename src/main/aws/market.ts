import { StateError } from "../../state/index.ts";
import { homePaths } from "../home.ts";
import { openSources } from "../market/sources.ts";
import { lookAlone, type MarketLook, PlanShelf, type WatchDeps } from "../market/watch.ts";
import { createRemoteIntake } from "../remote-intake.ts";
import type { Opened } from "./opened.ts";

/** Another call that is at it for longer than this does what there is to do. */
const LEASE_WAIT_MS = 2_000;

/**
 * What the running service does by itself elsewhere: closes and series go the way of any file, handed in without waiting for
 * it; trades of the session are laid over the closes here.
 */
export function marketDeps({ store, config, logger, now }: Opened): WatchDeps {
  return {
    store,
    intake: createRemoteIntake(store, { now, waitMs: 0 }),
    sources: openSources(config.sources, { lake: store.lake, now }),
    scratchDir: homePaths(config.home).market,
    now,
    language: config.language,
    hours: config.b3Hours,
    everyMs: config.sources.quotesEveryMs,
    logger,
  };
}

/** One call of the market's Lambda. Of two at once, one looks. */
export async function onMarket(deps: WatchDeps, plans = new PlanShelf(deps)): Promise<MarketLook | "busy"> {
  if (deps.everyMs === 0) return "nothing";
  try {
    return await lookAlone(deps, plans, LEASE_WAIT_MS);
  } catch (error) {
    if (error instanceof StateError && error.code === "busy") return "busy";
    throw error;
  }
}
