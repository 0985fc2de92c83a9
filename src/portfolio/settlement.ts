import { ONE_E8 } from "./amounts.ts";
import type { DayFlow } from "./day-flow.ts";
import type { PortfolioEvent } from "./event.ts";
import { flowOf, inBase, type Ledger, positionOf, touchMoney } from "./ledger.ts";
import { cashCode, type Position, rememberPrice } from "./position.ts";
import { addFees, book, setDeal } from "./units.ts";

/**
 * Where the money of an event goes: across the portfolio's border, or, for a client whose cash is controlled,
 * to `CAIXA-<currency>` inside it (docs/money.md, rules 6 and 7). All amounts are in the event's currency.
 */

/** Settles a trade: `value` is what enters a security at trade value (negative: leaves it); the event's fees are paid. */
export function settle(ledger: Ledger, event: PortfolioEvent, value: bigint): void {
  const flow = flowOf(ledger, event.currency);
  const fees = event.feesE8;
  const inside = ledger.client.controlsCash;
  flow.own.tradeFees += fees;
  if (!inside) flow.own.border += value;
  if (flow.base !== null) {
    flow.base.tradeFees += inBase(ledger, fees);
    if (!inside) flow.base.border += inBase(ledger, value);
  }
  if (inside) postCash(ledger, event, flow, -(value + fees));
}

/** Something worth `value` enters the portfolio (negative: leaves it) without a settlement. */
export function cross(ledger: Ledger, event: PortfolioEvent, value: bigint): void {
  const flow = flowOf(ledger, event.currency);
  flow.own.border += value;
  if (flow.base !== null) flow.base.border += inBase(ledger, value);
}

/** The client brings money (negative: takes it away). Only for controlled cash. */
export function contribute(ledger: Ledger, event: PortfolioEvent, amount: bigint): void {
  cross(ledger, event, amount);
  postCash(ledger, event, flowOf(ledger, event.currency), amount);
}

/** Tax that the file states beside a trade leaves controlled cash as a withdrawal; it is never a fee. */
export function withhold(ledger: Ledger, event: PortfolioEvent, tax: bigint): void {
  if (tax !== 0n && ledger.client.controlsCash) contribute(ledger, event, -tax);
}

/** Income after tax. */
export function receive(ledger: Ledger, event: PortfolioEvent, net: bigint): void {
  const flow = flowOf(ledger, event.currency);
  flow.own.income += net;
  if (flow.base !== null) flow.base.income += inBase(ledger, net);
  if (ledger.client.controlsCash) postCash(ledger, event, flow, net);
}

/** Fees that are no part of a trade's settlement: counted at the position, paid from cash where it is controlled. */
export function chargeFees(ledger: Ledger, position: Position, event: PortfolioEvent, fees: bigint): void {
  if (fees === 0n) return;
  touchMoney(ledger, position, event);
  addFees(ledger, position, fees);
  const flow = flowOf(ledger, event.currency);
  flow.own.otherFees += fees;
  if (flow.base !== null) flow.base.otherFees += inBase(ledger, fees);
  if (ledger.client.controlsCash) postCash(ledger, event, flow, -fees);
}

/** Posts to the cash of the event's currency: price 1, base cost at the event's rate, by the same average cost. */
export function postCash(ledger: Ledger, event: PortfolioEvent, flow: DayFlow, amount: bigint): void {
  if (amount === 0n) return;
  flow.cash ??= positionOf(ledger, cashCode(flow.currency), flow.currency);
  moveCash(ledger, flow.cash, event, { amount, amountBase: inBase(ledger, amount) });
}

/** Changes a balance; `amountBase` is what it is worth in base currency where it goes or comes from. */
export function moveCash(
  ledger: Ledger,
  cash: Position,
  event: PortfolioEvent,
  { amount, amountBase }: { amount: bigint; amountBase: bigint },
): void {
  touchMoney(ledger, cash, event);
  setDeal(ledger, cash, { quantity: amount, value: amount, fees: 0n, valueKnown: true });
  ledger.deal.valueBase = amountBase;
  ledger.deal.totalBase = amountBase;
  book(ledger, cash, event);
  cash.own.dayFlow += amount;
  if (cash.base !== null) cash.base.dayFlow += amountBase;
  rememberPrice(cash, ONE_E8, event.day);
}
