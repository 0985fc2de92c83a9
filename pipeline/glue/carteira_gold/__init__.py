"""Gold from silver on Spark: the rules of docs/money.md, equal to the embedded engine digit by digit."""
