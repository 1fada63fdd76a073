"""Whether two statements of make and serial number can be of one arm."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from armstrace.vocabulary.messages import Message, Parameter, message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source


@dataclass(frozen=True, slots=True)
class Arms:
    """Make and number of the arm on record, and of the arm that is stated now."""

    number: str
    was: tuple[str, str]
    now: tuple[str, str]
    # Whether both speak of one day, or one of them of none.
    is_same_day: bool = True


def is_near(serial: str, number: str) -> bool:
    """Tell whether half of a number at most was written otherwise."""
    longest = max(len(serial), len(number))
    return OSA.distance(serial, number) * 2 <= longest


def may_be_double(arms: Arms) -> bool:
    """Tell whether two records may be of one arm; what is not known tells nothing."""
    (make, serial), (other, number) = arms.was, arms.now
    if make != other and make and other:
        return False
    are_within = serial in number or number in serial
    return are_within or is_near(serial, number)


MARKS_OF_NUMBER = Rule[Arms](
    "RG-41",
    lambda arms: message(
        "Number %(number)s is on record as %(was)s, and the row says %(now)s; correct "
        "the number, or empty the marks if the number is right.",
        number=arms.number,
        was=" ".join(arms.was).strip(),
        now=" ".join(arms.now).strip(),
    ),
    Source("design", "a number and marks that disagree name no arm"),
    may_be_double,
)


TWO_ARMS = message(
    "This record says %(was)s, and %(number)s says %(now)s, so they are two arms; "
    "correct the one that is wrong first."
)


def rule_of_double(code: str, source: Source) -> Rule[Arms]:
    """Make the rule that a duplicate is not plainly another arm.

    Its facts are the record that is withdrawn and, as now, the one that stands.
    """
    return Rule(code, _say_two_arms, source, may_be_double)


def _say_two_arms(arms: Arms) -> Message:
    was, now = (" ".join(filter(None, each)) for each in (arms.was, arms.now))
    told: dict[str, Parameter] = {"was": was, "number": arms.number, "now": now}
    return Message(TWO_ARMS.template, told)


MAY_BE_DOUBLE = rule_of_double(
    "RG-43", Source("design", "a duplicate bears the marks of the arm that it is")
)
# The facts are the two arms, and whether they are alike without the corrections of who
# withdraws one of them.
SEEN_BY_ANOTHER = Rule[tuple[str, str, bool]](
    "RG-49",
    "%(arm)s and %(other)s are alike only since you corrected one of them yourself; "
    "let a colleague withdraw it.",
    Source("design", "separation of duties"),
    lambda facts: facts[2],
)
