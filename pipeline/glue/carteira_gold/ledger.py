"""The running state of one client (src/portfolio/ledger.ts, position.ts, day-flow.ts)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .amounts import ONE_E8, times_e8
from .events import Client, Event, Sink
from .matching import DayMatches

CASH_PREFIX = "CAIXA-"
NEVER = -(2**53 - 1)
"""`change_day` of a position that nothing has touched."""


def cash_code(currency: str) -> str:
    return f"{CASH_PREFIX}{currency}"


@dataclass(slots=True)
class Tally:
    """What is added up for a position. `cost` is negative for a short: the proceeds after fees."""

    cost: int = 0
    cost_gross: int = 0
    realized: int = 0
    fees: int = 0
    income: int = 0
    day_flow: int = 0


@dataclass(slots=True)
class Position:
    instrument: str
    currency: str
    is_cash: bool
    base: Tally | None
    """None where the position's currency is the base currency: `own` is then both."""
    own: Tally = field(default_factory=Tally)
    quantity: int = 0
    cost_known: bool = True
    cost_base_known: bool = True
    totals_base_known: bool = True
    realized_known: bool = True
    day_base_known: bool = True
    change_day: int = NEVER
    opening_quantity: int = 0
    trade_price: int | None = None
    trade_day: int | None = None
    last: Event | None = None
    """The event that last touched it, for the row's lineage."""

    def remember_price(self, price: int, day: int) -> None:
        """The price of the client's own trade: what the position is worth before any quote (rule 5)."""
        self.trade_price = price
        self.trade_day = day


@dataclass(slots=True)
class FlowTally:
    border: int = 0
    trade_fees: int = 0
    other_fees: int = 0
    income: int = 0


@dataclass(slots=True)
class DayFlow:
    """The flows of one currency on the current day."""

    currency: str
    base: FlowTally | None
    own: FlowTally = field(default_factory=FlowTally)
    base_known: bool = True
    used: bool = False
    cash: Position | None = None


@dataclass(slots=True)
class Deal:
    """Units and money that enter a position (positive) or leave it (negative); `value` is without fees."""

    quantity: int = 0
    value: int = 0
    fees: int = 0
    value_base: int = 0
    total_base: int = 0
    value_known: bool = True
    base_known: bool = True


@dataclass(slots=True)
class Released:
    """The cost that left with units."""

    cost: int = 0
    cost_gross: int = 0
    cost_base: int = 0
    cost_gross_base: int = 0
    cost_known: bool = True
    cost_base_known: bool = True


class Ledger:
    """Everything the fold of one client holds."""

    __slots__ = (
        "client",
        "deal",
        "events",
        "flows",
        "matches",
        "positions",
        "rate",
        "rate_known",
        "released",
        "sink",
    )

    def __init__(self, client: Client, events: Sequence[Event], sink: Sink) -> None:
        self.client = client
        self.events = events
        self.sink = sink
        self.positions: dict[str, Position] = {}
        self.flows: dict[str, DayFlow] = {}
        self.deal = Deal()
        self.released = Released()
        self.matches: DayMatches | None = None
        self.rate = ONE_E8
        self.rate_known = True

    def take_rate(self, event: Event) -> None:
        """The exchange rate of an event: 1 for the base currency itself, whatever the event says."""
        same = event.currency == self.client.base_currency
        self.rate_known = same or event.fx_rate is not None
        self.rate = ONE_E8 if same else (event.fx_rate or 0)

    def in_base(self, amount: int) -> int:
        """An amount of the current event's currency in base currency; 0 where no rate is known."""
        return amount if self.rate == ONE_E8 else times_e8(amount, self.rate)

    def position_of(self, instrument: str, event_currency: str) -> Position:
        """Cash has the currency that its code says; everything else that of its first event."""
        found = self.positions.get(instrument)
        if found is not None:
            return found
        is_cash = instrument.startswith(CASH_PREFIX)
        currency = instrument[len(CASH_PREFIX) :] if is_cash else event_currency
        base = None if currency == self.client.base_currency else Tally()
        made = Position(instrument, currency, is_cash, base)
        self.positions[instrument] = made
        return made

    def flow_of(self, currency: str) -> DayFlow:
        """The flows of a currency on the current day, marked as used."""
        flow = self.flows.get(currency)
        if flow is None:
            base = None if currency == self.client.base_currency else FlowTally()
            flow = self.flows[currency] = DayFlow(currency, base)
        flow.used = True
        if flow.base is not None and not self.rate_known:
            flow.base_known = False
        return flow

    def touch(self, position: Position, event: Event) -> None:
        """Opens the event's day for a position: the state of its previous change day becomes a span."""
        if position.change_day != event.day:
            if position.change_day != NEVER:
                self.emit_span(position, event.day)
            position.change_day = event.day
            position.opening_quantity = position.quantity
            position.own.day_flow = 0
            if position.base is not None:
                position.base.day_flow = 0
            position.day_base_known = True
        position.last = event

    def touch_money(self, position: Position, event: Event) -> None:
        """Touches a position that is about to take money, and says once a day where the rate is missing."""
        self.touch(position, event)
        if position.base is not None and not self.rate_known and position.day_base_known:
            position.day_base_known = False
            self.report(event, "rate_missing", instrument=position.instrument)

    def report(
        self,
        event: Event,
        code: str,
        *,
        instrument: str | None = None,
        expected: int | None = None,
        found: int | None = None,
    ) -> None:
        """Hands a finding about an event to the sink."""
        self.sink.findings.append(
            (
                code,
                self.client.client_id,
                instrument or event.instrument,
                event.day,
                expected,
                found,
                event.source_file,
                event.row_number,
                event.seq,
            )
        )

    def emit_span(self, position: Position, valid_to: int) -> None:
        """The state that holds from the position's last change day up to `valid_to`, exclusive."""
        own, base, last = position.own, position.base or position.own, position.last
        assert last is not None, "a span is only emitted of a position that an event touched"
        cost_base_known = position.cost_base_known
        known = cost_base_known and position.totals_base_known and position.day_base_known
        self.sink.spans.append(
            (
                self.client.client_id,
                position.instrument,
                position.currency,
                self.client.base_currency,
                position.change_day,
                valid_to,
                position.quantity,
                own.cost,
                own.cost_gross,
                own.realized if position.realized_known else None,
                own.fees,
                own.income,
                base.cost if cost_base_known else None,
                base.cost_gross if cost_base_known else None,
                base.realized if position.realized_known and known else None,
                base.fees if known else None,
                base.income if known else None,
                position.cost_known,
                position.opening_quantity,
                own.day_flow,
                base.day_flow if known else None,
                position.trade_price,
                position.trade_day,
                last.source_file,
                last.row_number,
            )
        )

    def emit_day_flow(self, flow: DayFlow, day: int) -> None:
        """Emits the day's row of one currency and clears it. With controlled cash, fees and income stay inside."""
        own, base, known = flow.own, flow.base or flow.own, flow.base_known
        fees = own.trade_fees + own.other_fees
        fees_base = base.trade_fees + base.other_fees
        inside = self.client.controls_cash
        into_base = base.border if inside else base.border + base.trade_fees
        gross_base = base.border + base.income - fees_base if inside else base.border
        self.sink.flows.append(
            (
                self.client.client_id,
                day,
                flow.currency,
                own.border if inside else own.border + own.trade_fees,
                own.border + own.income - fees if inside else own.border,
                into_base if known else None,
                gross_base if known else None,
                own.income,
                base.income if known else None,
                fees,
                fees_base if known else None,
            )
        )
        flow.own = FlowTally()
        if flow.base is not None:
            flow.base = FlowTally()
        flow.base_known = True
        flow.used = False
