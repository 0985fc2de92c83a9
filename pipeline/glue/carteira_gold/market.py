"""Splits, exchange rates, traded prices and index levels (pipeline/gold/market-tables.ts, indexes.ts)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby
from math import prod
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import udf
from pyspark.sql.types import DecimalType

from .amounts import ONE_E8, div_round
from .contract import CONTRACT
from .curve import LEVEL_ONE
from .frames import cut, decimal_of, last_on_or_before, units_of
from .sessions import add_months, next_bank_day

_SAME_EVENT_DAYS: int = CONTRACT["sameEventDays"]
_CHANGES_UNITS: str = CONTRACT["sql"]["changesUnits"]


@udf(DecimalType(18, 8))
def _times_ratio(price: Decimal, parts: list[int], wholes: list[int]) -> Decimal | None:
    """price x parts / wholes, rounded once: an engine's own decimal `/` rounds where it likes."""
    return decimal_of(div_round((units_of(price) or 0) * prod(parts), prod(wholes)), 18)


@udf(DecimalType(17, 8))
def _inverse(rate: Decimal) -> Decimal | None:
    return decimal_of(div_round(ONE_E8 * ONE_E8, units_of(rate) or 0), 17)


@udf(DecimalType(17, 8))
def _cross(left: Decimal, right: Decimal) -> Decimal | None:
    return decimal_of(div_round((units_of(left) or 0) * (units_of(right) or 0), ONE_E8), 17)


def make_splits(spark: SparkSession, actions: DataFrame, operations: DataFrame) -> DataFrame:
    """What changes the basis of a price: the filed ledger is trusted, and what operations tell only carries over."""
    return spark.sql(
        f"""
        with filed as (
          select instrument_id, date, min(factor_new) as factor_new, min(factor_old) as factor_old, true as trusted,
                 type = 'bonificacao' as bonus
          from {{actions}} where {_CHANGES_UNITS} group by instrument_id, date, type
        ), told as (
          select instrument_id, date, min(factor_new) as factor_new, min(factor_old) as factor_old, false as trusted,
                 false as bonus
          from {{operations}}
          where (type in ('desdobramento', 'grupamento')
              or (type = 'conversao' and to_instrument_id = instrument_id and factor_new <> factor_old))
            and factor_new is not null
          group by instrument_id, date having count(distinct struct(factor_new, factor_old)) = 1
        )
        select * from filed
        union all
        select t.* from told t left anti join filed f
          on f.instrument_id = t.instrument_id and not f.bonus and abs(datediff(f.date, t.date)) <= {_SAME_EVENT_DAYS}
        """,
        actions=actions,
        operations=operations,
    )


_FX = "from_currency, to_currency, date, rate, source, captured_at, source_file, row_number"


def make_rates(spark: SparkSession, prices: DataFrame, instruments: DataFrame) -> DataFrame:
    """Published pairs, their inverses, and pairs across BRL, on each day that has a rate."""
    direct = spark.sql(
        """
        select substr(instrument_id, 1, 3) as from_currency, substr(instrument_id, 4, 3) as to_currency, date,
               cast(price as decimal(17,8)) as rate, source, captured_at, source_file, row_number
        from (
          select p.*, row_number() over (partition by instrument_id, date order by captured_at desc, source) as n
          from {prices} p join {instruments} i using (instrument_id)
          where i.class = 'cambio' and p.price > 0 and length(instrument_id) = 6
        ) where n = 1""",
        prices=prices,
        instruments=instruments.select("instrument_id", "class"),
    )
    inverse = direct.selectExpr(
        "to_currency as from_currency", "from_currency as to_currency", "date", "rate", *_FX.split(", ")[4:]
    ).withColumn("rate", _inverse("rate"))
    both = cut(
        direct.selectExpr(*_FX.split(", "), "0 as derived").unionAll(
            inverse.selectExpr(*_FX.split(", "), "1 as derived")
        )
    )
    across = _make_crosses(spark, both)
    return spark.sql(
        f"""
        select {_FX} from (
          select *, row_number() over (partition by from_currency, to_currency, date order by derived, source) as n
          from {{all}}
        ) where n = 1 and from_currency <> to_currency""",
        all=both.unionAll(across),
    )


def _make_crosses(spark: SparkSession, both: DataFrame) -> DataFrame:
    from_real = both.where("from_currency = 'BRL'")
    wanted = spark.sql(
        """
        select a.*, t.target from {both} a cross join (select distinct to_currency as target from {from_real}) t
        where a.to_currency = 'BRL' and a.from_currency <> t.target""",
        both=both,
        from_real=from_real,
    )
    second = last_on_or_before(
        spark,
        wanted.selectExpr("target", "date"),
        from_real.selectExpr("to_currency as target", "date", "struct(rate, captured_at) as leg"),
        ["target"],
        "leg",
    )
    joined = wanted.join(second, ["target", "date"]).withColumn("crossed", _cross("rate", "leg.rate"))
    return joined.selectExpr(
        "from_currency",
        "target as to_currency",
        "date",
        "crossed as rate",
        "source",
        "greatest(captured_at, leg.captured_at) as captured_at",
        "source_file",
        "row_number",
        "2 as derived",
    )


_PRICE = "instrument_id, date, price, received_price, currency, source, captured_at, source_file, row_number, row_hash"


def choose_prices(spark: SparkSession, prices: DataFrame, instruments: DataFrame) -> DataFrame:
    """One price per instrument and day as it was received: the newest capture, of which the source breaks ties."""
    return spark.sql(
        """
        select * from (
          select p.*, i.currency as own_currency, coalesce(p.currency, i.currency) as stated_currency,
                 row_number() over (
                   partition by instrument_id, date order by p.captured_at desc, p.source, p.row_hash) as n
          from {prices} p join {instruments} i using (instrument_id)
          where i.class not in ('cambio', 'indice', 'caixa') and p.price > 0
        ) where n = 1""",
        prices=prices,
        instruments=instruments.select("instrument_id", "class", "currency"),
    )


def make_prices(spark: SparkSession, chosen: DataFrame, fx: DataFrame, splits: DataFrame) -> DataFrame:
    """The chosen prices as they traded, in their instruments' own currencies (docs/money.md, rule 5)."""
    in_own = cut(_in_own_currency(spark, chosen, fx))
    # The day of capture is São Paulo's: in Greenwich the day of a split begins on the evening before.
    factored = spark.sql(
        """
        select p.instrument_id, p.date, collect_list(s.factor_new) as parts, collect_list(s.factor_old) as wholes
        from {own} p join {splits} s
          on s.instrument_id = p.instrument_id and s.trusted and p.date < s.date
         and s.date <= cast(p.captured_at - interval 3 hours as date)
        where p.restated group by p.instrument_id, p.date""",
        own=in_own,
        splits=splits,
    )
    keys = ["instrument_id", "date"]
    plain = in_own.join(factored.select(*keys), keys, "left_anti").select(*_PRICE.split(", "))
    turned = in_own.join(factored, keys).withColumn("price", _times_ratio("price", "parts", "wholes"))
    traded = cut(plain.unionAll(turned.select(*_PRICE.split(", "))))
    return traded.unionAll(_carry_over_splits(spark, traded, splits))


def _in_own_currency(spark: SparkSession, chosen: DataFrame, fx: DataFrame) -> DataFrame:
    """A price in another currency is converted at the day's rate, and left out where there is none."""
    other = chosen.where("stated_currency <> own_currency").selectExpr(
        "stated_currency as from_currency", "own_currency as to_currency", "date"
    )
    rates = last_on_or_before(spark, other, fx, ["from_currency", "to_currency"], "rate")
    return spark.sql(
        """
        select instrument_id, date,
               case when stated_currency = own_currency then price
                    else cast(round(price * rate, 8) as decimal(18,8)) end as price,
               price as received_price, own_currency as currency, source, captured_at, source_file, row_number,
               row_hash, restated
        from (
          select c.*, x.rate from {chosen} c left join {rates} x
            on x.from_currency = c.stated_currency and x.to_currency = c.own_currency and x.date = c.date
        ) where stated_currency = own_currency or rate is not null""",
        chosen=chosen,
        rates=rates,
    )


def _carry_over_splits(spark: SparkSession, traded: DataFrame, splits: DataFrame) -> DataFrame:
    """On the day of a split that has no price, the last one stands on the new basis (source `ajuste`)."""
    last = last_on_or_before(
        spark,
        splits.select("instrument_id", "date"),
        traded.selectExpr("instrument_id", "date", f"struct({_PRICE}) as found"),
        ["instrument_id"],
        "found",
    ).where("found.date < date")
    carried = spark.sql(
        """
        select b.instrument_id, b.date, first(b.found) as found, collect_list(s.factor_old) as parts,
               collect_list(s.factor_new) as wholes
        from {last} b join {splits} s
          on s.instrument_id = b.instrument_id and s.date > b.found.date and s.date <= b.date
        group by b.instrument_id, b.date""",
        last=last,
        splits=splits,
    ).withColumn("turned", _times_ratio("found.price", "parts", "wholes"))
    return carried.selectExpr(
        "instrument_id",
        "date",
        "turned as price",
        "found.received_price",
        "found.currency",
        "'ajuste' as source",
        "found.captured_at",
        "found.source_file",
        "found.row_number",
        "found.row_hash",
    )


_ACCUMULATED: dict[str, Callable[[date], date]] = {
    "CDI": next_bank_day,
    "SELIC": next_bank_day,
    "IPCA": partial(add_months, count=1),
}
_INDEX = (
    "index_id string, date date, value decimal(18,8), level decimal(24,12), source string, "
    "captured_at timestamp_ntz, source_file string, row_number bigint"
)


def make_indexes(spark: SparkSession, prices: DataFrame, instruments: DataFrame) -> DataFrame:
    """Index points with their accumulated levels (rule 11). There are some thousands of points: the driver links them."""
    points = spark.sql(
        """
        select instrument_id as index_id, date, price, source, captured_at, source_file, row_number from (
          select p.*, row_number() over (partition by instrument_id, date order by captured_at desc, source) as n
          from {prices} p join {instruments} i using (instrument_id) where i.class = 'indice'
        ) where n = 1 order by index_id, date""",
        prices=prices,
        instruments=instruments.select("instrument_id", "class"),
    ).collect()
    rows: list[tuple[Any, ...]] = []
    for index, of_index in groupby(points, key=lambda point: point["index_id"]):
        rows += _levels_of(index, list(of_index))
    return spark.createDataFrame(rows, _INDEX)


def _levels_of(index: str, points: list[Any]) -> list[tuple[Any, ...]]:
    """The level of a day is the product of (1 + rate) over the points before it, each step rounded to 12 digits."""
    rows: list[tuple[Any, ...]] = []
    accumulated, level = index in _ACCUMULATED, LEVEL_ONE
    for point in points:
        value = units_of(point["price"]) or 0
        shown = level if accumulated else value * 10**4
        rows.append((index, point["date"], point["price"], decimal_of(shown, 24, 12), *point[3:]))
        level = div_round(level * (100 * LEVEL_ONE + value * 10**4), 100 * LEVEL_ONE)
    if accumulated and points:
        last = points[-1]
        rows.append((index, _ACCUMULATED[index](last["date"]), None, decimal_of(level, 24, 12), *last[3:]))
    return rows
