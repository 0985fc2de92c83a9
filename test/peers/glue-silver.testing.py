"""Takes the arrivals of several runs in one Spark session, as job.py does before gold: a start of Spark costs more than a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession

from carteira_gold.frames import pin
from carteira_silver.arrivals import take_arrivals
from carteira_silver.objects import Objects

spark = SparkSession.builder.appName("carteira-silver").getOrCreate()
pin(spark)
for lake, run_id in (line.split("\t") for line in sys.stdin.read().splitlines()):
    manifest = json.loads((Path(lake) / f"runs/{run_id}/manifest.json").read_text(encoding="utf-8"))
    _, arrivals = take_arrivals(spark, Objects(spark, lake, scratch=f"runs/{run_id}/scratch"), manifest)
    (Path(lake) / f"runs/{run_id}/arrivals.json").write_text(json.dumps(arrivals), encoding="utf-8")
