"""Where an arm stands: the fold of its life events.

Source:
    Rule of this design (life-cycle states); Firearms Protocol, art. 7.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from armstrace.analysis.provenance.events import Event, in_order
from armstrace.vocabulary.arms import MISSING, ArmState, HolderKind, LifeEventKind

Kind = LifeEventKind

# States in which someone holds the arm lawfully.
HELD = frozenset({ArmState.HELD_CIVILIAN, ArmState.HELD_STATE, ArmState.IN_TRADE})

TRADERS = frozenset({HolderKind.DEALER, HolderKind.IMPORTER, HolderKind.MANUFACTURER})


@dataclass(frozen=True, slots=True)
class State:
    """Where an arm stands after its events."""

    state: ArmState
    # Key of the holder on record, who stays on record while the arm is lost, stolen or
    # an exhibit; empty where none is known.
    holder: str
    # The day from which that holder has it on record.
    since: date | None
    holder_kind: HolderKind | None = None
    # A loss or theft was reported and not resolved.
    loss_is_open: bool = False
    # The day of deactivation, where there was one.
    deactivated_on: date | None = None


NOTHING = State(ArmState.UNKNOWN, "", None)


def fold_state(events: Iterable[Event]) -> State:
    """Fold an arm's events into its present state.

    The fold takes events as they are recorded, lawful or not;
    ``transitions`` says which ones may be recorded. A destroyed arm stays
    destroyed unless it is recovered again.

    Source:
        Rule of this design: state is the fold of events.
    """
    state = NOTHING
    for event in in_order(events):
        state = after(state, event)
    return state


def after(state: State, event: Event) -> State:
    """Give the state that follows an event."""
    if state.state is ArmState.DESTROYED and event.kind is not Kind.RECOVERED:
        return state
    return _STEPS[event.kind](state, event)


def _same(state: State, event: Event) -> State:
    del event
    if state.state is ArmState.UNKNOWN:
        return replace(state, state=ArmState.PLANNED)
    return state


def _made(state: State, event: Event) -> State:
    if state.state not in {ArmState.UNKNOWN, ArmState.PLANNED}:
        return state
    maker = event.holder_to or event.holder_from
    kind = event.holder_kind_to or event.holder_kind_from
    return State(ArmState.MANUFACTURED, maker, event.happened_on, kind)


def _given(state: State, event: Event) -> State:
    holding = State(
        holding_state(event.holder_kind_to, event.kind),
        event.holder_to,
        event.happened_on,
        event.holder_kind_to,
        deactivated_on=state.deactivated_on,
    )
    return _still_deactivated(holding)


def _hand_over(state: State, event: Event) -> State:
    given = _given(state, event)
    is_of_holder = bool(event.holder_from) and event.holder_from == state.holder
    if state.state not in MISSING or is_of_holder:
        return given
    # Whoever else gives it, what is missing stays missing until it is found.
    holder = given.holder or state.holder
    return replace(given, state=state.state, holder=holder, loss_is_open=True)


def _after_export(state: State, event: Event) -> State:
    given = _hand_over(state, event)
    return replace(
        given,
        state=given.state if given.state in MISSING else ArmState.EXPORTED,
        holder_kind=event.holder_kind_to or HolderKind.FOREIGN,
    )


def _missing(state: State, event: Event) -> State:
    known = state if state.holder or not event.holder_from else _reporter(state, event)
    gone = ArmState.LOST if event.kind is Kind.LOST else ArmState.STOLEN
    return replace(known, state=gone, loss_is_open=True)


def _reporter(state: State, event: Event) -> State:
    return replace(state, holder=event.holder_from, holder_kind=event.holder_kind_from)


def _back(state: State, event: Event) -> State:
    if event.holder_to and event.holder_to != state.holder:
        return _given(state, event)
    held = replace(
        state,
        state=holding_state(state.holder_kind, event.kind),
        loss_is_open=False,
        holder=state.holder or event.holder_to,
    )
    return _still_deactivated(held)


def _after_deactivation(state: State, event: Event) -> State:
    # A deactivation ends no loss: what is missing stays missing.
    return replace(
        state,
        state=state.state if state.state in MISSING else ArmState.DEACTIVATED,
        deactivated_on=event.happened_on or event.known_at.date(),
    )


def _after_confiscation(state: State, event: Event) -> State:
    return State(
        ArmState.CONFISCATED,
        event.holder_to,
        event.happened_on,
        event.holder_kind_to or HolderKind.STATE_BODY,
        deactivated_on=state.deactivated_on,
    )


def _after_retention(state: State, event: Event) -> State:
    kept = _after_confiscation(state, event)
    return replace(
        kept, state=ArmState.RETAINED_MARKED, holder=kept.holder or state.holder
    )


def holding_state(kind: HolderKind | None, event: LifeEventKind) -> ArmState:
    """Say in which state a holder of this kind holds an arm."""
    if event is Kind.ISSUED_TO_STATE or kind is HolderKind.STATE_BODY:
        return ArmState.HELD_STATE
    if kind in TRADERS or event in {Kind.ENTERED_TRADE, Kind.SOLD_TO_DEALER}:
        return ArmState.IN_TRADE
    if event is Kind.IMPORTED and kind is None:
        return ArmState.IN_TRADE
    return ArmState.EXPORTED if kind is HolderKind.FOREIGN else ArmState.HELD_CIVILIAN


def _still_deactivated(state: State) -> State:
    if state.deactivated_on is None:
        return state
    return replace(state, state=ArmState.DEACTIVATED)


_STEPS: dict[LifeEventKind, Callable[[State, Event], State]] = {
    Kind.MANUFACTURED: _made,
    Kind.PROOFED: _same,
    Kind.MARKED: _same,
    Kind.EXPORTED: _after_export,
    Kind.IMPORTED: _hand_over,
    Kind.ENTERED_TRADE: _hand_over,
    Kind.SOLD_TO_DEALER: _hand_over,
    Kind.SOLD_TO_HOLDER: _hand_over,
    Kind.TRANSFERRED: _hand_over,
    Kind.ISSUED_TO_STATE: _hand_over,
    Kind.STATE_TO_CIVILIAN: _hand_over,
    Kind.INHERITED: _hand_over,
    Kind.LOST: _missing,
    Kind.STOLEN: _missing,
    Kind.FOUND_AGAIN: _back,
    Kind.LICENCE_LAPSED: _same,
    Kind.PART_EXCHANGED: _same,
    Kind.CONVERTED: _same,
    Kind.DEACTIVATED: _after_deactivation,
    Kind.RECOVERED: lambda state, _: replace(state, state=ArmState.RECOVERED),
    Kind.CONFISCATED: _after_confiscation,
    Kind.RETURNED: _back,
    Kind.RETAINED_MARKED: _after_retention,
    Kind.DESTROYED: lambda state, event: replace(
        state, state=ArmState.DESTROYED, holder="", since=event.happened_on
    ),
}
