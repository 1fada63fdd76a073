"""A point of diversion, its bounds and its evidence."""

from dataclasses import dataclass, replace
from datetime import date

from armstrace.analysis.provenance.lawful import Course
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.tracing import DiversionKind


@dataclass(frozen=True, slots=True)
class Diversion:
    """A proposed point of diversion."""

    kind: DiversionKind
    # Town or site, empty where not known.
    place: str
    # Region, empty where not known.
    region: str
    # ISO 3166 alpha-2, empty where not known.
    country: str
    # The day, None where only bounds are known.
    on: date | None
    # The earliest possible day, None where not known.
    earliest: date | None
    # The latest possible day.
    latest: date | None
    # Share of such proposals expected to be true, 0 to 1.
    confidence: float
    # The reasons, one sentence each.
    why: tuple[Message, ...]
    # Keys of the events it rests on.
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the recovery itself says."""

    # The day, or the last one that it can have been.
    recovered_on: date
    # Whether it was taken from the holder on record.
    taken_from_is_holder: Known = Known.UNKNOWN
    # Other arms that the same holder acquired within 90 days.
    companions: int = 0
    is_day_known: bool = True


def within_tenure(
    kind: DiversionKind,
    course: Course,
    recovery: Recovery,
    *,
    confidence: float,
    why: tuple[Message, ...] = (),
) -> Diversion:
    """Propose a point between the holder's acquisition and the recovery.

    Returns:
        The proposal at the holder's place, with bounds and no day.
    """
    holder = course.holder
    return Diversion(
        kind,
        holder.place if holder else "",
        holder.region if holder else "",
        holder.country if holder else "",
        None,
        held_since(course),
        recovery.recovered_on,
        confidence,
        why,
        tenure_evidence(course),
    )


def not_before(one: Diversion, day: date | None) -> Diversion:
    """Raise the earliest possible day of a proposal where that narrows it."""
    if day is None or (one.earliest is not None and one.earliest > day):
        return one
    return replace(one, earliest=day)


def held_since(course: Course) -> date | None:
    """Give the day from which the last lawful holder had the arm."""
    return course.holder.since if course.holder else None


def tenure_evidence(course: Course) -> tuple[int, ...]:
    """Give the keys of the events that show the last lawful holder."""
    return course.holder.evidence if course.holder else ()


def holder_sentence(course: Course) -> tuple[Message, ...]:
    """Name the last lawful holder in a sentence, none where there is none."""
    holder = course.holder
    if holder is None:
        return ()
    name, day = holder.holder, holder.since
    if day is None:
        return (message("Last lawful holder on record: %(holder)s.", holder=name),)
    said = message(
        "Last lawful holder on record: %(holder)s on %(day)s.", holder=name, day=day
    )
    return (said,)
