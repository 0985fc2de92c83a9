"""The calendars of B3 and of the banks, and the bases of the standard periods (src/market/calendar.ts, periods.ts).

The days themselves come with the contract. Every function raises ValueError where the answer needs a day that it does
not reach, as the embedded engine refuses a year without a calendar.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache
from typing import Any

from .contract import CONTRACT


@cache
def bank_days() -> tuple[date, ...]:
    """All bank days that the calendar knows, oldest first."""
    return _weekdays(CONTRACT["bankDays"])


@cache
def sessions() -> tuple[date, ...]:
    """All sessions of B3 that the calendar knows, oldest first."""
    return _weekdays(CONTRACT["sessions"])


def _weekdays(known: dict[str, Any]) -> tuple[date, ...]:
    rest = frozenset(map(date.fromisoformat, known["holidays"]))
    first, last = date.fromisoformat(known["first"]), date.fromisoformat(known["last"])
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in rest)


def next_bank_day(day: date) -> date:
    """The first bank day strictly after `day`."""
    return _at(bank_days(), bisect_right(bank_days(), day), day)


def previous_session(day: date) -> date:
    """The last session strictly before `day`."""
    return _at(sessions(), bisect_left(sessions(), day) - 1, day)


def session_on_or_before(day: date) -> date:
    return _at(sessions(), bisect_right(sessions(), day) - 1, day)


def session_on_or_after(day: date) -> date:
    return _at(sessions(), bisect_left(sessions(), day), day)


def sessions_between(first: date, last: date) -> tuple[date, ...]:
    """The sessions from `first` to `last`, both included, oldest first."""
    return sessions()[bisect_left(sessions(), first) : bisect_right(sessions(), last)]


def _at(days: tuple[date, ...], place: int, asked: date) -> date:
    """The day at a place, unless what was asked about lies outside the years of the calendar."""
    if not (0 <= place < len(days) and days[0].year <= asked.year <= days[-1].year):
        raise ValueError(f"the calendar does not reach {asked}: a newer version of the job does")
    return days[place]


def add_months(day: date, count: int) -> date:
    """The same day `count` months later; the end of a shorter month where the day is missing."""
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def period_bases(as_of: date) -> dict[str, date]:
    """The base session of each standard period that ends with `as_of` (docs/money.md, rule 8)."""
    to = session_on_or_before(as_of)
    bases = {
        "day": previous_session(to),
        "wtd": previous_session(to - timedelta(days=to.weekday())),
        "mtd": previous_session(to.replace(day=1)),
        "3m": session_on_or_before(add_months(to, -3)),
        "6m": session_on_or_before(add_months(to, -6)),
        "12m": session_on_or_before(add_months(to, -12)),
        "ytd": previous_session(date(to.year, 1, 1)),
        # A period that starts before the client does starts with the client.
        "inception": date(1900, 1, 1),
    }
    if set(bases) != set(CONTRACT["summaryPeriods"]):
        raise RuntimeError("the job does not know the contract's periods: bring sessions.py in line with them")
    return bases
