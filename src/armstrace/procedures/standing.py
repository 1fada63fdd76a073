"""Between the rows of steps and what is folded."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from armstrace.analysis.procedures.procedure import Step as Asked
from armstrace.procedures import clock, rules
from armstrace.procedures.folding import Standing
from armstrace.procedures.models import ProcedureVersion, Step
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.procedures import (
    DECISIONS,
    LAWFUL,
    StepAnswer,
    StepStanding,
)

CARRIED = (
    *("recovery_id", "version_id", "change_id", "round", "code", "position", "role"),
    *("answer", "agency", "state", "opened_at", "unlocked_at", "due_on", "ended_at"),
    *("done_by", "record", "evidence", "ground", "asked_by", "asked_because", "source"),
)
FOLDED = ("state", "unlocked_at", "due_on", "ended_at", "done_by", "record")


def of_row(row: Step) -> Standing:
    """Give how a step stands, from its row and what its version asks."""
    asked = row.version.procedure.by_code[row.code]
    return Standing(
        code=row.code,
        round=row.round,
        after=asked.after,
        answer=row.answer,
        days=asked.days or 0,
        state=StepStanding(row.state),
        opened_at=row.opened_at,
        unlocked_at=row.unlocked_at,
        due_on=row.due_on,
        ended_at=row.ended_at,
        done_by=row.done_by,
        record=row.record,
    )


def open_step(asked: Asked, at: datetime, round_number: int) -> Standing:
    """Give a step that is opened now."""
    return Standing(
        code=asked.code,
        round=round_number,
        after=asked.after,
        answer=asked.answer,
        days=asked.days or 0,
        state=StepStanding.LOCKED,
        opened_at=at,
    )


def with_due(one: Standing) -> Standing:
    """Give a step with the day on which it is due, once it can be begun."""
    if one.unlocked_at is None or one.due_on is not None:
        return one
    return replace(one, due_on=clock.due_on(one.unlocked_at, one.days))


def columns_of(asked: Asked, version: ProcedureVersion) -> dict[str, Any]:
    """Give the columns of a step that its version says."""
    return {
        "version_id": version.pk,
        "code": asked.code,
        "position": version.procedure.steps.index(asked),
        "role": asked.role,
        "answer": asked.answer,
    }


def columns_kept(row: Step) -> dict[str, Any]:
    """Give the columns that the next state of a step begins with."""
    return {name: getattr(row, name) for name in CARRIED}


def columns_folded(one: Standing) -> dict[str, Any]:
    """Give the columns that folding decides."""
    return {name: getattr(one, name) for name in FOLDED}


def never_asked(kind: str, answers: Collection[str]) -> list[StepAnswer]:
    """Give the decisions that each arm needs and that none of its steps asks for.

    Args:
        kind: A value of ``RecoveryKind``.
        answers: What the steps of the arm ask for.
    """
    if kind in LAWFUL:
        return []
    return [each for each in DECISIONS if each.value not in answers]


def facts_of(step: Step, responsible: str, by: Actor) -> rules.Facts:
    """Give what the rules ask of a step that somebody would act on."""
    asked = step.version.procedure.by_code[step.code]
    return rules.Facts(
        number=f"R{step.recovery_id}",
        words=asked.words,
        state=StepStanding(step.state),
        role=Role(step.role),
        answer=StepAnswer(step.answer),
        waived_by=asked.waived_by,
        by=by.name,
        acts_as=by.role,
        asked_by=step.asked_by,
        responsible=responsible,
        is_by_record=bool(step.record),
    )
