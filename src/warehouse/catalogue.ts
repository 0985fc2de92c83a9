import { BOOK_QUERIES } from "./queries/book.ts";
import { BRIEFING_QUERIES } from "./queries/briefing.ts";
import { EVENT_QUERIES } from "./queries/events.ts";
import { FINDING_QUERIES } from "./queries/findings.ts";
import { MARKET_QUERIES } from "./queries/market.ts";
import { POSITION_QUERIES } from "./queries/positions.ts";
import { WATCH_QUERIES } from "./queries/watch.ts";

/**
 * Every query that is ever run on gold, by name: portable SQL (explicit casts, decimals, NULLS LAST, a total order, no
 * date arithmetic) that an emitter writes in each engine's own words. `:name` is a typed parameter, `{table}` a gold table.
 */
export const CATALOGUE = {
  ...POSITION_QUERIES,
  ...BOOK_QUERIES,
  ...BRIEFING_QUERIES,
  ...EVENT_QUERIES,
  ...MARKET_QUERIES,
  ...FINDING_QUERIES,
  ...WATCH_QUERIES,
} as const;
