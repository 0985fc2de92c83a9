"""Booking on the average cost of a position (src/portfolio/units.ts; docs/money.md, rule 3)."""

from __future__ import annotations

from dataclasses import dataclass

from .amounts import share
from .events import Event
from .ledger import Deal, Ledger, Position


def set_deal(ledger: Ledger, position: Position, quantity: int, value: int, fees: int, value_known: bool) -> None:
    """Fills the ledger's deal. Amounts are in the current event's currency; base figures follow at its rate."""
    deal = Deal(quantity, value, fees, value_known=value_known)
    ledger.deal = deal
    if position.base is None:
        return
    deal.value_base = ledger.in_base(value)
    deal.total_base = ledger.in_base(value + fees)
    deal.base_known = ledger.rate_known


def book(ledger: Ledger, position: Position, event: Event) -> None:
    """Units of the position's own sign are added at their cost; units of the other sign close it pro rata and realise
    a gain; what goes beyond zero opens the other side, with value and fees pro rata.
    """
    deal = ledger.deal
    held = position.quantity
    if held == 0 or (held < 0) == (deal.quantity < 0):
        _open(position, deal)
        return
    size, units = abs(held), abs(deal.quantity)
    if units <= size:
        _close(ledger, position, event)
        return
    ledger.deal, rest = _split(deal, size, units)
    _close(ledger, position, event)
    ledger.deal = rest
    _open(position, rest)


def _split(deal: Deal, part: int, whole: int) -> tuple[Deal, Deal]:
    """Cuts a deal into `part` of `whole` units and the rest, so that both add up exactly.

    Value and fees apart, as in the position's own currency, so that a rate of 1 gives the same figures.
    """
    value_base = share(deal.value_base, part, whole)
    kept = Deal(
        quantity=-part if deal.quantity < 0 else part,
        value=share(deal.value, part, whole),
        fees=share(deal.fees, part, whole),
        value_base=value_base,
        total_base=value_base + share(deal.total_base - deal.value_base, part, whole),
        value_known=deal.value_known,
        base_known=deal.base_known,
    )
    rest = Deal(
        quantity=deal.quantity - kept.quantity,
        value=deal.value - kept.value,
        fees=deal.fees - kept.fees,
        value_base=deal.value_base - kept.value_base,
        total_base=deal.total_base - kept.total_base,
        value_known=deal.value_known,
        base_known=deal.base_known,
    )
    return kept, rest


def _open(position: Position, deal: Deal) -> None:
    position.quantity += deal.quantity
    position.own.cost += deal.value + deal.fees
    position.own.cost_gross += deal.value
    if not deal.value_known:
        position.cost_known = False
    if position.base is None:
        return
    position.base.cost += deal.total_base
    position.base.cost_gross += deal.value_base
    if not deal.base_known:
        position.cost_base_known = False


def _close(ledger: Ledger, position: Position, event: Event) -> None:
    """Closes as many units as the deal has, which must not be more than are held.

    A short was sold first: its proceeds and the fees of that sale are in the cost that is released now.
    """
    deal, released = ledger.deal, ledger.released
    long = position.quantity > 0
    units = abs(deal.quantity)
    release(ledger, position, units)
    gain = -deal.value - deal.fees - released.cost
    gain_base = gain if position.base is None else -deal.total_base - released.cost_base
    realize(
        ledger,
        position,
        event,
        Disposal(
            quantity=units,
            proceeds=-deal.value if long else -released.cost_gross,
            fees=deal.fees if long else deal.fees + released.cost - released.cost_gross,
            cost_removed=released.cost if long else deal.value,
            gain=gain,
            gain_base=gain_base,
            gain_known=released.cost_known and deal.value_known,
            base_known=released.cost_base_known and deal.base_known,
        ),
    )


def release(ledger: Ledger, position: Position, units: int) -> None:
    """Takes units and their cost pro rata out of a position, into the ledger's `released`. Long or short."""
    released, own, base = ledger.released, position.own, position.base
    held = abs(position.quantity)
    basis = own if base is None else base
    released.cost_known = position.cost_known
    released.cost_base_known = position.cost_base_known
    # share() of a whole is the whole itself, so that closing a position leaves exactly nothing.
    released.cost = share(own.cost, units, held)
    released.cost_gross = share(own.cost_gross, units, held)
    released.cost_base = share(basis.cost, units, held)
    released.cost_gross_base = share(basis.cost_gross, units, held)
    if units == held:
        position.quantity = 0
        position.cost_known = True
        position.cost_base_known = True
    else:
        position.quantity += -units if position.quantity > 0 else units
    own.cost -= released.cost
    own.cost_gross -= released.cost_gross
    if base is None:
        return
    base.cost -= released.cost_base
    base.cost_gross -= released.cost_gross_base


@dataclass(slots=True, frozen=True)
class Disposal:
    """In the position's currency; gain = proceeds - fees - cost_removed."""

    quantity: int
    proceeds: int
    fees: int
    cost_removed: int
    gain: int
    gain_base: int
    gain_known: bool
    base_known: bool
    day_trade: bool = False


def realize(ledger: Ledger, position: Position, event: Event, disposal: Disposal) -> None:
    """Adds a disposal to the cumulative gains and emits its row. Base-currency cash gains nothing and gets no row."""
    position.own.realized += disposal.gain
    if not disposal.gain_known:
        position.realized_known = False
    if position.base is not None:
        position.base.realized += disposal.gain_base
        if not disposal.base_known:
            position.totals_base_known = False
    elif position.is_cash:
        return
    known = disposal.gain_known
    ledger.sink.realized.append(
        (
            ledger.client.client_id,
            position.instrument,
            event.day,
            event.type,
            disposal.day_trade,
            position.currency,
            disposal.quantity,
            disposal.proceeds,
            disposal.fees,
            disposal.cost_removed,
            disposal.gain if known else None,
            disposal.gain_base if known and disposal.base_known else None,
            event.source_file,
            event.row_number,
            event.row_hash,
        )
    )


def add_fees(ledger: Ledger, position: Position, fees: int) -> None:
    """Adds to the cumulative fees of a position, in the current event's currency."""
    if fees == 0:
        return
    position.own.fees += fees
    if position.base is None:
        return
    position.base.fees += ledger.in_base(fees)
    if not ledger.rate_known:
        position.totals_base_known = False


def add_day_flow(ledger: Ledger, position: Position, value: int) -> None:
    """Adds to what entered a position today, in the current event's currency."""
    position.own.day_flow += value
    if position.base is not None:
        position.base.day_flow += ledger.in_base(value)


def cost_of(position: Position, quantity: int) -> int:
    """Average cost of units; more than are held long cost what is held."""
    held = position.quantity
    return 0 if held <= 0 else share(position.own.cost, min(quantity, held), held)
