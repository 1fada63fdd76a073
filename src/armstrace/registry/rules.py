"""Rules of the register that need no database."""

from armstrace.analysis.provenance import transitions
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State
from armstrace.vocabulary.errors import RuleBroken

CONTRADICTIONS = frozenset({"LC-01", "LC-02", "LC-16", "LC-17"})
"""Rules whose breach cannot be true, whoever tells it.

A register's history may tell of acts that were unlawful; those are recorded, and
the chain shows them. A clerk who records a new act is held to every rule.
"""

OF_HISTORY = tuple(rule for rule in transitions.RULES if rule.code in CONTRADICTIONS)
NOTHING_KNOWN = transitions.Facts()


def require_lawful_event(
    standing: State, event: Event, facts: transitions.Facts
) -> None:
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
    transitions.require(standing, event, facts)


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
    for rule in OF_HISTORY:
        if rule.is_broken(standing, event, NOTHING_KNOWN):
            raise RuleBroken(rule.code, rule.reason, source=rule.source)
