"""Good rows as silver, and what they are beside what is there already (pipeline/silver/promote.ts)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import lit

from carteira_gold.contract import CONTRACT, typed

from .check import Plan
from .effective import effective
from .small import small_table
from .uploads import Upload, lateness


@dataclass(frozen=True, slots=True)
class Tally:
    rows: int
    """Rows of data, also those that could not be framed."""
    rejected: int
    elsewhere: int
    """Rows that another file supplies."""


@dataclass(frozen=True, slots=True)
class Placement:
    loaded: int
    replaced: int
    repeated: int
    changes: bool
    """Whether taking the file would change anything."""


def tally_rows(checked: DataFrame, bad: int) -> Tally:
    """Counts what was checked. `bad` are records that were no rows of the table."""
    row = checked.selectExpr(
        "count(*) as checked",
        "count_if(issues is not null) as rejected",
        "count_if(elsewhere and issues is null) as elsewhere",
    ).first()
    if row is None:
        raise RuntimeError("a count gave no row")
    return Tally(row["checked"] + bad, row["rejected"] + bad, row["elsewhere"])


def good_rows(spark: SparkSession, plan: Plan, table: str, checked: DataFrame) -> DataFrame:
    """The good rows with `lines`, which is how many of the file have the row's key, one of each: the last counts.

    Occurrences are counted for rows without a key only: with one, equal rows are versions of each other.
    """
    constants = "".join(f", {sql} as {name}" for name, sql in plan["sql"]["constants"].items())
    # Every window reads the rows of one key, or of one content where they have none.
    return spark.sql(
        f"""
        select *, {plan["sql"]["line"]} as row_number, if(key is null, place, 1) as occurrence
        from (
          select *, row_number() over (partition by key, twin order by position) as place,
                 count(*) over (partition by key, twin) as lines
          from (
            select *, {CONTRACT["silver"][table]["key"]} as key,
                   if({CONTRACT["silver"][table]["key"]} is null, row_hash, null) as twin
            from (select *{constants} from {{checked}} where issues is null and not elsewhere)
          )
        ) where key is null or place = lines""",
        checked=checked,
    )


def superseded(good: DataFrame) -> int:
    """How many earlier lines gave way to a later one with their key."""
    row = good.where("key is not null").selectExpr("coalesce(sum(lines - 1), 0) as superseded").first()
    return 0 if row is None else int(row["superseded"])


def silver_rows(good: DataFrame, table: str, upload_id: str, file_name: str) -> DataFrame:
    """The rows as a silver file has them, in one partition, sorted as the table's contract says."""
    contract = CONTRACT["silver"][table]
    order = ["position" if name == "row_number" else name for name in contract["sortedBy"]]
    rows = good.withColumns({"upload_id": lit(upload_id), "source_file": lit(file_name)})
    return rows.repartition(1).sortWithinPartitions(*order).selectExpr(*typed(contract["columns"]))


def place_rows(
    spark: SparkSession, lake: str, upload: Upload, replaces: str | None, good: DataFrame, active: Sequence[Upload]
) -> Placement:
    """Says of each new row whether it is new, takes the place of an earlier version, or is there already, against the other
    uploads that count. Rows of the upload that the new one replaces count as replaced.
    """
    table = upload.table
    of_table = [one for one in active if one.table == table]
    others = [one for one in of_table if one.upload_id not in (upload.upload_id, replaces)]
    restated = [one for one in of_table if one.upload_id == replaces]
    if not others and not restated:
        loaded = good.count()
        return Placement(loaded, 0, 0, loaded > 0)
    identity = CONTRACT["silver"][table]["identity"]
    late = [(one.upload_id, lateness(one, others)) for one in others]
    fates = spark.sql(
        f"""
        select case
          when o.identity is null then if(b.identity is null, 'loaded', 'replaced')
          when o.row_hash = n.row_hash or l.late > {lateness(upload, others)} then 'repeated'
          else 'replaced' end as fate
        from (select row_hash, {identity} as identity from {{good}}) n
        left join (select row_hash, upload_id, {identity} as identity from {{there}}) o on o.identity = n.identity
        left join {{late}} l on l.upload_id = o.upload_id
        left join (select {identity} as identity from {{before}}) b on b.identity = n.identity""",
        good=good,
        there=effective(spark, lake, table, others),
        before=effective(spark, lake, table, restated),
        late=small_table(spark, late, [("upload_id", "string"), ("late", "bigint")]),
    )
    counts = {row["fate"]: row["count"] for row in fates.groupBy("fate").count().collect()}
    loaded, replaced, repeated = (counts.get(fate, 0) for fate in ("loaded", "replaced", "repeated"))
    return Placement(loaded, replaced, repeated, loaded + replaced > 0 or replaces is not None)
