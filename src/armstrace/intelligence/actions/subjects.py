"""Record a subject as a source names it, correct it, withdraw it."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.utils import timezone

from armstrace.audit import ledger
from armstrace.intelligence import ends, name_keys, rules
from armstrace.intelligence.inputs import Provenance, SubjectInput
from armstrace.intelligence.models import Subject, SubjectRecord
from armstrace.records import lengths, numbering
from armstrace.vocabulary import rows
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.intelligence import SUBJECT_KINDS
from armstrace.vocabulary.messages import message

STATED = ("name", "other_names", "born", "document", "place", "notes")


def record_subject(*, stated: SubjectInput, by: Actor, at: datetime) -> Subject:
    """Record a subject of the actor's agency; one that is named twice stands twice.

    Raises:
        NotPermitted: ``by`` may not record, or could not see it by its handling code.
        InvalidInput: It is no kind of subject, or a text cannot be kept.
        RuleBroken: ``LP-01``, it has no name; ``LP-02`` to ``LP-04``, its provenance
            is not whole.

    Source:
        Background paper (Vienna, 2018), ¶51-52, 67; Directive (EU) 2016/680, arts. 6
        and 7.
    """
    by.require("intelligence.record", agency=by.agency)
    if stated.kind not in SUBJECT_KINDS:
        msg = message(
            "“%(kind)s” has records of its own; choose a kind of subject.",
            kind=stated.kind,
        )
        raise InvalidInput(msg, field="kind")
    _require_whole(stated, by, at)
    with ledger.entry("subject.recorded", by=by, at=at) as entry:
        subject = numbering.save_unordered(
            Subject(
                kind=stated.kind.value,
                agency=by.agency,
                handling=stated.provenance.handling.value,
                known_at=at,
            )
        )
        entry.about(subject, kind=subject.kind)
        made = _write(subject, stated, by, at)
        entry.about(made)
        name_keys.keep(made)
    return subject


def correct_subject(  # noqa: PLR0913 -- who, when and why beside what is stated
    *,
    subject_id: int,
    stated: SubjectInput,
    reason: str,
    sent: Collection[str] | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> SubjectRecord:
    """State anew what is known of a subject; what was known before stays on record.

    Args:
        stated: All that is known of it now; its kind does not change.
        sent: The fields that are stated, those of its provenance among them; the
            others stay. All where None.

    Raises:
        InvalidInput: A text cannot be kept.
        RuleBroken: ``LP-01`` to ``LP-04``; ``LP-05``, it was withdrawn; ``LP-09``, no
            reason is given; ``LP-11``, somebody was quicker.

    Source:
        Directive (EU) 2016/680, art. 16: rectification, and the record of it.
    """
    subject = _open(subject_id, by)
    lengths.require_reason(rules.REASONED, reason)
    if sent is not None:
        stated = _keep_unsent(stated, subject, sent)
    _require_whole(stated, by, at)
    with ledger.entry("subject.corrected", by=by, at=at) as entry:
        last = _close(entry, subject, seen, at)
        subject.handling = stated.provenance.handling.value
        subject.save(update_fields=["handling"])
        entry.about(subject)
        made = _write(
            subject, stated, by, last.superseded_at or at, reason=reason.strip()
        )
        entry.about(made)
        name_keys.keep(made)
    return made


def withdraw_subject(
    *, subject_id: int, reason: str, by: Actor, at: datetime
) -> SubjectRecord:
    """Take a subject out of use; its page says who did and why.

    Raises:
        RuleBroken: ``LP-05``, it was withdrawn already; ``LP-09``, no reason.

    Source:
        Directive (EU) 2016/680, arts. 5 and 16: review, and restriction of use.
    """
    subject = _open(subject_id, by)
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("subject.withdrawn", by=by, at=at) as entry:
        last = _close(entry, subject, None, at)
        subject.is_withdrawn = True
        subject.save(update_fields=["is_withdrawn"])
        entry.about(subject)
        made = last.next_version(
            known_at=last.superseded_at,
            reason=reason.strip(),
            is_withdrawn=True,
            told_by=by.name,
        )
        made.save()
        entry.about(made)
        name_keys.keep(made)
    return made


def _open(subject_id: int, by: Actor) -> Subject:
    subject = Subject.objects.get_visible(subject_id, by)
    by.require("intelligence.record", agency=subject.agency)
    rules.IN_USE.require((subject.reference, subject.is_withdrawn))
    return subject


def _keep_unsent(
    stated: SubjectInput, subject: Subject, sent: Collection[str]
) -> SubjectInput:
    """Keep what is on record of the fields that were not sent."""
    known = SubjectRecord.objects.current().get(subject=subject)

    def told(part: Provenance | SubjectInput) -> dict[str, Any]:
        names = {each.name for each in fields(part)}
        return {name: getattr(part, name) for name in names & {*sent}}

    provenance = rows.fill(Provenance, known, **told(stated.provenance))
    whole = told(stated) | {"kind": stated.kind, "provenance": provenance}
    return rows.fill(SubjectInput, known, **whole)


def _require_whole(stated: SubjectInput, by: Actor, at: datetime) -> None:
    rules.NAMED.require(stated.name)
    lengths.require_fits(stated, *ends.SUBJECT)
    ends.require_provenance(stated.provenance, by=by, today=timezone.localdate(at))


def _close(
    entry: ledger.Entry, subject: Subject, seen: int | None, at: datetime
) -> SubjectRecord:
    """End the current record; of two at once the second meets what the first wrote."""
    Subject.objects.get_queryset().select_for_update().get(pk=subject.pk)
    last = SubjectRecord.objects.current().get(subject=subject)
    rules.IN_USE.require((subject.reference, last.is_withdrawn))
    rules.UNCHANGED.require((subject.reference, seen in (None, last.pk)))
    last.supersede(at)
    entry.about(last)
    return last


def _write(
    subject: Subject, stated: SubjectInput, by: Actor, at: datetime, *, reason: str = ""
) -> SubjectRecord:
    return SubjectRecord.objects.create(
        subject=subject,
        agency=subject.agency,
        category=stated.category.value,
        basis=stated.basis.value,
        told_by=by.name,
        known_at=at,
        reason=reason,
        **{name: getattr(stated, name).strip() for name in STATED},
        **ends.grade_columns(stated.provenance),
    )
