"""Which life events may be recorded after which, and why others may not.

Each rule has a code, one sentence for the person at the desk, and the
provision it rests on. What is not known never satisfies a rule that protects
the public: a mark that nobody confirmed counts as absent.
"""

from collections.abc import Callable
from dataclasses import dataclass

from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State
from armstrace.vocabulary.arms import ArmState, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.sources import Source

Kind = LifeEventKind

LAST_ANTIQUE_YEAR = 1899


@dataclass(frozen=True, slots=True)
class Facts:
    """What the desk knows beside the events when it records one more.

    Args:
        marked: The arm bears the mark that its next step needs.
        owner_consents: The owner agreed in writing to destruction.
        open_theft_report: A report of loss or theft is open, here or abroad.
        import_authorised: The importing State's authorisation is on file.
        transits_consent: Every transit State's prior no-objection is on file.
        stolen_check_done: Stolen-arms records were searched.
        trace_decided: The arm was traced, or a reason says why not.
        evidence_released: The court or prosecutor released the exhibit.
        identity_examined: An examiner confirmed that it is this very arm.
        claimed_antique: The arm is to be recorded as antique.
        year_of_manufacture: The year, None where not known.
    """

    marked: Known = Known.UNKNOWN
    owner_consents: Known = Known.UNKNOWN
    open_theft_report: Known = Known.UNKNOWN
    import_authorised: Known = Known.UNKNOWN
    transits_consent: Known = Known.UNKNOWN
    stolen_check_done: Known = Known.UNKNOWN
    trace_decided: Known = Known.UNKNOWN
    evidence_released: Known = Known.UNKNOWN
    identity_examined: Known = Known.UNKNOWN
    claimed_antique: bool = False
    year_of_manufacture: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the life cycle.

    Args:
        code: Such as ``LC-01``.
        reason: One sentence that says why and what to do.
        source: The provision it rests on.
        is_broken: Tells whether an event breaks it.
    """

    code: str
    reason: str
    source: Source
    is_broken: Callable[[State, Event, Facts], bool]


def require(state: State, event: Event, facts: Facts) -> None:
    """Refuse an event that may not follow the arm's present state.

    Args:
        state: The fold of the events so far.
        event: The event to record.
        facts: What the desk knows beside the events.

    Raises:
        RuleBroken: LC-01 to LC-17; the first rule that is broken.
    """
    rule = broken(state, event, facts)
    if rule is not None:
        raise RuleBroken(rule.code, rule.reason, source=rule.source)


def broken(state: State, event: Event, facts: Facts) -> Rule | None:
    """Give the first rule that an event would break, None where none.

    Args:
        state: The fold of the events so far.
        event: The event to record.
        facts: What the desk knows beside the events.

    Returns:
        The rule, or None.
    """
    return next((rule for rule in RULES if rule.is_broken(state, event, facts)), None)


_TRADE = frozenset({Kind.ENTERED_TRADE, Kind.SOLD_TO_DEALER, Kind.SOLD_TO_HOLDER})
_GIVEN = frozenset(
    {
        Kind.EXPORTED,
        Kind.SOLD_TO_DEALER,
        Kind.SOLD_TO_HOLDER,
        Kind.TRANSFERRED,
        Kind.ISSUED_TO_STATE,
        Kind.STATE_TO_CIVILIAN,
        Kind.INHERITED,
    }
)
_MAKES_LIVE = _TRADE | {
    Kind.PROOFED,
    Kind.IMPORTED,
    Kind.ISSUED_TO_STATE,
    Kind.STATE_TO_CIVILIAN,
}
_IN_CUSTODY = frozenset(
    {ArmState.RECOVERED, ArmState.CONFISCATED, ArmState.RETAINED_MARKED}
)
_MISSING = frozenset({ArmState.LOST, ArmState.STOLEN})
_LEAVES_CUSTODY = frozenset(
    {
        Kind.MARKED,
        Kind.RECOVERED,
        Kind.CONFISCATED,
        Kind.RETURNED,
        Kind.FOUND_AGAIN,
        Kind.RETAINED_MARKED,
        Kind.DESTROYED,
        Kind.DEACTIVATED,
        Kind.STOLEN,
        Kind.LOST,
        Kind.LICENCE_LAPSED,
    }
)


def _revives_destroyed(state: State, event: Event, facts: Facts) -> bool:
    if state.state is not ArmState.DESTROYED:
        return False
    return not (event.kind is Kind.RECOVERED and facts.identity_examined is Known.YES)


def _revives_deactivated(state: State, event: Event, facts: Facts) -> bool:
    del facts
    return state.deactivated_on is not None and event.kind in _MAKES_LIVE


def _destroys_unconfiscated(state: State, event: Event, facts: Facts) -> bool:
    return (
        event.kind is Kind.DESTROYED
        and state.state is ArmState.RECOVERED
        and facts.owner_consents is not Known.YES
    )


def _sells_state_stock_unmarked(state: State, event: Event, facts: Facts) -> bool:
    del state
    return event.kind is Kind.STATE_TO_CIVILIAN and facts.marked is not Known.YES


def _trades_unmarked(state: State, event: Event, facts: Facts) -> bool:
    return (
        state.state in {ArmState.MANUFACTURED, ArmState.PLANNED}
        and event.kind in _TRADE
        and facts.marked is not Known.YES
    )


def _exports_unauthorised(state: State, event: Event, facts: Facts) -> bool:
    del state
    return event.kind is Kind.EXPORTED and not (
        facts.import_authorised is Known.YES and facts.transits_consent is Known.YES
    )


def _returns_stolen(state: State, event: Event, facts: Facts) -> bool:
    # An owner who gets a stolen arm back is FOUND_AGAIN once the report is closed.
    return event.kind is Kind.RETURNED and (
        state.loss_is_open or facts.open_theft_report is Known.YES
    )


def _ages_antique(state: State, event: Event, facts: Facts) -> bool:
    del state, event
    if not facts.claimed_antique:
        return False
    year = facts.year_of_manufacture
    return year is None or year > LAST_ANTIQUE_YEAR


def _gives_anothers(state: State, event: Event, facts: Facts) -> bool:
    del facts
    return (
        event.kind in _GIVEN
        and bool(state.holder and event.holder_from)
        and event.holder_from != state.holder
    )


def _gives_missing(state: State, event: Event, facts: Facts) -> bool:
    del facts
    return state.state in _MISSING and (
        event.kind in _GIVEN or event.kind is Kind.ENTERED_TRADE
    )


def _leaves_custody_otherwise(state: State, event: Event, facts: Facts) -> bool:
    del facts
    if state.state not in _IN_CUSTODY:
        return False
    sold_after_confiscation = state.state is not ArmState.RECOVERED and event.kind in {
        Kind.STATE_TO_CIVILIAN,
        Kind.ISSUED_TO_STATE,
    }
    return event.kind not in _LEAVES_CUSTODY and not sold_after_confiscation


def _confiscates_unrecovered(state: State, event: Event, facts: Facts) -> bool:
    del facts
    return event.kind is Kind.CONFISCATED and state.state is not ArmState.RECOVERED


def _retains_unmarked(state: State, event: Event, facts: Facts) -> bool:
    if event.kind is not Kind.RETAINED_MARKED:
        return False
    return state.state is not ArmState.CONFISCATED or facts.marked is not Known.YES


def _destroys_unexamined(state: State, event: Event, facts: Facts) -> bool:
    if event.kind is not Kind.DESTROYED or state.state not in _IN_CUSTODY:
        return False
    needed = (facts.stolen_check_done, facts.trace_decided, facts.evidence_released)
    return any(answer is not Known.YES for answer in needed)


def _finds_unmissed(state: State, event: Event, facts: Facts) -> bool:
    del facts
    return event.kind is Kind.FOUND_AGAIN and not state.loss_is_open


def _makes_twice(state: State, event: Event, facts: Facts) -> bool:
    del facts
    return event.kind is Kind.MANUFACTURED and state.state not in {
        ArmState.UNKNOWN,
        ArmState.PLANNED,
    }


def _knows_the_future(state: State, event: Event, facts: Facts) -> bool:
    del state, facts
    day = event.happened_on
    return day is not None and day > event.known_at.date()


_DESIGN = Source("design", "life cycle, 8.1")

RULES = (
    Rule(
        "LC-01",
        "The arm is on record as destroyed; if it has turned up, record the recovery "
        "with the examination that identified it.",
        _DESIGN,
        _revives_destroyed,
    ),
    Rule(
        "LC-02",
        "The arm is deactivated and cannot become a live arm again; record a "
        "reactivated arm as a recovery.",
        Source("protocol", "art. 9"),
        _revives_deactivated,
    ),
    Rule(
        "LC-03",
        "A recovered arm is destroyed only after confiscation or with its owner's "
        "written consent; record one of them first.",
        Source("protocol", "art. 6"),
        _destroys_unconfiscated,
    ),
    Rule(
        "LC-04",
        "An arm leaves State stock for civilian use only when it is marked; record "
        "the mark first.",
        Source("protocol", "art. 8, para. 1 (c)"),
        _sells_state_stock_unmarked,
    ),
    Rule(
        "LC-05",
        "A newly made arm enters trade only when it is marked; record the maker, "
        "country and serial number on it first.",
        Source("protocol", "art. 8, para. 1 (a)"),
        _trades_unmarked,
    ),
    Rule(
        "LC-06",
        "An export needs the import authorisation and the written prior no-objection "
        "of each transit State; put them on file first.",
        Source("protocol", "art. 10, para. 2"),
        _exports_unauthorised,
    ),
    Rule(
        "LC-07",
        "A report of loss or theft is open on this arm; close the report before the "
        "arm is returned.",
        _DESIGN,
        _returns_stolen,
    ),
    Rule(
        "LC-08",
        "Only an arm made in 1899 or earlier can be an antique; state its year of "
        "manufacture or record it as an arm.",
        Source("protocol", "art. 3 (a)"),
        _ages_antique,
    ),
    Rule(
        "LC-09",
        "The register shows another holder than the one who gives the arm; record "
        "how it came to the giver first.",
        Source("protocol", "art. 7"),
        _gives_anothers,
    ),
    Rule(
        "LC-10",
        "The arm is reported lost or stolen and cannot change hands; record that it "
        "was found again first.",
        _DESIGN,
        _gives_missing,
    ),
    Rule(
        "LC-11",
        "A recovered arm leaves custody by return, confiscation, marked retention or "
        "destruction; record one of these.",
        Source("protocol", "art. 6"),
        _leaves_custody_otherwise,
    ),
    Rule(
        "LC-12",
        "Only a recovered arm can be confiscated; record the recovery first.",
        Source("protocol", "art. 6"),
        _confiscates_unrecovered,
    ),
    Rule(
        "LC-13",
        "The State keeps a confiscated arm only when it is marked and the method is "
        "recorded; record confiscation and mark first.",
        Source("protocol", "art. 6, para. 2"),
        _retains_unmarked,
    ),
    Rule(
        "LC-14",
        "Nothing is destroyed before the stolen-arms check, the trace decision and "
        "the release of evidence; record all three first.",
        Source("mosaic-05.31"),
        _destroys_unexamined,
    ),
    Rule(
        "LC-15",
        "No loss or theft is open on this arm; check its number before recording it "
        "as found again.",
        _DESIGN,
        _finds_unmissed,
    ),
    Rule(
        "LC-16",
        "The arm is already on record as made; correct the earlier event instead.",
        Source("protocol", "art. 7"),
        _makes_twice,
    ),
    Rule(
        "LC-17",
        "The event lies after the day on which it became known; correct one of the "
        "two dates.",
        _DESIGN,
        _knows_the_future,
    ),
)
