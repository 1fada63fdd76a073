"""Rules of the register that need no database."""

from collections.abc import Container

from armstrace.analysis.provenance import steps, transitions
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State
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


REASONED_TUNING = Rule[str](
    "MT-01",
    message("A change of matching needs a reason; write what decided it."),
    TUNING,
    is_visible,
)
BETTER_REPLAY = Rule[bool](
    "MT-02",
    message(
        "On the cases that were kept back this tuning was no better than what is in "
        "use; propose another one when more cases are decided."
    ),
    TUNING,
    bool,
)

type Rates = tuple[str, str]
"""The rates that a tuning was made for, and those in use."""

SAME_RATES = Rule[Rates](
    "MT-03",
    lambda rates: message(
        "It was made for rates %(made)s, and %(used)s is in use; make it anew.",
        made=rates[0],
        used=rates[1],
    ),
    TUNING,
    lambda rates: rates[0] == rates[1],
)

type Replayed = tuple[int, int]
"""Decided cases in a replay, and the fewest that say something."""

REPLAYED = Rule[Replayed](
    "MT-05",
    lambda counted: message(
        "Decided cases in the replay: %(cases)s; needed: %(needed)s. Decide on more "
        "candidates and propose it again.",
        cases=counted[0],
        needed=counted[1],
    ),
    TUNING,
    lambda counted: counted[0] >= counted[1],
)
