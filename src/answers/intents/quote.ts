import type { Intent } from "../context.ts";
import { basisOfPrice } from "../freshness.ts";
import { percentChange } from "../percent.ts";
import { readQuote } from "../quoted.ts";
import { assetOf } from "./required.ts";

/** The last price of an instrument, rate or index; not found where it never had one. */
export const quote: Intent = async (context) => {
  const quoted = await readQuote(context, assetOf(context.question));
  const priceAt = quoted?.priceAt ?? quoted?.priceDate ?? null;
  if (quoted === null || quoted.price === null || priceAt === null) return null;
  const { asset, name, currency, price, previousClose } = quoted;
  const dayChangePercent = previousClose === null ? null : percentChange({ from: previousClose, to: price });
  return {
    result: {
      intent: "quote",
      data: { asset, name, currency, price, priceAt, previousClose, dayChangePercent },
    },
    basis: basisOfPrice(quoted, context),
  };
};
