"""What can be asked about files."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import models

from armstrace.audit import ledger, ledgered
from armstrace.evidence import pictures
from armstrace.evidence.models import StoredFile
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound, SourceUnavailable
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message

SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A kept file, ready to be sent."""

    path: Path
    media_type: str
    name: str

    @property
    def content(self) -> bytes:
        """The file as it was taken in, without what a picture tells besides."""
        is_picture = self.media_type.startswith("image/")
        return self.shown if is_picture else self.path.read_bytes()

    @property
    def shown(self) -> bytes:
        """The picture without the notes that say where and by what it was taken."""
        return pictures.without_notes(self.path.read_bytes(), self.media_type)


def path_of(sha256: str, folder: Path) -> Path:
    """Give the path under which a file of that hash is kept.

    Raises:
        ValueError: It is no SHA-256: a path must never be made of anything else.
    """
    if not SHA256.fullmatch(sha256):
        msg = f"{sha256[:12]!r} is no SHA-256 in hexadecimal"
        raise ValueError(msg)
    return folder / sha256[:2] / sha256


def open_file(
    sha256: str,
    *,
    folder: Path,
    of: models.Model,
    grant: str = "evidence.view",
    viewer: Actor,
    at: datetime,
) -> OpenedFile:
    """Open a kept file; the ledger keeps who looked.

    Args:
        of: The record that it is attached to, which the ledger names.
        grant: What opens that record.

    Raises:
        SourceUnavailable: Its bytes are not those that were taken in.
    """
    viewer.require(grant)
    rows = StoredFile.objects.filter(sha256=sha256)
    with ledger.entry("file.viewed", by=viewer, at=at, op=Operation.CONSULT) as entry:
        found = list(rows)
        entry.about_all([*found, of])
        entry.note(opened=f"{ledgered.label_of(type(of))}.{of.pk}".upper())
    if not found or not path_of(sha256, folder).exists():
        msg = message("There is no such file here.")
        raise NotFound(msg)
    kept = found[0]
    if not is_whole(path_of(sha256, folder), sha256):
        msg = message(
            "The file is not what was taken in and is not shown; tell the auditor."
        )
        raise SourceUnavailable(msg)
    return OpenedFile(path_of(sha256, folder), kept.media_type, kept.name_as_given)


def is_whole(path: Path, sha256: str) -> bool:
    """Tell whether a file holds the bytes of a hash."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256
