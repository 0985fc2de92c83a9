import type { Decimal } from "../money/decimal.ts";
import { CATALOGUE } from "../warehouse/catalogue.ts";
import { type AnswerContext, dayParam, textParam } from "./context.ts";
import type { Priced } from "./positions.ts";
import { countOrNull, decimalOrNull, text, textOrNull } from "./rows.ts";

/** The newest price of an instrument, rate or index, held or not. */
export interface Quoted extends Priced {
  readonly name: string;
  readonly sector: string | null;
  readonly currency: string;
  readonly price: Decimal | null;
  readonly previousClose: Decimal | null;
}

/** Reads it as of the answer's moment; null for a code that gold does not know. */
export async function readQuote(context: AnswerContext, asset: string): Promise<Quoted | null> {
  const rows = context.past
    ? await context.market(CATALOGUE.quoteAt, { asset: textParam(asset), day: dayParam(context.today) })
    : await context.market(CATALOGUE.quote, { asset: textParam(asset) });
  const row = rows[0];
  if (row === undefined) return null;
  const price = decimalOrNull(row, "price");
  return {
    asset,
    name: text(row, "name"),
    class: text(row, "class"),
    sector: textOrNull(row, "sector"),
    currency: text(row, "currency"),
    price,
    previousClose: decimalOrNull(row, "previous_close"),
    priceKind: price === null ? "none" : "quote",
    priceDate: textOrNull(row, "price_date"),
    priceAt: textOrNull(row, "price_at"),
    source: textOrNull(row, "source"),
    delayMinutes: countOrNull(row, "delay_minutes"),
    capturedAt: textOrNull(row, "captured_at"),
    marketNewest: null,
    tradeDay: null,
  };
}
