import { applyContribution, applyFee, applyIncome, applyTax } from "./apply-payment.ts";
import type { PortfolioEvent } from "./event.ts";
import { flowOf, inBase, type Ledger, positionOf, report } from "./ledger.ts";
import { cashCode, type Position } from "./position.ts";
import { chargeFees, contribute, moveCash, postCash, withhold } from "./settlement.ts";
import { cashAmount, tradeValue } from "./terms.ts";

/** Applies an event whose instrument is cash itself (`CAIXA-<currency>`). */
export function applyToCash(ledger: Ledger, cash: Position, event: PortfolioEvent): void {
  switch (event.type) {
    case "compra":
    case "subscricao":
      exchange(ledger, cash, event, 1n);
      return;
    case "venda":
    case "resgate":
      exchange(ledger, cash, event, -1n);
      return;
    default:
      if (cash.currency !== event.currency) report(ledger, event, "currency_differs");
      else applyInOwnCurrency(ledger, cash, event);
  }
}

function applyInOwnCurrency(ledger: Ledger, cash: Position, event: PortfolioEvent): void {
  switch (event.type) {
    case "dividendo":
    case "jcp":
    case "rendimento":
    case "juros":
      applyIncome(ledger, cash, event);
      return;
    case "taxa":
      applyFee(ledger, cash, event);
      return;
    case "ir":
      applyTax(ledger, cash, event);
      return;
    case "aporte":
    case "retirada":
      applyContribution(ledger, cash, event);
      return;
    case "transferencia_entrada":
      transfer(ledger, cash, event, 1n);
      return;
    case "transferencia_saida":
      transfer(ledger, cash, event, -1n);
      return;
    default:
      report(ledger, event, "incomplete");
  }
}

/** Cash that comes from or goes to another bank is worth itself: a contribution or a withdrawal. */
function transfer(ledger: Ledger, cash: Position, event: PortfolioEvent, sign: 1n | -1n): void {
  const amount = cashAmount(event);
  if (!ledger.client.controlsCash) {
    report(ledger, event, "cash_not_controlled");
  } else if (amount === null) {
    report(ledger, event, "incomplete");
  } else {
    contribute(ledger, event, sign * amount);
    chargeFees(ledger, cash, event, event.feesE8);
  }
}

/**
 * Buys or sells the cash of one currency with that of another. Each currency has a flow, and in base currency
 * they cancel out: 1000 of CAIXA-USD bought at 5.10 moves 5100 out of BRL and 1000 into USD, worth 5100.
 */
function exchange(ledger: Ledger, cash: Position, event: PortfolioEvent, sign: 1n | -1n): void {
  const quantity = event.quantityE8;
  const value = quantity === null ? null : tradeValue(event, quantity);
  if (!ledger.client.controlsCash) {
    report(ledger, event, "cash_not_controlled");
    return;
  }
  if (quantity === null || value === null) {
    report(ledger, event, "incomplete");
    return;
  }
  const valueBase = inBase(ledger, value);
  const into = flowOf(ledger, cash.currency);
  into.cash ??= cash;
  into.own.border += sign * quantity;
  if (into.base !== null) into.base.border += sign * valueBase;
  moveCash(ledger, cash, event, { amount: sign * quantity, amountBase: sign * valueBase });
  const from = flowOf(ledger, event.currency);
  from.own.border -= sign * value;
  if (from.base !== null) from.base.border -= sign * valueBase;
  postCash(ledger, event, from, -sign * value);
  const payer = positionOf(ledger, cashCode(event.currency), event.currency);
  chargeFees(ledger, payer, event, event.feesE8);
  withhold(ledger, event, event.taxE8);
}
