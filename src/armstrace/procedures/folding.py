"""How the steps of one recovery stand, from what stood and what the records say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from armstrace.vocabulary.procedures import UNDONE, StepAnswer, StepStanding

ENDED = (StepStanding.DONE, StepStanding.WAIVED)


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
    """How one step stands."""

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

    Args:
        steps: The steps of one recovery, those of earlier rounds too.
        answers: What the records say, by the answer that a step asks for.
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
