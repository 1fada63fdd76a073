"""Rules of tracing that need no database."""

from armstrace.tracing.inputs import DecisionInput
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    TraceOutcome,
    TraceStanding,
)

MOSAIC = Source("mosaic-05.31", "tracing process")
INDICATOR = Source("sdg-16.4.2", "point of diversion")
PAPER = Source("paper-2018", "paras. 62-66")


def require_sound_decision(stated: DecisionInput) -> None:
    """Refuse a decision that does not say what it must.

    Raises:
        RuleBroken: ``TR-02`` an exception without its ground and reason;
            ``TR-03`` an identified point of diversion without its kind, its way
            of establishment and a reason; ``TR-04`` a closed trace without an
            outcome; ``TR-05`` a diversion where there was none.

    Source:
        MOSAIC 05.31 (exceptions); SDG 16.4.2 metadata; background paper, para. 66.
    """
    if stated.standing is TraceStanding.EXCEPTED and not (
        stated.exception and stated.reason.strip()
    ):
        msg = message(
            "An arm stays untraced only on a ground and with a reason; give both."
        )
        raise RuleBroken("TR-02", msg, source=MOSAIC)
    if stated.standing is not TraceStanding.CLOSED:
        return
    if stated.outcome is None:
        msg = message("A trace is closed with an outcome; choose how it ended.")
        raise RuleBroken("TR-04", msg, source=PAPER)
    if stated.outcome is TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED:
        _require_diversion(stated)
    if (
        stated.outcome is TraceOutcome.NO_DIVERSION
        and stated.diversion.kind is not DiversionKind.UNKNOWN
    ):
        msg = message(
            "An arm that is still lawfully held has no point of diversion; clear it."
        )
        raise RuleBroken("TR-05", msg, source=INDICATOR)


def _require_diversion(stated: DecisionInput) -> None:
    named = stated.diversion.kind is not DiversionKind.UNKNOWN
    shown = stated.established is not Establishment.NOT_ESTABLISHED
    if not (named and shown and stated.reason.strip()):
        msg = message(
            "A point of diversion is confirmed with its kind, with how it "
            "was established and with a reason; give all three."
        )
        raise RuleBroken("TR-03", msg, source=INDICATOR)
