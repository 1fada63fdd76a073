"""When what the figures count last changed."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Model

from armstrace.audit import stamps
from armstrace.indicators.models import EnteredFigure, ExplainedDifference, Return
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    PairJudgement,
    PartRecord,
    Recovery,
    RecoveryRecord,
    Resighting,
)
from armstrace.registry.models import LifeEvent
from armstrace.tracing.models import Trace, TraceDecision, TraceFinding

COUNTED = (
    Recovery, RecoveryRecord, CandidateJudgement, PairJudgement, Resighting, Trace,
    TraceDecision,
)  # fmt: skip
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
    largest = ", ".join(
        f'(SELECT max(id) FROM "{table._meta.db_table}")'  # noqa: S608, SLF001 -- own tables, documented API
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {largest}")
        return (*changed, *cursor.fetchone())
