"""What is refused of figures, returns and publications."""

from collections.abc import Sized
from datetime import date, datetime
from typing import NamedTuple

from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.returns import DifferenceReason
from armstrace.vocabulary.rules import Rule, RuleBook
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

BOOK = RuleBook(__name__)


class Knowledge(NamedTuple):
    """The state of knowledge that is kept, and when it is kept."""

    known: datetime
    at: datetime


class YearOfArms(NamedTuple):
    """How many arms of a year are on record."""

    year: int
    arms: int


class Correction(NamedTuple):
    """Figures that are stated where others stand already."""

    corrects: bool
    reason: str
    # The cell; empty where a file states several.
    cell: str = ""


class Explanation(NamedTuple):
    """Why a check does not hold."""

    is_found: bool
    reason_code: DifferenceReason
    words: str


class Submitted(NamedTuple):
    """The return of the year that was submitted last."""

    number: int
    content_hash: str
    on: date


class Submission(NamedTuple):
    """A return that is submitted, and the last one of its year."""

    filled: ReturnFilled
    last: Submitted | None = None


def has_passed(knowledge: Knowledge) -> bool:
    """Tell whether a state of knowledge does not lie ahead."""
    return knowledge.known <= knowledge.at


def failing_rules(filled: ReturnFilled) -> list[str]:
    """Give the checks that fail and are not explained, each once."""
    silent = (each for each in filled.checks if each.holds is False)
    return list(dict.fromkeys(each.rule for each in silent if not each.explained))


def _correction_needs(correction: Correction) -> Message:
    if not correction.cell:
        return message(
            "Give a reason for correcting figures; the file contains some that were "
            "entered before."
        )
    return message(
        "Give a reason for correcting %(cell)s; there is an earlier figure.",
        cell=correction.cell,
    )


def _say_submitted(submission: Submission) -> Message:
    last = submission.last
    assert last is not None  # noqa: S101 - nothing else breaks the rule
    return message(
        "The return of %(year)s was submitted with this content on %(day)s and stands "
        "as kept return %(number)s; nothing has changed since.",
        year=submission.filled.year,
        day=last.on,
        number=last.number,
    )


FIGURE_KNOWN = BOOK.rule("FG-01", has_passed)
RELEASE_HAS_ROWS: Rule[Sized] = BOOK.rule("FG-02", bool)
YEAR_HAS_ARMS: Rule[YearOfArms] = BOOK.rule("FG-03", lambda year: year.arms > 0)
WITHDRAWAL_HAS_REASON: Rule[str] = BOOK.rule("FG-04", is_reason)
EDITION_STANDS: Rule[bool] = BOOK.rule("FG-05", bool)
CORRECTION_HAS_REASON = Rule[Correction](
    "RT-25",
    _correction_needs,
    Source("design"),
    lambda correction: not correction.corrects or is_reason(correction.reason),
)
DIFFERENCE_IS_FOUND: Rule[Explanation] = BOOK.rule(
    "RT-26", lambda explanation: explanation.is_found
)
OTHER_REASON_HAS_WORDS: Rule[Explanation] = BOOK.rule(
    "RT-27",
    lambda explanation: (
        explanation.reason_code is not DifferenceReason.OTHER
        or bool(explanation.words.strip())
    ),
)
RETURN_KNOWN = BOOK.rule("RT-28", has_passed)
CHECKS_EXPLAINED: Rule[Submission] = BOOK.rule(
    "RT-29",
    lambda submission: not failing_rules(submission.filled),
    lambda submission: {"checks": failing_rules(submission.filled)},
)
RETURN_HAS_RECORDS: Rule[Submission] = BOOK.rule(
    "RT-30",
    lambda submission: submission.filled.has_records,
    lambda submission: {"year": submission.filled.year},
)
SUBMITTED_ONCE = Rule[Submission](
    "RT-31",
    _say_submitted,
    Source("iafq", "validation"),
    lambda submission: (
        submission.last is None
        or submission.last.content_hash != submission.filled.content_hash
    ),
)
