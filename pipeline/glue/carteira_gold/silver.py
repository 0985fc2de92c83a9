"""The rows of silver that count, under the codes of today (pipeline/silver/effective.ts, gold/present-codes.ts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from .contract import CONTRACT, schema_text
from .frames import empty

Manifest = Mapping[str, Any]
"""What pipeline/glue/manifest.ts writes: the silver files, and how versions of a row rank."""


def effective(spark: SparkSession, manifest: Manifest, lake: str, table: str) -> DataFrame:
    """The effective rows of a silver table; none gives an empty frame with all columns."""
    columns: list[dict[str, str]] = CONTRACT["silver"][table]["columns"]
    files = [file for file in manifest["files"] if file["table"] == table]
    if not files:
        return empty(spark, columns)
    paths = [f"{lake.rstrip('/')}/{file['silverKey']}" for file in files]
    # A given schema reads columns that an older file lacks as null.
    rows = _with_added(spark.read.schema(schema_text(columns)).parquet(*paths), table)
    if len(files) > 1:
        rows = _merged(spark, rows, table, files)
    return present(spark, rows, table)


def _with_added(rows: DataFrame, table: str) -> DataFrame:
    """What rows mean that were written before a column was there."""
    added: dict[str, str] = CONTRACT["silver"][table]["added"]
    return rows.selectExpr(
        *[f"coalesce({name}, {added[name]}) as {name}" if name in added else f"`{name}`" for name in rows.columns]
    )


def _merged(spark: SparkSession, rows: DataFrame, table: str, files: list[dict[str, Any]]) -> DataFrame:
    """Of several versions of a keyed row the latest upload's counts; rows of equal content count once."""
    ranks = spark.createDataFrame(
        [(file["uploadId"], file["keyedRank"], file["plainRank"]) for file in files],
        "upload_id string, keyed bigint, plain bigint",
    )
    names = ", ".join(f"`{name}`" for name in rows.columns)
    key, identity = CONTRACT["silver"][table]["key"], CONTRACT["silver"][table]["identity"]
    return spark.sql(
        f"""
        select {names} from (
          select *, max(version) over (partition by identity) as newest from (
            select r.*, {identity} as identity, case when {key} is null then o.plain else o.keyed end as version
            from {{rows}} r join {{ranks}} o using (upload_id)
          )
        ) where version = newest""",
        rows=rows,
        ranks=ranks,
    )


def present(spark: SparkSession, rows: DataFrame, table: str) -> DataFrame:
    """Gold goes by the codes of today; a row registered under a former one gives way to the present one's."""
    if table == "instruments":
        now = _renamed("instrument_id")
        names = ", ".join(f"`{name}`" for name in rows.columns)
        rows = spark.sql(
            f"""
            select {names} from (
              select *, row_number() over (
                partition by {now} order by instrument_id <> {now}, instrument_id, row_hash) as place
              from {{rows}}
            ) where place = 1""",
            rows=rows,
        )
    replaced = {"instrument_id": "", "to_instrument_id": "", "yahoo_symbol": ".SA"}
    return rows.selectExpr(*[f"{_renamed(n, replaced[n])} as {n}" if n in replaced else f"`{n}`" for n in rows.columns])


def _renamed(column: str, suffix: str = "") -> str:
    codes: dict[str, str] = CONTRACT["renamedCodes"]
    cases = " ".join(f"when '{old}{suffix}' then '{now}{suffix}'" for old, now in codes.items())
    return f"case {column} {cases} else {column} end"
