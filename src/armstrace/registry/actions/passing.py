"""Pass an arm from holder to holder, both sides in one act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial

from django.utils import timezone

from armstrace.analysis.provenance.passing import event_of
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.licensing.standing import Licences, lock_licences
from armstrace.registry import at_desk, licensed, marking
from armstrace.registry.inputs import EventInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import Passing
from armstrace.vocabulary.licensing import Side
from armstrace.vocabulary.outcomes import Recorded
from armstrace.vocabulary.texts import is_reason


@dataclass(frozen=True, slots=True)
class Handover:
    """How an arm passes to another holder.

    Args:
        manner: In what way.
        taker: Number of the holder who receives it.
        reason: Why it passes although a licence is missing, or which decision let it
            go after it was recovered; empty where neither is so.
        giver: Number of the holder who gives it, where nobody is on record as having
            it; empty where somebody is, or it is not known.
    """

    manner: Passing
    taker: str
    happened_on: date
    place: str = ""
    document: str = ""
    notes: str = ""
    reason: str = ""
    giver: str = ""


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
        RuleBroken: ``RG-01`` to ``RG-05``, ``RG-22``, ``RG-25``, ``RG-45``,
            ``RG-46``, ``HO-02``, ``HO-03``, ``IN-02``, or a rule of the life cycle.

    Source:
        Firearms Protocol, art. 7.
    """
    by.require(at_desk.EVENT)
    with ledger.entry("arm.passed", by=by, at=at) as entry:
        taken = at_desk.take_arm(arm_id, seen=seen, happened_on=handover.happened_on)
        sides = [handover.taker, handover.giver]
        passings = Passings([taken], sides, timezone.localdate(at))
        stated = passings.state(taken, handover)
        # A second person sees what a reason carried, or a day before a licence ended.
        is_late = passings.is_barred_now(taken, stated, at)
        despite = is_late or is_reason(handover.reason)
        entry.note(manner=handover.manner, despite=despite)
        return at_desk.record_event(taken, stated, entry)


class Passings:
    """What the passing on of some arms asks, read at once for all of them.

    Args:
        taken: The arms, locked; the licences of both sides are locked here.
        named: Numbers of the holders who receive them, or give what nobody has.
    """

    def __init__(
        self, taken: Collection[at_desk.AtDesk], named: Iterable[str], today: date
    ) -> None:
        self._today = today
        arms = [each.arm.pk for each in taken]
        self._why_kept = cache(partial(at_desk.why_kept, arms))
        sides = {*named, *(each.now.holder for each in taken)}
        self._kinds = licensing.holder_kinds(sides)
        self._recovered = at_desk.last_recoveries(taken)
        lock_licences(sides)
        self._licences = Licences.of_holders(sides)

    def is_barred_now(
        self, taken: at_desk.AtDesk, stated: EventInput, at: datetime
    ) -> bool:
        """Tell whether a side had on an earlier day the licence that it lacks today."""
        held = self._licences
        return licensed.is_barred_now(stated, self._kinds, taken, at, held)

    def require_maker(self, taken: at_desk.AtDesk, on: date) -> None:
        """Refuse that who has an arm made it without the licence of that day.

        Raises:
            RuleBroken: ``HO-02`` or ``HO-03``.
        """
        maker, arm = taken.now.holder, taken.arm.pk
        own = self._kinds[maker]
        party = licensed.Party(Side.MAKER, maker, own, taken.record, arm_id=arm)
        days = {"on": on, "today": self._today}
        licensed.require_licences([party], self._licences, **days, reason="")

    def state(self, taken: at_desk.AtDesk, handover: Handover) -> EventInput:
        """Give the event of a passing on that nothing stands against.

        Raises:
            RuleBroken: As ``pass_arm``, but for ``RG-01``, ``RG-02`` and ``RG-05``.
        """
        arm, reason = taken.arm.pk, handover.reason
        giver = at_desk.find_giver(taken, handover.giver, self._kinds)
        hands = giver, handover.taker
        kind = at_desk.require_taker(handover.manner, hands, self._kinds)
        notes = (handover.notes.strip(), reason.strip())
        stated = taken.state(
            event_of(handover.manner, self._kinds.get(giver), kind),
            handover,
            holder_from=giver,
            holder_to=handover.taker,
            notes="\n".join(filter(None, notes)),
        )
        at_desk.KEPT.require(self._why_kept(stated.kind).get(arm))
        bears = taken.record.__dict__  # columns by name
        on = handover.happened_on
        marking.require_marks(bears, stated.kind, on=on, reason=reason)
        if arm in self._recovered:
            licensed.LET_GO.require((*self._recovered[arm], reason))
        licensed.require_hands(
            stated,
            self._kinds,
            taken,
            reason=reason,
            today=self._today,
            licences=self._licences,
        )
        return stated
