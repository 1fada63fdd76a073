"""Whether an arm bears the marks that the law asks for, as the profile says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from armstrace.records import jurisdiction
from armstrace.registry.described import bears_make
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.profiles import MarkAsked, MarkingAsked, Strength
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

READ = frozenset({SerialStatus.COMPLETE.value, SerialStatus.RESTORED.value})
# Where each mark is read from; the country is asked for on the arm itself.
COLUMNS = {
    MarkAsked.MODEL: "model",
    MarkAsked.CALIBRE: "calibre",
    MarkAsked.COUNTRY: "country_as_written",
    MarkAsked.YEAR: "year_of_manufacture",
    MarkAsked.IMPORT_COUNTRY: "import_country",
    MarkAsked.IMPORT_YEAR: "import_year",
}


@dataclass(frozen=True, slots=True)
class Marking:
    """What the marks of an arm lack, by the provision that asks for it."""

    # What is not marked, or could not be read.
    lacks: tuple[MarkAsked, ...]
    # What the provision does where something lacks.
    strength: Strength
    # Why the arm is registered nevertheless.
    reason: str = ""


MARKED = Rule[Marking](
    "MK-01",
    lambda told: message(
        "The law asks for marks that were not read on the arm: %(marks)s; have it "
        "marked first, or correct what was typed.",
        marks=told.lacks,
    ),
    Source("protocol", "art. 8"),
    lambda told: not told.lacks or told.strength is not Strength.REFUSES,
)
MARKED_OR_REASONED = Rule[Marking](
    "MK-02",
    lambda told: message(
        "The law asks for marks that were not read on the arm: %(marks)s; correct what "
        "was typed, or write why it is registered nevertheless.",
        marks=told.lacks,
    ),
    Source("protocol", "art. 8"),
    lambda told: not told.lacks or is_reason(told.reason),
)

LEGIBLE = Rule[str](
    "MK-03",
    message(
        "Write the mark exactly as it is on the arm, with a letter or a digit; nothing "
        "could be read."
    ),
    Source("protocol", "art. 8"),
    lambda text: any(each.isalnum() for each in text),
)
MARKED_AGAIN = Rule[tuple[str, str]](
    "MK-04",
    message(
        "It bears a mark of this kind already: %(mark)s. That one stays on record; "
        "write why it is marked again."
    ),
    Source("protocol", "art. 8"),
    lambda told: not told[0] or is_reason(told[1]),
)


BORNE_ALREADY = Rule[tuple[str, str]](
    "MK-05",
    message(
        "%(arm)s of this make has that serial number; read it again, or write why two "
        "arms have it."
    ),
    Source("protocol", "art. 8"),
    lambda told: not told[0] or is_reason(told[1]),
)


def require_marks(
    record: Mapping[str, Any], event: LifeEventKind, *, on: date, reason: str
) -> None:
    """Refuse an arm without the marks that the law of the day asks for.

    Args:
        record: Columns of an arm's record, as they were read.
        reason: Why it is registered nevertheless; empty where nobody says.

    Raises:
        RuleBroken: ``MK-01``, the law lets no such arm pass; ``MK-02``, it asks for
            a reason and there is none.
    """
    for law in jurisdiction.profile().markings_asked(event, on):
        told = Marking(lacking(record, law), law.strength, reason)
        MARKED.require(told)
        MARKED_OR_REASONED.require(told)


def missing_marks(
    record: Mapping[str, Any], event: LifeEventKind, *, on: date
) -> tuple[Message, ...]:
    """Say which marks the law of the day asks for and an arm lacks, for a reason.

    Raises:
        RuleBroken: ``MK-01``, the law lets no such arm pass.
    """
    laws = jurisdiction.profile().markings_asked(event, on)
    told = [Marking(lacking(record, law), law.strength) for law in laws]
    for each in told:
        MARKED.require(each)
    return tuple(MARKED_OR_REASONED.broken(each).message for each in told if each.lacks)


def lacking(record: Mapping[str, Any], law: MarkingAsked) -> tuple[MarkAsked, ...]:
    """Give the marks of a provision that were not read on an arm."""
    return tuple(each for each in law.marks if not _bears(record, each))


def _bears(record: Mapping[str, Any], asked: MarkAsked) -> bool:
    if asked is MarkAsked.SERIAL:
        return record["serial_status"] in READ
    if asked is MarkAsked.MAKE:
        return bears_make(record["make"], record["readings"])
    return bool(record[COLUMNS[asked]])
