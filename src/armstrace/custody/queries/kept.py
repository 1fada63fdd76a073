"""Whether a registered arm is an exhibit, which is all that the register asks."""

from collections.abc import Collection

from armstrace.custody.models import CustodyEvent
from armstrace.records.lookups import among
from armstrace.recoveries.models import CandidateJudgement
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.custody import WayOutState
from armstrace.vocabulary.messages import Message, message


def keeps(arm_ids: Collection[int], kind: LifeEventKind) -> dict[int, Message]:
    """Say of arms that are exhibits why they are not destroyed at the desk."""
    if kind is not LifeEventKind.DESTROYED:
        return {}
    same = CandidateJudgement.objects.same().filter(among("arm_id", arm_ids))
    said = list(same.values_list("recovery_id", "arm_id"))
    now = CustodyEvent.objects.current().exclude(way_out_state=WayOutState.CARRIED_OUT)
    kept = now.filter(among("exhibit__recovery_id", [key for key, _ in said]))
    exhibits = dict(kept.values_list("exhibit__recovery_id", "exhibit_id"))
    return {
        arm: message(
            "A%(arm)s is in custody as E%(exhibit)s; it is destroyed in a lot, and the "
            "register follows.",
            arm=str(arm),
            exhibit=str(exhibits[recovery]),
        )
        for recovery, arm in said
        if recovery in exhibits
    }
