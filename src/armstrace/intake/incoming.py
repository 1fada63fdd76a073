"""A file or a stream of rows that comes in, and how its load is watched."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from armstrace.intake.fields import IntakeKind


@dataclass(frozen=True)
class IncomingFile:
    """A file to be loaded."""

    path: Path
    # Its name as people know it.
    name: str
    # The agency where a row states none.
    agency: str = ""
    # The agency that may see the load; ``agency`` where empty.
    belongs_to: str = ""

    @cached_property
    def digest(self) -> str:
        """Its SHA-256, read once."""
        return digest_of(self.path)


@dataclass(frozen=True, slots=True)
class IncomingRows:
    """Rows that are canonical fields already, such as a synthetic country's."""

    # Canonical field to text, row after row.
    rows: Iterable[dict[str, str]]
    kind: IntakeKind
    # Who states them; with their number it is their identity.
    source: str
    # What to call the stream.
    name: str
    # Tells this stream from another, so that a broken load goes on.
    key: str
    arm_source: str = ""
    # How many rows to expect, 0 where that is not known.
    expected: int = 0
    # The agency where a row states none.
    agency: str = ""


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def keep_file(chunks: Iterable[bytes], *, folder: Path) -> Path:
    """Write a file under its digest, whole or not at all.

    A file that was cut off would be taken for the whole one when it comes again. It
    gets its name last, when the disk has it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as beside:
        whole = Path(beside) / "file"
        with whole.open("wb") as kept:
            for chunk in chunks:
                digest.update(chunk)
                kept.write(chunk)
            kept.flush()
            os.fsync(kept.fileno())
        return whole.replace(folder / digest.hexdigest())
