"""portfolio_daily, curve_daily and curve_latest: the book valued at every session, one client at a time.

What pipeline/gold/daily.ts, months.ts and curve-latest.ts do in a full build.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from pyspark.sql import DataFrame, Row, SparkSession

from .closes import SessionMarket, series_texts
from .curve import CurveBook, Points, Terms
from .daily import CurrencyDays, Held, SessionFlow, client_days
from .deposits import ClientCurve, CurveDay, CurveSessions, Part, latest_prices
from .folded import curve_book
from .frames import day_number
from .ledger import CASH_PREFIX
from .sessions import previous_session, session_on_or_after, sessions_between

_AMOUNTS = ("value", "cost", "flow", "income", "fees", "price_gain", "currency_gain")
_RETURNS = ("day_return", "twr_index")
_CURVE = (
    "client_id: string, instrument_id: string, day: int, price: string, previous_close: string, previous_day: int, "
    "price_day: int, maturity: int"
)
_SHAPES = {
    "daily": f"client_id: string, day: int, {', '.join(f'{name}: string' for name in (*_AMOUNTS, *_RETURNS))}, "
    "unpriced: bigint, skipped: boolean",
    "curve": _CURVE,
    "latest": _CURVE,
}
"""What the workers write, by kind. Units go out as text and days as numbers, of which Spark makes decimals and dates:
Python's own take it longer to make than all the arithmetic, and there is a row for each client and session."""

_CLIENT, _SPAN, _FLOW, _LOT = range(4)
"""Kinds of the rows that the workers read, in this order for each client."""

Out = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Valuation:
    """What all clients are valued with; days are day numbers. Sent to the workers once."""

    days: tuple[int, ...]
    """Sessions, of which the first only carries opening values; none in a book that starts after `as_of`."""
    as_of: int
    closes: Mapping[str, str]
    rates: Mapping[str, str]
    points: Mapping[str, Points]


class Worker:
    """A valuation with what this worker has made of it so far."""

    def __init__(self, valuation: Valuation) -> None:
        self.as_of = valuation.as_of
        self.book: CurveBook = curve_book(dict(valuation.points))
        self.market = SessionMarket(valuation.days, valuation.closes, valuation.rates)
        self.curves = CurveSessions(self.book, valuation.days)


def sessions_of(first_day: date | None, as_of: date) -> tuple[date, ...]:
    """The sessions to value, with the one before the first. The book starts with the month of its first position."""
    if first_day is None or first_day > as_of:
        return ()
    first = session_on_or_after(first_day.replace(day=1))
    return (previous_session(first), *sessions_between(first, as_of))


def make_valuation(
    spark: SparkSession, spans: DataFrame, market: Mapping[str, DataFrame], points: Mapping[str, Points], as_of: date
) -> Valuation:
    """Reads what `spans` are valued with from `market`, the frames `prices` and `fx`."""
    first_day = spans.selectExpr("min(valid_from) as day").collect()[0]["day"]
    held = spans.select("instrument_id").distinct()
    closes = market["prices"].where(f"date <= date '{as_of}'").join(held, "instrument_id", "left_semi")
    rates = market["fx"].where(f"date <= date '{as_of}'")
    return Valuation(
        tuple(day_number(day) for day in sessions_of(first_day, as_of)),
        day_number(as_of),
        series_texts(spark, closes.selectExpr("instrument_id as key", "date", "price as amount")),
        series_texts(spark, rates.selectExpr("from_currency || to_currency as key", "date", "rate as amount")),
        points,
    )


def value_book(spark: SparkSession, folded: DataFrame, clients: DataFrame, valuation: Valuation) -> DataFrame:
    """Values all clients in one pass over what `fold_book` returns.

    A row has `kind` and, in the column of that name, what `_SHAPES` says. Persist it: it is read once for each kind.
    """
    shared = spark.sparkContext.broadcast(valuation)

    def value_partition(rows: Iterator[Row]) -> Iterator[Out]:
        worker = Worker(shared.value)
        for client_id, of_client in groupby(rows, key=lambda row: row["client_id"]):
            yield from _value_rows(client_id, list(of_client), worker)

    rows = _rows_to_value(folded, clients).repartition("client_id").sortWithinPartitions("client_id", "kind")
    fields = ", ".join(f"{name} struct<{columns}>" for name, columns in _SHAPES.items())
    return spark.createDataFrame(rows.rdd.mapPartitions(value_partition), f"kind string, {fields}", verifySchema=False)


def _rows_to_value(folded: DataFrame, clients: DataFrame) -> DataFrame:
    """Clients, what they hold, their flows and the lots of their deposits, in columns that they share."""

    def texts(*amounts: str) -> str:
        return f"array({', '.join(f'cast({amount} as string)' for amount in amounts)})"

    def units(*names: str) -> str:
        return texts(*[f"cast({name} * 100000000 as decimal(38,0))" for name in names])

    def of(kind: str) -> DataFrame:
        return folded.where(f"kind = '{kind}'").select(f"{kind}.*")

    def shared(frame: DataFrame, kind: int, *columns: str) -> DataFrame:
        names = ("code", "note", "first", "until", "amounts")
        return frame.selectExpr(
            "client_id", f"{kind} as kind", *[f"{c} as {name}" for c, name in zip(columns, names, strict=True)]
        )

    day = "unix_date({})".format
    nothing = "cast(null as int)"
    spans = shared(
        of("spans"),
        _SPAN,
        "instrument_id",
        "currency",
        day("valid_from"),
        day("valid_to"),
        units("quantity", "cost_base", "trade_price"),
    )
    flows = shared(
        of("flows"),
        _FLOW,
        "currency",
        "cast(null as string)",
        day("date"),
        nothing,
        units("flow_gross", "flow_base", "flow_gross_base", "income_base", "fees_base"),
    )
    lots = shared(
        of("lots"),
        _LOT,
        "instrument_id",
        "concat(case when percent then '%' else '+' end, index)",
        "valid_from",
        "valid_to",
        texts("quantity", "units", "rate", "maturity", "since"),
    )
    known = shared(
        clients,
        _CLIENT,
        "base_currency",
        "cast(controls_cash as string)",
        nothing,
        nothing,
        "array(cast(null as string))",
    )
    return known.unionAll(spans).unionAll(flows).unionAll(lots)


def _value_rows(client_id: str, rows: Sequence[Row], worker: Worker) -> Iterator[Out]:
    spans = [row for row in rows if row["kind"] == _SPAN]
    flows = [row for row in rows if row["kind"] == _FLOW]
    if not spans and not flows:
        return
    parts = _parts_of(spans, [row for row in rows if row["kind"] == _LOT])
    client = rows[0]
    if worker.market.days:
        curve = ClientCurve(worker.curves)
        for part in parts:
            curve.add(part)
        yield from _daily_rows(client, spans, flows, curve, worker.market)
        for priced in curve.days_of_prices(worker.as_of):
            yield ("curve", None, _curve_row(client_id, priced, None), None)
    for priced, maturity in latest_prices(parts, worker.book, worker.as_of):
        yield ("latest", None, None, _curve_row(client_id, priced, maturity))


def _daily_rows(
    client: Row, spans: Sequence[Row], flows: Sequence[Row], curve: ClientCurve, market: SessionMarket
) -> Iterator[Out]:
    days = market.days
    starts = bisect_left(days, min(row["first"] for row in (*spans, *flows)))
    if starts == len(days):
        return
    base, currencies = client["code"], dict[str, CurrencyDays]()

    def days_in(currency: str) -> CurrencyDays:
        if currency not in currencies:
            currencies[currency] = CurrencyDays(len(days), market.rates(currency, base))
        return currencies[currency]

    for span in spans:
        _hold(span, days_in(span["note"]), curve, market)
    for flow in flows:
        session = bisect_left(days, flow["first"])
        if 0 < session < len(days):
            _flow(flow, days_in(flow["code"]).flows.setdefault(session, SessionFlow()))
    totals = [currency.totals() for currency in currencies.values()]
    valued = client_days(totals, max(starts, 1), len(days) - 1, controls_cash=client["note"] == "true")
    for session, day in valued:
        amounts = [str(getattr(day, name)) for name in (*_AMOUNTS, *_RETURNS)]
        yield ("daily", (client["client_id"], days[session], *amounts, day.unpriced, day.skipped), None, None)


def _hold(span: Row, currency: CurrencyDays, curve: ClientCurve, market: SessionMarket) -> None:
    first, last = bisect_left(market.days, span["first"]), bisect_left(market.days, span["until"]) - 1
    quantity, cost, trade_price = map(_units, span["amounts"])
    if not quantity or last < first:
        return
    code = span["code"]
    if code.startswith(CASH_PREFIX):
        prices = None
    else:
        prices = curve.closes(code, first, last) or market.closes(code)
    currency.hold(Held(first, last, quantity, cost, trade_price), prices)


def _flow(row: Row, into: SessionFlow) -> None:
    gross, base, gross_base, income_base, fees_base = (_units(text) or 0 for text in row["amounts"])
    into.gross += gross
    into.base += base
    into.gross_base += gross_base
    into.income_base += income_base
    into.fees_base += fees_base


def _parts_of(spans: Sequence[Row], lots: Sequence[Row]) -> list[Part]:
    """The lots where the fold holds as many units. Where it does not, something happened that the curve knows nothing
    of, and the position has none.
    """
    parts: list[Part] = []
    by_code: dict[str, list[Row]] = {}
    for span in spans if lots else ():
        by_code.setdefault(span["code"], []).append(span)
    for lot in lots:
        quantity, units, rate, maturity, since = map(_units, lot["amounts"])
        assert quantity is not None and units is not None and rate is not None and since is not None
        terms = Terms(lot["note"][1:], lot["note"][0] == "%", rate, maturity)
        for span in by_code.get(lot["code"], ()):
            first, until = max(lot["first"], span["first"]), min(lot["until"], span["until"])
            if first < until and _units(span["amounts"][0]) == quantity:
                parts.append(Part(lot["code"], first, until, quantity, terms, since, units))
    return parts


def _units(text: str | None) -> int | None:
    return None if text is None else int(text)


def _curve_row(client_id: str, priced: CurveDay, maturity: int | None) -> Out:
    previous = None if priced.previous is None else str(priced.previous)
    return (
        client_id,
        priced.instrument,
        priced.day,
        str(priced.price),
        previous,
        priced.previous_day,
        priced.through,
        maturity,
    )


def daily_frame(valued: DataFrame) -> DataFrame:
    """portfolio_daily of what `value_book` returns."""
    return _of(valued, "daily").selectExpr(
        "client_id",
        "date_from_unix_date(day) as date",
        *[f"{_amount(name)} as {name}" for name in _AMOUNTS],
        *[f"cast({name} as decimal(24,0)) * 0.000000000001BD as {name}" for name in _RETURNS],
        "unpriced",
        "skipped",
    )


def curve_frame(valued: DataFrame, kind: str) -> DataFrame:
    """curve_daily (`curve`) or curve_latest (`latest`) of what `value_book` returns."""
    return _of(valued, kind).selectExpr(
        "client_id",
        "instrument_id",
        "date_from_unix_date(day) as date",
        f"{_amount('price')} as price",
        f"{_amount('previous_close')} as previous_close",
        "date_from_unix_date(previous_day) as previous_date",
        "date_from_unix_date(price_day) as price_date",
        "date_from_unix_date(maturity) as maturity",
    )


def _of(valued: DataFrame, kind: str) -> DataFrame:
    return valued.where(f"kind = '{kind}'").select(f"{kind}.*")


def _amount(name: str) -> str:
    return f"cast({name} as decimal(38,0)) * 0.00000001BD"
