"""Gold's tables from silver, as frames: what pipeline/gold/build.ts does with DuckDB in a full build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import asc_nulls_last

from .contract import CONTRACT, typed
from .folded import curve_points, fold_book
from .frames import cut, pin
from .instruments import make_instruments
from .market import choose_prices, make_indexes, make_prices, make_rates, make_splits
from .operations import ledger_operations, make_operations, with_market_prices
from .quality import make_quality
from .sessions import session_on_or_before
from .summary import make_summary
from .valued import curve_frame, daily_frame, make_valuation, value_book


@dataclass(frozen=True, slots=True)
class Gold:
    frames: Mapping[str, DataFrame]
    """Every table of the contract, typed and sorted as it says."""
    as_of: date | None
    """Last B3 session that portfolio_daily holds; None for a book without prices and operations."""


def build_gold(spark: SparkSession, silver: Mapping[str, DataFrame], run_id: str, today: date) -> Gold:
    """All of gold from the effective rows of each silver table, under the codes of today. `today` is São Paulo's day."""
    pin(spark)
    silver = {table: cut(silver[table]) for table in CONTRACT["silver"]}
    clients, actions = silver["clients"], silver["actions"]
    market = _make_market(spark, silver)
    due = cut(ledger_operations(spark, silver["operations"], actions))
    stated = silver["operations"].unionByName(due, allowMissingColumns=True)
    candidates = make_operations(spark, stated, clients, market["instruments"], market["fx"])
    points = curve_points(market["indexes"])
    priced = with_market_prices(spark, candidates, market["prices"])
    folded = fold_book(spark, priced, points, market["instruments"]).persist()
    unused = _unused(spark, candidates, _rows_of(folded, "findings"))
    operations = candidates.join(unused, "seq", "left_anti")
    spans = _rows_of(folded, "spans")
    positions = spans.where("valid_to = date '9999-12-31'")
    as_of = _last_session(spark, market, operations, today)
    # A book without a session has nothing to value, but it may hold findings.
    valuation = make_valuation(spark, spans, market, points, as_of or today)
    valued = value_book(spark, folded, clients, valuation).persist()
    daily, latest = daily_frame(valued), cut(curve_frame(valued, "latest"))
    checked = {
        **market,
        "findings": _rows_of(folded, "findings").join(unused, "seq", "left_anti"),
        "operations": operations,
        "positions": positions,
        "curve_latest": latest,
        "actions": actions,
    }
    frames = {
        "clients": clients,
        "instruments": market["instruments"],
        "operations": operations,
        "position_spans": spans,
        "positions": positions,
        "realized_gains": _rows_of(folded, "realized"),
        "income": _rows_of(folded, "income"),
        "flows": _rows_of(folded, "flows"),
        "prices_daily": market["prices"],
        "fx_daily": market["fx"],
        "index_daily": market["indexes"],
        "announced_payments": actions.where("type = 'provento' and status <> 'recusado' and amount > 0"),
        "portfolio_daily": daily,
        "client_summary": cut(make_summary(spark, daily, market["indexes"], as_of or today)),
        "curve_daily": curve_frame(valued, "curve"),
        "curve_latest": latest,
        "data_quality": cut(make_quality(spark, checked, as_of or today)),
    }
    return Gold({name: _finished(frame, name, run_id) for name, frame in frames.items()}, as_of)


def _make_market(spark: SparkSession, silver: Mapping[str, DataFrame]) -> dict[str, DataFrame]:
    """Instruments, and what is known of their prices, rates and splits."""
    prices, operations = silver["prices"], silver["operations"]
    instruments = cut(make_instruments(spark, operations, prices, silver["clients"], silver["instruments"]))
    fx = cut(make_rates(spark, prices, instruments))
    splits = cut(make_splits(spark, silver["actions"], operations))
    chosen = cut(choose_prices(spark, prices, instruments))
    return {
        "instruments": instruments,
        "fx": fx,
        "splits": splits,
        "chosen_prices": chosen,
        "prices": cut(make_prices(spark, chosen, fx, splits)),
        "indexes": cut(make_indexes(spark, prices, instruments)),
    }


def _rows_of(folded: DataFrame, kind: str) -> DataFrame:
    return folded.where(f"kind = '{kind}'").select(f"{kind}.*")


def _unused(spark: SparkSession, candidates: DataFrame, findings: DataFrame) -> DataFrame:
    """The rows of the ledger that found nothing held: they are no operations, and what the fold said of them no finding."""
    return cut(
        spark.sql(
            """
            select distinct f.seq from {findings} f
            left semi join {candidates} o on o.seq = f.seq and o.origin = 'ledger'
            where f.code = 'nothing_held'""",
            candidates=candidates,
            findings=findings,
        )
    )


def _last_session(
    spark: SparkSession, market: Mapping[str, DataFrame], operations: DataFrame, today: date
) -> date | None:
    """The last session that a price, an index point or, in a book without either, an operation reaches; never after today."""
    day: date | None = spark.sql(
        """
        select coalesce(
          (select max(date) from (
            select max(date) as date from {prices}
            union all select max(date) from {indexes} where index_id = 'IBOV')),
          (select max(date) from {operations})) as day""",
        prices=market["prices"],
        indexes=market["indexes"],
        operations=operations,
    ).collect()[0]["day"]
    return None if day is None else session_on_or_before(min(day, today))


def _finished(frame: DataFrame, table: str, run_id: str) -> DataFrame:
    contract = CONTRACT["gold"][table]
    with_run = frame.selectExpr("*", f"'{run_id}' as run_id")
    # As the embedded engine orders: what belongs to no client comes last.
    order = [asc_nulls_last(name) for name in contract["sortedBy"]]
    return with_run.selectExpr(*typed(contract["columns"])).orderBy(*order)
