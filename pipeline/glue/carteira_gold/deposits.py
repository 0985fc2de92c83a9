"""The unit prices of one client's deposits, by day (pipeline/gold/curve-window.ts, curve-latest.ts).

A position is worth what its parts are: purchases under the same terms are one part. All in integers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .curve import PRICE_MAX_E8, CurveBook, Terms, price_of
from .daily import Prices
from .events import OPEN_DAY
from .frames import day_number, day_of
from .sessions import previous_session


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a deposit, held from the day `first` until before the day `until`."""

    instrument: str
    first: int
    until: int
    quantity: int
    terms: Terms
    since: int
    units: int


@dataclass(slots=True)
class Point:
    """The parts of a position on a day, added up. Without a level of one of them the quantity is 0: no price."""

    worth: int
    quantity: int
    through: int

    def price(self) -> int | None:
        if self.quantity <= 0:
            return None
        price = price_of(self.worth, self.quantity)
        return price if price < PRICE_MAX_E8 else None


@dataclass(frozen=True, slots=True)
class CurveDay:
    """A unit price, the one of the session before, and the day that the index is known to."""

    instrument: str
    day: int
    price: int
    previous: int | None
    previous_day: int | None
    through: int


class CurveSessions:
    """Levels of terms at all sessions, shared by the clients of a worker."""

    def __init__(self, book: CurveBook, days: Sequence[int]) -> None:
        self.book = book
        self.days = days
        self._levels: dict[Terms, list[tuple[int | None, int]]] = {}

    def levels(self, terms: Terms) -> list[tuple[int | None, int]]:
        """The level of terms at each session, and the day that it is really of."""
        found = self._levels.get(terms)
        if found is None:
            found = self._levels[terms] = [self.level_on(terms, day) for day in self.days]
        return found

    def level_on(self, terms: Terms, day: int) -> tuple[int | None, int]:
        return self.book.level_on(terms, day), self.book.known_through(terms, day)


class ClientCurve:
    """The points of one client's deposits: at sessions, and on days of a change without one."""

    def __init__(self, sessions: CurveSessions) -> None:
        self._sessions = sessions
        self._points: dict[str, dict[int, Point]] = {}
        self._changes: dict[str, dict[int, Point]] = {}

    def add(self, part: Part) -> None:
        days = self._sessions.days
        first, until = bisect_left(days, part.first), bisect_left(days, part.until)
        points = self._points.setdefault(part.instrument, {})
        levels = self._sessions.levels(part.terms)
        for session in range(first, until):
            _grow(points, session, part, levels[session])
        if not days or part.first < days[0] or (first < len(days) and days[first] == part.first):
            return
        changes = self._changes.setdefault(part.instrument, {})
        _grow(changes, part.first, part, self._sessions.level_on(part.terms, part.first))

    def closes(self, instrument: str, first: int, last: int) -> Prices | None:
        """Closes of a deposit over the sessions `first` to `last`; None where it has no curve at one of them."""
        points = self._points.get(instrument)
        if points is None:
            return None
        values = [0] * len(self._sessions.days)
        for session in range(first, last + 1):
            point = points.get(session)
            price = None if point is None else point.price()
            if price is None:
                return None
            values[session] = price
        return Prices(values, first)

    def days_of_prices(self, until: int) -> Iterator[CurveDay]:
        """Each unit price after the session that only carries opening values, and up to the day `until`."""
        days = self._sessions.days
        for instrument, points in self._points.items():
            for session, point in points.items():
                if session > 0:
                    yield from self._day_of(instrument, days[session], point, session - 1)
            for day, point in self._changes.get(instrument, {}).items():
                if days[0] < day <= until:
                    yield from self._day_of(instrument, day, point, bisect_left(days, day) - 1)

    def _day_of(self, instrument: str, day: int, point: Point, before: int) -> Iterator[CurveDay]:
        price = point.price()
        if price is None:
            return
        earlier = self._points[instrument].get(before)
        previous = None if earlier is None else earlier.price()
        previous_day = None if previous is None else self._sessions.days[before]
        yield CurveDay(instrument, day, price, previous, previous_day, point.through)


def _grow(points: dict[int, Point], place: int, part: Part, level: tuple[int | None, int]) -> None:
    known_level, known_through = level
    through = max(known_through, part.since)
    point = points.get(place)
    if point is None:
        point = points[place] = Point(0, part.quantity, through)
    if known_level is None:
        point.quantity = 0
    else:
        point.worth += part.units * known_level
    point.through = min(point.through, through)


def latest_prices(parts: Sequence[Part], book: CurveBook, as_of: int) -> Iterator[tuple[CurveDay, int | None]]:
    """The unit price of each open deposit at the last session `as_of`, or on the day of a later change, and its maturity."""
    by_code: dict[str, list[Part]] = {}
    for part in parts:
        by_code.setdefault(part.instrument, []).append(part)
    for instrument, own in by_code.items():
        held = [part for part in own if part.until == OPEN_DAY]
        if not held:
            continue
        day = max(as_of, held[0].first)
        price = _worth_on(held, day, book)
        if price is None:
            continue
        before = day_number(previous_session(day_of(day)))
        previous = _worth_on([part for part in own if part.first <= before < part.until], before, book)
        through = min(max(book.known_through(part.terms, day), part.since) for part in held)
        maturity = min((part.terms.maturity for part in held if part.terms.maturity is not None), default=None)
        yield CurveDay(instrument, day, price, previous, None if previous is None else before, through), maturity


def _worth_on(parts: Sequence[Part], day: int, book: CurveBook) -> int | None:
    """The unit price of a position that consists of these parts."""
    if not parts:
        return None
    worth = 0
    for part in parts:
        level = book.level_on(part.terms, day)
        if level is None:
            return None
        worth += part.units * level
    price = price_of(worth, parts[0].quantity)
    return price if price < PRICE_MAX_E8 else None
