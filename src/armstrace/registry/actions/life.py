"""Correct or withdraw what was recorded of an arm's life; what stood is kept."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from armstrace.analysis.provenance.passing import PASSINGS, event_of
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.records.submissions import Submission
from armstrace.registry import at_desk, converted, licensed, rules
from armstrace.registry.event_statements import EventRecorder, restate_event
from armstrace.registry.following import follow_holder
from armstrace.registry.inputs import EventInput, LossInput
from armstrace.registry.loss_statements import LossRecorder, restate_loss
from armstrace.registry.models import LossReport
from armstrace.registry.told_events import (
    OfLife,
    Told,
    require_what_follows,
    take_event,
    withdraw,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LOSSES, LifeEventKind, Passing
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import message, no_code
from armstrace.vocabulary.outcomes import Recorded, RowOutcome, Settlement
from armstrace.vocabulary.texts import is_reason

# What, said otherwise, may need another licence.
HANDS = {"holder_to", "manner", "happened_on"}
SAID_OF_LOSS = ("place", "region", "notes", "reported_on", "reported_to", "case_number")


def correct_event(
    *,
    event: OfLife,
    changes: dict[str, Any],
    reason: str,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Correct an event of an arm's life; where the arm stands follows.

    A loss or theft that a report tells of is corrected together with its report. What
    happened while a wrong holder was on record names the right one from then on.

    Args:
        changes: What is to read otherwise, by the fields of ``EventInput``; which
            passing on it is follows from its manner and both sides.

    Returns:
        Its outcome: corrected, or unchanged where nothing is to read otherwise.

    Raises:
        NotFound: There is no such arm, or the arm no such event.
        InvalidInput: The manner is no code of ``Passing``; a report of loss has no
            place for a change; or the event would become one of another kind.
        RuleBroken: ``RG-01``, ``RG-05``, ``RG-14``, ``RG-15``, ``IN-02``, ``HO-02``;
            ``RG-46``, it would go to a holder abroad; ``RG-50``, a certificate says
            the same; ``HO-03``, the notes do not say why an arm passes without a
            licence; ``RS-01``, there is no reason; or a rule of the life cycle.

    Source:
        Firearms Protocol, art. 7; MOSAIC 05.30 (corrections keep what stood).
    """
    by.require("registry.event")
    if not changes:
        return Recorded(RowOutcome.UNCHANGED, event.arm_id)
    _require_manner(changes.get("manner"))
    with ledger.entry("arm.event_corrected", by=by, at=at) as entry:
        told = take_event(event, by)
        _require_place(told, changes)
        submission = Submission(told.event.source, by, at, reason, Settlement.CORRECT)
        if told.report is not None:
            losses = LossRecorder(submission, told.taken.arm.source)
            loss = _loss(told, told.report, changes)
            recorded = losses.record_one(loss, entry)
        else:
            recorded = _correct(told, changes, submission, entry)
        require_what_follows(told.taken, event.event_id)
    return replace(recorded, record_id=event.arm_id)


def _require_place(told: Told, changes: dict[str, Any]) -> None:
    """Refuse changes that what is on record cannot take."""
    kind = LifeEventKind(told.event.kind)
    wanted = changes.get("kind", kind)
    if wanted != kind and not {wanted, kind} <= LOSSES:
        msg = message(
            "Only a loss becomes a theft, or a theft a loss; withdraw this event and "
            "record the other one."
        )
        raise InvalidInput(msg, field="kind")
    if told.report is None:
        return
    for name in changes.keys() - {"kind", "happened_on", *SAID_OF_LOSS}:
        msg = message(
            "A report of loss or theft has no “%(field)s”; leave it out.",
            field=words_of(name),
        )
        raise InvalidInput(msg, field=name)


def _require_manner(manner: str | None) -> None:
    if manner and manner not in Passing:
        raise InvalidInput(no_code(manner, "manner", Passing), field="manner")


def withdraw_event(
    *,
    event: OfLife,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Withdraw an event that never happened, and the report of loss that told of it.

    The event is kept as it was; where the arm stands follows, and a file that tells
    of it again is refused.

    Raises:
        NotFound: There is no such arm, or the arm no such event.
        RuleBroken: ``RG-01``, ``RG-05``, ``RG-10``, ``RG-14``, ``RG-15``, ``RG-20`` or
            ``RG-50``.

    Source:
        Firearms Protocol, art. 7; MOSAIC 05.30 (nothing is deleted).
    """
    by.require("registry.event")
    with ledger.entry("arm.event_withdrawn", by=by, at=at) as entry:
        told = take_event(event, by)
        rules.REASONED_ACT.require(reason)
        withdraw(told, reason, entry)
        if told.event.kind == LifeEventKind.CONVERTED:
            converted.take_back(told, reason, entry)


def _correct(
    told: Told, changes: dict[str, Any], submission: Submission, entry: ledger.Entry
) -> Recorded:
    stated = _event(told, changes)
    is_of_hands = bool(HANDS & changes.keys()) and stated.kind in PASSINGS
    despite = is_of_hands and _require_hands(stated, told, changes, entry.at)
    recorded = EventRecorder(submission).record_one(stated, entry)
    if "holder_to" in changes:
        follow_holder(told, stated.holder_to, submission, entry)
    if despite:
        event = told.taken.event_numbered(stated.number)
        entry.about(event, despite=True)
    return recorded


def _require_hands(
    stated: EventInput, told: Told, changes: dict[str, Any], at: datetime
) -> bool:
    """Refuse hands that may not have the arm; tell whether another person looks."""
    kinds = licensing.holder_kinds([stated.holder_from, stated.holder_to])
    if "holder_to" in changes:
        at_desk.require_named(stated.holder_to)
        at_desk.NOT_ABROAD.require((stated.holder_to, kinds.get(stated.holder_to)))
    why, taken = str(changes.get("notes", "")), told.taken
    today = timezone.localdate(at)
    licensed.require_hands(stated, kinds, taken, reason=why, today=today)
    return is_reason(why) or licensed.is_barred_now(stated, kinds, taken, at)


def _event(told: Told, changes: dict[str, Any]) -> EventInput:
    stated = replace(restate_event(told.event), **changes)
    return replace(stated, kind=_kind_of(stated, changes))


def _kind_of(stated: EventInput, changes: dict[str, Any]) -> LifeEventKind:
    """Say which passing on an event is, where its hands or its manner changed."""
    kinds = licensing.holder_kinds([stated.holder_from, stated.holder_to])
    if not {"manner", "holder_to"} & changes.keys() or stated.kind not in PASSINGS:
        return stated.kind
    if stated.holder_to not in kinds:
        return stated.kind
    manner = Passing(stated.manner) if stated.manner else Passing.SALE
    if stated.kind is LifeEventKind.INHERITED and not stated.manner:
        manner = Passing.INHERITANCE
    return event_of(manner, kinds.get(stated.holder_from), kinds[stated.holder_to])


def _loss(told: Told, report: LossReport, changes: dict[str, Any]) -> LossInput:
    said: dict[str, Any] = {}
    if "happened_on" in changes:
        said["happened_until"] = None
    said |= {"loss_kind" if name == "kind" else name: changes[name] for name in changes}
    return replace(
        restate_loss(report), arm_number=told.taken.arm.source_number, **said
    )
