import { ONE_E8 } from "./amounts.ts";
import { applyTransferIn } from "./apply-transfer.ts";
import type { PortfolioEvent } from "./event.ts";
import { inBase, type Ledger, report, touchMoney } from "./ledger.ts";
import { type Position, rememberPrice } from "./position.ts";
import { chargeFees, cross, settle, withhold } from "./settlement.ts";
import { marketValue, paidAmount, tradePrice, tradeValue, unitsFromValue } from "./terms.ts";
import { addDayFlow, addFees, book, costOf, realize, setDeal } from "./units.ts";

/**
 * compra, subscricao: cost += quantity x price + fees.
 * 100 at 10 with fees of 5: cost 1005, gross 1000. Without any price it is like a transfer of unknown cost.
 */
export function applyBuy(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const quantity = event.quantityE8;
  if (quantity === null || quantity === 0n) {
    report(ledger, event, "incomplete");
    return;
  }
  const value = tradeValue(event, quantity);
  if (value === null) {
    applyTransferIn(ledger, position, event);
    return;
  }
  touchMoney(ledger, position, event);
  const rest = ledger.matches?.trades.get(event) ?? { quantity, value, fees: event.feesE8 };
  if (rest.quantity !== 0n) {
    setDeal(ledger, position, {
      quantity: rest.quantity,
      value: rest.value,
      fees: rest.fees,
      valueKnown: true,
    });
    book(ledger, position, event);
  }
  rememberPrice(position, tradePrice(event, { value, units: quantity }), event.day);
  addFees(ledger, position, event.feesE8);
  addDayFlow(ledger, position, value);
  settle(ledger, event, value);
  withhold(ledger, event, event.taxE8);
}

/**
 * venda: removed = cost x sold / held; gain = quantity x price - fees - removed; the average stays.
 * Of 100 at a cost of 1005, 50 sold at 12 with fees of 3: removed 502.50, gain 600 - 3 - 502.50 = 94.50.
 */
export function applySell(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const quantity = event.quantityE8;
  if (quantity === null || quantity === 0n) {
    report(ledger, event, "incomplete");
    return;
  }
  sell(ledger, position, event, { quantity, value: tradeValue(event, quantity) });
}

/** resgate, vencimento: a sale; a row without a quantity redeems what its value buys at its price, or everything. */
export function applyRedemption(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const byValue = event.type === "resgate" ? unitsFromValue(event, event.priceE8) : null;
  const quantity = event.quantityE8 ?? byValue ?? position.quantity;
  if (quantity <= 0n) {
    report(ledger, event, "nothing_held");
    return;
  }
  sell(ledger, position, event, { quantity, value: tradeValue(event, quantity) });
}

/**
 * fracao: cash for the fraction of a unit that a split or a bonus left: a sale against `valor`.
 * 33.33333333 held, 2.10 received: 0.33333333 are sold for 2.10. Where no fraction is left the cash is all gain.
 */
export function applyFraction(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const held = position.quantity > 0n ? position.quantity : 0n;
  const quantity = event.quantityE8 ?? held % ONE_E8;
  const value = paidAmount(event);
  if (quantity > 0n) {
    sell(ledger, position, event, { quantity, value });
    return;
  }
  report(ledger, event, "nothing_held");
  if (value === null) return;
  touchMoney(ledger, position, event);
  const gain = value - event.feesE8;
  realize(ledger, position, event, {
    dayTrade: false,
    quantity: 0n,
    proceeds: value,
    fees: event.feesE8,
    costRemoved: 0n,
    gain,
    gainBase: inBase(ledger, gain),
    gainKnown: true,
    baseKnown: position.base === null || ledger.rateKnown,
  });
  addFees(ledger, position, event.feesE8);
  addDayFlow(ledger, position, -value);
  settle(ledger, event, -value);
  withhold(ledger, event, event.taxE8);
}

/**
 * come_cotas: units of a fund are taken as tax. They leave at cost, the gain counts, and what they are worth
 * is a withdrawal in either mode of cash: 2 of 100 units that cost 10 and are worth 15: gain 10, 30 withdrawn.
 */
export function applyTaxInUnits(ledger: Ledger, position: Position, event: PortfolioEvent): void {
  const price = event.priceE8 ?? event.marketPriceE8;
  const quantity = event.quantityE8 ?? unitsFromValue(event, price);
  if (quantity === null || quantity === 0n) {
    report(ledger, event, "incomplete");
    return;
  }
  const value = dispose(ledger, position, event, { quantity, value: tradeValue(event, quantity) });
  cross(ledger, event, -value);
  chargeFees(ledger, position, event, event.feesE8);
}

interface Sale {
  readonly quantity: bigint;
  /** Null: no file stated it. The units then leave at market value, else at cost, and the gain is not known. */
  readonly value: bigint | null;
}

function sell(ledger: Ledger, position: Position, event: PortfolioEvent, sale: Sale): void {
  const value = dispose(ledger, position, event, sale);
  addFees(ledger, position, event.feesE8);
  settle(ledger, event, -value);
  withhold(ledger, event, event.taxE8);
}

/** Takes sold units out of a position, day trades first, and returns their value. Where the money goes is the caller's. */
function dispose(ledger: Ledger, position: Position, event: PortfolioEvent, sale: Sale): bigint {
  touchMoney(ledger, position, event);
  const value = sale.value ?? marketValue(event, sale.quantity) ?? costOf(position, sale.quantity);
  const rest = ledger.matches?.trades.get(event);
  if (rest !== undefined && rest.traded.quantity !== 0n) {
    const { quantity, proceeds, fees, cost } = rest.traded;
    const gain = proceeds - fees - cost;
    realize(ledger, position, event, {
      dayTrade: true,
      quantity,
      proceeds,
      fees,
      costRemoved: cost,
      gain,
      gainBase: inBase(ledger, gain),
      gainKnown: true,
      baseKnown: position.base === null || ledger.rateKnown,
    });
  }
  const units = rest === undefined ? sale.quantity : rest.quantity;
  if (units !== 0n) {
    const held = position.quantity > 0n ? position.quantity : 0n;
    if (units > held)
      report(ledger, event, "sold_more_than_held", { expected: units, found: position.quantity });
    setDeal(ledger, position, {
      quantity: -units,
      value: rest === undefined ? -value : -rest.value,
      fees: rest === undefined ? event.feesE8 : rest.fees,
      valueKnown: sale.value !== null,
    });
    book(ledger, position, event);
  }
  if (sale.value === null) report(ledger, event, "incomplete");
  else rememberPrice(position, tradePrice(event, { value, units: sale.quantity }), event.day);
  addDayFlow(ledger, position, -value);
  return value;
}
