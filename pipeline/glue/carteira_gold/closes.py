"""Closes and rates by session, the same for all clients (pipeline/gold/window.ts, valuation.ts).

They go to each worker as one text a series, `day units day units …`, a tenth of what as many Python objects take;
a worker makes numbers of those that its clients hold.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from pyspark.sql import DataFrame, SparkSession

from .daily import Prices, Rates

Texts = Mapping[str, str]


def series_texts(spark: SparkSession, points: DataFrame) -> dict[str, str]:
    """The series of `points(key, date, amount)` by key, oldest first; amounts have 8 digits at most."""
    rows = spark.sql(
        """
        select key, array_join(transform(array_sort(collect_list(struct(
                 unix_date(date) as day, cast(cast(amount * 100000000 as decimal(38,0)) as string) as units))),
               point -> concat(cast(point.day as string), ' ', point.units)), ' ') as series
        from {points} group by key""",
        points=points,
    ).collect()
    return {row["key"]: row["series"] for row in rows}


class SessionMarket:
    """The last closes and rates on or before each session."""

    def __init__(self, days: Sequence[int], closes: Texts, rates: Texts) -> None:
        self.days = days
        self._closes = closes
        self._rates = rates
        self._prices: dict[str, Prices] = {}
        self._pairs: dict[str, Rates] = {}

    def closes(self, instrument: str) -> Prices:
        found = self._prices.get(instrument)
        if found is None:
            first_known, values = self._at_sessions(self._closes.get(instrument, ""))
            found = self._prices[instrument] = Prices(values, first_known)
        return found

    def rates(self, currency: str, base_currency: str) -> Rates:
        """None for the base currency itself."""
        if currency == base_currency:
            return None
        pair = currency + base_currency
        found = self._pairs.get(pair)
        if found is None:
            first_known, values = self._at_sessions(self._rates.get(pair, ""))
            found = self._pairs[pair] = [*[None] * first_known, *values[first_known:]]
        return found

    def _at_sessions(self, series: str) -> tuple[int, array[int]]:
        """The first session with a value, and the value of each; 0 before it."""
        numbers = array("q", map(int, series.split()))
        points, units = numbers[0::2], numbers[1::2]
        values = array("q", bytes(8 * len(self.days)))
        first_known = len(self.days)
        for session, day in enumerate(self.days):
            place = bisect_right(points, day)
            if place > 0:
                first_known = min(first_known, session)
                values[session] = units[place - 1]
        return first_known, values
