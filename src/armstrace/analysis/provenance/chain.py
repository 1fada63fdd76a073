"""The chain of an arm: its way from the maker to its recovery.

Source:
    MOSAIC 05.31 (from manufacture or last import to the last lawful
    title-holder, and the point at which the arm became illicit); ITI, para. 7.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from armstrace.analysis.provenance import diversion
from armstrace.analysis.provenance.events import Event, in_order, known_by
from armstrace.analysis.provenance.gaps import Ending, Gap, gaps_of
from armstrace.analysis.provenance.lawful import LastHolder, course_of
from armstrace.analysis.provenance.points import Diversion, Recovery
from armstrace.analysis.provenance.state import State, fold_state
from armstrace.analysis.provenance.stops import Crossing, Span, crossings_of, spans_of
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.tracing import GapKind

# Changes whenever a proposal or its confidence can change.
MODEL_VERSION = "provenance-1"

# Confidence below which the point of diversion is honestly left open.
ESTABLISHED = 0.5

_CUSTODY = frozenset(
    {
        LifeEventKind.RECOVERED,
        LifeEventKind.CONFISCATED,
        LifeEventKind.RETURNED,
        LifeEventKind.RETAINED_MARKED,
        LifeEventKind.DESTROYED,
        LifeEventKind.DEACTIVATED,
    }
)


@dataclass(frozen=True, slots=True)
class Chain:
    """What the records say of an arm's way up to its recovery."""

    # Every event, in order.
    stops: tuple[Event, ...]
    spans: tuple[Span, ...]
    # Borders crossed.
    crossings: tuple[Crossing, ...]
    # What no record covers, in order.
    gaps: tuple[Gap, ...]
    # None where the records name none.
    last_lawful_holder: LastHolder | None
    # Points of diversion, the most credible first.
    proposals: tuple[Diversion, ...]
    # Its lawful holder still had it: no diversion.
    is_lawfully_held: bool
    # Where the arm stood before the recovery.
    state: State
    # From the last lawful acquisition by a private holder; None where it cannot be
    # told.
    time_to_crime_days: int | None
    # From the first sale to a private holder; None where it cannot be told.
    days_from_first_retail_sale: int | None

    @property
    def proposal(self) -> Diversion | None:
        """The point of diversion worth a person's confirmation, None if open."""
        best = self.proposals[0] if self.proposals else None
        return best if best is not None and best.confidence >= ESTABLISHED else None

    def without_recovery(self) -> "Chain":
        """Give the life of an arm that goes on: its last stop begins no gap."""
        dated = [stop.key for stop in self.stops if stop.happened_on is not None]
        going_on = (
            gap
            for gap in self.gaps
            if gap.after_key not in dated[-1:] or gap.kind is GapKind.UNDATED
        )
        return replace(self, gaps=tuple(going_on))


def chain_of(
    events: Iterable[Event],
    *,
    recovered_on: date | DateSpan,
    home_country: str,
    as_of: datetime | None = None,
    taken_from_is_holder: Known = Known.UNKNOWN,
    companions: int = 0,
) -> Chain:
    """Follow an arm's events to its recovery and propose where it was diverted.

    Events after the recovery, the recovery itself and what became known after
    ``as_of`` are left out.

    Args:
        events: The arm's life events, in any order.
        recovered_on: The day of recovery, or the span in which it lies: then no
            time to crime can be told, and what happened in the span and is no part
            of custody counts as before.
        as_of: The moment whose knowledge counts; None for all.
        taken_from_is_holder: Whether it was taken from the holder on record.
        companions: Other arms that the last holder acquired within 90 days of
            this one.

    Returns:
        The chain; empty where no event is known.

    Source:
        MOSAIC 05.31; rule of this design (time to crime).
    """
    when = DateSpan.of(recovered_on) if isinstance(recovered_on, date) else recovered_on
    told = in_order(e for e in known_by(events, as_of) if _is_before(e, when))
    course = course_of(told)
    recovery = Recovery(
        when.last, taken_from_is_holder, companions, is_day_known=when.is_day
    )
    held = diversion.is_lawfully_held(course, recovery)
    still_held = Known.YES if held else Known.NO
    ending = Ending(when.last, home_country, still_held, is_day_known=when.is_day)
    return Chain(
        stops=told,
        spans=spans_of(told),
        crossings=crossings_of(told),
        gaps=gaps_of(told, ending),
        last_lawful_holder=course.holder,
        proposals=diversion.proposals(course, recovery),
        is_lawfully_held=held,
        state=fold_state(told),
        time_to_crime_days=_days_since(course.acquired, when),
        days_from_first_retail_sale=_days_since(course.first_sale, when),
    )


def _is_before(event: Event, recovered: DateSpan) -> bool:
    day = event.happened_on
    if day is None:
        return event.kind not in _CUSTODY or event.known_at.date() < recovered.first
    is_within = day <= recovered.last and event.kind not in _CUSTODY
    return day < recovered.first or is_within


def _days_since(event: Event | None, recovered: DateSpan) -> int | None:
    if event is None or event.happened_on is None or not recovered.is_day:
        return None
    return (recovered.first - event.happened_on).days
