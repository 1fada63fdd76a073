"""The last lawful holder: how far the records carry the arm lawfully."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import NOTHING, State, after
from armstrace.analysis.provenance.stops import Holding
from armstrace.vocabulary.arms import (
    COMES_BACK,
    LOSSES,
    ArmState,
    HolderKind,
    LifeEventKind,
)

Kind = LifeEventKind

_ACQUIRES = frozenset({
    Kind.SOLD_TO_HOLDER, Kind.TRANSFERRED, Kind.INHERITED, Kind.STATE_TO_CIVILIAN,
    Kind.IMPORTED,
})  # fmt: skip
_PRIVATE = frozenset({HolderKind.PERSON, HolderKind.CLUB_OR_COMPANY})
# Events whose giver ought to be the holder on record.
GIVES = frozenset({
    Kind.EXPORTED, Kind.SOLD_TO_DEALER, Kind.SOLD_TO_HOLDER, Kind.TRANSFERRED,
    Kind.ISSUED_TO_STATE, Kind.STATE_TO_CIVILIAN, Kind.INHERITED, Kind.LOST,
    Kind.STOLEN, Kind.DEACTIVATED,
})  # fmt: skip

_STAYS = frozenset({Kind.RECOVERED, Kind.CONFISCATED, Kind.RETAINED_MARKED})


@dataclass(frozen=True, slots=True)
class LastHolder(Holding):
    """The last holder whom the records show holding the arm lawfully."""

    # Keys of the events that show it.
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The lawful course of an arm up to its recovery."""

    # Where the arm stood last, unlawful changes of hands left out.
    state: State = NOTHING
    # The last lawful holder, None where the records name none.
    holder: LastHolder | None = None
    came_by: Event | None = None
    # The report of loss or theft that is still open.
    missing: Event | None = None
    # State before that report.
    before_missing: State = NOTHING
    # The event after which nobody could hold the arm as a live one.
    ended_by: Event | None = None
    # Someone gave the arm who did not hold it.
    mismatched: bool = False
    # Changes of hands while the arm was missing.
    ignored: tuple[int, ...] = ()
    # The last lawful acquisition by a private holder.
    acquired: Event | None = None
    # The first sale to a private holder.
    first_sale: Event | None = None
    # The record of the holder's death.
    died: Event | None = None
    # The event by which the holder's licence ended.
    lapsed: Event | None = None


def course_of(events: Sequence[Event]) -> Course:
    """Follow an arm as far as the records carry it lawfully.

    A change of hands while a loss or theft is open does not make a lawful
    holder, unless the very holder who reported it gives the arm.

    Args:
        events: In order, up to the recovery.

    Source:
        MOSAIC 05.31 (last lawful title-holder).
    """
    course = Course()
    for event in events:
        course = _step(course, event)
    return course


def _step(course: Course, event: Event) -> Course:
    if course.missing is not None and not _resolves(course, event):
        return replace(course, ignored=(*course.ignored, event.key))
    state = after(course.state, event)
    stepped = replace(course, state=state, mismatched=_mismatch(course, event))
    return _SPECIAL.get(event.kind, _took_over)(stepped, course.state, event)


def _resolves(course: Course, event: Event) -> bool:
    if event.kind in COMES_BACK or event.kind in _STAYS:
        return True
    giver = event.holder_from
    gave = giver and course.holder and giver == course.holder.holder
    return bool(gave) and event.kind not in LOSSES | {Kind.LICENCE_LAPSED}


def _mismatch(course: Course, event: Event) -> bool:
    giver, holder = event.holder_from, course.state.holder
    differs = bool(giver and holder and giver != holder)
    return course.mismatched or (differs and event.kind in GIVES)


def _went_missing(course: Course, before: State, event: Event) -> Course:
    holder = course.holder
    if holder is None and event.holder_from:
        holder = _holder(event, event.holder_from, event.holder_kind_from, None)
    return replace(course, missing=event, before_missing=before, holder=holder)


def _after_lapse(course: Course, before: State, event: Event) -> Course:
    if event.holder_from and before.holder and event.holder_from != before.holder:
        return course
    if event.is_death:
        return replace(course, died=event)
    return replace(course, lapsed=event)


def _took_over(found: Course, before: State, event: Event) -> Course:
    course = replace(found, missing=None)
    holder = course.state.holder
    if not holder or course.state.state is ArmState.DESTROYED:
        return course
    if holder == before.holder and course.holder is not None:
        return course
    now = _holder(event, holder, course.state.holder_kind, event.happened_on)
    came = replace(course, holder=now, came_by=event, died=None, lapsed=None)
    return _after_acquisition(came, event)


def _holder(
    event: Event, name: str, kind: HolderKind | None, since: date | None
) -> LastHolder:
    place = event.place, event.region, event.country
    return LastHolder(name, kind, since, *place, (event.key,))


def _after_acquisition(course: Course, event: Event) -> Course:
    private = event.holder_kind_to in _PRIVATE or (
        event.holder_kind_to is None and event.kind is not Kind.IMPORTED
    )
    if event.kind not in _ACQUIRES or not private:
        return course
    retail = event.kind in {Kind.SOLD_TO_HOLDER, Kind.STATE_TO_CIVILIAN}
    first = course.first_sale or (event if retail else None)
    return replace(course, acquired=event, first_sale=first)


_SPECIAL: dict[LifeEventKind, Callable[[Course, State, Event], Course]] = {
    Kind.LOST: _went_missing,
    Kind.STOLEN: _went_missing,
    Kind.LICENCE_LAPSED: _after_lapse,
    Kind.DESTROYED: lambda course, _, event: replace(course, ended_by=event),
    Kind.DEACTIVATED: lambda course, _, event: replace(course, ended_by=event),
    Kind.MARKED: lambda course, *_: course,
    Kind.PROOFED: lambda course, *_: course,
    Kind.RECOVERED: lambda course, *_: replace(course, missing=None),
}
