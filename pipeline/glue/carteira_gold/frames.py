"""Small tools over Spark's frames that several steps use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from pyspark.sql import DataFrame, SparkSession

from .contract import CONTRACT

SESSION_SETTINGS = {
    # Days and instants are plain ones: no session's zone may move them.
    "spark.sql.session.timeZone": "UTC",
    # An amount that does not fit fails the run; without it Spark writes null.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.sources.partitionOverwriteMode": "dynamic",
    # Instants are without a zone on disk, as the embedded engine writes them.
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
}


def pin(spark: SparkSession) -> None:
    """Sets what the figures rest on, whatever the cluster's defaults are."""
    for name, value in SESSION_SETTINGS.items():
        spark.conf.set(name, value)


def cut(frame: DataFrame) -> DataFrame:
    """Computes a frame once and forgets how. Steps that each name the ones before them make plans of plans: Spark then
    spends minutes on planning what takes it seconds to run.
    """
    return frame.localCheckpoint(eager=True)


def last_on_or_before(
    spark: SparkSession, needs: DataFrame, series: DataFrame, keys: Sequence[str], value: str
) -> DataFrame:
    """For each key and `date` of `needs` the value of `series` on that date or the last before it; others are left out.

    Spark has no ASOF join. Both go through one window instead, so that the work grows with the rows and not with
    their product.
    """
    columns = ", ".join(keys)
    return spark.sql(
        f"""
        select {columns}, date, {value} from (
          select {columns}, date, needed,
                 last_value({value}, true) over (
                   partition by {columns} order by date, needed rows between unbounded preceding and current row
                 ) as {value}
          from (
            select distinct {columns}, date, null as {value}, 1 as needed from {{needs}}
            union all
            select {columns}, date, {value}, 0 from {{series}}
          )
        ) where needed = 1 and {value} is not null""",
        needs=needs,
        series=series,
    )


def units_of(amount: Decimal | None) -> int | None:
    """The units of a decimal of scale 8. Read from its digits, so that no context's precision can round it."""
    if amount is None:
        return None
    sign, digits, exponent = amount.as_tuple()
    units = int("".join(map(str, digits))) * 10 ** (8 + int(exponent)) if int(exponent) >= -8 else None
    if units is None:
        raise ValueError("an amount of silver has more than 8 digits after the point")
    return -units if sign else units


def decimal_of(units: int | None, precision: int, scale: int = 8) -> Decimal | None:
    """A decimal of so many units. Raises OverflowError where the column cannot hold it: Spark would write null."""
    if units is None:
        return None
    if abs(units) >= 10**precision:
        raise OverflowError(f"an amount does not fit DECIMAL({precision},{scale})")
    return Decimal(f"{units}E-{scale}")


_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def gold_columns(table: str) -> list[dict[str, str]]:
    columns: list[dict[str, str]] = CONTRACT["gold"][table]["columns"]
    return columns
