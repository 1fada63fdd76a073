"""Who had an arm between the stops of its way, and borders crossed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from armstrace.analysis.provenance.events import Event
from armstrace.vocabulary.arms import COMES_BACK, HolderKind, LifeEventKind

Kind = LifeEventKind

_TAKES_OVER = frozenset({
    Kind.MANUFACTURED, Kind.EXPORTED, Kind.IMPORTED, Kind.ENTERED_TRADE,
    Kind.SOLD_TO_DEALER, Kind.SOLD_TO_HOLDER, Kind.TRANSFERRED, Kind.ISSUED_TO_STATE,
    Kind.STATE_TO_CIVILIAN, Kind.INHERITED, Kind.CONFISCATED, Kind.RETAINED_MARKED,
    Kind.FOUND_AGAIN, Kind.RETURNED,
})  # fmt: skip
_ENDS = frozenset({Kind.LOST, Kind.STOLEN, Kind.RECOVERED, Kind.DESTROYED})


@dataclass(frozen=True, slots=True)
class Holding:
    """Who has an arm, since when, and where it came to them."""

    # The holder's key, empty where not known.
    holder: str
    kind: HolderKind | None
    since: date | None
    place: str
    region: str
    # ISO 3166 alpha-2.
    country: str


@dataclass(frozen=True, slots=True)
class Span(Holding):
    """A stretch of time in which one holder has the arm on record."""

    # Key of the event that began it.
    begun_by: int
    # The day it ended, None while it lasts.
    until: date | None = None
    # Key of the event that ended it, None while it lasts.
    ended_by: int | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """A border that the arm crossed between two stops."""

    # Key of the event on the far side.
    key: int
    # The day, None where not known.
    on: date | None
    # ISO 3166 alpha-2.
    country_from: str
    # ISO 3166 alpha-2.
    country_to: str


def spans_of(events: Sequence[Event]) -> tuple[Span, ...]:
    """Give the stretches of time in which each holder had the arm, in order."""
    spans: list[Span] = []
    for event in events:
        opens = event.kind in _TAKES_OVER
        if (opens or event.kind in _ENDS) and spans and spans[-1].ended_by is None:
            spans[-1] = replace(spans[-1], until=event.happened_on, ended_by=event.key)
        if opens:
            spans.append(_span_from(event, spans))
    return tuple(spans)


def crossings_of(events: Sequence[Event]) -> tuple[Crossing, ...]:
    """Give each change of country between recorded stops."""
    placed = [event for event in events if event.country]
    return tuple(
        Crossing(after.key, after.happened_on, before.country, after.country)
        for before, after in pairwise(placed)
        if before.country != after.country
    )


def _span_from(event: Event, before: list[Span]) -> Span:
    holder, kind = event.holder_to, event.holder_kind_to
    if not holder and event.kind is Kind.MANUFACTURED:
        holder, kind = event.holder_from, event.holder_kind_from
    if not holder and event.kind in COMES_BACK and before:
        holder, kind = before[-1].holder, before[-1].kind
    place = event.place, event.region, event.country
    return Span(holder, kind, event.happened_on, *place, event.key)
