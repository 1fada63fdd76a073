"""Record what is decided and checked before an arm is disposed of."""

from datetime import datetime

from django.utils import timezone

from armstrace.audit import ledger
from armstrace.custody.models import Exhibit
from armstrace.disposal import rules
from armstrace.disposal.conditions import Item, states_of
from armstrace.disposal.inputs import ConditionInput
from armstrace.disposal.models import Condition
from armstrace.records import closing, lengths
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry import at_desk
from armstrace.registry.models import Arm
from armstrace.stockpiles import standing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import MISSING, ArmState
from armstrace.vocabulary.disposal import (
    ANSWERS,
    SURPLUS_ANSWERS,
    ConditionAnswer,
    ConditionKind,
)
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import is_visible

LIMITS = lengths.limits(
    Condition, ("authority", "document", "reason"), of=ConditionInput
)


def decide_condition(
    *, item: Item, given: ConditionInput, by: Actor, at: datetime
) -> Condition:
    """Record a decision on confiscation, surplus, claims or release.

    Args:
        item: The exhibit, or the arm in State stock.

    Raises:
        RuleBroken: ``DX-05``, authority, document or day are missing; ``DX-06``, a
            decision on record is changed without a reason; ``DX-16``, the arm is not
            in State stock; ``DX-18``, the answer is to another question; ``DX-25``,
            surplus is declared in the store that the arm is in; ``DX-28``, the day is
            before the recovery; ``DX-29``, an exhibit of a case was never evidence,
            without a reason; ``DX-40``, one person alone ends an upheld claim, or by
            the document that upheld it.

    Source:
        Firearms Protocol, art. 6; Convention against Transnational Organized Crime,
        art. 12, para. 8.
    """
    by.require("disposal.decide")
    lengths.require_fits(given, *LIMITS)
    is_surplus = item.arm_id is not None and given.kind is ConditionKind.TITLE
    answers = SURPLUS_ANSWERS if is_surplus else ANSWERS[given.kind]
    is_said = given.kind is not ConditionKind.CHECK and given.answer in answers
    rules.FITS.require((is_said,))
    final_on = given.final_on or given.decided_on
    today = timezone.localdate(at)
    told = (given.authority, given.document, given.decided_on, final_on, today)
    rules.ON_PAPER.require(told)
    _require_fits_recovery(item, given)
    with ledger.entry("disposal.decided", by=by, at=at) as entry:
        kept = Condition(
            kind=given.kind,
            answer=given.answer,
            authority=given.authority.strip(),
            document=given.document.strip(),
            decided_on=given.decided_on,
            final_on=final_on,
            reason=given.reason.strip(),
        )
        _keep(kept, item, entry)
    return kept


def _require_fits_recovery(item: Item, given: ConditionInput) -> None:
    """Refuse a decision before the recovery, or that forgets its case."""
    rows = RecoveryRecord.objects.current()
    record = rows.filter(recovery__exhibit=item.exhibit_id or 0).first()
    if record is None:
        return
    day = record.recovered_on
    told = (item.reference, day, day <= given.decided_on)
    rules.AFTER_RECOVERY.require(told)
    is_none = given.answer is ConditionAnswer.NO_EVIDENCE and record.case_number
    is_said = not is_none or is_visible(given.reason)
    rules.EVIDENCE.require((item.reference, record.case_number, is_said))


def check_stolen(*, item: Item, by: Actor, at: datetime) -> Condition:
    """Look whether the register and the reports have an item as lost or stolen.

    Raises:
        RuleBroken: ``DX-16``, the arm is not in State stock.

    Source:
        Background paper (2018), paras 46-48 and 66-72.
    """
    by.require("disposal.decide")
    today = timezone.localdate(at)
    with ledger.entry("disposal.checked", by=by, at=at) as entry:
        is_missing = not MISSING.isdisjoint(states_of(item, viewer=by))
        found = (ConditionAnswer.NOT_REPORTED, ConditionAnswer.REPORTED)[is_missing]
        kept = Condition(
            kind=ConditionKind.CHECK,
            answer=found,
            decided_on=today,
            final_on=today,
            reason=str(message("It was checked against the register and the reports.")),
        )
        _keep(kept, item, entry)
    return kept


def _keep(kept: Condition, item: Item, entry: ledger.Entry) -> None:
    """Keep a decision in place of the one before; its item is locked meanwhile."""
    by = entry.by
    if item.exhibit_id is not None:
        rows = Exhibit.objects.get_queryset().select_for_update(of=("self",))
        agency = rows.get_visible(item.exhibit_id, by).agency
    else:
        arm = Arm.objects.get_visible(item.arm_id, by)
        state = at_desk.lock_arm(arm.pk).state
        rules.STATE_ARM.require((item.reference, state == ArmState.HELD_STATE))
        store = standing.store_of(arm.pk)
        agency = store.agency if store else by.agency
        is_here = store is None or kept.kind != ConditionKind.TITLE
        rules.BY_STORE.require((item.reference, str(store), is_here))
    by.require("disposal.decide", agency=agency)
    now = Condition.objects.current().filter(**item.columns, kind=kept.kind).first()
    kept.exhibit_id, kept.arm_id, kept.agency = item.exhibit_id, item.arm_id, agency
    kept.told_by, kept.source = by.name, by.agency
    if now is not None:
        rules.REASONED.require(kept.reason)
        if now.answer == ConditionAnswer.CLAIM_UPHELD:
            papers = now.document, kept.document
            rules.ENDED_BY_TWO.require((now.told_by, by.name, *papers))
    closing.succeed(now, kept, entry, kind=kept.kind, answer=kept.answer)
