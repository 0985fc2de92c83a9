"""What TypeScript defines and this job only reads: `contract.json` is generated (`npm run glue:contract`)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

# Glue imports the packages out of a zip, in which no path leads to a file.
CONTRACT: dict[str, Any] = json.loads(files(__package__).joinpath("contract.json").read_text(encoding="utf-8"))


def schema_text(columns: list[dict[str, str]]) -> str:
    """Columns of the contract as a Spark schema."""
    return ", ".join(f"`{column['name']}` {column['type']}" for column in columns)


def typed(columns: list[dict[str, str]]) -> list[str]:
    """The contract's columns cast to their types, in the contract's order."""
    return [f"cast(`{c['name']}` as {c['type']}) as `{c['name']}`" for c in columns]
