"""Stretches of an arm's life that no record covers; a gap is a record too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.lawful import GIVES
from armstrace.analysis.provenance.state import HELD, NOTHING, State, after
from armstrace.vocabulary.arms import LOSSES, MISSING, ArmState, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.tracing import GapKind

SAID = Sentences(__package__)
Kind = LifeEventKind

_BEGINS_HERE = frozenset({Kind.MANUFACTURED, Kind.IMPORTED})
_ENDED = frozenset({ArmState.DESTROYED, ArmState.DEACTIVATED})


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time between two stops that no record covers."""

    kind: GapKind
    # Day of the stop before, None where the gap has no beginning.
    since: date | None
    # Day of the stop after.
    until: date | None
    # Its length in days, None where it has no beginning.
    days: int | None
    # Key of the stop before, None at the beginning of the chain.
    after_key: int | None
    sentence: Message


@dataclass(frozen=True, slots=True)
class Ending:
    """How the way of an arm ends, for the last gap."""

    # The day of recovery, or the last one that it can have been.
    recovered_on: date
    # ISO 3166 alpha-2 of the recovering State.
    home_country: str
    # Whether its lawful holder still had it.
    still_held: Known
    is_day_known: bool = True


@dataclass(frozen=True, slots=True)
class _Leg:
    """Two dated stops, what stands undated between them, the state before."""

    before: Event
    after: Event
    undated: tuple[Event, ...]
    state: State


def gaps_of(events: Sequence[Event], ending: Ending) -> tuple[Gap, ...]:
    """Find what the records do not cover, at most one gap between two stops.

    Args:
        events: In order, up to the recovery.

    Returns:
        Gaps in order of time; none overlaps another.

    Source:
        Rule of this design: a gap is a record.
    """
    dated = [event for event in events if event.happened_on is not None]
    if not dated:
        return _gap_without_dates(events, ending)
    found = [_beginning(events, dated[0])]
    found += [_between(leg, ending.home_country) for leg in _legs(events)]
    found.append(_ending(events, dated[-1], ending))
    return tuple(gap for gap in found if gap is not None)


def _legs(events: Sequence[Event]) -> list[_Leg]:
    marks = [i for i, event in enumerate(events) if event.happened_on is not None]
    states = [NOTHING]
    for event in events:
        states.append(after(states[-1], event))
    return [
        _Leg(events[i], events[j], tuple(events[i + 1 : j]), states[i + 1])
        for i, j in pairwise(marks)
    ]


def _beginning(events: Sequence[Event], first: Event) -> Gap | None:
    undated = events[: events.index(first)]
    if undated:
        words = _words_without_dates(undated)
        return _gap(GapKind.UNDATED, None, first, words=words)
    if first.kind in _BEGINS_HERE:
        return None
    words = SAID.say("NO_MAKER", kind=first.kind)
    return _gap(GapKind.NO_MANUFACTURE_RECORD, None, first, words=words)


def _between(leg: _Leg, home: str) -> Gap | None:
    late = leg.state.state in _ENDED and leg.after.kind is not Kind.DESTROYED
    if late and leg.after.kind in _AFTER_END:
        words = SAID.say("ENDED_BEFORE", kind=leg.after.kind, ended=leg.state.state)
        return _gap(GapKind.AFTER_END, leg.before, leg.after, words=words)
    crossed = _border_gap(leg, home)
    if crossed is not None:
        return crossed
    if _mismatches(leg):
        words = SAID.say(
            "OTHER_GIVER", giver=leg.after.holder_from, holder=leg.state.holder
        )
        return _gap(GapKind.HOLDER_MISMATCH, leg.before, leg.after, words=words)
    if leg.undated:
        words = _words_without_dates(leg.undated)
        return _gap(GapKind.UNDATED, leg.before, leg.after, words=words)
    return None


_AFTER_END = frozenset({
    Kind.RECOVERED, Kind.ENTERED_TRADE, Kind.SOLD_TO_DEALER, Kind.SOLD_TO_HOLDER,
    Kind.STATE_TO_CIVILIAN, Kind.ISSUED_TO_STATE, Kind.PROOFED,
})  # fmt: skip


def _border_gap(leg: _Leg, home: str) -> Gap | None:
    came_home = leg.after.country == home and leg.before.country not in {"", home}
    if not home or not came_home or leg.after.kind is Kind.IMPORTED:
        return None
    if any(event.kind is Kind.IMPORTED for event in leg.undated):
        return None
    if leg.state.state is ArmState.EXPORTED:
        words = SAID.say("ABROAD", country=leg.before.country)
        return _gap(GapKind.ABROAD, leg.before, leg.after, words=words)
    words = SAID.say("NO_WAY_HERE", country=leg.before.country)
    return _gap(GapKind.NO_IMPORT_RECORD, leg.before, leg.after, words=words)


def _mismatches(leg: _Leg) -> bool:
    if leg.undated or leg.after.kind not in GIVES:
        return False
    giver, holder = leg.after.holder_from, leg.state.holder
    return bool(giver and holder and giver != holder)


def _ending(events: Sequence[Event], last: Event, ending: Ending) -> Gap | None:
    state = NOTHING
    for event in events:
        state = after(state, event)
    undated = tuple(events[events.index(last) + 1 :])
    kind = _last_kind(state, last, ending) or (GapKind.UNDATED if undated else None)
    if kind is None:
        return None
    words = _last_words(kind, state, undated)
    since = last.happened_on
    is_told = since is not None and ending.is_day_known
    days = (ending.recovered_on - since).days if since and is_told else None
    return Gap(kind, since, ending.recovered_on, days, last.key, words)


def _last_kind(state: State, last: Event, ending: Ending) -> GapKind | None:
    if state.state in _ENDED:
        return GapKind.AFTER_END
    if state.state is ArmState.EXPORTED:
        return GapKind.ABROAD
    is_received = bool(last.holder_to) and last.kind not in LOSSES
    silent = state.state in HELD | _CUSTODY_OR_MAKER or (
        state.state in MISSING and is_received
    )
    if silent and ending.still_held is not Known.YES:
        return GapKind.UNRECORDED_DISPOSAL
    return None


_CUSTODY_OR_MAKER = frozenset(
    {
        ArmState.MANUFACTURED,
        ArmState.RECOVERED,
        ArmState.CONFISCATED,
        ArmState.RETAINED_MARKED,
    }
)


def _last_words(kind: GapKind, state: State, undated: Sequence[Event]) -> Message:
    if kind is GapKind.UNDATED:
        return _words_without_dates(undated)
    if kind is GapKind.AFTER_END:
        return SAID.say("RECOVERED_AFTER_END", ended=state.state)
    if kind is GapKind.ABROAD:
        return message("The arm was exported; no record here says how it came back.")
    if state.holder:
        return SAID.say("NO_WAY_FROM", holder=state.holder)
    return SAID.say("LEFT_SOMEHOW")


def _gap_without_dates(events: Sequence[Event], ending: Ending) -> tuple[Gap, ...]:
    if not events:
        return ()
    words = _words_without_dates(events)
    gap = Gap(GapKind.UNDATED, None, ending.recovered_on, None, None, words)
    return (gap,)


def _words_without_dates(events: Sequence[Event]) -> Message:
    kinds = [event.kind for event in events]
    return message("No date stands beside: %(kinds)s.", kinds=kinds)


def _gap(kind: GapKind, before: Event | None, after_: Event, *, words: Message) -> Gap:
    since = before.happened_on if before else None
    until = after_.happened_on
    days = (until - since).days if since and until else None
    key = before.key if before else None
    return Gap(kind, since, until, days, key, words)
