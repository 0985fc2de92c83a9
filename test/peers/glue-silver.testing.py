"""Takes the arrivals of several runs in one Spark, as job.py does before gold: a start of Spark costs more than a file.

Two lakes are at it at once, each in a session of its own; the runs of one lake come one after the other.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyspark.sql import SparkSession

from carteira_gold.frames import pin
from carteira_silver.arrivals import take_arrivals
from carteira_silver.objects import Objects

LAKES_AT_ONCE = 2
spark = SparkSession.builder.appName("carteira-silver").getOrCreate()


def take(lake: str, run_ids: list[str]) -> None:
    session = spark.newSession()
    pin(session)
    for run_id in run_ids:
        manifest = json.loads((Path(lake) / f"runs/{run_id}/manifest.json").read_text(encoding="utf-8"))
        _, arrivals = take_arrivals(session, Objects(session, lake, scratch=f"runs/{run_id}/scratch"), manifest)
        (Path(lake) / f"runs/{run_id}/arrivals.json").write_text(json.dumps(arrivals), encoding="utf-8")


runs: dict[str, list[str]] = {}
for lake, run_id in (line.split("\t") for line in sys.stdin.read().splitlines()):
    runs.setdefault(lake, []).append(run_id)
with ThreadPoolExecutor(LAKES_AT_ONCE) as pool:
    for _ in pool.map(take, runs.keys(), runs.values()):
        pass
