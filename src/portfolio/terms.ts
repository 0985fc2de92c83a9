import { perUnit, timesE8 } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";

/** What a row states, read in the order in which its type trusts the columns. Null: the row does not say. */

/** Value of a trade without fees: quantity x price is what counts, `valor` where there is no price. */
export function tradeValue(event: PortfolioEvent, quantity: bigint): bigint | null {
  return event.priceE8 === null ? event.amountE8 : timesE8(quantity, event.priceE8);
}

/** Price a unit of a trade whose value is known. */
export function tradePrice(
  event: PortfolioEvent,
  { value, units }: { value: bigint; units: bigint },
): bigint {
  return event.priceE8 ?? perUnit({ amount: value, units });
}

/** A payment, or the cost that a transfer or a snapshot declares: `valor`, else quantity x price. */
export function paidAmount(event: PortfolioEvent): bigint | null {
  if (event.amountE8 !== null) return event.amountE8;
  return event.quantityE8 === null || event.priceE8 === null
    ? null
    : timesE8(event.quantityE8, event.priceE8);
}

/** An amount of cash: as a payment, or the quantity, since its price is 1. */
export function cashAmount(event: PortfolioEvent): bigint | null {
  return paidAmount(event) ?? event.quantityE8;
}

/** Units of a row that states only its value and a price. */
export function unitsFromValue(event: PortfolioEvent, price: bigint | null): bigint | null {
  if (event.amountE8 === null || price === null || price === 0n) return null;
  return perUnit({ amount: event.amountE8, units: price });
}

/** What units are worth at the market price of the day; null where none is known. */
export function marketValue(event: PortfolioEvent, quantity: bigint): bigint | null {
  return event.marketPriceE8 === null ? null : timesE8(quantity, event.marketPriceE8);
}
