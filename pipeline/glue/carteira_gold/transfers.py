"""Transfers and custody snapshots (src/portfolio/apply-transfer.ts, apply-snapshot.ts)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .amounts import per_unit, times_e8
from .events import Event
from .ledger import CASH_PREFIX, NEVER, Ledger, Position
from .settlement import charge_fees, contribute, cross
from .terms import market_value, paid_amount
from .units import add_day_flow, book, cost_of, release, set_deal


def apply_transfer_in(ledger: Ledger, position: Position, event: Event) -> None:
    """transferencia_entrada: units come with the cost they had elsewhere; they enter at market value."""
    quantity = _units_to_move(ledger, event)
    if quantity != 0:
        ledger.touch_money(position, event)
        cost = paid_amount(event)
        value, stated = _entry_value(position, event, quantity, cost)
        set_deal(ledger, position, quantity, cost or 0, 0, cost is not None)
        book(ledger, position, event)
        if cost is None:
            ledger.report(event, "cost_unknown")
        if stated:
            position.remember_price(per_unit(value, quantity), event.day)
        add_day_flow(ledger, position, value)
        cross(ledger, event, value)
    charge_fees(ledger, position, event, event.fees)


def apply_transfer_out(ledger: Ledger, position: Position, event: Event) -> None:
    """transferencia_saida: takes cost out pro rata, realises nothing, leaves at market value.

    What exceeds the units held goes below zero at an unknown cost: the quantity of the file never drifts.
    """
    quantity = _units_to_move(ledger, event)
    if quantity != 0:
        ledger.touch_money(position, event)
        stated = _stated_value(event, quantity)
        value = cost_of(position, quantity) if stated is None else stated
        held = max(position.quantity, 0)
        carried = min(quantity, held)
        if carried != 0:
            release(ledger, position, carried)
        if quantity > held:
            ledger.report(event, "sold_more_than_held", expected=quantity, found=held)
            set_deal(ledger, position, held - quantity, 0, 0, False)
            book(ledger, position, event)
        add_day_flow(ledger, position, -value)
        cross(ledger, event, -value)
    charge_fees(ledger, position, event, event.fees)


def _units_to_move(ledger: Ledger, event: Event) -> int:
    """The units of a transfer, less what is the client's own move between brokerages."""
    if event.quantity is None:
        ledger.report(event, "incomplete")
    moved = None if ledger.matches is None else ledger.matches.moves.get(event)
    return (event.quantity or 0) if moved is None else moved


def _stated_value(event: Event, quantity: int) -> int | None:
    """The value at which units cross the border: the market's, else at the row's own price."""
    market = market_value(event, quantity)
    if market is not None:
        return market
    return None if event.price is None else times_e8(quantity, event.price)


def _entry_value(position: Position, event: Event, quantity: int, cost: int | None) -> tuple[int, bool]:
    """The same for units that come in, whose declared cost is the next best; else the average cost of those held."""
    stated = _stated_value(event, quantity)
    if stated is None:
        stated = cost
    if stated is not None:
        return stated, True
    held = position.quantity
    return (times_e8(quantity, per_unit(position.own.cost, held)) if held > 0 else 0), False


@dataclass(slots=True)
class _Statement:
    """One instrument in one custody statement, its rows of several brokerages added up."""

    event: Event
    quantity: int
    cost: int | None
    """None once a row did not state its average cost."""


def apply_snapshots(ledger: Ledger, events: Sequence[Event]) -> None:
    """Takes a day's custody snapshots, which come after everything else of the day.

    A position that nothing ever touched is opened by one; any other is compared with it and left as it is.
    """
    statements: dict[tuple[str, str], _Statement] = {}
    for event in events:
        key = (event.source, event.instrument)
        quantity = event.quantity or 0
        cost = quantity if event.instrument.startswith(CASH_PREFIX) else paid_amount(event)
        known = statements.get(key)
        if known is None:
            statements[key] = _Statement(event, quantity, cost)
        else:
            known.quantity += quantity
            known.cost = None if known.cost is None or cost is None else known.cost + cost
    for statement in statements.values():
        _apply_statement(ledger, statement)


def _apply_statement(ledger: Ledger, statement: _Statement) -> None:
    event, quantity = statement.event, statement.quantity
    position = ledger.position_of(event.instrument, event.currency)
    ledger.take_rate(event)
    if position.currency != event.currency:
        ledger.report(event, "currency_differs")
    elif position.is_cash and not ledger.client.controls_cash:
        ledger.report(event, "cash_not_controlled")
    elif position.change_day == NEVER:
        if quantity == 0:
            return
        if position.is_cash:
            contribute(ledger, event, quantity)
        else:
            _open_from(ledger, position, statement)
    elif position.quantity != quantity:
        ledger.report(event, "snapshot_differs", expected=quantity, found=position.quantity)


def _open_from(ledger: Ledger, position: Position, statement: _Statement) -> None:
    event, quantity, cost = statement.event, statement.quantity, statement.cost
    ledger.touch_money(position, event)
    set_deal(ledger, position, quantity, cost or 0, 0, cost is not None)
    book(ledger, position, event)
    if cost is None:
        ledger.report(event, "cost_unknown")
    market = market_value(event, quantity)
    value = cost if market is None else market
    if value is None:
        return
    position.remember_price(per_unit(value, quantity), event.day)
    add_day_flow(ledger, position, value)
    cross(ledger, event, value)
