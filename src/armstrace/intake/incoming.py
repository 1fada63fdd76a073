"""A file or a stream of rows that comes in, and how its load is watched."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from armstrace.intake.fields import IntakeKind


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file to be loaded.

    Args:
        path: Where it lies.
        name: Its name as people know it.
        agency: The agency where a row states none.
        belongs_to: The agency that may see the load; ``agency`` where empty.
    """

    path: Path
    name: str
    agency: str = ""
    belongs_to: str = ""


@dataclass(frozen=True, slots=True)
class IncomingRows:
    """Rows that are canonical fields already, such as a synthetic country's.

    Args:
        rows: Canonical field to text, row after row.
        kind: What they are.
        source: Who states them; with their number it is their identity.
        name: What to call the stream.
        key: Tells this stream from another, so that a broken load goes on.
        arm_source: The source whose numbers they use for arms.
        expected: How many rows to expect, 0 where that is not known.
        agency: The agency where a row states none.
    """

    rows: Iterable[dict[str, str]]
    kind: IntakeKind
    source: str
    name: str
    key: str
    arm_source: str = ""
    expected: int = 0
    agency: str = ""


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
