import type { LivePrice } from "../../../pipeline/gold/live-quotes.ts";
import { publishLive, type SpeedDeps } from "../../../pipeline/gold/speed.ts";
import type { LiveQuote } from "../../market/sources/source.ts";
import type { Wanted } from "./plan.ts";
import type { MarketGap, QuotesReport } from "./report.ts";
import type { MarketSources } from "./sources.ts";

/**
 * Asks for the newest trades of what is wanted and lays them over the published quotes. What has no answer, or one that
 * cannot be used, keeps its last good price and is told in `gaps`.
 */
export async function refreshQuotes(
  deps: SpeedDeps & { readonly sources: Pick<MarketSources, "yahoo"> },
  wanted: readonly Wanted[],
): Promise<{ report: QuotesReport; gaps: readonly MarketGap[] }> {
  const bySymbol = new Map(wanted.map((one) => [one.symbol, one] as const));
  const { found, problems } = await deps.sources.yahoo.quotes([...bySymbol.keys()]);
  const gaps: MarketGap[] = [...problems];
  const live: LivePrice[] = [];
  for (const quote of found) {
    const one = bySymbol.get(quote.symbol);
    if (one === undefined) continue;
    if (quote.currency === one.currency || one.class === "indice") live.push(livePriceOf(one, quote));
    else gaps.push({ source: "yahoo", subject: quote.symbol, code: "currency_differs" });
  }
  if (live.length > 0) await publishLive(deps, live);
  const newestAt = live.reduce<string | null>(
    (newest, { priceAt }) => (newest === null || priceAt > newest ? priceAt : newest),
    null,
  );
  return { report: { asked: bySymbol.size, answered: live.length, newestAt }, gaps };
}

function livePriceOf(one: Wanted, quote: LiveQuote): LivePrice {
  return {
    instrumentId: one.code,
    class: one.class,
    price: quote.price,
    // Levels of indices are no money: they carry the currency that gold gives them.
    currency: one.class === "indice" ? "BRL" : one.currency,
    priceDay: quote.priceDay,
    priceAt: quote.priceAt,
    previousClose: quote.previousClose,
    source: "yahoo",
    delayMinutes: quote.delayMinutes,
    capturedAt: quote.capturedAt,
  };
}
