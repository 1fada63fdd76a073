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
            kind, how = wrong
            words = f"The file {kept.sha256[:12]} of {label_of(StoredFile)} {how}."
            label = label_of(StoredFile)
            findings.add(Finding(kind, words, table=label, key=kept.pk))
        count += 1
        if count % TOLD_EVERY == 0:
            progress("files", count)
    progress("files", count)
    return count


def _wrong(kept: StoredFile) -> tuple[FindingKind, str] | None:
    try:
        path = queries.path_of(kept.sha256, Path(settings.MEDIA_ROOT))
        if queries.is_whole(path, kept.sha256):
            return None
    except ValueError:
        return FindingKind.FILE_CHANGED, "has a hash that is none"
    except OSError:
        return FindingKind.FILE_GONE, "is gone or cannot be read"
    return FindingKind.FILE_CHANGED, "was altered"
