"""What can be done with files."""

import hashlib
from datetime import datetime
from pathlib import Path

from armstrace.audit import ledger
from armstrace.evidence import passive, queries, rules
from armstrace.evidence.models import StoredFile
from armstrace.records import lengths
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.files import write_whole


def store_image(
    *, content: bytes, name: str, folder: Path, by: Actor, at: datetime
) -> StoredFile:
    """Keep a picture under its SHA-256; the same bytes are kept once.

    Source:
        Rule of this design: evidence is kept as it came, with its hash.
    """
    by.require("evidence.add")
    return _kept(content, name, rules.image_type(content), folder, (by, at))


def store_scan(
    *, content: bytes, name: str, folder: Path, by: Actor, at: datetime
) -> StoredFile:
    """Keep a scan of a mark under its SHA-256; the same bytes are kept once.

    Source:
        Rule of this design: evidence is kept as it came, with its hash.
    """
    by.require("evidence.add")
    return _kept(content, name, rules.scan_type(content), folder, (by, at))


def store_document(
    *,
    content: bytes,
    name: str,
    folder: Path,
    grant: str = "evidence.add",
    by: Actor,
    at: datetime,
) -> StoredFile:
    """Keep a document under its SHA-256; the same bytes are kept once.

    Args:
        grant: What opens the record that it is attached to.

    Raises:
        InvalidInput: It is neither PDF nor a picture, or does something by itself.

    Source:
        Rule of this design: evidence is kept as it came, with its hash.
    """
    by.require(grant)
    passive.require_passive(content)
    return _kept(content, name, rules.document_type(content), folder, (by, at))


def _kept(
    content: bytes,
    name: str,
    media_type: str,
    folder: Path,
    act: tuple[Actor, datetime],
) -> StoredFile:
    by, at = act
    lengths.require_fits(name, lengths.FILE_NAME)
    digest = hashlib.sha256(content).hexdigest()
    with ledger.entry("file.stored", by=by, at=at) as entry:
        kept, is_new = StoredFile.objects.get_or_create(
            sha256=digest,
            defaults={
                "size_bytes": len(content),
                "media_type": media_type,
                "name_as_given": name,
                "known_at": at,
            },
        )
        path = queries.path_of(kept.sha256, folder)
        # Whoever brings the same bytes again mends a file that is gone or damaged.
        if is_new or not path.exists() or not queries.is_whole(path, digest):
            write_whole(path, content)
        entry.about(kept)
    return kept
