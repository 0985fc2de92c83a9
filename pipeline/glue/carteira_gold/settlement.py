"""Where the money of an event goes: across the portfolio's border, or, for a client whose cash is controlled, to
`CAIXA-<currency>` inside it (src/portfolio/settlement.ts; docs/money.md, rules 6 and 7).
"""

from __future__ import annotations

from .amounts import ONE_E8
from .events import Event
from .ledger import DayFlow, Ledger, Position, cash_code
from .units import add_fees, book, set_deal


def settle(ledger: Ledger, event: Event, value: int) -> None:
    """Settles a trade: `value` enters a security at trade value (negative: leaves it); the event's fees are paid."""
    flow = ledger.flow_of(event.currency)
    inside = ledger.client.controls_cash
    flow.own.trade_fees += event.fees
    if not inside:
        flow.own.border += value
    if flow.base is not None:
        flow.base.trade_fees += ledger.in_base(event.fees)
        if not inside:
            flow.base.border += ledger.in_base(value)
    if inside:
        post_cash(ledger, event, flow, -(value + event.fees))


def cross(ledger: Ledger, event: Event, value: int) -> None:
    """Something worth `value` enters the portfolio (negative: leaves it) without a settlement."""
    flow = ledger.flow_of(event.currency)
    flow.own.border += value
    if flow.base is not None:
        flow.base.border += ledger.in_base(value)


def contribute(ledger: Ledger, event: Event, amount: int) -> None:
    """The client brings money (negative: takes it away). Only for controlled cash."""
    cross(ledger, event, amount)
    post_cash(ledger, event, ledger.flow_of(event.currency), amount)


def withhold(ledger: Ledger, event: Event, tax: int) -> None:
    """Tax that the file states beside a trade leaves controlled cash as a withdrawal; it is never a fee."""
    if tax != 0 and ledger.client.controls_cash:
        contribute(ledger, event, -tax)


def receive(ledger: Ledger, event: Event, net: int) -> None:
    """Income after tax."""
    flow = ledger.flow_of(event.currency)
    flow.own.income += net
    if flow.base is not None:
        flow.base.income += ledger.in_base(net)
    if ledger.client.controls_cash:
        post_cash(ledger, event, flow, net)


def charge_fees(ledger: Ledger, position: Position, event: Event, fees: int) -> None:
    """Fees that are no part of a trade's settlement: counted at the position, paid from cash where it is controlled."""
    if fees == 0:
        return
    ledger.touch_money(position, event)
    add_fees(ledger, position, fees)
    flow = ledger.flow_of(event.currency)
    flow.own.other_fees += fees
    if flow.base is not None:
        flow.base.other_fees += ledger.in_base(fees)
    if ledger.client.controls_cash:
        post_cash(ledger, event, flow, -fees)


def post_cash(ledger: Ledger, event: Event, flow: DayFlow, amount: int) -> None:
    """Posts to the cash of the event's currency: price 1, base cost at the event's rate, by the same average cost."""
    if amount == 0:
        return
    if flow.cash is None:
        flow.cash = ledger.position_of(cash_code(flow.currency), flow.currency)
    move_cash(ledger, flow.cash, event, amount, ledger.in_base(amount))


def move_cash(ledger: Ledger, cash: Position, event: Event, amount: int, amount_base: int) -> None:
    """Changes a balance; `amount_base` is what it is worth in base currency where it goes or comes from."""
    ledger.touch_money(cash, event)
    set_deal(ledger, cash, amount, amount, 0, True)
    ledger.deal.value_base = amount_base
    ledger.deal.total_base = amount_base
    book(ledger, cash, event)
    cash.own.day_flow += amount
    if cash.base is not None:
        cash.base.day_flow += amount_base
    cash.remember_price(ONE_E8, event.day)
