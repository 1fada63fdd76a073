"""Rules of the register that need no database."""

from collections.abc import Container

from armstrace.analysis.provenance import steps, transitions
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, require_all
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

DESIGN = Source("design", "references between records")
TUNING = Source("design", "tuning of matching")

CONTRADICTIONS = frozenset({"LC-01", "LC-02", "LC-16", "LC-17"})
"""Rules whose breach cannot be true, whoever tells it.

A register's history may tell of acts that were unlawful; those are recorded, and
the chain shows them. A clerk who records a new act is held to every rule.
"""

OF_HISTORY = tuple(rule for rule in transitions.RULES if rule.code in CONTRADICTIONS)


type Reference = tuple[str, Container[str]]
"""A number that a statement names, and the numbers that are on record."""

KNOWN_ARM = Rule[Reference](
    "IN-01",
    lambda named: message(
        "No arm has the number %(number)s in this register; load the arm first or "
        "correct the number.",
        number=repr(named[0]),
    ),
    DESIGN,
    lambda named: named[0] in named[1],
)
KNOWN_HOLDER = Rule[Reference](
    "IN-02",
    lambda named: message(
        "No holder has the number %(number)s; load the holder first or correct the "
        "number.",
        number=repr(named[0]),
    ),
    DESIGN,
    lambda named: not named[0] or named[0] in named[1],
)


def require_lawful_event(standing: State, event: Event, facts: steps.Facts) -> None:
    """Refuse a new event that may not follow from where the arm stands.

    Args:
        standing: The fold of the arm's earlier events.
        event: The event to record.
        facts: What the desk knows beside the events.

    Raises:
        RuleBroken: ``LC-…``, with one sentence that says why.

    Source:
        Firearms Protocol, arts. 6, 8, 9, 10; life-cycle rules of this design.
    """
    transitions.require(steps.Step(standing, event, facts))


def require_possible_event(standing: State, event: Event) -> None:
    """Refuse an event of a register's history that cannot be true.

    Args:
        standing: The fold of the arm's earlier events.
        event: The event that the register tells.

    Raises:
        RuleBroken: One of ``CONTRADICTIONS``.

    Source:
        Life-cycle rules of this design.
    """
    require_all(OF_HISTORY, steps.Step(standing, event))


def require_reasoned_tuning(reason: str) -> None:
    """Refuse to change how matching weighs without a reason.

    Raises:
        RuleBroken: ``MT-01``.

    Source:
        Rule of this design: a person decides and says why.
    """
    if not is_visible(reason):
        msg = message("A change of matching needs a reason; write what decided it.")
        raise RuleBroken("MT-01", msg, source=TUNING)


def require_better_replay(*, is_better: bool) -> None:
    """Refuse a tuning that did no better on the cases that were kept back.

    Raises:
        RuleBroken: ``MT-02``.

    Source:
        Rule of this design: nothing is put into use without a replay.
    """
    if not is_better:
        msg = message(
            "On the cases that were kept back this tuning was no better "
            "than what is in use; propose another one when more cases are "
            "decided."
        )
        raise RuleBroken("MT-02", msg, source=TUNING)


def require_replayed(cases: int, needed: int) -> None:
    """Refuse a tuning that was replayed on too few decided cases.

    Args:
        cases: Decided cases in its replay.
        needed: The fewest that say something.

    Raises:
        RuleBroken: ``MT-05``.

    Source:
        Rule of this design: nothing is put into use without a replay.
    """
    if cases < needed:
        msg = message(
            "Decided cases in the replay: %(cases)s; needed: %(needed)s. "
            "Decide on more candidates and propose it again.",
            cases=cases,
            needed=needed,
        )
        raise RuleBroken("MT-05", msg, source=TUNING)


def require_same_rates(made_for: str, in_use: str) -> None:
    """Refuse a tuning that was made for other rates than those in use.

    Raises:
        RuleBroken: ``MT-03``.

    Source:
        Rule of this design: a table holds for the rates that it was made for.
    """
    if made_for != in_use:
        msg = message(
            "It was made for rates %(made)s, and %(used)s is in use; make it anew.",
            made=made_for,
            used=in_use,
        )
        raise RuleBroken("MT-03", msg, source=TUNING)
