"""Close a recovery whose steps have ended, and open it again."""

from datetime import datetime

from django.db.models import QuerySet

from armstrace.audit import ledger
from armstrace.procedures import giving, rules, standing, versions
from armstrace.procedures.actions import following
from armstrace.procedures.models import Closing, Followed, Step
from armstrace.records import lengths
from armstrace.records.closing import succeed
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.procedures import UNDONE, StepStanding


def close_recovery(
    *, recovery_id: int, reason: str = "", by: Actor, at: datetime
) -> Closing:
    """Close a recovered arm: every step is done, or waived by a second person.

    It is followed first, so that none is closed whose steps were never asked for.

    Raises:
        RuleBroken: ``PR-13`` a step is open; ``PR-14`` it is closed already;
            ``PR-20`` it is not an arm; ``PR-23`` no step asks for a decision that
            each arm needs; ``PR-30`` nothing is asked of its kind, and ``by`` is no
            supervisor.

    Source:
        Background paper (2018), paras. 62-66, 93.
    """
    number = _require(recovery_id, by)
    lengths.require_fits(reason, lengths.REASON)
    following.follow_procedure(recoveries=[recovery_id], by=by, at=at)
    with ledger.entry("recovery.closed", by=by, at=at) as entry:
        # What was corrected or recorded since asks for its steps here.
        giving.give([recovery_id], by=by, at=at, entry=entry)
        followed = _lock(recovery_id)
        rules.OPEN.require((number, followed.is_closed))
        steps = Step.objects.current().filter(recovery_id=recovery_id)
        rules.ALL_ENDED.require((number, steps.filter(state__in=UNDONE).count()))
        kind, asked = _kind_and_answers(recovery_id, steps)
        rules.NOTHING_LEFT_OUT.require((number, standing.never_asked(kind, asked)))
        is_seconded = not standing.answers_never_asked(asked) or by.may("step.waive")
        rules.SECOND_CLOSES.require((number, is_seconded))
        return _decide(followed, reason, by, entry, is_closed=True)


def reopen_recovery(
    *, recovery_id: int, reason: str, by: Actor, at: datetime
) -> Closing:
    """Open a closed recovery again: its steps are asked anew, the old ones stay.

    Raises:
        RuleBroken: ``PR-07`` no reason; ``PR-15`` it is not closed; ``PR-20`` it is
            not an arm.

    Source:
        Rule of this design: opening again adds steps and keeps the old ones.
    """
    number = _require(recovery_id, by)
    lengths.require_reason(rules.REASONED, reason)
    rows = Followed.objects.filter(recovery_id=recovery_id, is_closed=True)
    rules.CLOSED.require((number, rows.exists()))
    with ledger.entry("recovery.reopened", by=by, at=at) as entry:
        followed = _lock(recovery_id)
        rules.CLOSED.require((number, followed.is_closed))
        followed.round += 1
        decided = _decide(followed, reason, by, entry, is_closed=False)
        version = versions.in_use_or_shipped(by, at)
        giving.give([recovery_id], by=by, at=at, entry=entry, version=version)
    return decided


def _require(recovery_id: int, by: Actor) -> str:
    by.require("recovery.close")
    recovery = Recovery.objects.get_visible(recovery_id, by)
    is_arm = recovery.item_kind == ItemKind.ARM
    rules.IS_ARM.require((recovery.reference, is_arm))
    record = RecoveryRecord.objects.current().get(recovery_id=recovery_id)
    by.require("recovery.close", agency=record.agency)
    return recovery.reference


def _kind_and_answers(recovery_id: int, steps: QuerySet[Step]) -> tuple[str, set[str]]:
    """Give the kind of a recovery, and what its steps ask for."""
    record = RecoveryRecord.objects.current().get(recovery_id=recovery_id)
    live = steps.exclude(state=StepStanding.WITHDRAWN.value)
    return record.recovery_kind, set(live.values_list("answer", flat=True))


def _lock(recovery_id: int) -> Followed:
    """Give what is kept of a recovery; nobody gives it steps meanwhile."""
    giving.lock([recovery_id])
    return Followed.objects.get(recovery_id=recovery_id)


def _decide(
    followed: Followed, reason: str, by: Actor, entry: ledger.Entry, *, is_closed: bool
) -> Closing:
    followed.is_closed = is_closed
    followed.save(update_fields=["is_closed", "round"])
    entry.about(followed)
    before = Closing.objects.current().filter(recovery_id=followed.recovery_id).first()
    made = Closing(
        recovery_id=followed.recovery_id,
        is_closed=is_closed,
        decided_by=by.name,
        reason=reason.strip(),
        source=by.agency,
    )
    return succeed(before, made, entry)
