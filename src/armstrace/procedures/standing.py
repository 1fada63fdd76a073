"""How the steps of one recovery stand, from what stood and what the records say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from armstrace.analysis.procedures import working_days
from armstrace.analysis.procedures.procedure import Step as Asked
from armstrace.procedures import rules
from armstrace.procedures.models import ProcedureVersion, Step
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.procedures import (
    DECISIONS,
    LAWFUL,
    UNDONE,
    StepAnswer,
    StepStanding,
)
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class Answer:
    """A record that says that a step is done."""

    # Its table and key, as ``tracing.tracedecision:12``.
    record: str
    # Who made it; empty where nobody is named.
    by: str
    # When it became known.
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    code: str
    round: int
    # Codes of the steps that come first.
    after: tuple[str, ...]
    answer: str
    # Working days from when it can be begun.
    days: int
    state: StepStanding
    opened_at: datetime
    unlocked_at: datetime | None = None
    due_on: date | None = None
    ended_at: datetime | None = None
    done_by: str = ""
    # The record that says that it is done; empty where a person does.
    record: str = ""


def fold(
    steps: Sequence[Standing], answers: Mapping[str, Answer]
) -> tuple[Standing, ...]:
    """Give how steps stand now, in the order given.

    A step that a record answers is done by it; one whose record is gone is open
    again. A step waits for those before it that the recovery has in the same round.
    Steps of earlier rounds stay as they were when the recovery was closed.
    """
    now = max((one.round for one in steps), default=1)
    told = {
        (one.round, one.code): _answer(one, answers) if one.round == now else one
        for one in steps
    }
    made: dict[tuple[int, str], Standing] = {}
    begun: set[tuple[int, str]] = set()

    def stand(key: tuple[int, str]) -> Standing:
        if key not in made:
            begun.add(key)
            one = told[key]
            keys = [(one.round, code) for code in one.after]
            # Steps of two versions may wait for each other: one of them goes first.
            before = [k for k in keys if k in told and (k in made or k not in begun)]
            made[key] = _unlock(one, [stand(each) for each in before])
        return made[key]

    return tuple(stand((one.round, one.code)) for one in steps)


def _answer(one: Standing, answers: Mapping[str, Answer]) -> Standing:
    found = answers.get(one.answer) if one.answer != StepAnswer.PERSON else None
    if found is None:
        if one.state is StepStanding.DONE and one.record:
            return replace(
                one, state=StepStanding.OPEN, ended_at=None, done_by="", record=""
            )
        return one
    if one.state in UNDONE:
        return replace(
            one,
            state=StepStanding.DONE,
            ended_at=max(found.at, one.opened_at),
            done_by=found.by,
            record=found.record,
        )
    return one


def _unlock(one: Standing, before: Sequence[Standing]) -> Standing:
    if one.state not in UNDONE:
        # What a record says was done before its turn has waited for nothing.
        return one if one.unlocked_at else replace(one, unlocked_at=one.opened_at)
    if any(each.state in UNDONE for each in before):
        return replace(one, state=StepStanding.LOCKED, unlocked_at=None, due_on=None)
    if one.unlocked_at is not None:
        return replace(one, state=StepStanding.OPEN)
    ends = [each.ended_at for each in before if each.ended_at is not None]
    unlocked_at = max([one.opened_at, *ends])
    return replace(one, state=StepStanding.OPEN, unlocked_at=unlocked_at)


CARRIED = (
    *("recovery_id", "version_id", "change_id", "round", "code", "position", "role"),
    *("answer", "agency", "state", "opened_at", "unlocked_at", "due_on", "ended_at"),
    *("done_by", "record", "evidence", "ground", "asked_by", "asked_because", "source"),
)
FOLDED = ("state", "unlocked_at", "due_on", "ended_at", "done_by", "record")


def of_row(row: Step) -> Standing:
    """Give how a step stands, from its row and what its version asks."""
    asked = row.version.procedure.by_code[row.code]
    return fill(Standing, row, after=asked.after, days=asked.days or 0)


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
    return replace(one, due_on=due_on(one.unlocked_at, one.days))


def due_on(begun_at: datetime, days: int) -> date:
    """Give the last day in time of a step that can be begun at a moment."""
    begun_on = timezone.localdate(begun_at)
    return working_days.due_on(begun_on, days, settings.HOME_COUNTRY)


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
    """Give the decisions that each arm needs and that none of its steps asks for."""
    return [] if kind in LAWFUL else answers_never_asked(answers)


def answers_never_asked(answers: Collection[str]) -> list[StepAnswer]:
    """Give the decisions of arms that left the legal world that no step asks for."""
    return [each for each in DECISIONS if each.value not in answers]


def facts_of(step: Step, responsible: str, by: Actor) -> rules.Facts:
    """Give what the rules ask of a step that somebody would act on."""
    asked = step.version.procedure.by_code[step.code]
    return rules.Facts(
        number=f"R{step.recovery_id}",
        step=Message(asked.words),
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
