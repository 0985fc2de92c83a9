"""What the fold reads and writes (src/portfolio/event.ts): amounts are integers of scale 8, days are day numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

OPEN_DAY = 2_932_896
"""9999-12-31, the `valid_to` of an open span."""

Row = tuple[Any, ...]


@dataclass(slots=True, eq=False)
class Event:
    """One operation of one client. Compared by identity: two equal rows are two real trades."""

    day: int
    time: str | None
    type: str
    instrument: str
    to_instrument: str | None
    currency: str
    quantity: int | None
    price: int | None
    fees: int
    amount: int | None
    tax: int
    factor_new: int | None
    factor_old: int | None
    brokerage: str
    fx_rate: int | None
    """Base currency for one unit of `currency`; None where no rate is known."""
    market_price: int | None
    day_tradable: bool
    unordered: bool
    """From an export of B3, which has neither time nor order."""
    source: str
    """File and upload: rows of one custody file add up, those of two are compared."""
    seq: int
    source_file: str | None
    row_number: int | None
    row_hash: str | None
    origin: str = "own"
    indexer: str | None = None
    indexer_rate: int | None = None
    maturity: int | None = None


@dataclass(slots=True, frozen=True)
class Client:
    client_id: str
    base_currency: str
    controls_cash: bool


@dataclass(slots=True)
class Sink:
    """Rows of one client, in the columns of gold's contract without the run; amounts are units still."""

    spans: list[Row] = field(default_factory=list)
    realized: list[Row] = field(default_factory=list)
    income: list[Row] = field(default_factory=list)
    flows: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    lots: list[Row] = field(default_factory=list)
    """What is held of deposits with a curve, by terms: see curve.py."""
