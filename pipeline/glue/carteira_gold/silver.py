"""The rows of silver that count, under the codes of today (pipeline/gold/present-codes.ts)."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from .contract import CONTRACT


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
