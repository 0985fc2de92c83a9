"""Income, amortisations, fees, taxes and contributions (src/portfolio/apply-payment.ts)."""

from __future__ import annotations

from .events import Event
from .ledger import Ledger, Position
from .settlement import charge_fees, contribute, receive, settle, withhold
from .terms import cash_amount, paid_amount
from .units import Disposal, add_day_flow, add_fees, realize


def apply_income(ledger: Ledger, position: Position, event: Event) -> None:
    """dividendo, jcp, rendimento, juros: net = gross - tax, on the credit date (docs/money.md, rule 14)."""
    gross = paid_amount(event)
    if gross is None:
        ledger.report(event, "incomplete")
        return
    ledger.touch_money(position, event)
    net = gross - event.tax
    net_base = ledger.in_base(net)
    position.own.income += net
    if position.base is not None:
        position.base.income += net_base
        if not ledger.rate_known:
            position.totals_base_known = False
    ledger.sink.income.append(
        (
            ledger.client.client_id,
            event.instrument,
            event.day,
            event.type,
            event.currency,
            gross,
            event.tax,
            net,
            net_base if ledger.rate_known else None,
            event.source_file,
            event.row_number,
            event.row_hash,
        )
    )
    receive(ledger, event, net)
    charge_fees(ledger, position, event, event.fees)


def apply_amortization(ledger: Ledger, position: Position, event: Event) -> None:
    """amortizacao: money that comes back lowers the cost; what exceeds the cost is gain."""
    amount = paid_amount(event)
    if amount is None:
        ledger.report(event, "incomplete")
        return
    ledger.touch_money(position, event)
    own, base = position.own, position.base
    net = amount - event.fees
    removed = _lowering(own.cost, net)
    gain = net - removed
    own.cost -= removed
    own.cost_gross -= _lowering(own.cost_gross, amount)
    gain_base = gain
    base_known = base is None or (ledger.rate_known and position.cost_base_known)
    if base is not None:
        net_base = ledger.in_base(net)
        removed_base = _lowering(base.cost, net_base)
        gain_base = net_base - removed_base
        base.cost -= removed_base
        base.cost_gross -= _lowering(base.cost_gross, ledger.in_base(amount))
        if not ledger.rate_known and position.quantity != 0:
            position.cost_base_known = False
    if gain != 0 or gain_base != 0:
        known = position.cost_known
        disposal = Disposal(0, amount, event.fees, removed, gain, gain_base, known, base_known)
        realize(ledger, position, event, disposal)
    add_fees(ledger, position, event.fees)
    add_day_flow(ledger, position, -amount)
    settle(ledger, event, -amount)
    withhold(ledger, event, event.tax)


def _lowering(cost: int, payment: int) -> int:
    """How much of a payment lowers a cost: as much as there is of it, and nothing of a short's."""
    return min(cost, payment) if cost > 0 else 0


def apply_fee(ledger: Ledger, position: Position, event: Event) -> None:
    """taxa: into the fees of its instrument or of cash, not into the realised gain."""
    amount = paid_amount(event)
    if amount is None and event.fees == 0:
        ledger.report(event, "incomplete")
        return
    charge_fees(ledger, position, event, (amount or 0) + event.fees)


def apply_tax(ledger: Ledger, _position: Position, event: Event) -> None:
    """ir: tax paid, a withdrawal from controlled cash; without it nothing of the portfolio changes."""
    paid = paid_amount(event)
    amount = event.tax if paid is None else paid
    if amount == 0:
        ledger.report(event, "incomplete")
    else:
        withhold(ledger, event, amount)


def apply_contribution(ledger: Ledger, position: Position, event: Event) -> None:
    """aporte, retirada: money that the client brings or takes; only meaningful where cash is controlled."""
    amount = cash_amount(event)
    if not ledger.client.controls_cash:
        ledger.report(event, "cash_not_controlled")
    elif amount is None:
        ledger.report(event, "incomplete")
    else:
        contribute(ledger, event, amount if event.type == "aporte" else -amount)
        charge_fees(ledger, position, event, event.fees)
