"""Events whose instrument is cash itself, `CAIXA-<currency>` (src/portfolio/apply-cash.ts)."""

from __future__ import annotations

from .events import Event
from .ledger import Ledger, Position, cash_code
from .payments import apply_contribution, apply_fee, apply_income, apply_tax
from .settlement import charge_fees, contribute, move_cash, post_cash, withhold
from .terms import cash_amount, trade_value

_EXCHANGES = {"compra": 1, "subscricao": 1, "venda": -1, "resgate": -1}
_TRANSFERS = {"transferencia_entrada": 1, "transferencia_saida": -1}
_PAYMENTS = {
    "dividendo": apply_income,
    "jcp": apply_income,
    "rendimento": apply_income,
    "juros": apply_income,
    "taxa": apply_fee,
    "ir": apply_tax,
    "aporte": apply_contribution,
    "retirada": apply_contribution,
}


def apply_to_cash(ledger: Ledger, cash: Position, event: Event) -> None:
    if event.type in _EXCHANGES:
        _exchange(ledger, cash, event, _EXCHANGES[event.type])
    elif cash.currency != event.currency:
        ledger.report(event, "currency_differs")
    elif event.type in _PAYMENTS:
        _PAYMENTS[event.type](ledger, cash, event)
    elif event.type in _TRANSFERS:
        _transfer(ledger, cash, event, _TRANSFERS[event.type])
    else:
        ledger.report(event, "incomplete")


def _transfer(ledger: Ledger, cash: Position, event: Event, sign: int) -> None:
    """Cash that comes from or goes to another bank is worth itself: a contribution or a withdrawal."""
    amount = cash_amount(event)
    if not ledger.client.controls_cash:
        ledger.report(event, "cash_not_controlled")
    elif amount is None:
        ledger.report(event, "incomplete")
    else:
        contribute(ledger, event, sign * amount)
        charge_fees(ledger, cash, event, event.fees)


def _exchange(ledger: Ledger, cash: Position, event: Event, sign: int) -> None:
    """Buys or sells the cash of one currency with that of another. In base currency the two flows cancel out."""
    quantity = event.quantity
    value = None if quantity is None else trade_value(event, quantity)
    if not ledger.client.controls_cash:
        ledger.report(event, "cash_not_controlled")
        return
    if quantity is None or value is None:
        ledger.report(event, "incomplete")
        return
    value_base = ledger.in_base(value)
    into = ledger.flow_of(cash.currency)
    if into.cash is None:
        into.cash = cash
    into.own.border += sign * quantity
    if into.base is not None:
        into.base.border += sign * value_base
    move_cash(ledger, cash, event, sign * quantity, sign * value_base)
    paid = ledger.flow_of(event.currency)
    paid.own.border -= sign * value
    if paid.base is not None:
        paid.base.border -= sign * value_base
    post_cash(ledger, event, paid, -sign * value)
    payer = ledger.position_of(cash_code(event.currency), event.currency)
    charge_fees(ledger, payer, event, event.fees)
    withhold(ledger, event, event.tax)
