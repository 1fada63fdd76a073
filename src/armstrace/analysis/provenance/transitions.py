"""Which life events may be recorded after which, and why others may not.

Each rule has a code, one sentence for the person at the desk, and the
provision it rests on. What is not known never satisfies a rule that protects
the public: a mark that nobody confirmed counts as absent.
"""

from collections.abc import Callable

from armstrace.analysis.provenance.steps import Step
from armstrace.vocabulary.arms import MISSING, ArmState, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, require_all
from armstrace.vocabulary.sources import Source

Kind = LifeEventKind


def require(step: Step) -> None:
    """Refuse an event that may not follow the arm's present state.

    Raises:
        RuleBroken: LC-01 to LC-17; the first rule that is broken.
    """
    require_all(RULES, step)


def broken(step: Step) -> Rule[Step] | None:
    """Give the first rule that an event would break, None where none."""
    return next((rule for rule in RULES if not rule.holds(step)), None)


_TRADE = frozenset({Kind.ENTERED_TRADE, Kind.SOLD_TO_DEALER, Kind.SOLD_TO_HOLDER})
_GIVEN = frozenset({
    Kind.EXPORTED, Kind.SOLD_TO_DEALER, Kind.SOLD_TO_HOLDER, Kind.TRANSFERRED,
    Kind.ISSUED_TO_STATE, Kind.STATE_TO_CIVILIAN, Kind.INHERITED,
})  # fmt: skip
_MAKES_LIVE = _TRADE | {
    Kind.PROOFED,
    Kind.CONVERTED,
    Kind.IMPORTED,
    Kind.ISSUED_TO_STATE,
    Kind.STATE_TO_CIVILIAN,
}
_IN_CUSTODY = frozenset(
    {ArmState.RECOVERED, ArmState.CONFISCATED, ArmState.RETAINED_MARKED}
)
_LEAVES_CUSTODY = frozenset({
    Kind.MARKED, Kind.RECOVERED, Kind.CONFISCATED, Kind.RETURNED, Kind.FOUND_AGAIN,
    Kind.RETAINED_MARKED, Kind.DESTROYED, Kind.DEACTIVATED, Kind.STOLEN, Kind.LOST,
    Kind.LICENCE_LAPSED,
})  # fmt: skip


def _unless(breaks: Callable[[Step], bool]) -> Callable[[Step], bool]:
    return lambda step: not breaks(step)


def _revives_destroyed(step: Step) -> bool:
    if step.before.state is not ArmState.DESTROYED:
        return False
    return not (
        step.event.kind is Kind.RECOVERED and step.facts.identity_examined is Known.YES
    )


def _revives_deactivated(step: Step) -> bool:
    return step.before.deactivated_on is not None and step.event.kind in _MAKES_LIVE


def _destroys_unconfiscated(step: Step) -> bool:
    return (
        step.event.kind is Kind.DESTROYED
        and step.before.state is ArmState.RECOVERED
        and step.facts.owner_consents is not Known.YES
    )


def _sells_state_stock_unmarked(step: Step) -> bool:
    return (
        step.event.kind is Kind.STATE_TO_CIVILIAN and step.facts.marked is not Known.YES
    )


def _trades_unmarked(step: Step) -> bool:
    return (
        step.before.state in {ArmState.MANUFACTURED, ArmState.PLANNED}
        and step.event.kind in _TRADE
        and step.facts.marked is not Known.YES
    )


def _exports_unauthorised(step: Step) -> bool:
    return step.event.kind is Kind.EXPORTED and not (
        step.facts.import_authorised is Known.YES
        and step.facts.transits_consent is Known.YES
    )


def _returns_stolen(step: Step) -> bool:
    # An owner who gets a stolen arm back is FOUND_AGAIN once the report is closed.
    return step.event.kind is Kind.RETURNED and (
        step.before.loss_is_open or step.facts.open_theft_report is Known.YES
    )


def _ages_antique(step: Step) -> bool:
    if not step.facts.claimed_antique:
        return False
    made, last = step.facts.year_of_manufacture, step.facts.last_antique_year
    return made is None or last is None or made > last


def _gives_anothers(step: Step) -> bool:
    return (
        step.event.kind in _GIVEN
        and bool(step.before.holder and step.event.holder_from)
        and step.event.holder_from != step.before.holder
    )


def _gives_missing(step: Step) -> bool:
    given = _GIVEN | {Kind.ENTERED_TRADE, Kind.IMPORTED}
    return step.before.state in MISSING and step.event.kind in given


def _leaves_custody_otherwise(step: Step) -> bool:
    if step.before.state not in _IN_CUSTODY:
        return False
    sold_after_confiscation = (
        step.before.state is not ArmState.RECOVERED
        and step.event.kind
        in {
            Kind.STATE_TO_CIVILIAN,
            Kind.ISSUED_TO_STATE,
        }
    )
    return step.event.kind not in _LEAVES_CUSTODY and not sold_after_confiscation


def _confiscates_unrecovered(step: Step) -> bool:
    return (
        step.event.kind is Kind.CONFISCATED
        and step.before.state is not ArmState.RECOVERED
    )


def _retains_unmarked(step: Step) -> bool:
    if step.event.kind is not Kind.RETAINED_MARKED:
        return False
    return (
        step.before.state is not ArmState.CONFISCATED
        or step.facts.marked is not Known.YES
    )


def _destroys_unexamined(step: Step) -> bool:
    if step.event.kind is not Kind.DESTROYED or step.before.state not in _IN_CUSTODY:
        return False
    needed = (
        step.facts.stolen_check_done,
        step.facts.trace_decided,
        step.facts.evidence_released,
    )
    return any(answer is not Known.YES for answer in needed)


def _finds_unmissed(step: Step) -> bool:
    return step.event.kind is Kind.FOUND_AGAIN and not step.before.loss_is_open


def _makes_twice(step: Step) -> bool:
    return step.event.kind is Kind.MANUFACTURED and step.before.state not in {
        ArmState.UNKNOWN,
        ArmState.PLANNED,
    }


def _knows_the_future(step: Step) -> bool:
    day = step.event.happened_on
    return day is not None and day > step.event.known_at.date()


_DESIGN = Source("design", "life cycle, 8.1")

RULES = (
    Rule(
        "LC-01",
        message(
            "The arm is on record as destroyed; if it has turned up, record the "
            "recovery with the examination that identified it."
        ),
        _DESIGN,
        _unless(_revives_destroyed),
    ),
    Rule(
        "LC-02",
        message(
            "The arm is deactivated and cannot become a live arm again; record a "
            "reactivated arm as a recovery."
        ),
        Source("protocol", "art. 9"),
        _unless(_revives_deactivated),
    ),
    Rule(
        "LC-03",
        message(
            "A recovered arm is destroyed only after confiscation or with its owner's "
            "written consent; record one of them first."
        ),
        Source("protocol", "art. 6"),
        _unless(_destroys_unconfiscated),
    ),
    Rule(
        "LC-04",
        message(
            "An arm leaves State stock for civilian use only when it is marked; record "
            "the mark first."
        ),
        Source("protocol", "art. 8, para. 1 (c)"),
        _unless(_sells_state_stock_unmarked),
    ),
    Rule(
        "LC-05",
        message(
            "A newly made arm enters trade only when it is marked; record the maker, "
            "country and serial number on it first."
        ),
        Source("protocol", "art. 8, para. 1 (a)"),
        _unless(_trades_unmarked),
    ),
    Rule(
        "LC-06",
        message(
            "An export needs the import authorisation and the written prior "
            "no-objection of each transit State; put them on file first."
        ),
        Source("protocol", "art. 10, para. 2"),
        _unless(_exports_unauthorised),
    ),
    Rule(
        "LC-07",
        message(
            "A report of loss or theft is open on this arm; close the report before "
            "the arm is returned."
        ),
        _DESIGN,
        _unless(_returns_stolen),
    ),
    Rule(
        "LC-08",
        message(
            "The year of manufacture does not make the arm an antique; state the year "
            "or record it as an arm."
        ),
        Source("protocol", "art. 3 (a)"),
        _unless(_ages_antique),
    ),
    Rule(
        "LC-09",
        message(
            "The register shows another holder than the one who gives the arm; record "
            "how it came to the giver first."
        ),
        Source("protocol", "art. 7"),
        _unless(_gives_anothers),
    ),
    Rule(
        "LC-10",
        message(
            "The arm is reported lost or stolen and cannot change hands; record that "
            "it was found again first."
        ),
        _DESIGN,
        _unless(_gives_missing),
    ),
    Rule(
        "LC-11",
        message(
            "A recovered arm leaves custody by return, confiscation, marked retention "
            "or destruction; record one of these."
        ),
        Source("protocol", "art. 6"),
        _unless(_leaves_custody_otherwise),
    ),
    Rule(
        "LC-12",
        message("Only a recovered arm can be confiscated; record the recovery first."),
        Source("protocol", "art. 6"),
        _unless(_confiscates_unrecovered),
    ),
    Rule(
        "LC-13",
        message(
            "The State keeps a confiscated arm only when it is marked and the method "
            "is recorded; record confiscation and mark first."
        ),
        Source("protocol", "art. 6, para. 2"),
        _unless(_retains_unmarked),
    ),
    Rule(
        "LC-14",
        message(
            "Nothing is destroyed before the stolen-arms check, the trace decision and "
            "the release of evidence; record all three first."
        ),
        Source("mosaic-05.31"),
        _unless(_destroys_unexamined),
    ),
    Rule(
        "LC-15",
        message(
            "No loss or theft is open on this arm; check its number before recording "
            "it as found again."
        ),
        _DESIGN,
        _unless(_finds_unmissed),
    ),
    Rule(
        "LC-16",
        message(
            "The arm is already on record as made; correct the earlier event instead."
        ),
        Source("protocol", "art. 7"),
        _unless(_makes_twice),
    ),
    Rule(
        "LC-17",
        message(
            "The event lies after the day on which it became known; correct one of the "
            "two dates."
        ),
        _DESIGN,
        _unless(_knows_the_future),
    ),
)
