"""Pass an arm from holder to holder, both sides in one act."""

from dataclasses import dataclass
from datetime import date, datetime

from armstrace.analysis.provenance.passing import event_of
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.registry import at_desk, licensed, marking
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import Passing
from armstrace.vocabulary.outcomes import Recorded
from armstrace.vocabulary.texts import is_reason


@dataclass(frozen=True, slots=True)
class Handover:
    """How an arm passes to another holder; who gives it is on record.

    Args:
        manner: In what way.
        taker: Number of the holder who receives it.
        reason: Why it passes although a licence is missing, or which decision let it
            go after it was recovered; empty where neither is so.
    """

    manner: Passing
    taker: str
    happened_on: date
    place: str = ""
    document: str = ""
    notes: str = ""
    reason: str = ""


def pass_arm(
    *,
    arm_id: int,
    handover: Handover,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Pass an arm from the holder on record to another one.

    Both sides stand in one event, so that there is one holder at any moment, and both
    need the licence that the law of that day asks for. Of two who pass the same arm
    at once, the second is refused.

    Raises:
        InvalidInput: Nobody is named who receives it.
        RuleBroken: ``RG-01`` to ``RG-05``, ``RG-22``, ``RG-25``, ``HO-02``, ``HO-03``,
            ``IN-02``, or a rule of the life cycle.

    Source:
        Firearms Protocol, art. 7.
    """
    by.require(at_desk.EVENT)
    with ledger.entry("arm.passed", by=by, at=at) as entry:
        return hand_over(arm_id, handover, entry, seen=seen)


def hand_over(
    arm_id: int,
    handover: Handover,
    entry: ledger.Entry,
    *,
    seen: int | None = None,
    grant: str = at_desk.EVENT,
) -> Recorded:
    """Pass an arm inside the entry of an act.

    Args:
        grant: Line of the policy that opens the act.

    Raises:
        RuleBroken: As ``pass_arm``.
    """
    taken = at_desk.take_arm(arm_id, seen=seen, happened_on=handover.happened_on)
    hands = taken.now.holder, handover.taker
    kinds = licensing.holder_kinds(hands)
    kind = at_desk.require_taker(handover.manner, hands, kinds)
    notes = (handover.notes.strip(), handover.reason.strip())
    stated = taken.state(
        event_of(handover.manner, taken.now.holder_kind, kind),
        handover,
        holder_to=handover.taker,
        notes="\n".join(filter(None, notes)),
    )
    at_desk.require_not_kept(arm_id, stated.kind)
    bears = taken.record.__dict__  # columns by name
    marking.require_marks(
        bears, stated.kind, on=handover.happened_on, reason=handover.reason
    )
    if (recovered := at_desk.last_recovery(taken)) is not None:
        licensed.LET_GO.require((*recovered, handover.reason))
    licensed.require_hands(stated, kinds, taken, reason=handover.reason)
    entry.note(manner=handover.manner, despite=is_reason(handover.reason))
    return at_desk.record_event(taken, stated, entry, grant)
