"""The fold over the book: one client at a time in bounded memory (pipeline/gold/fold-run.ts, fold-tables.ts)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from pyspark.sql import DataFrame, Row, SparkSession

from .contract import CONTRACT, schema_text
from .curve import CurveBook, Points, follow_deposit
from .events import Client, Event
from .fold import fold_client
from .frames import day_number, day_of, decimal_of, gold_columns, units_of
from .sessions import bank_days

_FOLD: dict[str, Any] = CONTRACT["fold"]
_B3 = frozenset(_FOLD["b3Classes"])
_CURVE = frozenset(_FOLD["curveClasses"])
_FINDING = [
    {"name": "code", "type": "STRING"},
    {"name": "client_id", "type": "STRING"},
    {"name": "instrument_id", "type": "STRING"},
    {"name": "date", "type": "DATE"},
    {"name": "expected", "type": "DECIMAL(38,8)"},
    {"name": "found", "type": "DECIMAL(38,8)"},
    {"name": "source_file", "type": "STRING"},
    {"name": "row_number", "type": "BIGINT"},
    {"name": "seq", "type": "BIGINT"},
]
_LOT = [
    {"name": "client_id", "type": "STRING"},
    {"name": "instrument_id", "type": "STRING"},
    {"name": "valid_from", "type": "INT"},
    {"name": "valid_to", "type": "INT"},
    {"name": "quantity", "type": "DECIMAL(38,0)"},
    {"name": "index", "type": "STRING"},
    {"name": "percent", "type": "BOOLEAN"},
    {"name": "rate", "type": "BIGINT"},
    {"name": "maturity", "type": "INT"},
    {"name": "since", "type": "INT"},
    {"name": "units", "type": "DECIMAL(38,0)"},
]
"""Of deposits on their curves: amounts are units and days are numbers, as they are read again by valued.py."""
_GOLD = {"spans": "position_spans", "realized": "realized_gains", "income": "income", "flows": "flows"}
SHAPES = {
    **{name: [c for c in gold_columns(table) if c["name"] != "run_id"] for name, table in _GOLD.items()},
    "findings": _FINDING,
    "lots": _LOT,
}
"""The sink's lists and the columns of their rows."""


def curve_points(indexes: DataFrame) -> dict[str, Points]:
    """The rates that deposits accrue by, oldest first."""
    points: dict[str, list[tuple[int, int]]] = {}
    rates = indexes.where("index_id in ('CDI', 'SELIC', 'IPCA') and value is not null").orderBy("date")
    for row in rates.collect():
        points.setdefault(row["index_id"], []).append((day_number(row["date"]), units_of(row["value"]) or 0))
    return dict(points)


def curve_book(points: dict[str, Points]) -> CurveBook:
    return CurveBook(points, [day_number(day) for day in bank_days()])


def fold_book(
    spark: SparkSession, operations: DataFrame, points: dict[str, Points], instruments: DataFrame
) -> DataFrame:
    """Folds all clients in one pass. A row has `kind` and, in the column of that name, what the fold wrote.

    `operations` are those of make_operations with market prices. Persist the result: it is read once for each kind.
    """
    currencies = {row["instrument_id"]: row["currency"] for row in instruments.collect()}
    shared = spark.sparkContext.broadcast((points, currencies))

    def fold_partition(rows: Iterator[Row]) -> Iterator[tuple[Any, ...]]:
        known_points, known_currencies = shared.value
        book = curve_book(known_points)
        for _, of_client in groupby(rows, key=lambda row: row["client_id"]):
            yield from _fold_rows(of_client, book, known_currencies)

    sorted_rows = operations.select(*_COLUMNS).repartition("client_id").sortWithinPartitions("client_id", "seq")
    fields = ", ".join(f"{name} struct<{_struct(columns)}>" for name, columns in SHAPES.items())
    # The rows are made by column types, so Spark need not look at each value again.
    return spark.createDataFrame(
        sorted_rows.rdd.mapPartitions(fold_partition), f"kind string, {fields}", verifySchema=False
    )


def _struct(columns: list[dict[str, str]]) -> str:
    return schema_text(columns).replace("` ", "`: ")


_COLUMNS = (
    "client_id",
    "base_currency",
    "controls_cash",
    "date",
    "time",
    "type",
    "instrument_id",
    "to_instrument_id",
    "currency",
    "own_currency",
    "class",
    "quantity",
    "price",
    "fees",
    "amount",
    "tax",
    "factor_new",
    "factor_old",
    "brokerage",
    "fx_rate",
    "market_price",
    "origin",
    "upload_id",
    "source_file",
    "row_number",
    "row_hash",
    "seq",
    "indexer",
    "indexer_rate",
    "maturity",
)


def _fold_rows(rows: Iterable[Row], book: CurveBook, currencies: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    listed = list(rows)
    first = listed[0]
    events = [_event(row) for row in listed]
    lots = _follow_deposits(listed, events, book)
    client = Client(first["client_id"], first["base_currency"], first["controls_cash"])
    sink = fold_client(client, events)
    sink.lots = [(client.client_id, *lot) for lot in lots]
    for place, (kind, converters) in enumerate(_CONVERTERS.items()):
        columns = [column["name"] for column in SHAPES[kind]]
        # Spans, gains and income show the instrument's registered currency, as the embedded engine's join does.
        code_at = columns.index("instrument_id") if "instrument_id" in columns else None
        currency_at = columns.index("currency") if code_at is not None and "currency" in columns else None
        before, after = (None,) * place, (None,) * (len(_CONVERTERS) - place - 1)
        for written in getattr(sink, kind):
            values = [convert(value) for convert, value in zip(converters, written, strict=True)]
            if code_at is not None and currency_at is not None:
                values[currency_at] = currencies[values[code_at]]
            yield (kind, *before, tuple(values), *after)


def _follow_deposits(rows: list[Row], events: list[Event], book: CurveBook) -> list[tuple[Any, ...]]:
    """The lots of all deposits. Runs before the fold, since it prices what is transferred out of them."""
    deposits: dict[str, tuple[str, list[Event]]] = {}
    for row, event in zip(rows, events, strict=True):
        if row["class"] in _CURVE:
            deposits.setdefault(event.instrument, (row["own_currency"], []))[1].append(event)
    return [lot for currency, held in deposits.values() for lot in follow_deposit(held, currency, book)]


def _event(row: Row) -> Event:
    return Event(
        day=day_number(row["date"]),
        time=row["time"],
        type=row["type"],
        instrument=row["instrument_id"],
        to_instrument=row["to_instrument_id"],
        currency=row["currency"],
        quantity=units_of(row["quantity"]),
        price=units_of(row["price"]),
        fees=units_of(row["fees"]) or 0,
        amount=units_of(row["amount"]),
        tax=units_of(row["tax"]) or 0,
        factor_new=row["factor_new"],
        factor_old=row["factor_old"],
        brokerage=row["brokerage"],
        fx_rate=units_of(row["fx_rate"]),
        market_price=units_of(row["market_price"]),
        day_tradable=row["class"] in _B3,
        unordered=row["origin"].startswith("b3"),
        source=f"{row['source_file']} {row['upload_id']}",
        seq=row["seq"],
        source_file=row["source_file"],
        row_number=row["row_number"],
        row_hash=row["row_hash"],
        origin=row["origin"],
        indexer=row["indexer"],
        indexer_rate=units_of(row["indexer_rate"]),
        maturity=None if row["maturity"] is None else day_number(row["maturity"]),
    )


def _day(number: int | None) -> date | None:
    return None if number is None else day_of(number)


def _converter(kind: str) -> Callable[[Any], Any]:
    """From what the fold writes to what Spark takes for a column type."""
    if kind == "DATE":
        return _day
    if not kind.startswith("DECIMAL"):
        return lambda value: value
    precision, scale = map(int, kind[len("DECIMAL(") : -1].split(","))
    return lambda units: decimal_of(units, precision, scale)


_CONVERTERS = {name: [_converter(column["type"]) for column in columns] for name, columns in SHAPES.items()}
