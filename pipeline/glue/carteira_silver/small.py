"""Small tables that are known to the driver."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import broadcast


def small_table(spark: SparkSession, rows: Sequence[tuple[Any, ...]], columns: Sequence[tuple[str, str]]) -> DataFrame:
    """Rows of texts and whole numbers under `(name, type)`, to join with.

    They go to Spark as one text: a frame of Python's own rows would start a Python on every executor, which takes longer
    than most files do.
    """
    names = [name for name, _ in columns]
    shape = ", ".join(f"{name}: {kind}" for name, kind in columns)
    text = json.dumps([dict(zip(names, row, strict=True)) for row in rows])
    # An empty list has no row to take apart, and its columns all the same.
    return broadcast(spark.sql(f"select inline(from_json(:rows, 'array<struct<{shape}>>'))", args={"rows": text}))


def no_rows(spark: SparkSession, columns: Sequence[dict[str, str]]) -> DataFrame:
    """An empty frame with columns of the contract."""
    nulls = [f"cast(null as {column['type']}) as `{column['name']}`" for column in columns]
    return spark.sql(f"select {', '.join(nulls)} where false")
