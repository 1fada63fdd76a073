"""Rules that every record keeps, whatever it is of."""

from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.dates import EARLIEST, FIRST_YEAR_OF_ARMS
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.rules import Rule, RuleBook
from armstrace.vocabulary.texts import is_reason, is_visible, trim

BOOK = RuleBook(__name__)

SAVED_FIRST = BOOK.plain("RS-04")

# The facts are what interfaces call the number, and the number.
NUMBERED: Rule[tuple[str, str]] = BOOK.rule(
    "RS-07",
    lambda told: is_visible(told[1]) and trim(told[1]) == told[1],
    lambda told: {"field": words_of(told[0])},
)

# The facts are the reason that is given.
REASONED: Rule[str] = BOOK.rule("RS-01", is_reason)

# The fact is whether a person corrected what the source states anew.
UNCONTESTED: Rule[bool] = BOOK.rule("RS-02", lambda is_contested: not is_contested)


@dataclass(frozen=True, slots=True)
class Happened:
    """A day on which something is said to have happened."""

    # What interfaces call it.
    field: str
    day: date
    latest: date


IN_LIVING_MEMORY: Rule[Happened] = BOOK.rule(
    "RS-03",
    lambda told: EARLIEST <= told.day <= told.latest,
    lambda told: {
        "field": words_of(told.field),
        "day": told.day,
        "earliest": EARLIEST,
        "latest": told.latest,
    },
)


def require_happened(field: str, day: date | None, latest: date) -> None:
    """Refuse a day on which nothing on record has happened; None where nobody says it.

    Raises:
        RuleBroken: ``RS-03``, it is before 1900, or after the latest day.
    """
    if day is not None:
        IN_LIVING_MEMORY.require(Happened(field, day, latest))


@dataclass(frozen=True, slots=True)
class StatedYear:
    """A year that is stated of an arm."""

    # What interfaces call it.
    field: str
    year: int
    latest: int


IN_TIME_OF_ARMS: Rule[StatedYear] = BOOK.rule(
    "RS-05",
    lambda told: FIRST_YEAR_OF_ARMS <= told.year <= told.latest,
    lambda told: {
        "field": words_of(told.field),
        "year": str(told.year),
        "earliest": str(FIRST_YEAR_OF_ARMS),
        "latest": str(told.latest),
    },
)


# The facts are the number of what a form made, and whether it says the same now.
SENT_AGAIN = BOOK.plain("RS-06")
