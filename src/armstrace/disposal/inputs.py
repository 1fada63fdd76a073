"""What somebody states of a condition, of a lot and of its destruction."""

from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.disposal import (
    ConditionAnswer,
    ConditionKind,
    DestructionMethod,
)


@dataclass(frozen=True, slots=True)
class ConditionInput:
    """A decision that comes before a disposal, as a document says it."""

    kind: ConditionKind
    answer: ConditionAnswer
    # The court or office that decided.
    authority: str
    document: str
    decided_on: date
    # The day from which nobody can appeal; None where that is the day itself.
    final_on: date | None = None
    # Why it is decided otherwise than what is on record.
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LotInput:
    """A lot that is to be destroyed."""

    method: DestructionMethod
    # The works that destroy it.
    works: str
    place: str


@dataclass(frozen=True, slots=True)
class WitnessInput:
    """Who sees a lot destroyed."""

    name: str
    # The office or organisation that sends them.
    body: str
    # Whether they come from civil society.
    is_observer: bool = False


@dataclass(frozen=True, slots=True)
class EndInput:
    """That a lot was destroyed."""

    destroyed_on: date
    # Arms counted as they were destroyed.
    count_out: int
