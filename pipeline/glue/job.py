"""The Glue job: files to silver and silver to gold on Spark 3.5 (Glue 5.1), without `awsglue` and without an account.

    spark-submit --py-files carteira.zip job.py --manifest URI --lake URI --run-id ID

It reads what the manifest names and nothing else, and keeps no bookmarks. What it writes are the silver and quarantine
objects of the manifest's arrivals, `gold/<table>/<run id>/` and, last, `runs/<run id>/outcome.json`. Publishing, which is
moving one pointer, is the caller's. Started again after it broke off, it writes the same things anew; after it ended,
it does nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from carteira_gold.build import Gold, build_gold
from carteira_gold.contract import CONTRACT
from carteira_gold.frames import pin
from carteira_gold.silver import present
from carteira_silver.arrivals import take_arrivals
from carteira_silver.effective import effective
from carteira_silver.objects import Objects
from carteira_silver.uploads import Upload

_RUN_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_RUN_VERSION = 2
"""RUN_VERSION of run.ts."""
_TABLES_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class JobArguments:
    manifest: str
    lake: str
    """Root under which all keys lie."""
    run_id: str


def parse_arguments(arguments: Sequence[str]) -> JobArguments:
    """Reads the job's own arguments. Glue adds others, which are left alone."""
    parser = argparse.ArgumentParser(description="Takes files to silver and computes gold.")
    for name, meaning in (
        ("--manifest", "what runManifest of pipeline/glue/manifest.ts made"),
        ("--lake", "root under which all keys lie"),
        ("--run-id", "name of the run: letters, digits and hyphens"),
    ):
        parser.add_argument(name, required=True, help=meaning)
    known, _ = parser.parse_known_args(arguments)
    if _RUN_ID.fullmatch(known.run_id) is None:
        parser.error("--run-id takes 1 to 64 letters, digits and hyphens")
    return JobArguments(known.manifest, known.lake, known.run_id)


def run(spark: SparkSession, args: JobArguments) -> None:
    """Does all of a run. Raises ValueError for a manifest that is not this job's or not this run's."""
    manifest = _read_manifest(spark, args)
    objects = Objects(spark, args.lake, scratch=f"runs/{args.run_id}/scratch")
    outcome_key = f"runs/{args.run_id}/outcome.json"
    if objects.exists(outcome_key):
        return
    pin(spark)
    active, arrivals = take_arrivals(spark, objects, manifest)
    gold = _gold(spark, objects.uri(""), args.run_id, active, date.fromisoformat(manifest["today"]))
    tables = _write_tables(objects, gold, args.run_id)
    outcome = {
        "version": _RUN_VERSION,
        "runId": args.run_id,
        "asOf": None if gold.as_of is None else gold.as_of.isoformat(),
        "tables": tables,
        "arrivals": arrivals,
    }
    objects.remove(f"runs/{args.run_id}/scratch")
    objects.write_text(outcome_key, [json.dumps(outcome, ensure_ascii=False)])


def _read_manifest(spark: SparkSession, args: JobArguments) -> Mapping[str, Any]:
    text = spark.read.text(args.manifest, wholetext=True).first()
    manifest: Mapping[str, Any] = json.loads(text[0]) if text is not None else {}
    if manifest.get("version") != _RUN_VERSION:
        raise ValueError(
            "the manifest is of another version than this job: deploy both from one version of the project"
        )
    if manifest["runId"] != args.run_id:
        raise ValueError("the manifest is of another run than --run-id says")
    return manifest


def _gold(spark: SparkSession, lake: str, run_id: str, active: Sequence[Upload], today: date) -> Gold:
    """Gold's tables of the uploads that count."""
    silver = {table: present(spark, effective(spark, lake, table, active), table) for table in CONTRACT["silver"]}
    return build_gold(spark, silver, run_id, today)


def _write_tables(objects: Objects, gold: Gold, run_id: str) -> dict[str, list[dict[str, Any]]]:
    """The files of each table. Of most tables planning takes longer than writing, so that some are written at once."""
    with ThreadPoolExecutor(_TABLES_AT_ONCE) as pool:
        written = {
            table: pool.submit(_write_table, objects, frame, f"gold/{table}/{run_id}")
            for table, frame in gold.frames.items()
        }
        return {table: files.result() for table, files in written.items()}


def _write_table(objects: Objects, frame: DataFrame, folder: str) -> list[dict[str, Any]]:
    """The table's files as GoldFile of src/contracts/gold.ts has them, without their hashes."""
    return [{"key": key, "rows": objects.rows_of(key)} for key in objects.write_folder(frame, folder)]


def main() -> None:
    """Under Glue its context is made; elsewhere a session of this machine does."""
    arguments = parse_arguments(sys.argv[1:])
    try:
        from awsglue.context import GlueContext
        from pyspark.context import SparkContext
    except ImportError:
        run(SparkSession.builder.appName("carteira").getOrCreate(), arguments)
        return
    run(GlueContext(SparkContext.getOrCreate()).spark_session, arguments)


if __name__ == "__main__":
    main()
