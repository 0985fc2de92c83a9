"""The rows of silver that count (pipeline/silver/effective.ts)."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame, SparkSession

from carteira_gold.contract import CONTRACT, schema_text

from .small import no_rows, small_table
from .uploads import Upload, ranks


def effective(spark: SparkSession, lake: str, table: str, uploads: Sequence[Upload]) -> DataFrame:
    """The effective rows of a silver table among those of the uploads of it; none gives an empty frame with all columns.

    The codes are those of the files; gold goes by the ones of today.
    """
    columns: list[dict[str, str]] = CONTRACT["silver"][table]["columns"]
    counting = [upload for upload in uploads if upload.table == table and upload.silver_key is not None]
    if not counting:
        return no_rows(spark, columns)
    paths = [f"{lake}/{upload.silver_key}" for upload in counting]
    # A given schema reads columns that an older file lacks as null.
    rows = _with_added(spark.read.schema(schema_text(columns)).parquet(*paths), table)
    # A file holds no two versions of a row, so that one alone needs no comparing.
    return _merged(spark, rows, table, counting) if len(counting) > 1 else rows


def _with_added(rows: DataFrame, table: str) -> DataFrame:
    """What rows mean that were written before a column was there."""
    added: dict[str, str] = CONTRACT["silver"][table]["added"]
    return rows.selectExpr(
        *[f"coalesce({name}, {added[name]}) as {name}" if name in added else f"`{name}`" for name in rows.columns]
    )


def _merged(spark: SparkSession, rows: DataFrame, table: str, uploads: Sequence[Upload]) -> DataFrame:
    """Of several versions of a keyed row the latest upload's counts; rows of equal content count once."""
    order = small_table(spark, ranks(uploads), [("upload_id", "string"), ("keyed", "bigint"), ("plain", "bigint")])
    names = ", ".join(f"`{name}`" for name in rows.columns)
    key, identity = CONTRACT["silver"][table]["key"], CONTRACT["silver"][table]["identity"]
    return spark.sql(
        f"""
        select {names} from (
          select *, max(version) over (partition by identity) as newest from (
            select r.*, {identity} as identity, case when {key} is null then o.plain else o.keyed end as version
            from {{rows}} r join {{order}} o using (upload_id)
          )
        ) where version = newest""",
        rows=rows,
        order=order,
    )
