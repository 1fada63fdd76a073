"""When what the figures count last changed."""

from collections.abc import Iterable

from django.db.models import Max, Model

from armstrace.audit import stamps
from armstrace.indicators.models import EnteredFigure, ExplainedDifference, Return
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    PartRecord,
    Recovery,
    RecoveryRecord,
)
from armstrace.registry.models import LifeEvent
from armstrace.tracing.models import Trace, TraceDecision, TraceFinding

COUNTED = (Recovery, RecoveryRecord, CandidateJudgement, Trace, TraceDecision)
RETURNED = (
    *COUNTED,
    AmmunitionRecord,
    PartRecord,
    LifeEvent,
    TraceFinding,
    EnteredFigure,
    ExplainedDifference,
    Return,
)

type Stamp = stamps.Stamp


def stamp() -> Stamp:
    """Give what stays the same exactly as long as no act changes a figure.

    Returns:
        The state of the records; empty where nothing tells it.
    """
    return _state(COUNTED)


def stamp_of_returns() -> Stamp:
    """Give what stays the same as long as no act changes a return.

    Returns:
        The state of the records; empty where nothing tells it.
    """
    return _state(RETURNED)


def _state(tables: Iterable[type[Model]]) -> Stamp:
    changed = stamps.last_change()
    if not changed:
        return ()
    return (
        *changed,
        *(table._default_manager.aggregate(pk=Max("pk"))["pk"] for table in tables),  # noqa: SLF001 -- documented API
    )
