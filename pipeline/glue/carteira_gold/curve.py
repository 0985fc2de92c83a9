"""What deposits are worth by their own terms.

The twin of src/portfolio/curve.ts and curve-position.ts (docs/money.md, rule 15), all in integers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from .amounts import ONE_E8, div_round, per_unit, times_e8
from .events import OPEN_DAY, Event, Row

LEVEL_ONE = 10**12
FINE_ONE = 10**30
_ROOT_ONE = 10**40
_ROOT_STEPS_MAX = 200
_BANK_DAYS_A_YEAR = 252
_HUNDRED_E8 = 100 * ONE_E8
_SPREAD_MAX_E8 = 20 * ONE_E8
_RATE_MAX_E8 = 1_000 * ONE_E8
_UNITS_MAX = 10**37
_TO_PRICE = 10**20
_TO_MONEY = 10**28
PRICE_MAX_E8 = 10**18
"""What a DECIMAL(18,8) holds."""

_BUYS = frozenset({"compra", "subscricao"})
_SALES = frozenset({"venda", "resgate", "vencimento", "come_cotas"})
_PAYMENTS = frozenset({"juros", "rendimento", "amortizacao"})

Points = Sequence[tuple[int, int]]
"""Published rates in percent with 8 digits by day, oldest first."""


@dataclass(frozen=True, slots=True)
class Terms:
    """`rate` is in percent: of the index where `percent`, else a year."""

    index: str
    percent: bool
    rate: int
    maturity: int | None


def terms_of(event: Event) -> Terms | None:
    """The terms of an operation; None where they are missing or of an index that has no curve here."""
    if event.indexer is None or event.indexer_rate is None:
        return None
    index, *said = event.indexer.split("_")
    rate = event.indexer_rate
    if index not in ("CDI", "SELIC", "IPCA", "PRE"):
        return None
    percent = index in ("CDI", "SELIC") and (rate > _SPREAD_MAX_E8 if not said else said[0] == "PERCENTUAL")
    known = rate > 0 if percent else rate > -_HUNDRED_E8
    return Terms(index, percent, rate, event.maturity) if known and rate <= _RATE_MAX_E8 else None


@dataclass(frozen=True, slots=True)
class Series:
    """Levels by day: `levels` holds the one before the first day, and one after each. A day accrues until its `reach`."""

    days: Sequence[int]
    levels: Sequence[int]
    reaches: Sequence[int]

    def level_at(self, day: int) -> int | None:
        """The product of all days before `day`; None before the first. Flat where the index ends."""
        if not self.days or day < self.days[0]:
            return None
        return self.levels[bisect_left(self.days, day)]

    def through_at(self, day: int) -> int:
        """The day that the level of `day` is really of: earlier where the index is not known any further."""
        place = bisect_left(self.days, day)
        return day if place == 0 else min(day, self.reaches[place - 1])


class CurveBook:
    """The series of the terms that deposits state, each made at its first use."""

    def __init__(self, points: Mapping[str, Points], bank_days: Sequence[int]) -> None:
        self._points = points
        self._bank_days = bank_days
        self._series: dict[tuple[str, bool, int], Series] = {}

    def level_on(self, terms: Terms, day: int) -> int | None:
        """The level of terms on a day: nothing accrues from the maturity on."""
        return self._series_of(terms).level_at(_accrued_to(terms, day))

    def known_through(self, terms: Terms, day: int) -> int:
        """The day that a value of `day` is really of: earlier where the index is not known up to it, or to the maturity."""
        accrued = _accrued_to(terms, day)
        through = self._series_of(terms).through_at(accrued)
        return day if through >= accrued else through

    def _series_of(self, terms: Terms) -> Series:
        key = (terms.index, terms.percent, terms.rate)
        if key not in self._series:
            days, levels = _series(terms, self._points.get(terms.index, ()), self._bank_days)
            self._series[key] = Series(days, levels, _next_days(days, self._bank_days))
        return self._series[key]


def _next_days(days: Sequence[int], bank_days: Sequence[int]) -> list[int]:
    """For each day the bank day after it; the next calendar day where the calendar ends."""
    places = (bisect_right(bank_days, day) for day in days)
    return [bank_days[place] if place < len(bank_days) else day + 1 for day, place in zip(days, places, strict=True)]


_Levels = tuple[list[int], list[int]]
"""Days on which something accrues, and the level before the first of them and after each."""


def _series(terms: Terms, points: Points, bank_days: Sequence[int]) -> _Levels:
    if terms.index == "PRE":
        factor = _day_factor(terms.rate)
        return _product([(day, factor) for day in bank_days])
    if terms.index == "IPCA":
        return _inflation(terms, points, bank_days)
    return _floating(terms, points)


def _floating(terms: Terms, points: Points) -> _Levels:
    """CDI and SELIC: each step is rounded to 12 digits, as the benchmark's levels are."""
    spread = FINE_ONE if terms.percent else _day_factor(terms.rate)
    percent = terms.rate if terms.percent else _HUNDRED_E8
    whole = _HUNDRED_E8 * _HUNDRED_E8
    levels = [LEVEL_ONE]
    for _, value in points:
        levels.append(div_round(levels[-1] * (whole + value * percent) * spread, whole * FINE_ONE))
    return [day for day, _ in points], levels


def _inflation(terms: Terms, points: Points, bank_days: Sequence[int]) -> _Levels:
    """In a month accrues the IPCA of the month before, in equal parts of its bank days."""
    real = _day_factor(terms.rate)
    by_month = {month: list(days) for month, days in groupby(bank_days, key=_month_of)}
    factors: list[tuple[int, int]] = []
    expected: int | None = None
    for day, value in points:
        month = _month_of(day) + 1
        days = by_month.get(month, [])
        if (expected is not None and month != expected) or not days:
            break
        expected = month + 1
        part = _root(FINE_ONE + value * 10**20, len(days))
        factor = div_round(part * real, FINE_ONE)
        factors.extend((accrued, factor) for accrued in days)
    return _product(factors)


def _product(steps: Sequence[tuple[int, int]]) -> _Levels:
    levels = [LEVEL_ONE]
    fine = FINE_ONE
    for _, factor in steps:
        fine = div_round(fine * factor, FINE_ONE)
        levels.append(div_round(fine, 10**18))
    return [day for day, _ in steps], levels


@lru_cache(maxsize=100_000)
def _month_of(day: int) -> int:
    """Months since 1970."""
    moment = date(1970, 1, 1) + timedelta(days=day)
    return moment.year * 12 + moment.month - 1 - 1970 * 12


def _day_factor(rate: int) -> int:
    """(1 + rate)^(1/252) with 30 digits, of a yearly rate in percent."""
    return FINE_ONE if rate == 0 else _root(FINE_ONE + rate * 10**20, _BANK_DAYS_A_YEAR)


def _root(value: int, degree: int) -> int:
    """The root of a positive number with 30 digits, by Newton's steps from above. Ten digits more are kept on the way.

    Every quotient but the first is of positive numbers, where `//` and JavaScript's `/` agree; the first, of a rate
    below zero, is rounded towards zero as there.
    """
    one = _ROOT_ONE
    wanted = value * 10**10
    excess = wanted - one
    root = one + (excess // degree if excess >= 0 else -(-excess // degree)) + 1
    for _ in range(_ROOT_STEPS_MAX):
        following = ((degree - 1) * root + (wanted * one) // _power(root, degree - 1, one)) // degree
        if following >= root:
            break
        root = following
    return div_round(root, 10**10)


def _power(base: int, exponent: int, one: int) -> int:
    """base^exponent where both are scaled by `one`."""
    result, square, rest = one, base, exponent
    while rest > 0:
        if rest % 2 == 1:
            result = result * square // one
        square = square * square // one
        rest >>= 1
    return result


def _accrued_to(terms: Terms, day: int) -> int:
    """Nothing accrues from the maturity on."""
    return day if terms.maturity is None else min(terms.maturity, day)


def price_of(worth: int, quantity: int) -> int:
    """The unit price of units x levels, to 8 digits."""
    return div_round(worth, quantity * _TO_PRICE)


@dataclass(frozen=True, slots=True)
class Lot:
    """A purchase as far as it is still held: `units` times the level of a day is what it is worth then."""

    terms: Terms
    day: int
    units: int


class CurvePosition:
    """One client's position in a deposit, followed through its operations, whole days at a time.

    Purchases are lots of their own; what leaves, leaves all of them pro rata. Once something happens that no terms
    cover, the position has no curve until it has been closed.
    """

    def __init__(self, book: CurveBook) -> None:
        self._book = book
        self._lost = False
        self.quantity = 0
        self.lots: list[Lot] = []

    @property
    def known(self) -> bool:
        """Whether the position is open and every unit of it has a curve."""
        return not self._lost and self.quantity > 0 and len(self.lots) > 0

    def take_day(self, events: Sequence[Event], before_transfer: Callable[[int], None]) -> None:
        """Takes one day's operations in the order of the fold; `before_transfer` gets the price a transfer leaves at."""
        moved = 0
        for event in events:
            if event.type == "transferencia_saida":
                moved -= event.quantity or 0
            elif event.type == "transferencia_entrada":
                moved += event.quantity or 0
            else:
                self._take(event)
        price = self.price_at(events[0].day)
        if price is not None:
            before_transfer(price)
        if moved > 0:
            self._lost = True
            self.quantity += moved
        elif moved < 0:
            self._remove(-moved)

    def price_at(self, day: int) -> int | None:
        """The unit price on a day, to 8 digits; None without a curve."""
        worth = self._worth_at(day) if self.known else None
        return None if worth is None else price_of(worth, self.quantity)

    def _take(self, event: Event) -> None:
        if event.type in _BUYS:
            self.quantity += event.quantity or 0
            lot = self._lot_of(event)
            if lot is None:
                self._lose()
            else:
                self.lots.append(lot)
        elif event.type in _SALES:
            worth = per_unit(event.amount, event.price) if event.amount is not None and event.price else None
            whole = self.quantity if event.type == "vencimento" else worth
            self._remove(whole if event.quantity is None else event.quantity)
        elif event.type in _PAYMENTS:
            paid = event.amount
            if paid is None and event.quantity is not None and event.price is not None:
                paid = times_e8(event.quantity, event.price)
            self._pay(event.day, paid)

    def _lot_of(self, event: Event) -> Lot | None:
        terms, quantity = terms_of(event), event.quantity
        if quantity is None or quantity <= 0 or terms is None:
            return None
        worth = event.amount if event.price is None else times_e8(quantity, event.price)
        level = self._book.level_on(terms, event.day)
        if worth is None or worth <= 0 or level is None or level <= 0:
            return None
        units = div_round(worth * _TO_MONEY, level)
        return Lot(terms, event.day, units) if units < _UNITS_MAX else None

    def _remove(self, quantity: int | None) -> None:
        held = self.quantity
        left = None if quantity is None else held - abs(quantity)
        if left is not None:
            self.quantity = left
        if left == 0:
            self.lots = []
            self._lost = False
        elif left is None or left < 0:
            self._lose()
        else:
            self._keep(left, held)

    def _pay(self, day: int, paid: int | None) -> None:
        """Interest and amortisation are part of the value until they are paid."""
        if not self.known or paid == 0:
            return
        worth = self._worth_at(day)
        if paid is None or worth is None or paid < 0 or worth - paid * _TO_MONEY <= 0:
            self._lose()
        else:
            self._keep(worth - paid * _TO_MONEY, worth)

    def _keep(self, part: int, whole: int) -> None:
        self.lots = [replace(lot, units=div_round(lot.units * part, whole)) for lot in self.lots]

    def _lose(self) -> None:
        self._lost = True
        self.lots = []

    def _worth_at(self, day: int) -> int | None:
        worth = 0
        for lot in self.lots:
            level = self._book.level_on(lot.terms, day)
            if level is None:
                return None
            worth += lot.units * level
        return worth


def follow_deposit(events: Sequence[Event], own_currency: str, book: CurveBook) -> list[Row]:
    """Follows one client's operations of one code, by `seq`: what is held of it from a day until before another, by terms.

    Transfers that leave get the price of the curve as `market_price`, so that they leave at the value that is shown. A
    row in another currency than the code's states nothing that the curve can use. Without terms there is no curve.
    """
    if all(event.indexer is None for event in events):
        return []
    position = CurvePosition(book)
    days = [list(of_day) for _, of_day in groupby(events, key=lambda event: event.day)]
    rows: list[Row] = []
    for day, following in zip(days, [*days[1:], None], strict=True):

        def leave_at(price: int, day: Sequence[Event] = day) -> None:
            for event in day:
                if event.type == "transferencia_saida" and price < PRICE_MAX_E8:
                    event.market_price = price

        position.take_day([_in_own(event, own_currency) for event in day], leave_at)
        if position.known:
            rows += _lot_rows(position, day[0], OPEN_DAY if following is None else following[0].day)
    return rows


def _lot_rows(position: CurvePosition, first: Event, until: int) -> list[Row]:
    by_terms: dict[Terms, list[Lot]] = {}
    for lot in position.lots:
        by_terms.setdefault(lot.terms, []).append(lot)
    return [
        (
            first.instrument,
            first.day,
            until,
            position.quantity,
            terms.index,
            terms.percent,
            terms.rate,
            terms.maturity,
            # A lot is worth its price on the day of its purchase, whatever is known of the index; the oldest one counts.
            min(lot.day for lot in lots),
            sum(lot.units for lot in lots),
        )
        for terms, lots in by_terms.items()
    ]


def _in_own(event: Event, own_currency: str) -> Event:
    return event if event.currency == own_currency else replace(event, price=None, amount=None)
