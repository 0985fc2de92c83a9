"""data_quality: what a person should look at (pipeline/gold/quality.ts)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pyspark.sql import DataFrame, SparkSession

from .contract import CONTRACT

_JUMP = f"cast({CONTRACT['priceJump']} as decimal(4,2))"
_CURVE = ", ".join(f"'{name}'" for name in CONTRACT["fold"]["curveClasses"])


def make_quality(spark: SparkSession, frames: Mapping[str, DataFrame], as_of: date) -> DataFrame:
    """The fold's findings, instruments that nobody registered, positions without a price, closes that jumped, actions
    that nobody confirmed, deposits that matured or have no curve, splits that only operations tell of, and amounts in
    another currency than their instrument's.

    Needs the frames `findings`, `operations`, `positions`, `instruments`, `prices`, `chosen_prices`, `curve_latest`,
    `splits` and `actions`.
    """
    parts = [
        *_of_operations(spark, frames),
        *_of_positions(spark, frames, as_of),
        *_of_market(spark, frames),
    ]
    columns = "code, severity, client_id, instrument_id, date, expected, found, source_file, row_number"
    union = " union all ".join(f"select {columns} from {{part_{n}}}" for n in range(len(parts)))
    return spark.sql(union, **{f"part_{n}": part for n, part in enumerate(parts)})


_NO_AMOUNTS = "cast(null as decimal(38,8)) as expected, cast(null as decimal(38,8)) as found"
_NO_SOURCE = "cast(null as string) as source_file, cast(null as bigint) as row_number"
_NO_CLIENT = "cast(null as string) as client_id"


def _of_operations(spark: SparkSession, frames: Mapping[str, DataFrame]) -> list[DataFrame]:
    return [
        spark.sql(
            """
            select code, case when code = 'cash_not_controlled' then 'info' else 'warning' end as severity, client_id,
                   instrument_id, date, expected, found, source_file, row_number from {findings}""",
            findings=frames["findings"],
        ),
        spark.sql(
            f"""
            select 'other_currency' as code, 'warning' as severity, client_id, instrument_id, date, {_NO_AMOUNTS},
                   source_file, row_number from {{operations}} where stated_currency is not null""",
            operations=frames["operations"],
        ),
    ]


def _of_positions(spark: SparkSession, frames: Mapping[str, DataFrame], as_of: date) -> list[DataFrame]:
    found = f"'warning' as severity, p.client_id, p.instrument_id, p.valid_from as date, {_NO_AMOUNTS}"
    on_curve = "left anti join {latest} c on c.client_id = p.client_id and c.instrument_id = p.instrument_id"
    return [
        spark.sql(
            f"""
            select distinct 'price_missing' as code, {found}, p.source_file, p.row_number from {{positions}} p
            left anti join {{prices}} q on q.instrument_id = p.instrument_id
            {on_curve}
            where p.quantity <> 0 and not startswith(p.instrument_id, 'CAIXA-')""",
            positions=frames["positions"],
            prices=frames["prices"],
            latest=frames["curve_latest"],
        ),
        spark.sql(
            f"""
            select 'matured' as code, 'warning' as severity, client_id, instrument_id, maturity as date, {_NO_AMOUNTS},
                   {_NO_SOURCE} from {{latest}} where maturity <= date '{as_of}'""",
            latest=frames["curve_latest"],
        ),
        spark.sql(
            f"""
            select distinct 'curve_missing' as code, {found}, p.source_file, p.row_number from {{positions}} p
            join {{instruments}} i on i.instrument_id = p.instrument_id and i.class in ({_CURVE})
            left semi join {{operations}} o on o.client_id = p.client_id and o.instrument_id = p.instrument_id
              and o.indexer is not null and o.indexer_rate is not null
            {on_curve}
            where p.quantity > 0""",
            positions=frames["positions"],
            instruments=frames["instruments"].select("instrument_id", "class"),
            operations=frames["operations"],
            latest=frames["curve_latest"],
        ),
    ]


def _of_market(spark: SparkSession, frames: Mapping[str, DataFrame]) -> list[DataFrame]:
    return [
        spark.sql(
            f"""
            select 'instrument_unknown' as code, 'warning' as severity, {_NO_CLIENT}, instrument_id,
                   cast(null as date) as date, {_NO_AMOUNTS}, {_NO_SOURCE}
            from {{instruments}} where class = 'desconhecida'""",
            instruments=frames["instruments"],
        ),
        _jumps(spark, frames),
        spark.sql(
            f"""
            select 'action_inferred' as code, 'warning' as severity, {_NO_CLIENT}, instrument_id, date, {_NO_AMOUNTS},
                   source_file, row_number from {{actions}} where status = 'inferido' and type <> 'provento'""",
            actions=frames["actions"],
        ),
        spark.sql(
            f"""
            select 'split_not_in_ledger' as code, 'warning' as severity, {_NO_CLIENT}, s.instrument_id, s.date,
                   {_NO_AMOUNTS}, {_NO_SOURCE} from {{splits}} s
            left semi join {{chosen}} p on p.instrument_id = s.instrument_id and p.restated
            where not s.trusted""",
            splits=frames["splits"],
            chosen=frames["chosen_prices"],
        ),
    ]


def _jumps(spark: SparkSession, frames: Mapping[str, DataFrame]) -> DataFrame:
    """A close that moved more than the share without an action that explains it is shown, never rejected."""
    return spark.sql(
        f"""
        select 'price_jump' as code, 'info' as severity, {_NO_CLIENT}, j.instrument_id, j.date, {_NO_AMOUNTS},
               j.source_file, j.row_number
        from (
          select * from (
            select *, lag(price) over (partition by instrument_id order by date) as before,
                   lag(date) over (partition by instrument_id order by date) as before_date from {{prices}}
          ) where before is not null and abs(price - before) > {_JUMP} * before
        ) j
        left anti join {{splits}} s
          on s.instrument_id = j.instrument_id and s.date > j.before_date and s.date <= j.date
        left anti join {{actions}} a
          on a.instrument_id = j.instrument_id and a.date > j.before_date and a.date <= j.date and a.type = 'provento'
         and a.status <> 'recusado' and abs(j.price + a.amount - j.before) <= {_JUMP} * j.before""",
        prices=frames["prices"],
        splits=frames["splits"],
        actions=frames["actions"],
    )
