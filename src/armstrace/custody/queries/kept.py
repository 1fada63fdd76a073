"""Whether a registered arm is an exhibit, which is all that the register asks."""

from armstrace.custody.models import CustodyEvent
from armstrace.recoveries.models import CandidateJudgement
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.custody import WayOutState
from armstrace.vocabulary.messages import Message, message


def keeps(arm_id: int, kind: LifeEventKind) -> Message | None:
    """Say why an arm that is an exhibit is not destroyed at the desk."""
    if kind is not LifeEventKind.DESTROYED:
        return None
    said = CandidateJudgement.objects.same().filter(arm_id=arm_id)
    now = CustodyEvent.objects.current().exclude(way_out_state=WayOutState.CARRIED_OUT)
    event = now.filter(exhibit__recovery__in=said.values("recovery_id")).first()
    if event is None:
        return None
    return message(
        "A%(arm)s is in custody as E%(exhibit)s; it is destroyed in a lot, and the "
        "register follows.",
        arm=str(arm_id),
        exhibit=str(event.exhibit_id),
    )
