"""One client's portfolio, session by session (src/portfolio/client-days.ts, exact-series.ts, returns.ts).

Amounts are integers of scale 8, returns and the linked index of scale 12; sums of quantity x price are kept at scale 16
and rounded once (docs/money.md, rules 1, 7 and 10).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from .amounts import ONE_E8, div_round, times_e8

ONE_E12 = 10**12
_LARGEST_E12 = 10**18
"""What DECIMAL(18,12) cannot hold: a return of a million times the money. Such a day is skipped and flagged."""

Rates = Sequence[int | None] | None
"""Base currency for one unit, by session; None in a place where no rate is known, and as a whole for the base itself."""


@dataclass(slots=True)
class SessionFlow:
    """Flows of one currency that reach a session, those of the days before it without a session included."""

    gross: int = 0
    base: int = 0
    gross_base: int = 0
    income_base: int = 0
    fees_base: int = 0


@dataclass(slots=True)
class Prices:
    """Closes of an instrument by session, carried forward; there is none before `first_known`."""

    values: Sequence[int]
    first_known: int


@dataclass(frozen=True, slots=True)
class Held:
    """What is held over the sessions `first` to `last`, both included; amounts that no file states are None."""

    first: int
    last: int
    quantity: int
    cost: int | None
    trade_price: int | None


class CurrencyDays:
    """What one client holds in one currency over all sessions."""

    __slots__ = ("_cost", "_steady", "_unpriced", "_value", "flows", "rates")

    def __init__(self, sessions: int, rates: Rates) -> None:
        self.rates = rates
        self.flows: dict[int, SessionFlow] = {}
        self._value = [0] * sessions
        # What is worth the same at each session is only noted where it begins and ends.
        self._steady = [0] * (sessions + 1)
        self._cost = [0] * (sessions + 1)
        self._unpriced = [0] * (sessions + 1)

    def hold(self, held: Held, prices: Prices | None) -> None:
        """Adds a position. `prices` None is cash. Before the first close the client's own trade price counts; without
        one the position is unpriced (rule 5).
        """
        first, last, quantity = held.first, held.last, held.quantity
        if last < first:
            return
        if held.cost is not None:
            _add(self._cost, held.cost, first, last)
        if prices is None:
            _add(self._steady, quantity * ONE_E8, first, last)
            return
        known = max(first, min(prices.first_known, last + 1))
        value = self._value
        value[known : last + 1] = [
            sum_e16 + quantity * price
            for sum_e16, price in zip(value[known : last + 1], prices.values[known : last + 1], strict=True)
        ]
        if known == first:
            return
        if held.trade_price is None:
            _add(self._unpriced, 1, first, known - 1)
        else:
            _add(self._steady, quantity * held.trade_price, first, known - 1)

    def totals(self) -> Totals:
        values = [div_round(own + steady, ONE_E8) for own, steady in zip(self._value, accumulate(self._steady))]
        return Totals(values, list(accumulate(self._cost)), list(accumulate(self._unpriced)), self.flows, self.rates)


def _add(changes: list[int], amount: int, first: int, last: int) -> None:
    changes[first] += amount
    changes[last + 1] -= amount


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a currency by session: values in it, costs in base currency."""

    values: Sequence[int]
    costs: Sequence[int]
    unpriced: Sequence[int]
    flows: dict[int, SessionFlow]
    rates: Rates


@dataclass(slots=True)
class ClientDay:
    """A row of portfolio_daily, amounts in base currency."""

    value: int = 0
    cost: int = 0
    flow: int = 0
    income: int = 0
    fees: int = 0
    price_gain: int = 0
    currency_gain: int = 0
    day_return: int = 0
    twr_index: int = ONE_E12
    unpriced: int = 0
    skipped: bool = False


_NO_FLOW = SessionFlow()


def client_days(
    currencies: Sequence[Totals], first: int, last: int, *, controls_cash: bool
) -> Iterator[tuple[int, ClientDay]]:
    """Values a client at the sessions `first` to `last` and links the returns, from an index of 1 and a value of 0.

    The session before `first` only carries opening values. A day whose denominator is zero or less is skipped.
    """
    index, before = ONE_E12, 0
    for session in range(first, last + 1):
        day = ClientDay()
        for currency in currencies:
            _add_currency(day, currency, session)
        day.currency_gain -= day.price_gain
        earned = day_return(before, day.value, day.flow, 0 if controls_cash else day.income)
        linked = None if earned is None else link_index(index, earned)
        if earned is None or linked is None or not (_fits(earned) and _fits(linked)):
            day.skipped = True
        else:
            index, day.day_return = linked, earned
        day.twr_index = index
        before = day.value
        yield session, day


def _fits(units_e12: int) -> bool:
    return -_LARGEST_E12 < units_e12 < _LARGEST_E12


def _add_currency(day: ClientDay, currency: Totals, session: int) -> None:
    """Adds one currency to a day. `currency_gain` holds the whole gain until the price effect is taken from it."""
    value, before = currency.values[session], currency.values[session - 1]
    flow = currency.flows.get(session, _NO_FLOW)
    day.cost += currency.costs[session]
    day.unpriced += currency.unpriced[session]
    day.flow += flow.base
    day.income += flow.income_base
    day.fees += flow.fees_base
    if currency.rates is None:
        day.value += value
        day.price_gain += value - before - flow.gross
        day.currency_gain += value - before - flow.gross_base
        return
    rate, opening = currency.rates[session], currency.rates[session - 1]
    if rate is None and value != 0:
        day.unpriced += 1
    value_base = _in_base(value, rate)
    day.value += value_base
    day.price_gain += _in_base(value - before - flow.gross, rate if opening is None else opening)
    day.currency_gain += value_base - _in_base(before, opening) - flow.gross_base


def _in_base(amount: int, rate: int | None) -> int:
    """An amount at a rate, rounded; an unknown rate leaves it out, which `unpriced` tells."""
    return 0 if rate is None else times_e8(amount, rate)


def day_return(before: int, end: int, flow: int, income: int) -> int | None:
    """The return of one session at scale 12; None where the denominator is zero or less.

    r = (end + max(-F, 0) + income) / (before + max(F, 0)) - 1: what comes in counts as there from the start of the
    session, what leaves as there until its end.
    """
    invested = before + max(flow, 0)
    if invested <= 0:
        return None
    got_back = end + max(-flow, 0) + income
    return div_round((got_back - invested) * ONE_E12, invested)


def link_index(index: int, earned: int) -> int:
    """Links a session's return to the index of the session before: round12(index x (1 + r))."""
    return div_round(index * (ONE_E12 + earned), ONE_E12)
