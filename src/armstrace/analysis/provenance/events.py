"""Life events of one arm, and the order in which they are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from armstrace.vocabulary.arms import HolderKind, LifeEventKind, Passing

# Beginning of the document of a LICENCE_LAPSED that records a holder's death.
DEATH = "DEATH"

_BIRTHS = frozenset({LifeEventKind.MANUFACTURED, LifeEventKind.PROOFED})
_ORDER = {kind: rank for rank, kind in enumerate(LifeEventKind)}
_PASSES = frozenset({
    LifeEventKind.SOLD_TO_DEALER, LifeEventKind.SOLD_TO_HOLDER,
    LifeEventKind.TRANSFERRED, LifeEventKind.ISSUED_TO_STATE,
    LifeEventKind.STATE_TO_CIVILIAN, LifeEventKind.INHERITED,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an arm, and when it became known here.

    Args:
        key: The record's own number; evidence points at it.
        kind: What happened.
        happened_on: The day, or None where no record gives it.
        known_at: When it became known here (UTC, aware).
        holder_from: Key of the holder who gave the arm, empty where not known.
        holder_to: Key of the holder who took it, empty where not known.
        holder_kind_from: What kind of holder gave it, None where not known.
        holder_kind_to: What kind of holder took it, None where not known.
        place: Town or site, as recorded.
        region: Region, as recorded.
        country: ISO 3166 alpha-2, empty where not known.
        document: The paper or entry that records it.
        source: The register that the record comes from.
        manner: In what way the arm came to the holder, None where not stated.
        notes: What was written with it, such as why an arm passed nevertheless.
    """

    key: int
    kind: LifeEventKind
    happened_on: date | None
    known_at: datetime
    holder_from: str = ""
    holder_to: str = ""
    holder_kind_from: HolderKind | None = None
    holder_kind_to: HolderKind | None = None
    place: str = ""
    region: str = ""
    country: str = ""
    document: str = ""
    source: str = ""
    manner: Passing | None = None
    notes: str = ""

    @property
    def is_death(self) -> bool:
        """Tell whether the licence ended because its holder died."""
        return self.kind is LifeEventKind.LICENCE_LAPSED and self.document.startswith(
            DEATH
        )


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Put events in the order in which they happened.

    An undated making or proving comes first; any other undated event stands
    on the day on which it became known. Events of one day follow the natural
    course of an arm's life, then the record's number; of changes of hands on one day
    each giver comes after having received the arm, as when a sale is returned.
    """
    found: list[Event] = []
    placed = sorted(events, key=_place_in_life)
    for is_passing, told in groupby(placed, key=_changes_hands_on):
        run = list(told)
        found += _by_hands(run, found) if is_passing and len(run) > 1 else run
    return tuple(found)


def known_by(events: Iterable[Event], as_of: datetime | None) -> tuple[Event, ...]:
    """Leave out what became known later than a moment; nothing where None."""
    return tuple(e for e in events if as_of is None or e.known_at <= as_of)


def day_of(event: Event) -> date:
    """Give the day on which an event stands among those of an arm."""
    if event.happened_on is not None:
        return event.happened_on
    return date.min if event.kind in _BIRTHS else event.known_at.date()


def _place_in_life(event: Event) -> tuple[date, int, datetime, int]:
    return day_of(event), _ORDER[event.kind], event.known_at, event.key


def _changes_hands_on(event: Event) -> date | None:
    return event.happened_on if event.kind in _PASSES else None


def _by_hands(run: list[Event], before: list[Event]) -> list[Event]:
    """Put changes of hands of one day into a chain; leave them where they make none."""
    told = sorted(run, key=lambda event: (event.known_at, event.key))
    had = next((each.holder_to for each in reversed(before) if each.holder_to), "")
    takers = {each.holder_to for each in told}
    givers = (each.holder_from for each in told if each.holder_from not in takers)
    for holder in (had, *givers, told[0].holder_from):
        chain = _follow(told, holder)
        if len(chain) == len(run):
            return chain
    return run


def _follow(told: list[Event], holder: str) -> list[Event]:
    left, chain = list(told), []
    while following := next((e for e in left if e.holder_from == holder), None):
        left.remove(following)
        chain.append(following)
        holder = following.holder_to
    return chain
