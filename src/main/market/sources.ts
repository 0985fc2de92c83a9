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
  const { requestsPerSecond: perSecond, timeoutMs } = config;
  const shared = { keep: keepInBronze(deps.lake), now: deps.now, timeoutMs };
  return {
    // What went wrong is in the answers, the state and the doctor; the log of the service has no need to repeat it.
    yahoo: createYahoo({ ...shared, origin: config.yahooOrigin, pace: { perSecond }, log: () => {} }),
    bcb: createBcb({
      ...shared,
      origin: config.bcbOrigin,
      pace: { perInterval: perSecond, intervalMs: 1_000 },
    }),
  };
}
