import { keepInBronze } from "../../../pipeline/bronze/keep.ts";
import type { Config } from "../../config.ts";
import type { Lake } from "../../lake/lake.ts";
import { type BcbSource, createBcb } from "../../market/sources/bcb/bcb.ts";
import { createYahoo, type YahooSource } from "../../market/sources/yahoo/yahoo.ts";

export interface MarketSources {
  readonly yahoo: YahooSource;
  readonly bcb: BcbSource;
}

/** The sources as the settings say. Whatever they answer is kept in bronze before it is read. */
export function openSources(
  config: Config["sources"],
  deps: { readonly lake: Lake; readonly now: () => Date },
): MarketSources {
  const shared = {
    keep: keepInBronze(deps.lake),
    now: deps.now,
    timeoutMs: config.timeoutMs,
    pace: { perSecond: config.requestsPerSecond },
  };
  return {
    yahoo: createYahoo({ ...shared, origin: config.yahooOrigin }),
    bcb: createBcb({ ...shared, origin: config.bcbOrigin }),
  };
}
