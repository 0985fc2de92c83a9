"""The files of a run, one after the other, from staged records to silver and its outcome (pipeline/silver/load.ts)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from carteira_gold.frames import cut

from .check import Plan, allowed_clients, check_rows
from .objects import Objects
from .place import Tally, good_rows, place_rows, silver_rows, superseded, tally_rows
from .quarantine import Issue, file_issue, write_quarantine
from .settlements import compare_settlements
from .uploads import Upload, upload_of

Outcome = dict[str, Any]
"""ArrivalOutcome of pipeline/glue/run.ts."""


def take_arrivals(spark: SparkSession, objects: Objects, run: Mapping[str, Any]) -> tuple[list[Upload], list[Outcome]]:
    """Takes the arrivals in their order, and returns the uploads that count after them with what became of each arrival."""
    # A text of the plan may hold `${`, which is no variable of ours.
    spark.conf.set("spark.sql.variable.substitute", "false")
    active = [upload_of(written) for written in run["active"]]
    outcomes: list[Outcome] = []
    for arrival in run["arrivals"]:
        outcome = _take(spark, objects, arrival, active)
        outcomes.append(outcome)
        if outcome["status"] == "active":
            active = [upload for upload in active if upload.upload_id != arrival["replaces"]]
            active.append(replace(upload_of(arrival), silver_key=outcome["silverKey"]))
    return active, outcomes


def _take(spark: SparkSession, objects: Objects, arrival: Mapping[str, Any], active: Sequence[Upload]) -> Outcome:
    plan: Plan = arrival["plan"]
    lake = objects.uri("")
    replaces = arrival["replaces"]
    if replaces is not None:
        counts = any(upload.upload_id == replaces for upload in active)
        if not (counts and arrival["mayReplace"]):
            return _failed(arrival, file_issue(plan, "file_replaces"))
    clients = allowed_clients(spark, lake, active, plan["brokers"])
    if plan["client"] is not None and clients.where(clients["client_id"] == plan["client"]).isEmpty():
        return _failed(arrival, file_issue(plan, "client_not_found", column="cliente"))
    checked = check_rows(spark, lake, plan, clients)
    tally = tally_rows(checked, plan["bad"])
    if tally.rows == 0:
        return _failed(arrival, file_issue(plan, "file_empty"))
    return _load(spark, objects, arrival, active, checked, tally)


def _load(
    spark: SparkSession,
    objects: Objects,
    arrival: Mapping[str, Any],
    active: Sequence[Upload],
    checked: DataFrame,
    tally: Tally,
) -> Outcome:
    plan: Plan = arrival["plan"]
    upload = upload_of(arrival)
    unsettled = compare_settlements(spark, objects.uri(""), upload.kind, plan, checked, active)
    rejected: list[Issue] = []
    quarantine_key = None
    if tally.rejected > 0:
        quarantine_key = f"quarantine/issues/upload={upload.upload_id}.parquet"
        rejected = write_quarantine(spark, objects, plan, checked, quarantine_key)
    issues = [*plan["words"]["warnings"], *rejected, *unsettled][: plan["limits"]["issuesMax"]]
    if tally.rejected * plan["limits"]["rejectedOneIn"] > tally.rows:
        share = file_issue(plan, "file_share", detail=f"{math.floor(tally.rejected * 100 / tally.rows + 0.5)}%")
        counts = _counts(tally, tally.rows - tally.rejected - tally.elsewhere, 0, tally.elsewhere)
        return _outcome(arrival, "not_promoted", counts, [share, *issues], quarantine_key=quarantine_key)
    good = cut(good_rows(spark, plan, upload.table, checked))
    placed = place_rows(spark, objects.uri(""), upload, arrival["replaces"], good, active)
    counts = _counts(tally, placed.loaded, placed.replaced + superseded(good), placed.repeated + tally.elsewhere)
    if not placed.changes:
        return _outcome(arrival, "repeated", counts, issues, quarantine_key=quarantine_key)
    silver_key = f"silver/{upload.table}/upload={upload.upload_id}.parquet"
    objects.write_object(silver_rows(good, upload.table, upload.upload_id, plan["fileName"]), silver_key)
    return _outcome(arrival, "active", counts, issues, silver_key=silver_key, quarantine_key=quarantine_key)


def _counts(tally: Tally, loaded: int, replaced: int, repeated: int) -> dict[str, int]:
    return {
        "rows": tally.rows,
        "loaded": loaded,
        "replaced": replaced,
        "repeated": repeated,
        "rejected": tally.rejected,
    }


def _failed(arrival: Mapping[str, Any], issue: Issue) -> Outcome:
    return _outcome(arrival, "failed", _counts(Tally(0, 0, 0), 0, 0, 0), [issue])


def _outcome(
    arrival: Mapping[str, Any],
    status: str,
    counts: dict[str, int],
    issues: list[Issue],
    *,
    silver_key: str | None = None,
    quarantine_key: str | None = None,
) -> Outcome:
    return {
        "uploadId": arrival["uploadId"],
        "status": status,
        "counts": counts,
        "issues": issues,
        "silverKey": silver_key,
        "quarantineKey": quarantine_key,
    }
