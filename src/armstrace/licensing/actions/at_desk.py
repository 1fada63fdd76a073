"""Record one holder at the desk, and correct what is known of one."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from armstrace.audit import ledger
from armstrace.licensing import rules
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder, HolderRecord, Licence
from armstrace.licensing.namesakes import namesakes_barred
from armstrace.licensing.statements import HOLDERS, LICENSED, RECORDED, HolderRecorder
from armstrace.records import lengths, numbering
from armstrace.records.submissions import Submission
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.look_alikes import (
    is_one_number,
    names_number,
    number_key,
    tidy_number,
)
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded, Settlement
from armstrace.vocabulary.texts import is_visible


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
            ``HO-06``, there is no name;
            ``HO-10``, nothing says from where a licence is taken over; ``HO-11``, its
            number may be read as another's, or ``HO-12``, the holder may be one who
            was refused, which ``taken_over`` does not name.
        InvalidInput: Something is said of a licence, and not its number.

    Source:
        Firearms Protocol, art. 7 (records that make tracing possible).
    """
    by.require("holder.record")
    lengths.require_fits(taken_over, lengths.REASON)
    rules.READABLE.require((is_visible(stated.name),))
    rules.TAKEN_OVER.require((stated.licence_number, taken_over))
    if not tidy_number(stated.licence_number):
        _refuse_unnumbered(is_visible(taken_over))
    told = Submission(by.agency, by, at, taken_over.strip())
    with transaction.atomic():
        numbering.take_turns(HOLDERS)
        number = tidy_number(stated.number) or _next_number(told)
        rules.FREE_NUMBER.require((number, _is_borne(number)))
        with ledger.entry("holder.entered", by=by, at=at) as entry:
            return _tell(told, replace(stated, number=number), entry)


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
        RuleBroken: ``HO-04``, somebody has corrected it since; ``HO-06``, it would
            have no name; ``HO-01``, the
            licence is another's; ``HO-08``, it was issued on an application, and
            changes by one; ``HO-09``, it would allow more than before, and something
            of theirs was suspended, revoked or refused; ``HO-11``, a new number may be
            read as that of another licence, or ``HO-12``, the holder may be one who
            was refused, which the reason does not name; ``RS-01``, no reason.
        InvalidInput: Something is said of a licence, and not its number.

    Source:
        Firearms Protocol, art. 7.
    """
    by.require("holder.record")
    with ledger.entry("holder.corrected", by=by, at=at) as entry:
        numbering.take_turns(HOLDERS)
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
            kept |= _licence_of(holder, stated.licence_number)
            unsent = {name: kept[name] for name in kept.keys() - set(sent)}
            stated = replace(stated, **unsent)
        rules.READABLE.require((is_visible(stated.name),))
        told = Submission(record.source, by, at, reason, Settlement.CORRECT)
        recorded = _tell(told, stated, entry)
        if stated.kind != record.kind:
            # Which licences an act asks for hangs on it: a second person sees it.
            entry.about(HolderRecord.objects.current().get(holder=holder), despite=True)
        return recorded


def _licence_of(holder: Holder, number: str) -> dict[str, Any]:
    """Give what a licence of a holder says on record; nothing where it is new."""
    number = tidy_number(number)
    licence = Licence.objects.current().filter(holder=holder, number=number).first()
    names = LICENSED[1:] if licence is not None else ()
    return {name: getattr(licence, name) for name in names}


def _is_borne(number: str) -> bool:
    """Tell whether a holder has a number, however its letters and blanks are typed."""
    rows = Holder.objects.get_queryset().filter(number_key=number_key(number))
    return any(is_one_number(number, each.number) for each in rows)


def _tidy(stated: HolderInput, reason: str) -> HolderInput:
    """Tidy the number of a licence, and ask about one that reads like another."""
    number = tidy_number(stated.licence_number)
    if not number:
        _refuse_unnumbered(stated.has_unnumbered_licence)
        return stated
    rows = Licence.objects.current().filter(number_key=number_key(number))
    known = {each.number for each in rows}
    alike = "" if number in known else min(known, default="")
    is_named = names_number(reason, alike)
    rules.ANOTHER_NUMBER.require((number, alike, is_named))
    return replace(stated, licence_number=number)


def _refuse_unnumbered(is_said: bool) -> None:  # noqa: FBT001
    if is_said:
        msg = message("Give the number of the licence.")
        raise InvalidInput(msg, field="licence_number")


def _tell(told: Submission, stated: HolderInput, entry: ledger.Entry) -> Recorded:
    """Record a statement; a licence that it adds or widens is seen again."""
    stated = _tidy(stated, told.reason)
    recorder = HolderRecorder(told)
    recorded = recorder.record_one(stated, entry)
    if recorder.gives_more(stated):
        day = timezone.localdate(told.at)
        for other in namesakes_barred(stated.name, stated.number, day):
            is_named = names_number(told.reason, other)
            rules.ANOTHER_PERSON.require((stated.licence_number, other, is_named))
        written = Licence.objects.current().get(number=stated.licence_number)
        entry.about(written, despite=True)
    return recorded


def _next_number(told: Submission) -> str:
    prefix = f"H-{told.source}-{told.at.year}-"
    return numbering.next_number(Holder.objects.all(), "number", prefix)
