import { perUnit, timesE8 } from "./amounts.ts";
import type { PortfolioEvent } from "./event.ts";
import { type Ledger, report, touchMoney } from "./ledger.ts";
import { type Position, rememberPrice } from "./position.ts";
import { chargeFees, cross } from "./settlement.ts";
import { marketValue, paidAmount } from "./terms.ts";
import { addDayFlow, book, costOf, release, setDeal } from "./units.ts";

/**
 * transferencia_entrada: units come with the cost they had elsewhere; they enter the portfolio at market value.
 * A position bought at 2000 and worth 4000 comes in: cost 2000, flow 4000, so the day's return is 0.
 */
export function applyTransferIn(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const quantity = unitsToMove(ledger, event);
  if (quantity !== 0n) {
    touchMoney(ledger, position, event);
    const cost = paidAmount(event);
    const value = entryValue(position, event, { quantity, cost });
    setDeal(ledger, position, { quantity, value: cost ?? 0n, fees: 0n, valueKnown: cost !== null });
    book(ledger, position, event);
    if (cost === null) report(ledger, event, "cost_unknown");
    if (value.stated) {
      rememberPrice(position, perUnit({ amount: value.amount, units: quantity }), event.day);
    }
    addDayFlow(ledger, position, value.amount);
    cross(ledger, event, value.amount);
  }
  chargeFees(ledger, position, event, event.feesE8);
}

/**
 * transferencia_saida: takes cost out pro rata, realises nothing, leaves at market value.
 * What exceeds the units held goes below zero at an unknown cost: the quantity of the file never drifts.
 */
export function applyTransferOut(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const quantity = unitsToMove(ledger, event);
  if (quantity !== 0n) {
    touchMoney(ledger, position, event);
    const value = statedValue(event, quantity) ?? costOf(position, quantity);
    const held = position.quantity > 0n ? position.quantity : 0n;
    const carried = quantity < held ? quantity : held;
    if (carried !== 0n) release(ledger, position, carried);
    if (quantity > held) {
      report(ledger, event, "sold_more_than_held", { expected: quantity, found: held });
      setDeal(ledger, position, { quantity: held - quantity, value: 0n, fees: 0n, valueKnown: false });
      book(ledger, position, event);
    }
    addDayFlow(ledger, position, -value);
    cross(ledger, event, -value);
  }
  chargeFees(ledger, position, event, event.feesE8);
}

/** The units of a transfer, less what is the client's own move between brokerages. */
function unitsToMove(ledger: Ledger, event: PortfolioEvent): bigint {
  if (event.quantityE8 === null) report(ledger, event, "incomplete");
  return ledger.matches?.moves.get(event) ?? event.quantityE8 ?? 0n;
}

/** The value at which units cross the border: the market's, else at the row's own price. */
function statedValue(event: PortfolioEvent, quantity: bigint): bigint | null {
  return marketValue(event, quantity) ?? (event.priceE8 === null ? null : timesE8(quantity, event.priceE8));
}

/** The same for units that come in, whose declared cost is the next best; else the average cost of those held. */
function entryValue(
  position: Position,
  event: PortfolioEvent,
  { quantity, cost }: { quantity: bigint; cost: bigint | null },
): { amount: bigint; stated: boolean } {
  const stated = statedValue(event, quantity) ?? cost;
  if (stated !== null) return { amount: stated, stated: true };
  const held = position.quantity;
  const amount = held > 0n ? timesE8(quantity, perUnit({ amount: position.own.cost, units: held })) : 0n;
  return { amount, stated: false };
}
