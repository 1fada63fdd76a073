"""Prove that nothing was altered behind the application, or name what was.

Source:
    RFC 6962; rule of this design: the ledger vouches for every record.
"""

from datetime import datetime

from django.db import connection

from armstrace.audit import (
    bodies,
    checkpoints,
    declarations,
    findings,
    keys,
    moments,
    schema,
    verify_entries,
    verify_records,
)
from armstrace.audit.findings import Finding, Findings, Report
from armstrace.audit.models import Checkpoint, Justification, LedgerEntry, Verification
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.ledger import FindingKind
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)


def verify(
    checkpoint_text: str | None = None,
    progress: verify_entries.Progress | None = None,
) -> Report:
    """Prove the ledger and every business record, at one moment; then the files.

    Args:
        checkpoint_text: A checkpoint that was kept elsewhere.
        progress: Called with what is being read and how much of it was.

    Returns:
        What is wrong, and what was compared.

    Raises:
        InvalidInput: The checkpoint is none, or no known key signed it.
    """
    found = Findings()
    told = progress or _silent
    with moments.one_moment():
        roots = _read_roots(found)
        stored = len(roots)
        if checkpoint_text is not None:
            _take_outside(checkpoint_text, roots, found)
        size, root = verify_entries.prove_entries(roots, found, told)
        count = verify_records.prove_records(found, told)
        schema.prove(connection, found)
        _prove_reasons(found)
    for prove in declarations.functions(lambda app: app.proofs):
        prove(found, told)
    outside = checkpoint_text is not None
    details = tuple(found.details[: findings.KEPT])
    return Report(size, root.hex(), count, stored, outside, details, found.count)


def keep(report: Report, *, at: datetime) -> None:
    """Note that the ledger was proved, and how it came out."""
    Verification.objects.create(
        at=at,
        size=report.size,
        records=report.records,
        findings=min(report.count, 2**31 - 1),
        with_outside_checkpoint=report.outside,
    )


def _read_roots(found: Findings) -> dict[int, bytes]:
    """Read the stored checkpoints; a note that does not verify is a finding."""
    trusted = keys.verifiers(keys.folder())
    roots: dict[int, bytes] = {}
    for row in Checkpoint.objects.order_by("size"):
        roots[row.size] = bytes(row.root)
        try:
            said = checkpoints.read_note(row.note, trusted)
        except InvalidInput as error:
            words = SAID.say("STORED_CHECKPOINT", size=row.size, why=error.message)
            found.add(Finding(FindingKind.CHECKPOINT_BROKEN, words, row.size))
            continue
        if (said.size, said.root) != (row.size, bytes(row.root)):
            words = SAID.say("CHECKPOINT_CHANGED", size=row.size)
            found.add(Finding(FindingKind.CHECKPOINT_BROKEN, words, row.size))
    return roots


def _take_outside(text: str, roots: dict[int, bytes], found: Findings) -> None:
    said = checkpoints.read_note(text, keys.verifiers(keys.folder()))
    if roots.get(said.size, said.root) != said.root:
        words = SAID.say("CHECKPOINTS_DIFFER", size=said.size)
        found.add(Finding(FindingKind.CHECKPOINT_BROKEN, words, said.size))
    roots[said.size] = said.root


def _prove_reasons(found: Findings) -> None:
    """Compare each reason that is kept with the digest that its entry holds."""
    for said in Justification.objects.order_by("seq").iterator(chunk_size=2000):
        body = LedgerEntry.objects.filter(pk=said.seq).values_list("body", flat=True)
        codes = bodies.told(body.first() or "").codes
        if codes.get("justification") != keys.hidden(said.text):
            words = SAID.say("REASON_CHANGED", seq=said.seq)
            found.add(Finding(FindingKind.REASON_CHANGED, words, said.seq))


def _silent(_what: str, _count: int) -> None:
    return
