"""What a row states, read in the order in which its type trusts the columns (src/portfolio/terms.ts)."""

from __future__ import annotations

from .amounts import per_unit, times_e8
from .events import Event


def trade_value(event: Event, quantity: int) -> int | None:
    """Value of a trade without fees: quantity x price is what counts, `valor` where there is no price."""
    return event.amount if event.price is None else times_e8(quantity, event.price)


def trade_price(event: Event, value: int, units: int) -> int:
    """Price a unit of a trade whose value is known."""
    return per_unit(value, units) if event.price is None else event.price


def paid_amount(event: Event) -> int | None:
    """A payment, or the cost that a transfer or a snapshot declares: `valor`, else quantity x price."""
    if event.amount is not None:
        return event.amount
    if event.quantity is None or event.price is None:
        return None
    return times_e8(event.quantity, event.price)


def cash_amount(event: Event) -> int | None:
    """An amount of cash: as a payment, or the quantity, since its price is 1."""
    paid = paid_amount(event)
    return event.quantity if paid is None else paid


def units_from_value(event: Event, price: int | None) -> int | None:
    """Units of a row that states only its value and a price."""
    if event.amount is None or not price:
        return None
    return per_unit(event.amount, price)


def market_value(event: Event, quantity: int) -> int | None:
    """What units are worth at the market price of the day; None where none is known."""
    return None if event.market_price is None else times_e8(quantity, event.market_price)
