"""Folds the operations of one client into spans, gains, income and flows (src/portfolio/fold.ts)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from .actions import apply_bonus, apply_conversion, apply_split
from .cash import apply_to_cash
from .contract import CONTRACT
from .events import OPEN_DAY, Client, Event, Sink
from .ledger import NEVER, Ledger, Position
from .matching import match_day, within_day
from .payments import apply_amortization, apply_contribution, apply_fee, apply_income, apply_tax
from .trades import apply_buy, apply_fraction, apply_redemption, apply_sell, apply_tax_in_units
from .transfers import apply_snapshots, apply_transfer_in, apply_transfer_out

_SNAPSHOT: str = CONTRACT["fold"]["snapshot"]

_APPLY: dict[str, Callable[[Ledger, Position, Event], None]] = {
    "compra": apply_buy,
    "venda": apply_sell,
    "subscricao": apply_buy,
    "dividendo": apply_income,
    "jcp": apply_income,
    "rendimento": apply_income,
    "juros": apply_income,
    "amortizacao": apply_amortization,
    "bonificacao": apply_bonus,
    "desdobramento": apply_split,
    "grupamento": apply_split,
    "fracao": apply_fraction,
    "conversao": apply_conversion,
    "transferencia_entrada": apply_transfer_in,
    "transferencia_saida": apply_transfer_out,
    "resgate": apply_redemption,
    "vencimento": apply_redemption,
    "come_cotas": apply_tax_in_units,
    "ir": apply_tax,
    "taxa": apply_fee,
    "aporte": apply_contribution,
    "retirada": apply_contribution,
}
if set(_APPLY) != set(CONTRACT["fold"]["types"]):
    # A type that the contract learnt and this fold did not would be dropped without a word.
    raise RuntimeError("the fold does not know the contract's operation types: bring fold.py in line with them")


def fold_client(client: Client, events: Sequence[Event]) -> Sink:
    """Folds all events of a client, sorted by day; the order within a day is made here.

    Raises ValueError when the events are not sorted by day. What is wrong with a row is a finding, not an error.
    """
    sink = Sink()
    ledger = Ledger(client, events, sink)
    last_day = NEVER
    for day, of_day in groupby(events, key=lambda event: event.day):
        if day < last_day:
            raise ValueError("the events of a client are not sorted by day")
        _apply_day(ledger, list(of_day))
        _close_day(ledger, day)
        last_day = day
    for position in ledger.positions.values():
        if position.change_day != NEVER:
            ledger.emit_span(position, OPEN_DAY)
    return sink


def _apply_day(ledger: Ledger, day: list[Event]) -> None:
    if len(day) > 1:
        day.sort(key=within_day)
        ledger.matches = match_day(day)
    snapshots = [event for event in day if event.type == _SNAPSHOT]
    for event in day:
        if event.type != _SNAPSHOT:
            _apply(ledger, event)
    if snapshots:
        apply_snapshots(ledger, snapshots)
    ledger.matches = None


def _apply(ledger: Ledger, event: Event) -> None:
    position = ledger.position_of(event.instrument, event.currency)
    ledger.take_rate(event)
    if position.is_cash:
        apply_to_cash(ledger, position, event)
    elif position.currency != event.currency:
        ledger.report(event, "currency_differs")
    else:
        _APPLY[event.type](ledger, position, event)


def _close_day(ledger: Ledger, day: int) -> None:
    """Emits the day's flows, and says of cash that it ends the day overdrawn."""
    for flow in ledger.flows.values():
        if not flow.used:
            continue
        ledger.emit_day_flow(flow, day)
        cash = flow.cash
        if cash is None or cash.change_day != day or cash.quantity >= 0 or cash.last is None:
            continue
        last = cash.last
        ledger.sink.findings.append(
            (
                "sold_more_than_held",
                ledger.client.client_id,
                cash.instrument,
                day,
                None,
                cash.quantity,
                last.source_file,
                last.row_number,
                last.seq,
            )
        )
