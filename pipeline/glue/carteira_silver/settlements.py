"""Settlements of B3's Movimentação against the trades of Negociação (pipeline/silver/settlements.ts)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyspark.sql import DataFrame, SparkSession

from carteira_gold.sessions import sessions

from .check import Plan
from .effective import effective
from .quarantine import Issue, reason_text
from .uploads import Upload


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Units of one instrument that a client bought or sold on a day."""

    key: str
    date: str
    line: int
    text: str
    quantity: Decimal


def compare_settlements(
    spark: SparkSession, lake: str, kind: str, plan: Plan, checked: DataFrame, active: Sequence[Upload]
) -> list[Issue]:
    """A warning for each settlement that fits no trade. Only days that the loaded trades span are compared; B3 settles two
    sessions later, some exports say the day itself, and either will do.
    """
    uploads = [upload for upload in active if upload.kind == "b3_trades"]
    if kind != "b3_movements" or not uploads:
        return []
    # The silver columns that the file does not fill are not needed here.
    settled = _bundles(
        spark,
        checked.where("elsewhere and type in ('compra', 'venda') and quantity is not null").selectExpr(
            "client_id", "instrument_id", "type", "date", "quantity", "position as line"
        ),
    )
    clients = checked.select("client_id").distinct()
    traded = _bundles(
        spark,
        effective(spark, lake, "operations", uploads)
        .join(clients, "client_id", "left_semi")
        .selectExpr("client_id", "instrument_id", "type", "date", "quantity", "row_number as line"),
    )
    return [
        {
            "line": settlement.line,
            "column": "",
            "value": settlement.text,
            "reason": reason_text(plan, "b3_unmatched", detail=f"{_digits(settlement.quantity)} ≠ {_digits(found)}"),
        }
        for settlement, found in _differences(settled, traded)[: plan["limits"]["warningsMax"]]
    ]


def _bundles(spark: SparkSession, rows: DataFrame) -> list[_Bundle]:
    found = spark.sql(
        """
        select client_id || chr(31) || instrument_id || chr(31) || type as key, cast(date as string) as date,
               min(line) as line, min(instrument_id) as text, sum(quantity) as quantity
        from {rows} group by 1, 2 order by 3""",
        rows=rows,
    ).collect()
    return [
        _Bundle(str(row["key"]), str(row["date"]), row["line"], row["text"] or "null", row["quantity"]) for row in found
    ]


def _differences(settled: Sequence[_Bundle], traded: Sequence[_Bundle]) -> list[tuple[_Bundle, Decimal]]:
    on_day = {(trade.key, trade.date): trade.quantity for trade in traded}
    settling = {(trade.key, _settlement_day(trade.date)): trade.quantity for trade in traded}
    days = sorted(day for _, day in settling)
    first, last = (days[0], days[-1]) if days else ("", "")
    found: list[tuple[_Bundle, Decimal]] = []
    for settlement in settled:
        if not first <= settlement.date <= last:
            continue
        key = (settlement.key, settlement.date)
        candidates = [each[key] for each in (settling, on_day) if key in each]
        if settlement.quantity not in candidates:
            found.append((settlement, candidates[0] if candidates else Decimal(0)))
    return found


def _settlement_day(day: str) -> str:
    """Two sessions later; the day itself in years that the calendar does not know."""
    known = sessions()
    traded = date.fromisoformat(day)
    place = bisect_right(known, traded) + 1
    return day if traded.year < known[0].year or place >= len(known) else known[place].isoformat()


def _digits(quantity: Decimal) -> str:
    """Plain notation without trailing zeros."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
