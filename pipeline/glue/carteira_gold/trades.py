"""Purchases, sales, redemptions and what is taken in units (src/portfolio/apply-trade.ts)."""

from __future__ import annotations

from .amounts import ONE_E8
from .events import Event
from .ledger import Ledger, Position
from .settlement import charge_fees, cross, settle, withhold
from .terms import market_value, paid_amount, trade_price, trade_value, units_from_value
from .transfers import apply_transfer_in
from .units import Disposal, add_day_flow, add_fees, book, cost_of, realize, set_deal


def apply_buy(ledger: Ledger, position: Position, event: Event) -> None:
    """compra, subscricao: cost += quantity x price + fees. Without any price it is like a transfer of unknown cost."""
    quantity = event.quantity
    if not quantity:
        ledger.report(event, "incomplete")
        return
    value = trade_value(event, quantity)
    if value is None:
        apply_transfer_in(ledger, position, event)
        return
    ledger.touch_money(position, event)
    rest = None if ledger.matches is None else ledger.matches.trades.get(event)
    if rest is None:
        set_deal(ledger, position, quantity, value, event.fees, True)
        book(ledger, position, event)
    elif rest.quantity != 0:
        set_deal(ledger, position, rest.quantity, rest.value, rest.fees, True)
        book(ledger, position, event)
    position.remember_price(trade_price(event, value, quantity), event.day)
    add_fees(ledger, position, event.fees)
    add_day_flow(ledger, position, value)
    settle(ledger, event, value)
    withhold(ledger, event, event.tax)


def apply_sell(ledger: Ledger, position: Position, event: Event) -> None:
    """venda: removed = cost x sold / held; gain = quantity x price - fees - removed; the average stays."""
    if not event.quantity:
        ledger.report(event, "incomplete")
        return
    _sell(ledger, position, event, event.quantity, trade_value(event, event.quantity))


def apply_redemption(ledger: Ledger, position: Position, event: Event) -> None:
    """resgate, vencimento: a sale; without a quantity it redeems what its value buys at its price, or everything."""
    quantity = event.quantity
    if quantity is None and event.type == "resgate":
        quantity = units_from_value(event, event.price)
    if quantity is None:
        quantity = position.quantity
    if quantity <= 0:
        ledger.report(event, "nothing_held")
        return
    _sell(ledger, position, event, quantity, trade_value(event, quantity))


def apply_fraction(ledger: Ledger, position: Position, event: Event) -> None:
    """fracao: cash for the fraction of a unit that a split or a bonus left; without a fraction it is all gain."""
    quantity = max(position.quantity, 0) % ONE_E8 if event.quantity is None else event.quantity
    value = paid_amount(event)
    if quantity > 0:
        _sell(ledger, position, event, quantity, value)
        return
    ledger.report(event, "nothing_held")
    if value is None:
        return
    ledger.touch_money(position, event)
    gain = value - event.fees
    base_known = position.base is None or ledger.rate_known
    realize(ledger, position, event, Disposal(0, value, event.fees, 0, gain, ledger.in_base(gain), True, base_known))
    add_fees(ledger, position, event.fees)
    add_day_flow(ledger, position, -value)
    settle(ledger, event, -value)
    withhold(ledger, event, event.tax)


def apply_tax_in_units(ledger: Ledger, position: Position, event: Event) -> None:
    """come_cotas: units of a fund are taken as tax. They leave at cost, the gain counts, their worth is withdrawn."""
    price = event.market_price if event.price is None else event.price
    quantity = units_from_value(event, price) if event.quantity is None else event.quantity
    if not quantity:
        ledger.report(event, "incomplete")
        return
    value = _dispose(ledger, position, event, quantity, trade_value(event, quantity))
    cross(ledger, event, -value)
    charge_fees(ledger, position, event, event.fees)


def _sell(ledger: Ledger, position: Position, event: Event, quantity: int, value: int | None) -> None:
    """`value` None: no file stated it. The units then leave at market value, else at cost, at an unknown gain."""
    worth = _dispose(ledger, position, event, quantity, value)
    add_fees(ledger, position, event.fees)
    settle(ledger, event, -worth)
    withhold(ledger, event, event.tax)


def _dispose(ledger: Ledger, position: Position, event: Event, quantity: int, stated: int | None) -> int:
    """Takes sold units out of a position, day trades first, and returns their value."""
    ledger.touch_money(position, event)
    value = stated
    if value is None:
        value = market_value(event, quantity)
    if value is None:
        value = cost_of(position, quantity)
    rest = None if ledger.matches is None else ledger.matches.trades.get(event)
    if rest is not None and rest.traded.quantity != 0:
        traded = rest.traded
        gain = traded.proceeds - traded.fees - traded.cost
        known = position.base is None or ledger.rate_known
        realize(
            ledger,
            position,
            event,
            Disposal(
                traded.quantity,
                traded.proceeds,
                traded.fees,
                traded.cost,
                gain,
                ledger.in_base(gain),
                True,
                known,
                day_trade=True,
            ),
        )
    units = quantity if rest is None else rest.quantity
    if units != 0:
        if units > max(position.quantity, 0):
            ledger.report(event, "sold_more_than_held", expected=units, found=position.quantity)
        sold, fees = (value, event.fees) if rest is None else (rest.value, rest.fees)
        set_deal(ledger, position, -units, -sold, fees, stated is not None)
        book(ledger, position, event)
    if stated is None:
        ledger.report(event, "incomplete")
    else:
        position.remember_price(trade_price(event, value, quantity), event.day)
    add_day_flow(ledger, position, -value)
    return value
