"""What can be asked about files."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from armstrace.audit import disclosures
from armstrace.evidence.models import StoredFile
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A kept file, ready to be sent."""

    path: Path
    media_type: str
    name: str


def path_of(sha256: str, folder: Path) -> Path:
    """Give the path under which a file of that hash is kept."""
    return folder / sha256[:2] / sha256


def open_file(sha256: str, *, folder: Path, viewer: Actor, at: datetime) -> OpenedFile:
    """Open a kept file; the ledger keeps who looked.

    Raises:
        NotPermitted: The viewer may not see evidence.
        NotFound: There is no such file.
    """
    viewer.require("evidence.view")
    rows = StoredFile.objects.filter(sha256=sha256)
    found = disclosures.disclose(viewer=viewer, at=at, act="file.viewed", records=rows)
    if not found or not path_of(sha256, folder).exists():
        msg = message("There is no such file here.")
        raise NotFound(msg)
    kept = found[0]
    return OpenedFile(path_of(sha256, folder), kept.media_type, kept.name_as_given)
