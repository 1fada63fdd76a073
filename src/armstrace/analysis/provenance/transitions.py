"""Which life events may be recorded after which, and why others may not.

Each rule has a code, one sentence for the person at the desk, and the
provision it rests on. What is not known never satisfies a rule that protects
the public: a mark that nobody confirmed counts as absent.
"""

from collections.abc import Callable

from armstrace.analysis.provenance.steps import Step
from armstrace.vocabulary.arms import MISSING, ArmState, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.rules import Rule, RuleBook, require_all

BOOK = RuleBook(__name__)

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


RULES = (
    BOOK.rule("LC-01", _unless(_revives_destroyed)),
    BOOK.rule("LC-02", _unless(_revives_deactivated)),
    BOOK.rule("LC-03", _unless(_destroys_unconfiscated)),
    BOOK.rule("LC-04", _unless(_sells_state_stock_unmarked)),
    BOOK.rule("LC-05", _unless(_trades_unmarked)),
    BOOK.rule("LC-06", _unless(_exports_unauthorised)),
    BOOK.rule("LC-07", _unless(_returns_stolen)),
    BOOK.rule("LC-08", _unless(_ages_antique)),
    BOOK.rule("LC-09", _unless(_gives_anothers)),
    BOOK.rule("LC-10", _unless(_gives_missing)),
    BOOK.rule("LC-11", _unless(_leaves_custody_otherwise)),
    BOOK.rule("LC-12", _unless(_confiscates_unrecovered)),
    BOOK.rule("LC-13", _unless(_retains_unmarked)),
    BOOK.rule("LC-14", _unless(_destroys_unexamined)),
    BOOK.rule("LC-15", _unless(_finds_unmissed)),
    BOOK.rule("LC-16", _unless(_makes_twice)),
    BOOK.rule("LC-17", _unless(_knows_the_future)),
)
