"""Rules of ballistics that need no database."""

from dataclasses import dataclass
from datetime import date

from armstrace.ballistics.inputs import ConclusionInput, MarkInput
from armstrace.vocabulary.ballistics import MarkOrigin, Verdict
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.rules import Rule, RuleBook
from armstrace.vocabulary.texts import is_reason

BOOK = RuleBook(__name__)


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """What is known of a scan before it is kept."""

    name: str
    # Why it is used all the same; "" where nobody says so.
    accepted_because: str
    # Whether its points differ from their checksum.
    is_altered: bool = False
    # Marks of other recoveries or arms that have the same scan.
    others: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Tell whether somebody gave a reason."""
        return bool(self.accepted_because.strip())


ONE_OWNER: Rule[MarkInput] = BOOK.rule(
    "BL-01", lambda stated: (stated.recovery_id is None) != (stated.arm_id is None)
)
TEST_FIRE_OF_AN_ARM: Rule[MarkInput] = BOOK.rule(
    "BL-02",
    lambda stated: stated.arm_id is None or stated.origin is MarkOrigin.TEST_FIRE,
)
UNALTERED: Rule[ScanFacts] = BOOK.rule(
    "BL-03", lambda scan: not scan.is_altered or scan.is_accepted
)
# Type and number of each of the two marks.
COMPARABLE: Rule[tuple[tuple[str, int], tuple[str, int]]] = BOOK.rule(
    "BL-04", lambda pair: pair[0][0] == pair[1][0] and pair[0] != pair[1]
)
CONCLUDED_WITH_REASON: Rule[str] = BOOK.rule("BL-05", is_reason)
RESTS_ON_A_COMPARISON: Rule[ConclusionInput] = BOOK.rule(
    "BL-06",
    lambda stated: (
        stated.verdict is not Verdict.IDENTIFICATION or stated.comparison_id is not None
    ),
)
TWO_EXAMINERS: Rule[tuple[str, str]] = BOOK.rule(
    "BL-07", lambda names: names[0] != names[1]
)
REMOVED_WITH_REASON: Rule[str] = BOOK.rule("BL-08", is_reason)
NOT_TAKEN_OVER = BOOK.plain("BL-09")
OF_OUR_METHOD: Rule[tuple[str, str | Message, str]] = BOOK.rule(
    "BL-10", lambda counted: counted[1] == counted[2]
)
OF_ONE_EXHIBIT: Rule[ScanFacts] = BOOK.rule(
    "BL-11", lambda scan: not scan.others or scan.is_accepted
)


def require_days(stated: MarkInput, *, today: date) -> None:
    """Refuse days to come, and a day of firing of what was not test-fired.

    Raises:
        InvalidInput: One of the days cannot be.

    Source:
        Rule of this design.
    """
    if stated.fired_on is not None and stated.origin is not MarkOrigin.TEST_FIRE:
        msg = message(
            "Only a test fire has a day on which it was fired; leave the day out."
        )
        raise InvalidInput(msg, field="fired_on")
    require_past("fired_on", stated.fired_on, today=today)
    require_past("calibrated_on", stated.calibrated_on, today=today)


def require_past(field: str, day: date | None, *, today: date) -> None:
    """Refuse a day to come.

    Raises:
        InvalidInput: It lies after today.

    Source:
        Rule of this design.
    """
    if day is not None and day > today:
        msg = message("%(day)s is still to come; check the year.", day=day)
        raise InvalidInput(msg, field=field)


def require_reasoned(reason: str) -> None:
    """Refuse a correction without a reason.

    Raises:
        InvalidInput: The reason is empty.

    Source:
        Rule of this design: corrections are new records with a reason.
    """
    if not is_reason(reason):
        msg = message(
            "A correction needs a reason; write in words why the record changes."
        )
        raise InvalidInput(msg, field="reason")
