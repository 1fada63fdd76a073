"""Withdraw a recovery that was entered twice, and bring it back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from armstrace.analysis.procedures.procedure import RecoveryFacts
from armstrace.audit import ledger
from armstrace.ballistics.models import BallisticMark
from armstrace.custody.models import Exhibit
from armstrace.investigations.models import CaseRecovery
from armstrace.procedures import facts, giving, rules
from armstrace.procedures.actions import following
from armstrace.procedures.models import Step
from armstrace.records import closing, lengths
from armstrace.recoveries import nameless
from armstrace.recoveries.actions import repeat_recoveries
from armstrace.recoveries.models import (
    CandidateJudgement,
    PairJudgement,
    Recovery,
    RecoveryRecord,
    Resighting,
    Withdrawal,
)
from armstrace.recoveries.queries.withdrawn import last_record
from armstrace.recoveries.records import TABLES
from armstrace.recoveries.rules import REASONED_ACT
from armstrace.registry.same_arm import Arms
from armstrace.tracing.models import Assignment, TraceDecision
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.procedures import UNDONE, StepStanding
from armstrace.vocabulary.tracing import TraceStanding

OF_ONE = (Step, Assignment, CandidateJudgement)
OF_TWO = (PairJudgement, Resighting)
# Facts of a recovery that come of what is recorded beside it.
OF_NEIGHBOURS = ("quantity", "is_repeat", "is_linked")


def withdraw_recovery(
    *, recovery_id: int, same_as: int, reason: str, by: Actor, at: datetime
) -> Withdrawal:
    """Take a recovery out of lists and figures, because it was entered twice.

    Its steps, judgements and place in the work queue end with it, and its cases hold
    the record that stands. Nothing is deleted: its page stays, with the reason and
    the other number, and a figure of an earlier day has it.

    Args:
        same_as: The recovery that it is, whose record stands.

    Raises:
        RuleBroken: ``RC-11``, no reason; ``PR-25``, the other one is no such record;
            ``PR-29``, it is plainly another arm; ``CL-07``, the reason holds a
            telephone number of an item that keeps no name;
            ``PR-26``, an exhibit, a trace or a ballistic mark would be left alone;
            ``PR-31``, a step is open that the other one is not asked for; ``PR-33``,
            steps are open, the marks do not show that it is the other one, and no
            supervisor looked.

    Source:
        Background paper (2018), para. 36; MOSAIC 05.30 (nothing is deleted).
    """
    lengths.require_reason(REASONED_ACT, reason)
    nameless.refuse_contact(recovery_id, reason)
    with ledger.entry("recovery.withdrawn", by=by, at=at) as entry:
        recovery = _take(recovery_id, same_as, by)
        # What was recorded or corrected since asks for its steps first.
        giving.give([recovery_id], by=by, at=at, entry=entry)
        _require_steps_kept(recovery, same_as, by)
        for rows in _of(recovery):
            closing.close(rows.current(), at, entry)
        _move_in_cases(recovery_id, same_as, at, entry)
        withdrawal = Withdrawal.objects.create(
            recovery=recovery,
            same_as_id=same_as,
            decided_by=by.name,
            reason=reason.strip(),
            source=by.agency,
            known_at=at,
        )
        entry.about(withdrawal)
    return withdrawal


def reinstate_recovery(
    *, recovery_id: int, reason: str, by: Actor, at: datetime
) -> None:
    """Bring back a recovery that was withdrawn, with what ended with it.

    It is compared with what was recorded meanwhile, and its steps are brought up to
    date. Its cases keep the other record; whoever works on one puts it in again.

    Raises:
        RuleBroken: ``RC-11``, no reason; ``PR-27``, it is not withdrawn.

    Source:
        Background paper (2018), para. 36.
    """
    lengths.require_reason(REASONED_ACT, reason)
    last = last_record(recovery_id, viewer=by)
    by.require("recovery.correct", agency=last.agency)
    with ledger.entry("recovery.reinstated", by=by, at=at) as entry:
        giving.lock([recovery_id])
        rows = Withdrawal.objects.current().filter(
            recovery_id=recovery_id, photograph=None
        )
        withdrawal = rows.first()
        if withdrawal is None:
            raise rules.IS_WITHDRAWN.broken((False,))
        closing.close(rows, at, entry)
        for ended in _of(last.recovery, but=type(last)):
            since = ended.filter(superseded_at__gte=withdrawal.known_at)
            if ended.model is Step:  # some were answered in the act that ended them
                since = since.filter(~_has_later_state())
            closing.bring_back(since, at, entry)
        said = {"reason": reason.strip(), "corrected_by": by.name}
        closing.bring_back([last], at, entry, **said)
    repeat_recoveries.note_resightings(recovery_ids=[recovery_id], by=by, at=at)
    following.follow_procedure(recoveries=[recovery_id], by=by, at=at)


def _take(recovery_id: int, same_as: int, by: Actor) -> Recovery:
    """Give a recovery that ``by`` may withdraw; nobody else acts on it until then."""
    giving.lock([recovery_id, same_as])
    recovery = Recovery.objects.get_visible(recovery_id, by)
    records: Any = TABLES[ItemKind(recovery.item_kind)].objects.current()
    record = records.get(recovery=recovery)
    by.require("recovery.correct", agency=record.agency)
    other = records.visible_to(by).filter(recovery_id=same_as).first()
    rules.OTHER_RECOVERY.require(same_as != recovery_id and other is not None)
    if isinstance(record, RecoveryRecord):
        was, now = ((each.make, each.serial_search) for each in (record, other))
        rules.MAY_BE_DOUBLE.require(Arms(f"R{same_as}", was, now))
    rules.LEFT_ALONE.require(tuple(_made_from(recovery_id)))
    return recovery


def _require_steps_kept(recovery: Recovery, same_as: int, by: Actor) -> None:
    """Refuse to end steps that nobody else is asked for, or on one person's word."""
    rules.NOTHING_LOST.require((f"R{same_as}", _steps_lost(recovery.pk, same_as)))
    undone = Step.objects.current().filter(recovery=recovery, state__in=UNDONE)
    is_sure = not undone.exists() or _is_sure(recovery.pk, same_as, by)
    rules.SURELY_DOUBLE.require((recovery.reference, f"R{same_as}", is_sure))


def _has_later_state() -> Exists:
    same = {name: OuterRef(name) for name in ("recovery_id", "round", "code")}
    return Exists(Step.objects.filter(pk__gt=OuterRef("pk"), **same))


def _is_sure(recovery_id: int, same_as: int, by: Actor) -> bool:
    """Tell whether two records always said the same marks, or a supervisor looked."""
    rows = RecoveryRecord.objects.filter(recovery_id__in=(recovery_id, same_as))
    said = set(rows.values_list("make", "serial_search"))
    if len(said) == 1 and all(said.pop()):
        return True
    return by.may("step.waive") and not rows.filter(corrected_by=by.name).exists()


def _steps_lost(recovery_id: int, same_as: int) -> list[Message]:
    """Say which open steps of a recovery the other one is not asked for.

    What is open only because it stands beside the other one, as the second arm of a
    case or a repeat, ends with it. What a correction no longer asks for does not.
    """
    known = facts.known_of((recovery_id, same_as))
    if len(known) < 2:
        return []
    own, other = known[recovery_id].facts, known[same_as].facts
    alone = replace(own, **{name: getattr(other, name) for name in OF_NEIGHBOURS})
    rows = Step.objects.current().filter(recovery_id__in=(recovery_id, same_as))
    asked = rows.filter(recovery_id=same_as).exclude(state=StepStanding.WITHDRAWN)
    undone = rows.filter(recovery_id=recovery_id, state__in=UNDONE)
    left = undone.exclude(code__in=asked.values("code")).order_by("position")
    return [
        Message(step.version.procedure.by_code[step.code].words)
        for step in left.select_related("version")
        if not _asks(step, other) and (_asks(step, alone) or not _asks(step, own))
    ]


def _asks(step: Step, told: RecoveryFacts) -> bool:
    """Tell whether the procedure of a step asks it of such a recovery."""
    return step.code in {each.code for each in step.version.procedure.steps_for(told)}


def _of(recovery: Recovery, but: type | None = None) -> Iterator[Any]:
    """Give the rows that end with a record, table by table."""
    for table in (TABLES[ItemKind(recovery.item_kind)], *OF_ONE):
        if table is not but:
            yield table.objects.get_queryset().filter(recovery=recovery)
    for pairs in OF_TWO:
        either = Q(recovery=recovery) | Q(earlier=recovery)
        yield pairs.objects.get_queryset().filter(either)


def _made_from(recovery_id: int) -> Iterator[str]:
    """Give the numbers of what a recovery cannot leave alone."""
    for each in Exhibit.objects.filter(recovery_id=recovery_id):
        yield each.reference
    decided = TraceDecision.objects.current().filter(trace__recovery_id=recovery_id)
    kept = decided.exclude(standing=TraceStanding.EXCEPTED.value)
    for decision in kept.select_related("trace"):
        yield decision.trace.reference
    for mark in BallisticMark.objects.filter(recovery_id=recovery_id).order_by("pk"):
        yield mark.reference


def _move_in_cases(
    recovery_id: int, same_as: int, at: datetime, entry: ledger.Entry
) -> None:
    """Let the cases of a double hold the record that stands, sealed ones too."""
    rows = CaseRecovery.objects.current().filter(recovery_id=recovery_id)
    held = CaseRecovery.objects.current().filter(recovery_id=same_as)
    moved = list(rows.exclude(case__in=held.values("case")))
    closing.close(rows, at, entry)
    closing.bring_back(moved, at, entry, recovery_id=same_as)
