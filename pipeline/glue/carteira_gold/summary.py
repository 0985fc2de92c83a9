"""client_summary: the last session of each client, and the bases of the standard periods (pipeline/gold/summary.ts)."""

from __future__ import annotations

from datetime import date

from pyspark.sql import DataFrame, SparkSession

from .contract import CONTRACT
from .frames import cut, last_on_or_before
from .sessions import period_bases

_PERIODS: list[str] = CONTRACT["summaryPeriods"]
_LEVELS = {"cdi": "CDI", "ibov": "IBOV"}


def make_summary(spark: SparkSession, daily: DataFrame, indexes: DataFrame, as_of: date) -> DataFrame:
    """A client who is younger than a period starts with the first session, from an index of 1 (docs/money.md, rule 8)."""
    bases = spark.createDataFrame(list(period_bases(as_of).items()), "period string, base date")
    firsts = cut(daily.groupBy("client_id").agg({"date": "min"}).withColumnRenamed("min(date)", "first_date"))
    points = cut(
        spark.sql(
            """
            select f.client_id, b.period, greatest(b.base, f.first_date) as date,
                   case when d.twr_index is null or b.base < f.first_date then cast(1 as decimal(18,12))
                        else d.twr_index end as index_point
            from {firsts} f cross join {bases} b
            left join {daily} d on d.client_id = f.client_id and d.date = b.base""",
            firsts=firsts,
            bases=bases,
            daily=daily.select("client_id", "date", "twr_index"),
        )
    )
    levels = cut(_levels(spark, points, indexes, as_of))
    pivoted = spark.sql(
        f"""
        select p.client_id, {", ".join(map(_point, _PERIODS))}
        from {{points}} p join {{levels}} l on l.date = p.date group by p.client_id""",
        points=points,
        levels=levels,
    )
    return spark.sql(
        f"""
        select f.client_id, f.first_date, e.date as as_of, e.value, e.twr_index, t.cdi as cdi_level,
               t.ibov as ibov_level, {", ".join(f"q.p_{period}_{what}" for period in _PERIODS for what in _POINT)}
        from {{firsts}} f
        join {{daily}} e on e.client_id = f.client_id and e.date = date '{as_of}'
        join {{levels}} t on t.date = e.date
        join {{pivoted}} q on q.client_id = f.client_id""",
        firsts=firsts,
        daily=daily.select("client_id", "date", "value", "twr_index"),
        levels=levels,
        pivoted=pivoted,
    )


_POINT = {"from": "p.date", "index": "p.index_point", "cdi": "l.cdi", "ibov": "l.ibov"}


def _point(period: str) -> str:
    return ", ".join(
        f"max(case when p.period = '{period}' then {value} end) as p_{period}_{what}" for what, value in _POINT.items()
    )


def _levels(spark: SparkSession, points: DataFrame, indexes: DataFrame, as_of: date) -> DataFrame:
    """The last levels on or before each day that is asked for, one column an index; null before its first."""
    needs = spark.sql(
        f"""
        select i.index_id, d.date from (select date from {{points}} union select date '{as_of}') d
        cross join (values {", ".join(f"('{index}')" for index in _LEVELS.values())}) as i(index_id)""",
        points=points,
    )
    found = last_on_or_before(spark, needs, indexes.select("index_id", "date", "level"), ["index_id"], "level")
    shown = ", ".join(f"max(case when f.index_id = '{index}' then f.level end) as {n}" for n, index in _LEVELS.items())
    return spark.sql(
        f"""
        select n.date, {shown} from {{needs}} n
        left join {{found}} f on f.index_id = n.index_id and f.date = n.date group by n.date""",
        needs=needs,
        found=found,
    )
