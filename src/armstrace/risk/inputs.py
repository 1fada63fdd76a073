"""What a source states of goods, and what an officer states of an examination."""

from dataclasses import dataclass
from datetime import date, datetime

from armstrace.analysis.risk.declarations import Declaration
from armstrace.vocabulary.content import content_key
from armstrace.vocabulary.risk import Find
from armstrace.vocabulary.warnings import WarningState


@dataclass(frozen=True, slots=True)
class DeclarationInput:
    """One declaration as a source states it.

    Args:
        goods: What is declared.
        agency: Code of the agency whose it is; empty for that of who records it.
        known_at: When it became known, where the source says so.
    """

    goods: Declaration
    agency: str = ""
    known_at: datetime | None = None

    @property
    def number(self) -> str:
        """Give the source's own number of it."""
        return self.goods.number

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged statement is recognised."""
        return content_key(self, without=("known_at",))


@dataclass(frozen=True, slots=True)
class ExaminationInput:
    """What was found of one declaration.

    Args:
        find: What was found.
        examined_on: The day.
        notes: What else there is to say.
        recovery_id: The recovery that was recorded of it; None for none yet.
    """

    find: Find
    examined_on: date
    notes: str = ""
    recovery_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningDecision:
    """What becomes of an early warning.

    Args:
        state: Taken, dismissed or acted on.
        reason: Why, or what was done.
        case_number: Of the case that was opened for it, such as ``C12``.
        seen: Number of the standing that was looked at.
    """

    state: WarningState
    reason: str = ""
    case_number: str = ""
    seen: int
