"""The uploads of a run, and which of two versions of a row is to count (pipeline/silver/effective.ts)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SEQ_LIMIT = 2**26
"""Above every sequence number: two numbers go into one, the more important first."""


@dataclass(frozen=True, slots=True)
class Upload:
    upload_id: str
    seq: int
    sha256: str
    kind: str
    table: str
    silver_key: str | None
    """None before its rows are written."""


def upload_of(written: Mapping[str, Any]) -> Upload:
    """An upload as the manifest has it; an arrival has no silver yet."""
    return Upload(
        written["uploadId"],
        written["seq"],
        written["sha256"],
        written["kind"],
        written["table"],
        written.get("silverKey"),
    )


def lateness(upload: Upload, others: Sequence[Upload]) -> int:
    """How late an upload's versions are. The same bytes again are as late as they were the first time: sending an old
    file again does not undo what a newer one corrected.
    """
    return min([upload.seq, *[other.seq for other in others if other.sha256 == upload.sha256]])


def ranks(uploads: Sequence[Upload]) -> list[tuple[str, int, int]]:
    """Of each upload how its versions rank, the highest counting: among keyed rows the latest, of equal content the first."""
    return [(one.upload_id, lateness(one, uploads) * _SEQ_LIMIT + (_SEQ_LIMIT - one.seq), -one.seq) for one in uploads]
