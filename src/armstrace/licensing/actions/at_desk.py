"""Record one holder at the desk, and correct what is known of one."""

import unicodedata
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Replace, Upper

from armstrace.audit import ledger
from armstrace.licensing import rules
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder, HolderRecord, Licence
from armstrace.licensing.statements import RECORDED, HolderRecorder
from armstrace.records import lengths, numbering
from armstrace.records.statements import Submission
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.look_alikes import spellings
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded, RowOutcome, Settlement


def enter_holder(
    *, stated: HolderInput, taken_over: str = "", by: Actor, at: datetime
) -> Recorded:
    """Record a holder who is not on record yet.

    Args:
        stated: The holder; the number may be empty, so that one is given.
        taken_over: Which office issued the licence, on what paper, and why it is
            written down here; kept with the licence.

    Returns:
        The outcome, with the identity of the holder.

    Raises:
        RuleBroken: ``HO-01``, the licence is another's; ``HO-05``, the number is;
            ``HO-10``, nothing says from where a licence is taken over.

    Source:
        Firearms Protocol, art. 7 (records that make tracing possible).
    """
    by.require("holder.record")
    number = " ".join(unicodedata.normalize("NFKC", stated.number).split())
    rules.FREE_NUMBER.require((number, bool(number) and _is_borne(number)))
    lengths.require_fits(taken_over, lengths.REASON)
    rules.TAKEN_OVER.require((stated.licence_number, taken_over))
    told = Submission(by.agency, by, at, taken_over.strip())
    if number:
        return _record(told, replace(stated, number=number))
    return numbering.retry(lambda: _record_numbered(told, stated))


def correct_holder(
    *,
    stated: HolderInput,
    reason: str,
    sent: Collection[str] | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Correct what is known of a holder, or record another licence of theirs.

    Args:
        stated: The holder as they are to stand on record; without a licence the
            licences stay as they are.
        sent: The fields that are stated; the others stay. All where None.

    Raises:
        RuleBroken: ``HO-04``, somebody has corrected it since; ``HO-01``, the
            licence is another's; ``HO-08``, it was issued on an application, and
            changes by one; ``HO-09``, it would allow more than before, and something
            of theirs was suspended, revoked or refused; ``RS-01``, no reason.

    Source:
        Firearms Protocol, art. 7.
    """
    by.require("holder.record")
    with ledger.entry("holder.corrected", by=by, at=at) as entry:
        # Locked before the version is read: of two who correct at once, the second
        # meets what the first has written.
        found = Holder.objects.get_queryset().select_for_update()
        holder = found.filter(number=stated.number).first()
        if holder is None:
            msg = message(
                "There is no holder with the number %(number)s; check the number.",
                number=stated.number,
            )
            raise NotFound(msg)
        record = HolderRecord.objects.current().get(holder=holder)
        rules.SEEN.require((holder.reference, seen in {None, record.pk}))
        if sent is not None:
            kept = {name: getattr(record, name) for name in RECORDED}
            kept |= {"kind": HolderKind(record.kind)}
            unsent = {name: kept[name] for name in kept.keys() - set(sent)}
            stated = replace(stated, **unsent)
        told = Submission(record.source, by, at, reason, Settlement.CORRECT)
        return _tell(told, stated, entry)


def _is_borne(number: str) -> bool:
    """Tell whether a holder has a number, however its letters and blanks are typed."""
    spelled = Upper(Replace("number", Value(" "), Value("")))
    rows = Holder.objects.get_queryset().annotate(spelled=spelled)
    borne = {each.replace(" ", "").upper() for each in spellings(number)}
    return rows.filter(spelled__in=borne).exists()


def _record(told: Submission, stated: HolderInput) -> Recorded:
    with ledger.entry("holder.entered", by=told.by, at=told.at) as entry:
        recorded = _tell(told, stated, entry)
        # A colleague may have told the same of this number since the look before.
        is_taken = recorded.fate is not RowOutcome.NEW
        rules.FREE_NUMBER.require((stated.number, is_taken))
        return recorded


def _tell(told: Submission, stated: HolderInput, entry: ledger.Entry) -> Recorded:
    """Record a statement; a licence that it adds or widens is seen again."""
    recorder = HolderRecorder(told)
    recorded = recorder.record_one(stated, entry)
    if recorder.gives_more(stated):
        written = Licence.objects.current().get(number=stated.licence_number)
        entry.about(written, despite=True)
    return recorded


def _record_numbered(told: Submission, stated: HolderInput) -> Recorded:
    prefix = f"H-{told.source}-{told.at.year}-"
    with transaction.atomic():
        given = numbering.next_number(Holder.objects.all(), "number", prefix)
        return _record(told, replace(stated, number=given))
