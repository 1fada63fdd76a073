"""Prove that the files of evidence are the bytes that were taken in.

Source:
    Rule of this design: evidence is kept as it came, with its hash.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from armstrace.audit.findings import Finding, Taker
from armstrace.audit.ledgered import label_of
from armstrace.evidence import queries
from armstrace.evidence.models import StoredFile
from armstrace.vocabulary.ledger import FindingKind
from armstrace.vocabulary.messages import Message, message

TOLD_EVERY = 200


def prove_files(findings: Taker, progress: Callable[[str, int], None]) -> int:
    """Read every kept file and compare it with its hash.

    Args:
        findings: Takes each file that is altered or gone.
    """
    count = 0
    for kept in StoredFile.objects.order_by("pk").iterator(chunk_size=1000):
        wrong = _wrong(kept)
        if wrong:
            table = label_of(StoredFile)
            findings.add(Finding(*wrong, table=table, key=kept.pk))
        count += 1
        if count % TOLD_EVERY == 0:
            progress("files", count)
    progress("files", count)
    return count


def _wrong(kept: StoredFile) -> tuple[FindingKind, Message] | None:
    told = {"file": kept.sha256[:12], "table": label_of(StoredFile)}
    try:
        path = queries.path_of(kept.sha256, Path(settings.MEDIA_ROOT))
        if queries.is_whole(path, kept.sha256):
            return None
    except ValueError:
        words = message(
            "The file %(file)s of %(table)s has a hash that is none.", **told
        )
        return FindingKind.FILE_CHANGED, words
    except OSError:
        words = message(
            "The file %(file)s of %(table)s is gone or cannot be read.", **told
        )
        return FindingKind.FILE_GONE, words
    words = message("The file %(file)s of %(table)s was altered.", **told)
    return FindingKind.FILE_CHANGED, words
