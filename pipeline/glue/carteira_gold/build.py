"""Gold's tables from silver, as frames: what pipeline/gold/build.ts does with DuckDB in a full build."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from .contract import CONTRACT, typed
from .folded import fold_book
from .frames import cut, pin
from .instruments import make_instruments
from .market import make_indexes, make_prices, make_rates, make_splits
from .operations import ledger_operations, make_operations, with_market_prices
from .silver import Manifest, effective


def build_gold(spark: SparkSession, manifest: Manifest, lake: str, run_id: str) -> dict[str, DataFrame]:
    """The tables that this job makes, typed and sorted as the contract says. Reads only what the manifest names."""
    pin(spark)
    silver = {table: cut(effective(spark, manifest, lake, table)) for table in CONTRACT["silver"]}
    operations, clients = silver["operations"], silver["clients"]
    instruments = cut(make_instruments(spark, operations, silver["prices"], clients, silver["instruments"]))
    fx = cut(make_rates(spark, silver["prices"], instruments))
    splits = cut(make_splits(spark, silver["actions"], operations))
    prices = cut(make_prices(spark, silver["prices"], instruments, fx, splits))
    indexes = make_indexes(spark, silver["prices"], instruments)
    due = cut(ledger_operations(spark, operations, silver["actions"]))
    candidates = make_operations(spark, operations.unionByName(due, allowMissingColumns=True), clients, instruments, fx)
    folded = fold_book(spark, with_market_prices(spark, candidates, prices), indexes, instruments).persist()
    spans = _rows_of(folded, "spans")
    frames = {
        "clients": clients,
        "instruments": instruments,
        "operations": _settled(spark, candidates, _rows_of(folded, "findings")),
        "position_spans": spans,
        "positions": spans.where("valid_to = date '9999-12-31'"),
        "realized_gains": _rows_of(folded, "realized"),
        "income": _rows_of(folded, "income"),
        "flows": _rows_of(folded, "flows"),
        "prices_daily": prices,
        "fx_daily": fx,
        "index_daily": indexes,
        "announced_payments": silver["actions"].where("type = 'provento' and status <> 'recusado' and amount > 0"),
    }
    return {name: _finished(frame, name, run_id) for name, frame in frames.items()}


def _rows_of(folded: DataFrame, kind: str) -> DataFrame:
    return folded.where(f"kind = '{kind}'").select(f"{kind}.*")


def _settled(spark: SparkSession, candidates: DataFrame, findings: DataFrame) -> DataFrame:
    """Takes out the rows of the ledger that found nothing held. The numbers of the others stay."""
    return spark.sql(
        """
        select o.* from {candidates} o
        left anti join {findings} f on f.seq = o.seq and f.code = 'nothing_held' and o.origin = 'ledger'""",
        candidates=candidates,
        findings=findings,
    )


def _finished(frame: DataFrame, table: str, run_id: str) -> DataFrame:
    contract = CONTRACT["gold"][table]
    with_run = frame.selectExpr("*", f"'{run_id}' as run_id")
    return with_run.selectExpr(*typed(contract["columns"])).orderBy(*contract["sortedBy"])
