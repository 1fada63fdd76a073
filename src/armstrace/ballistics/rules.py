"""Rules of ballistics that need no database."""

from dataclasses import dataclass
from datetime import date

from armstrace.ballistics.inputs import ConclusionInput, MarkInput
from armstrace.vocabulary.ballistics import MarkOrigin, Verdict
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.rules import Rule, plain_rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

DESIGN = Source("design", "ballistics")
PAPER = Source("paper-2018", "paras. 37 and 61")


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


ONE_OWNER = Rule[MarkInput](
    "BL-01",
    message(
        "A mark belongs to one recovery or is a test fire of one registered arm; name "
        "one of the two."
    ),
    PAPER,
    lambda stated: (stated.recovery_id is None) != (stated.arm_id is None),
)
TEST_FIRE_OF_AN_ARM = Rule[MarkInput](
    "BL-02",
    message("A mark of a registered arm is a test fire; name the recovery otherwise."),
    PAPER,
    lambda stated: stated.arm_id is None or stated.origin is MarkOrigin.TEST_FIRE,
)
UNALTERED = Rule[ScanFacts](
    "BL-03",
    message(
        "The points of %(name)s differ from their checksum, so they are not those "
        "that the instrument wrote; copy the file again, or give the reason why it is "
        "accepted."
    ),
    DESIGN,
    lambda scan: not scan.is_altered or scan.is_accepted,
)
# Type and number of each of the two marks.
COMPARABLE = Rule[tuple[tuple[str, int], tuple[str, int]]](
    "BL-04",
    message("Two different marks of one type are compared; choose another mark."),
    DESIGN,
    lambda pair: pair[0][0] == pair[1][0] and pair[0] != pair[1],
)
CONCLUDED_WITH_REASON = Rule[str](
    "BL-05",
    message("A conclusion is given with its reason; write what decided it."),
    DESIGN,
    is_reason,
)
RESTS_ON_A_COMPARISON = Rule[ConclusionInput](
    "BL-06",
    message("An identification rests on a kept comparison; compare the marks first."),
    DESIGN,
    lambda stated: (
        stated.verdict is not Verdict.IDENTIFICATION or stated.comparison_id is not None
    ),
)
TWO_EXAMINERS = Rule[tuple[str, str]](
    "BL-07",
    message("The second examiner is another person than the first; ask a colleague."),
    DESIGN,
    lambda names: names[0] != names[1],
)
REMOVED_WITH_REASON = Rule[str](
    "BL-08",
    message("A link is removed with a reason; write why it no longer holds."),
    DESIGN,
    is_reason,
)
NOT_TAKEN_OVER = plain_rule(
    "BL-09",
    message("Another run goes on with %(reference)s; wait until it is done."),
    DESIGN,
)
OF_OUR_METHOD = Rule[tuple[str, str | Message, str]](
    "BL-10",
    message(
        "%(name)s holds counts of the method “%(found)s”, and this program counts by "
        "“%(used)s”; compare its pairs with this program."
    ),
    DESIGN,
    lambda counted: counted[1] == counted[2],
)
OF_ONE_EXHIBIT = Rule[ScanFacts](
    "BL-11",
    message(
        "%(name)s is the very scan of %(others)s, and one scan cannot come from two "
        "exhibits; enrol the right file, or give the reason why it is accepted."
    ),
    DESIGN,
    lambda scan: not scan.others or scan.is_accepted,
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
