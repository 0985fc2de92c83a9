"""The Glue job: gold from silver on Spark 3.5 (Glue 5.1), without `awsglue` and without an account.

    spark-submit --py-files carteira_gold.zip job.py --manifest URI --lake URI --output URI --run-id ID --today DAY

It reads what the manifest names and nothing else, keeps no bookmarks, and writes each table to
`<output>/<table>/<run id>/`. Publishing, which is moving one pointer, is the caller's.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pyspark.sql import SparkSession

from carteira_gold.build import build_gold
from carteira_gold.contract import CONTRACT
from carteira_gold.silver import effective

_RUN_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_MANIFEST_VERSION = 1


@dataclass(frozen=True, slots=True)
class JobArguments:
    manifest: str
    lake: str
    """Root under which the manifest's keys lie."""
    output: str
    run_id: str
    today: date
    """In São Paulo."""


def parse_arguments(arguments: Sequence[str]) -> JobArguments:
    """Reads the job's own arguments. Glue adds others, which are left alone."""
    parser = argparse.ArgumentParser(description="Computes gold from silver.")
    for name, meaning in (
        ("--manifest", "what pipeline/glue/manifest.ts wrote"),
        ("--lake", "root under which the manifest's keys lie"),
        ("--output", "root under which each table gets a folder of this run"),
        ("--run-id", "name of the run: letters, digits and hyphens"),
    ):
        parser.add_argument(name, required=True, help=meaning)
    parser.add_argument("--today", required=True, type=date.fromisoformat, help="the day in São Paulo")
    known, _ = parser.parse_known_args(arguments)
    if _RUN_ID.fullmatch(known.run_id) is None:
        parser.error("--run-id takes 1 to 64 letters, digits and hyphens")
    return JobArguments(known.manifest, known.lake, known.output, known.run_id, known.today)


def transform(spark: SparkSession, args: JobArguments) -> date | None:
    """Writes every table, and returns the last session. An existing folder fails the run."""
    text = spark.read.text(args.manifest, wholetext=True).first()
    manifest = json.loads(text[0]) if text is not None else {}
    if manifest.get("version") != _MANIFEST_VERSION:
        raise ValueError(
            "the manifest is of another version than this job: deploy both from one version of the project"
        )
    silver = {table: effective(spark, manifest, args.lake, table) for table in CONTRACT["silver"]}
    gold = build_gold(spark, silver, args.run_id, args.today)
    for table, frame in gold.frames.items():
        folder = f"{args.output.rstrip('/')}/{table}/{args.run_id}"
        frame.write.mode("errorifexists").option("compression", "zstd").parquet(folder)
    return gold.as_of


def main() -> None:
    """Under Glue its context is made and the job committed; elsewhere a session of this machine does."""
    arguments = parse_arguments(sys.argv[1:])
    try:
        from awsglue.context import GlueContext
        from pyspark.context import SparkContext
    except ImportError:
        transform(SparkSession.builder.appName("carteira-gold").getOrCreate(), arguments)
        return
    transform(GlueContext(SparkContext.getOrCreate()).spark_session, arguments)


if __name__ == "__main__":
    main()
