"""Rules of holders and licences that need no database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from armstrace.licensing.checking import Extent, Missing
from armstrace.licensing.stages import MOVES
from armstrace.vocabulary.licensing import ApplicationKind, GroundClass, LicenceStage
from armstrace.vocabulary.messages import Message, Parameter, join, message
from armstrace.vocabulary.rules import (
    Rule,
    RuleBook,
    rule_as_seen,
    rule_of_none,
    rule_of_reason,
)
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.stages import rule_of_stages
from armstrace.vocabulary.texts import is_reason

BOOK = RuleBook(__name__)


# The facts are a licence, the holder who has it on record, empty where nobody has, and
# the holder of whom it is stated.
ONE_HOLDER: Rule[tuple[str, str, str]] = BOOK.rule(
    "HO-01", lambda told: told[1] in {"", told[2]}
)


READABLE = BOOK.plain("HO-06")


ENDS_AFTER_IT_BEGINS: Rule[tuple[str, date | None, date | None]] = BOOK.rule(
    "HO-07", lambda told: told[1] is None or told[2] is None or told[1] <= told[2]
)


# The facts are a licence, the application on which it was issued, empty for none, and
# whether its statement leaves it as it is.
BY_APPLICATION: Rule[tuple[str, str, bool]] = BOOK.rule(
    "HO-08", lambda told: not told[1] or told[2]
)


# The facts are a licence that is not on record, or allows more than it does there, and
# one of the same holder that is suspended or revoked, or an application of theirs that
# was refused; empty for none.
NOT_BESIDE: Rule[tuple[str, str]] = BOOK.rule("HO-09", lambda told: not told[1])


# The facts are a licence that a desk writes down, empty for none, and from where it is
# taken over, and why.
TAKEN_OVER: Rule[tuple[str, str]] = BOOK.rule(
    "HO-10", lambda told: not told[0] or is_reason(told[1])
)


# The facts are a licence that is not on record, one there whose number may be read as
# its number, empty for none, and whether the reason names that.
ANOTHER_NUMBER: Rule[tuple[str, str, bool]] = BOOK.rule(
    "HO-11", lambda told: not told[1] or told[2]
)


# The facts are a licence that is written down or made to allow more, another holder of
# a similar name who was refused or stopped, empty for none, and whether the reason
# names that.
ANOTHER_PERSON: Rule[tuple[str, str, bool]] = BOOK.rule(
    "HO-12",
    lambda told: not told[1] or told[2],
    lambda told: {"licence": told[0], "other": told[1]},
)


SEEN = rule_as_seen("HO-04")
FREE_NUMBER: Rule[tuple[str, bool]] = BOOK.rule("HO-05", lambda named: not named[1])
"""The facts are a number, and whether a holder has it."""


LICENSING = Source("paper-2018", "para. 30")

STAGED = rule_of_stages(
    "LI-01",
    message(
        "%(number)s is at the stage “%(stage)s”, and “%(act)s” is possible only at: "
        "%(stages)s. Its page shows what may be done now."
    ),
    LICENSING,
    MOVES,
)


UNMET = message("A requirement of the law is not met; meet it first.")
UNREASONED = message(
    "Something is missing; add it, or write why you go ahead without it."
)


def rule_of_duties(code: str, source: Source) -> Rule[Collection[Missing]]:
    """Make the rule that no duty is unmet; the facts are what is missing."""
    return Rule(
        code,
        lambda found: join([UNMET, *_lines(found)]),
        source,
        lambda found: not any(each.blocks for each in found),
    )


def rule_of_warnings(
    code: str, source: Source
) -> Rule[tuple[Collection[Missing], str]]:
    """Make the rule that somebody says why it goes on although something is missing.

    The facts are what is missing, and the reason.
    """
    return Rule(
        code,
        lambda told: join([UNREASONED, *_lines(told[0])]),
        source,
        lambda told: not told[0] or is_reason(told[1]),
    )


NOTHING_BLOCKS = rule_of_duties("LI-02", LICENSING)
REASONED_WARNINGS = rule_of_warnings("LI-03", LICENSING)
OPEN_AS_SEEN = rule_as_seen("LI-04")
ALL_HEARD = rule_of_none(
    "LI-05",
    "These departments have not given their advice: %(departments)s; record it first.",
    Source("paper-2018", "para. 33"),
)
ANOTHER_DECIDES: Rule[tuple[str, Collection[str]]] = BOOK.rule(
    "LI-06", lambda told: told[0] not in told[1]
)
"""The facts are who decides, and who worked on it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided, as far as the rules ask."""

    is_granted: bool
    # Class of ground of a refusal; None where it is granted.
    ground: GroundClass | None
    valid_from: date | None
    # The last day of the licence; None where it has no end.
    valid_until: date | None
    decided_on: date = date.min

    @property
    def is_past(self) -> bool:
        """Whether the licence would be over when it is decided."""
        return self.valid_until is not None and self.valid_until < self.decided_on


GROUNDED = Rule[Verdict](
    "LI-07",
    lambda told: (
        message(
            "A class of ground belongs only to a refusal, a suspension or a "
            "revocation; leave it out."
        )
        if told.is_granted
        else message("The class of ground is missing; choose it.")
    ),
    LICENSING,
    lambda told: told.is_granted == (told.ground is None),
)
DATED = Rule[Verdict](
    "LI-08",
    lambda told: (
        message("The day from which the licence is valid is missing; enter it.")
        if told.valid_from is None
        else message(
            "The licence would already be over; it needs a later last day, or a new "
            "application."
        )
        if told.is_past
        else message("The licence ends before it begins; correct one of the days.")
    ),
    LICENSING,
    lambda told: (
        not told.is_granted
        or (
            told.valid_from is not None
            and not told.is_past
            and (told.valid_until is None or told.valid_from <= told.valid_until)
        )
    ),
)
AS_DECIDED = BOOK.plain("LI-09")
"""The facts are the number, and whether it was decided so."""

QUESTION_OPEN = BOOK.plain("LI-10")
NO_QUESTION = BOOK.plain("LI-11")
OF_THIS_HOLDER: Rule[tuple[ApplicationKind, str, bool]] = BOOK.rule(
    "LI-12",
    lambda told: told[2] if told[0] is not ApplicationKind.NEW else not told[1],
    lambda told: {"number": told[1] or "—"},
)
"""The facts are what is applied for, the licence named, and whether it fits."""

IS_ASKED = BOOK.plain("LI-13")
REASONED = rule_of_reason("LI-14", LICENSING)
OWN_BUSINESS = BOOK.plain("LI-15")


IN_FORCE = Rule[tuple[str, LicenceStage, date | None, bool]](
    "LI-16",
    lambda told: (
        message(
            "The licence %(number)s is valid from %(day)s on.", **_number_and_day(told)
        )
        if told[1] is LicenceStage.ISSUED
        else message(
            "The licence %(number)s is not in force (%(status)s on %(day)s); its page "
            "shows what may be done now.",
            status=told[1],
            **_number_and_day(told),
        )
    ),
    LICENSING,
    lambda told: told[-1],
)
"""The facts are its number and status, since when, and whether it is in force."""


# The facts are the first day of a licence, and the day of the decision.
FROM_THE_DECISION: Rule[tuple[date | None, date]] = BOOK.rule(
    "LI-17",
    lambda told: told[0] is None or told[0] >= told[1],
    lambda told: {"day": told[1]},
)


def _is_within(told: tuple[Extent, Extent]) -> bool:
    return told[0].is_within(told[1])


def _widest(told: tuple[Extent, Extent]) -> dict[str, Parameter]:
    return {
        "categories": told[1].categories or message("any"),
        "quantity": told[1].quantity or message("any"),
    }


# The facts are what is proposed, and what was applied for.
AS_APPLIED = BOOK.rule("LI-18", _is_within, _widest)
# The facts are the number, and whether it was proposed to grant it.
GRANT_PROPOSED = BOOK.plain("LI-21")
# The facts are what is granted, and what was proposed.
AS_PROPOSED = BOOK.rule("LI-19", _is_within, _widest)


# The facts are its number, and whether anything is said of what is applied for.
NOT_EMPTY = BOOK.plain("LI-23")
# The facts are namesakes who were refused or stopped and whom the reason leaves out.
COMPARED: Rule[list[str]] = BOOK.rule(
    "LI-22", lambda told: not told, lambda told: {"others": tuple(told)}
)


# The facts are a licence, and whether who reinstates it did not suspend it.
ANOTHER_REINSTATES = BOOK.plain("LI-20")


def _number_and_day(
    told: tuple[str, LicenceStage, date | None, bool],
) -> dict[str, Any]:
    return {"number": told[0], "day": told[2]}


def _lines(found: Collection[Missing]) -> list[Message]:
    return [
        message("%(code)s: %(said)s", code=each.code, said=each.said) for each in found
    ]
