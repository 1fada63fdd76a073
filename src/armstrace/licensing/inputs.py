"""What a source states about a holder."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.content import content_key
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.licensing import (
    AdviceAnswer,
    ApplicationKind,
    Department,
    GroundClass,
    LicenceType,
    StopCause,
)
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import is_visible


@dataclass(frozen=True, slots=True)
class HolderInput:
    """One holder as a register or a clerk states it.

    Args:
        number: The holder's number, unique in the country.
        licence_type: Empty where no licence is stated.
        known_at: When it became known, where the source says so.
    """

    number: str
    name: str
    kind: HolderKind = HolderKind.PERSON
    place: str = ""
    region: str = ""
    country: str = ""
    licence_number: str = ""
    licence_type: LicenceType | Literal[""] = ""
    valid_from: date | None = None
    valid_until: date | None = None
    known_at: datetime | None = None

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged statement is recognised."""
        return content_key(self, without=("known_at",))

    @property
    def has_unnumbered_licence(self) -> bool:
        """Whether something is said of a licence, and not its number."""
        said = self.licence_type or self.valid_from or self.valid_until
        return bool(said) and not is_visible(self.licence_number)


@dataclass(frozen=True, slots=True)
class ApplicationInput:
    """What somebody applies for.

    Args:
        holder: Number of the applicant, who is on record as a holder.
        activity: What a licence is asked for.
        kind: Whether it is a new licence, a renewal or a change.
        of_licence: Number of the licence that is to be renewed or varied.
        purpose: What the licence is needed for.
        categories: The categories of arms, as in “B, C”.
        quantity: How many arms; None where not said.
        storage: Where arms are to be kept.
        born_on: Day of birth of a natural person; None where not known.
    """

    holder: str
    activity: LicenceType
    kind: ApplicationKind = ApplicationKind.NEW
    of_licence: str = ""
    purpose: str = ""
    categories: str = ""
    quantity: int | None = None
    storage: str = ""
    born_on: date | None = None


# What an application says beside who applies, and for which activity.
ASKED = ("purpose", "categories", "quantity", "storage", "born_on")


@dataclass(frozen=True, slots=True)
class Said:
    """What an act on an application says; each act asks for its own part.

    Args:
        seen: Key of the version that the person saw; None asks for no check.
        reason: Why; it also stands where something is missing.
        cause: Why the clock stops.
        words: A question, an answer, or what a department says.
        question: Key of the question that is answered.
        department: Which department says something.
        advice: Whether it objects.
        reference: Number of its letter.
        is_granted: Whether a licence is proposed or granted.
        ground: Class of ground of a refusal; None where it is granted.
        categories: The categories that are licensed.
        quantity: How many arms; None leaves what was applied for.
        conditions: Conditions of the licence.
        valid_from: First day of the licence.
        valid_until: Its last day; None where it has no end.
    """

    seen: int | None = None
    reason: str = ""
    cause: StopCause = StopCause.QUESTION
    words: str = ""
    question: int | None = None
    department: Department | None = None
    advice: AdviceAnswer = AdviceAnswer.NO_OBJECTION
    reference: str = ""
    is_granted: bool = False
    ground: GroundClass | None = None
    categories: str = ""
    quantity: int | None = None
    conditions: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


def require_quantity(quantity: int | None) -> None:
    """Refuse a number of arms that is none.

    Raises:
        InvalidInput: It is less than one.
    """
    if quantity is not None and quantity < 1:
        said = message(
            "“%(field)s” is %(number)s; write 1 or more.",
            field=words_of("quantity"),
            number=quantity,
        )
        raise InvalidInput(said, field="quantity")


@dataclass(frozen=True, slots=True)
class FileInput:
    """A file that is handed in."""

    content: bytes
    # Its name as given, shown and never used as a path.
    name: str
    # Where files are kept.
    folder: Path
