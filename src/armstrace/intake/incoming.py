"""A file or a stream of rows that comes in, and how its load is watched."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from armstrace.intake.fields import IntakeKind
from armstrace.intake.planning import CHUNK_ROWS

DigestOf = Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file to be loaded.

    Args:
        path: Where it lies.
        name: Its name as people know it.
        agency: The agency where a row states none.
    """

    path: Path
    name: str
    agency: str = ""


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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come.

    Args:
        expected: Rows to expect, 0 where that is not known.
    """

    read: int
    loaded: int
    held: int
    skipped: int
    expected: int


def _ignore(progress: Progress) -> None:
    del progress


@dataclass(frozen=True, slots=True)
class Watch:
    """Who runs a load and who is told about it.

    Args:
        worker: Names this run, so that a second run of one batch stops the first.
        clock: Tells the time for heartbeats; the time of the act where None.
        progress: Is told after each chunk.
        chunk_rows: Rows in one transaction.
    """

    worker: str = "one run"
    clock: Callable[[], datetime] | None = None
    progress: Callable[[Progress], None] = _ignore
    chunk_rows: int = CHUNK_ROWS


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
