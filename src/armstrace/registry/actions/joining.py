"""Say that an arm known from a report alone is a registered arm, or is not."""

from dataclasses import asdict, dataclass
from datetime import datetime

from armstrace.audit import ledger
from armstrace.records import closing, lengths
from armstrace.registry import arms_by_marks, joining, rules
from armstrace.registry.models import ArmJoin, ArmRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmBasis


@dataclass(frozen=True, slots=True)
class StatedJoin:
    """What a person says of two arms on record.

    Args:
        report_arm_id: The arm that is known from a report alone.
        arm_id: The registered arm.
        is_one: Whether they are one arm; false takes a joining back too.
        reason: What shows it.
    """

    report_arm_id: int
    arm_id: int
    is_one: bool
    reason: str


def decide_on_pair(*, stated: StatedJoin, by: Actor, at: datetime) -> ArmJoin:
    """Record that a reported arm and a registered arm are one, or are not.

    A later word on the same pair supersedes this one, so that it can be undone; what
    stands already is left as it is.

    Raises:
        RuleBroken: ``RG-31``, no reason; ``RG-32``, the marks do not fit.

    Source:
        Firearms Protocol, art. 7; rule of this design (never silently).
    """
    by.require("registry.event")
    rules.REASONED_JOIN.require(stated.reason)
    lengths.require_fits(stated.reason, lengths.REASON)
    standing = (
        ArmJoin.objects.current()
        .filter(report_arm_id=stated.report_arm_id, arm_id=stated.arm_id)
        .first()
    )
    if standing is None or not standing.is_one:
        rules.FITTING_MARKS.require(_marks_fit(stated))
    act = "arm.joined" if stated.is_one else "arm.told_apart"
    with ledger.entry(act, by=by, at=at) as entry:
        if standing is not None and standing.is_one == stated.is_one:
            entry.beside(ArmJoin, [standing.pk])
            return standing
        said = ArmJoin(**asdict(stated), decided_by=by.name, source=by.agency)
        made = closing.succeed(standing, said, entry, is_one=stated.is_one)
        when = made.known_at
        if stated.is_one:
            joining.join(stated.report_arm_id, stated.arm_id, at=when, entry=entry)
        elif standing is not None:
            joining.part(standing, at=when, entry=entry)
        return made


def _marks_fit(stated: StatedJoin) -> bool:
    wanted = {
        stated.report_arm_id: ArmBasis.LOSS_REPORT,
        stated.arm_id: ArmBasis.REGISTERED,
    }
    rows = ArmRecord.objects.current().filter(arm_id__in=wanted).select_related("arm")
    known = {
        row.arm_id: row.__dict__ for row in rows if row.arm.basis == wanted[row.arm_id]
    }
    if known.keys() != wanted.keys():
        return False
    return arms_by_marks.may_be_one(known[stated.report_arm_id], known[stated.arm_id])
