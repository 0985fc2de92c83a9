"""Builds gold of several books in one Spark session: a start of Spark costs more than a small book.

Reads lines of `folder TAB lake`. A folder holds manifest.json, and gets gold/ and outcome.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from job import parse_arguments, transform
from pyspark.sql import SparkSession

RUN_ID, TODAY = sys.argv[1:3]
spark = SparkSession.builder.appName("carteira-gold").getOrCreate()
for folder, lake in (line.split("\t") for line in sys.stdin.read().splitlines()):
    arguments = ["--manifest", f"{folder}/manifest.json", "--lake", lake, "--output", f"{folder}/gold"]
    started = perf_counter()
    as_of = transform(spark, parse_arguments([*arguments, "--run-id", RUN_ID, "--today", TODAY, "--JOB_NAME", "parity"]))
    outcome = {"asOf": None if as_of is None else as_of.isoformat(), "ms": (perf_counter() - started) * 1000}
    Path(folder, "outcome.json").write_text(json.dumps(outcome), encoding="utf-8")
    spark.catalog.clearCache()
