"""Splits, bonus shares and conversions (src/portfolio/apply-action.ts)."""

from __future__ import annotations

from dataclasses import replace

from .amounts import share, times_e8
from .events import Event
from .ledger import Deal, Ledger, Position
from .settlement import charge_fees
from .terms import market_value, trade_value
from .units import add_day_flow, book, cost_of, release, set_deal

Ratio = tuple[int, int]
"""How many units become how many: new ones, old ones. A rational, so that 9 x 1/3 is 3."""


def apply_split(ledger: Ledger, position: Position, event: Event) -> None:
    """desdobramento, grupamento: the quantity is multiplied, the cost stays."""
    held = position.quantity
    if held == 0:
        ledger.report(event, "nothing_held")
        return
    ratio = _split_ratio(event, held)
    if ratio is None or share(held, *ratio) == 0:
        ledger.report(event, "incomplete")
        return
    ledger.touch(position, event)
    position.quantity = share(held, *ratio)
    position.opening_quantity = share(position.opening_quantity, *ratio)
    if position.trade_price is not None:
        position.trade_price = share(position.trade_price, ratio[1], ratio[0])
    charge_fees(ledger, position, event, event.fees)


def _split_ratio(event: Event, held: int) -> Ratio | None:
    """Of rows without a factor, a split's quantity comes on top and a reverse split's is what results."""
    factor = _factor_of(event)
    if factor is not None or event.quantity is None:
        return factor
    size = abs(held)
    result = event.quantity if event.type == "grupamento" else size + event.quantity
    return None if result == 0 else (result, size)


def _factor_of(event: Event) -> Ratio | None:
    """The row's factor, new units for old ones; None where it has none or none that makes sense."""
    if event.factor_new is None or event.factor_new <= 0:
        return None
    whole = 1 if event.factor_old is None else event.factor_old
    return None if whole <= 0 else (event.factor_new, whole)


def apply_bonus(ledger: Ledger, position: Position, event: Event) -> None:
    """bonificacao: adds units and the cost that the company declares for them; nothing is paid, so nothing flows.

    A row with a factor in place of units is the ledger's: held x (new / old - 1) are given, at an unknown cost if it
    states none.
    """
    by_factor = event.quantity is None
    ratio = _factor_of(event) if by_factor else None
    if ratio is not None and position.quantity == 0:
        ledger.report(event, "nothing_held")
        return
    quantity = (event.quantity or 0) if ratio is None else share(position.quantity, ratio[0] - ratio[1], ratio[1])
    if quantity == 0:
        ledger.report(event, "incomplete")
        return
    ledger.touch_money(position, event)
    value = trade_value(event, quantity)
    value_known = value is not None or not by_factor
    set_deal(ledger, position, quantity, value or 0, 0, value_known)
    book(ledger, position, event)
    if not value_known:
        ledger.report(event, "cost_unknown")
    charge_fees(ledger, position, event, event.fees)


def apply_conversion(ledger: Ledger, source: Position, event: Event) -> None:
    """conversao: units become units of another instrument and take their cost along; nothing is realised."""
    code = event.to_instrument
    if code == event.instrument:
        _apply_renaming(ledger, source, event)
        return
    ratio = _factor_of(event) or (1, 1)
    held = abs(source.quantity)
    asked = held if event.quantity is None else event.quantity
    units = min(asked, held)
    received = share(units, *ratio)
    if held == 0:
        ledger.report(event, "nothing_held")
        return
    target = None
    if code is not None:
        target = ledger.position_of(code, _currency_of(ledger, code) or source.currency)
    if target is None or target.is_cash or received == 0:
        ledger.report(event, "incomplete")
        return
    if asked > held:
        ledger.report(event, "sold_more_than_held", expected=asked, found=held)
    _convert(ledger, source, target, event, units, received, ratio)


def _convert(
    ledger: Ledger, source: Position, target: Position, event: Event, units: int, received: int, ratio: Ratio
) -> None:
    long = source.quantity > 0
    ledger.touch_money(source, event)
    ledger.touch_money(target, event)
    value = 0
    if long:
        moved = _moved_value(source, event, units)
        value = cost_of(source, units) if moved is None else moved
    release(ledger, source, units)
    _set_carried_deal(ledger, source, target, received if long else -received)
    book(ledger, target, event)
    if source.trade_price is not None and source.trade_day is not None and target.trade_price is None:
        target.remember_price(share(source.trade_price, ratio[1], ratio[0]), source.trade_day)
    if source.currency == target.currency:
        add_day_flow(ledger, source, -value)
        add_day_flow(ledger, target, value)
    charge_fees(ledger, source, event, event.fees)


def _apply_renaming(ledger: Ledger, position: Position, event: Event) -> None:
    """A conversion into the code that the instrument had already: nothing happens but what a factor says."""
    ratio = _factor_of(event)
    if ratio is None or ratio[0] == ratio[1]:
        charge_fees(ledger, position, event, event.fees)
        return
    held = abs(position.quantity)
    units = held if event.quantity is None else min(event.quantity, held)
    if held != 0:
        factor_new = (held - units) * ratio[1] + units * ratio[0]
        event = replace(event, factor_new=factor_new, factor_old=held * ratio[1])
    apply_split(ledger, position, event)


def _moved_value(source: Position, event: Event, units: int) -> int | None:
    market = market_value(event, units)
    if market is not None:
        return market
    return None if source.trade_price is None else times_e8(units, source.trade_price)


def _currency_of(ledger: Ledger, instrument: str) -> str | None:
    """The currency that the client's other rows give an instrument."""
    return next((event.currency for event in ledger.events if event.instrument == instrument), None)


def _set_carried_deal(ledger: Ledger, source: Position, target: Position, quantity: int) -> None:
    """Fills the deal with the cost that was just released. Between two currencies only the base cost carries over."""
    released = ledger.released
    same = source.currency == target.currency
    into_base = not same and target.base is None
    cost = released.cost if same else released.cost_base if into_base else 0
    gross = released.cost_gross if same else released.cost_gross_base if into_base else 0
    ledger.deal = Deal(
        quantity=quantity,
        value=gross,
        fees=cost - gross,
        value_base=released.cost_gross_base,
        total_base=released.cost_base,
        value_known=released.cost_known and (same or (into_base and released.cost_base_known)),
        base_known=released.cost_base_known,
    )
