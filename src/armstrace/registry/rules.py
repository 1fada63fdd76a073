"""Rules of the register that need no database."""

from armstrace.analysis.provenance import transitions
from armstrace.analysis.provenance.state import State
from armstrace.vocabulary.arms import ArmState, LifeEventKind


def require_lawful_event(
    standing: State, kind: LifeEventKind, facts: transitions.Facts
) -> None:
    """Refuse an event that may not follow from where the arm stands.

    Raises:
        RuleBroken: ``LC-…``, with one sentence that says why.

    Source:
        Firearms Protocol, arts. 6, 8, 9, 10; life-cycle rules of this design.
    """
    if standing.state is not ArmState.UNKNOWN:
        transitions.require(standing.state, kind, facts)
