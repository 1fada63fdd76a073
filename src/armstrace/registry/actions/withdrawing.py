"""Withdraw an arm that is on record twice, and bring it back."""

from datetime import datetime

from armstrace.audit import ledger
from armstrace.records import closing
from armstrace.registry import at_desk, doubles, joining, keystore, rules
from armstrace.registry.models import Arm, ArmRecord, Withdrawal
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmBasis


def withdraw_arm(
    *, arm_id: int, same_as: int, reason: str, by: Actor, at: datetime
) -> None:
    """Take an arm out of lists and searches, because another record is of it too.

    Nothing is deleted: the record keeps its history and its life, its page names
    the one that stands, and it can be brought back.

    Raises:
        RuleBroken: ``RG-05``, ``RG-07``, ``RG-08``, ``RG-10`` to ``RG-12``,
            ``RG-43``, or ``RG-49``, they are alike by corrections of ``by`` alone.

    Source:
        Firearms Protocol, art. 7; MOSAIC 05.30 (nothing is deleted).
    """
    by.require("registry.record")
    with ledger.entry("arm.withdrawn", by=by, at=at) as entry:
        # In the order of their numbers, or two who withdraw crosswise would wait.
        locked = {key: at_desk.lock_arm(key) for key in sorted({arm_id, same_as})}
        arm, other = locked[arm_id], locked[same_as]
        doubles.require_double(arm, other, by)
        rules.REASONED_ACT.require(reason)
        _close_record(arm, at, entry)
        withdrawal = Withdrawal.objects.create(
            arm=arm,
            same_as=other,
            basis_before=arm.basis,
            decided_by=by.name,
            reason=reason,
            source=by.agency,
            known_at=at,
        )
        Arm.objects.get_queryset().filter(pk=arm.pk).update(basis=ArmBasis.WITHDRAWN)
        entry.about(withdrawal)
        entry.about_keys(Arm, [arm.pk])


def reinstate_arm(*, arm_id: int, reason: str, by: Actor, at: datetime) -> None:
    """Bring back an arm that was withdrawn; its last record is current again.

    Raises:
        RuleBroken: ``RG-09`` or ``RG-10``.

    Source:
        Firearms Protocol, art. 7.
    """
    by.require("registry.record")
    with ledger.entry("arm.reinstated", by=by, at=at) as entry:
        arm = at_desk.lock_arm(arm_id)
        found = Withdrawal.objects.current().filter(arm=arm).first()
        rules.IS_WITHDRAWN.require(found is not None)
        rules.REASONED_ACT.require(reason)
        assert found is not None  # noqa: S101 - as the rule holds
        last = ArmRecord.objects.filter(arm=arm).order_by("-pk")[:1]
        said = {"reason": reason, "corrected_by": by.name}
        records = closing.bring_back(last, at, entry, **said)
        keystore.store(joining.columns_of_keys(records))
        closing.close_keys(Withdrawal, [found.pk], at, entry)
        Arm.objects.filter(pk=arm.pk).update(basis=found.basis_before)
        entry.about_keys(Arm, [arm.pk])


def _close_record(arm: Arm, at: datetime, entry: ledger.Entry) -> None:
    closed = closing.close(ArmRecord.objects.current().filter(arm=arm), at, entry)
    keystore.forget(joining.columns_of_keys(closed))
