"""Silver from staged files on Spark: typed, checked, quarantined and promoted as pipeline/silver does it embedded."""
