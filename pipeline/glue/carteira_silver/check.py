"""A staged file's rows, typed and checked by the SQL of its plan (pipeline/silver/check-sql.ts)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from carteira_gold.frames import cut

from .effective import effective
from .uploads import Upload

Plan = Mapping[str, Any]
"""ArrivalPlan of pipeline/glue/plan.ts."""


def read_lines(spark: SparkSession, uri: str) -> DataFrame:
    """Staged records as `value`. A carriage return is no end of line in them."""
    return spark.read.option("lineSep", "\n").text(uri)


def allowed_clients(spark: SparkSession, lake: str, active: Sequence[Upload], brokers: object) -> DataFrame:
    """`client_id` of those whom the sender may load for. One of another broker is as unknown as one that does not exist."""
    clients = effective(spark, lake, "clients", active)
    if isinstance(brokers, list):
        clients = clients.where(clients["broker_id"].isin(brokers)) if brokers else clients.limit(0)
    return clients.select("client_id").distinct()


def check_rows(spark: SparkSession, lake: str, plan: Plan, clients: DataFrame) -> DataFrame:
    """The rows of `checkedSql`, computed once. Leaves the view `records`: `position` and the list `f`."""
    read_lines(spark, f"{lake}/{plan['rowsKey']}").createOrReplaceTempView("lines")
    for lookup in plan["lookups"]:
        spark.read.parquet(f"{lake}/{lookup['key']}").createOrReplaceTempView(lookup["name"])
    clients.createOrReplaceTempView("allowed_clients")
    for view in ("records", "staged", "cells"):
        spark.sql(plan["sql"][view]).createOrReplaceTempView(view)
    return cut(spark.sql(plan["sql"]["checked"]))
