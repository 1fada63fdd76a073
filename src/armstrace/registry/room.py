"""Whether a licence for so many arms allows one more from some day on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate

from django.db.models import Q

from armstrace.analysis.provenance.events import Event, day_of, in_order
from armstrace.analysis.provenance.passing import PASSINGS
from armstrace.analysis.provenance.state import HELD, NOTHING, State, after
from armstrace.licensing.models import Holder
from armstrace.licensing.standing import Permit
from armstrace.records.lookups import among
from armstrace.registry import arm_state
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.arms import ArmBasis, ArmState, LifeEventKind
from armstrace.vocabulary.licensing import LicenceType

# Licences of which each act uses up one arm; the others limit the arms in hand.
DRAWN = {
    LicenceType.ACQUIRE: PASSINGS,
    LicenceType.IMPORT: {LifeEventKind.IMPORTED},
    LicenceType.MANUFACTURE: {LifeEventKind.MANUFACTURED},
}


def has_room(permit: Permit, arm_id: int, on: date) -> bool:
    """Tell whether a licence allows one arm more on a day and ever since.

    Args:
        arm_id: The arm, which does not count against itself; 0 where it is new.
    """
    if permit.terms is None or permit.terms.quantity is None:
        return True
    licence = permit.licence
    drawn = DRAWN.get(LicenceType(licence.licence_type))
    if drawn is None:
        return _most_held(licence.holder, arm_id, on) < permit.terms.quantity
    acts = LifeEvent.objects.current().filter(
        holder_to=licence.holder_id, kind__in=drawn
    )
    acts = acts.exclude(arm__basis=ArmBasis.WITHDRAWN).exclude(arm=arm_id)
    if licence.valid_from:
        acts = acts.filter(happened_on__gte=licence.valid_from)
    if permit.before:
        acts = acts.filter(happened_on__lt=permit.before)
    return acts.count() < permit.terms.quantity


def _most_held(holder: Holder, arm_id: int, on: date) -> int:
    """Count the other arms of a holder on the day when they were most.

    Of the days from the given one to that on which the arm itself left again: what is
    told late is one too many also where others came since.
    """
    known = LifeEvent.objects.current().exclude(arm__basis=ArmBasis.WITHDRAWN)
    named = known.filter(Q(holder_to=holder) | Q(holder_from=holder))
    since = Q(happened_on__gt=on) | Q(happened_on=None)
    moved = known.filter(since, arm__in=named.values("arm")).values_list("arm")
    lives = arm_state.events_of({*(arm for (arm,) in moved), arm_id})
    own = (each for each in lives.pop(arm_id, ()) if day_of(each) > on)
    here = State(ArmState.HELD_CIVILIAN, holder.number, on)
    left = min((day for day, _ in _moves(own, holder, here)), default=date.max)
    changes: Counter[date] = Counter()
    for events in lives.values():
        for day, change in _moves(events, holder, NOTHING):
            changes[max(day, on)] += change
    held = Arm.objects.get_queryset().filter(holder=holder, state__in=HELD)
    others = held.exclude(basis=ArmBasis.WITHDRAWN)
    still = others.exclude(among("pk", [*lives, arm_id])).count()
    days = [on, *sorted(day for day in changes if on < day < left)]
    return still + max(accumulate(changes[day] for day in days))


def _moves(
    events: Iterable[Event], holder: Holder, state: State
) -> Iterator[tuple[date, int]]:
    """Give the days on which an arm came to a holder (1) or left (-1)."""
    for event in in_order(events):
        was, state = state, after(state, event)
        change = _is_with(state, holder) - _is_with(was, holder)
        if change:
            yield day_of(event), change


def _is_with(state: State, holder: Holder) -> bool:
    return state.holder == holder.number and state.state in HELD
