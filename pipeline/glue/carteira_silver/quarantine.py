"""What is wrong with a file's rows: for people as issues, and as a CSV to mend (pipeline/silver/quarantine.ts, rejected.ts)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from carteira_gold.frames import cut

from .check import Plan, read_lines
from .objects import Objects
from .small import small_table

Issue = dict[str, Any]
"""RowIssue of pipeline/ports.ts."""

_FIELD = "\x1f"
_CHARACTERS_PER_WRITE = 1_000_000


def file_issue(plan: Plan, code: str, *, column: str = "", detail: str = "") -> Issue:
    """An issue of the file as a whole."""
    return {"line": 0, "column": column, "value": "", "reason": reason_text(plan, code, column, detail)}


def reason_text(plan: Plan, code: str, column: str = "", detail: str = "") -> str:
    reason: str = plan["words"]["reasons"][code]
    return reason.replace("{column}", column, 1).replace("{detail}", detail, 1)


def write_quarantine(spark: SparkSession, objects: Objects, plan: Plan, checked: DataFrame, key: str) -> list[Issue]:
    """Writes every issue of a file (line, column_name, value, reason, code) and, before them, the rejected rows themselves.

    Returns the first issues in the order of the file. Needs the view `records` of the file.
    """
    found = cut(_found(spark, objects, plan, checked))
    # The rows first: where the issues are, the rows are.
    rows_key = f"{key.removesuffix('.parquet')}.csv".replace("quarantine/issues/", "quarantine/rows/")
    objects.write_text(rows_key, _csv(plan, _rejected_rows(spark, plan, found)))
    objects.write_object(_issues(spark, plan, found), key)
    first = spark.read.parquet(objects.uri(key)).limit(plan["limits"]["issuesMax"]).collect()
    return [
        {"line": row["line"], "column": row["column_name"], "value": row["value"], "reason": row["reason"]}
        for row in first
    ]


def _found(spark: SparkSession, objects: Objects, plan: Plan, checked: DataFrame) -> DataFrame:
    """One row an issue: position, source, value, code, and what people read of it."""
    found = spark.sql(
        f"""
        select position, issue.source, issue.value, issue.code
        from (select position, explode(issues) as issue from {{checked}} where issues is not null)
        union all
        select cast(f[0] as bigint), '' as source, f[2] as value, f[1] as code
        from (select split(value, '{_FIELD}', -1) as f from {{bad}})""",
        checked=checked,
        bad=read_lines(spark, objects.uri(plan["badKey"])),
    )
    words = [_words(plan, pair["source"], pair["code"]) for pair in found.select("source", "code").distinct().collect()]
    named = small_table(spark, words, [(name, "string") for name in ("source", "code", "label", "reason")])
    return found.join(named, ["source", "code"])


def _words(plan: Plan, source: str, code: str) -> tuple[str, str, str, str]:
    label = plan["words"]["labels"].get(source, source)
    return source, code, label, reason_text(plan, code, label, plan["words"]["details"].get(source, ""))


def _issues(spark: SparkSession, plan: Plan, found: DataFrame) -> DataFrame:
    sheets = small_table(spark, list(enumerate(plan["words"]["sheets"])), [("sheet", "bigint"), ("name", "string")])
    return (
        spark.sql(
            f"""
            select f.position, f.code, f.label, {plan["sql"]["line"]} as line,
                   coalesce(s.name || ': ', '') || f.label as column_name, f.value, f.reason
            from {{found}} f left join {{sheets}} s on s.sheet = f.position div {plan["words"]["sheetStride"]}""",
            found=found,
            sheets=sheets,
        )
        .repartition(1)
        .sortWithinPartitions("position", "label", "code")
        .select("line", "column_name", "value", "reason", "code")
    )


def _rejected_rows(spark: SparkSession, plan: Plan, found: DataFrame) -> DataFrame:
    """Of each rejected row its fields, why it was rejected, and of one that could not be read how it begins."""
    return spark.sql(
        f"""
        select r.position, s.f, r.excerpt,
               array_join(transform(array_sort(r.reasons), one -> one.reason), ' | ') as reason
        from (
          select position, max(case when source = '' then value end) as excerpt,
                 collect_list(struct(label, code, if(label = '', reason, label || ': ' || reason) as reason)) as reasons
          from {{found}} group by position
        ) r left join records s on s.position = r.position
        order by r.position limit {plan["rejected"]["rowsMax"]}""",
        found=found,
    )


def _csv(plan: Plan, rows: DataFrame) -> Iterator[str]:
    """The CSV in pieces. Line breaks that the staged form encodes are put back."""
    rejected = plan["rejected"]
    delimiter: str = rejected["delimiter"]
    places = [column["at"] for column in rejected["columns"]]
    lines = [_line([*[column["label"] for column in rejected["columns"]], rejected["reasonLabel"]], delimiter)]
    held = 0
    for row in rows.toLocalIterator():
        texts: list[str | None] = [None if row["f"] is None else _plain(row["f"][at]) for at in places]
        if texts and texts[0] is None:
            texts[0] = row["excerpt"]
        lines.append(_line([*texts, row["reason"]], delimiter))
        held += len(lines[-1])
        if held >= _CHARACTERS_PER_WRITE:
            yield "".join(lines)
            lines, held = [], 0
    yield "".join(lines)


def _plain(field: str) -> str | None:
    return field.replace("\x1e", "\n").replace("\x1d", "\r") or None


def _line(texts: list[str | None], delimiter: str) -> str:
    return delimiter.join("" if text is None else _quoted(text, delimiter) for text in texts) + "\n"


def _quoted(text: str, delimiter: str) -> str:
    """Quoted where it has to be: an empty text is not the same as none."""
    if text and not any(sign in text for sign in (delimiter, '"', "\n", "\r", "#")):
        return text
    return '"' + text.replace('"', '""') + '"'
