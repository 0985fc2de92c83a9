"""Runs the job for several books in one Spark: a start of Spark costs more than a small book.

Reads lines that are each a book's lake, with a manifest of the run in it; leaves beside that how long the run took. Two
books are under way at once, each in a session of its own: a small one keeps no machine busy.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from job import parse_arguments, run
from pyspark.sql import SparkSession

RUN_ID = sys.argv[1]
BOOKS_AT_ONCE = 2
spark = SparkSession.builder.appName("carteira").getOrCreate()


def build(lake: str) -> None:
    folder = Path(lake, "runs", RUN_ID)
    arguments = ["--manifest", f"{folder}/manifest.json", "--lake", lake, "--run-id", RUN_ID, "--JOB_NAME", "parity"]
    started = perf_counter()
    run(spark.newSession(), parse_arguments(arguments))
    (folder / "took.json").write_text(json.dumps({"ms": (perf_counter() - started) * 1000}), encoding="utf-8")


with ThreadPoolExecutor(BOOKS_AT_ONCE) as pool:
    for _ in pool.map(build, sys.stdin.read().splitlines()):
        pass
