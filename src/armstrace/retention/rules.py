"""Rules of legal holds and of erasure."""

from datetime import date

from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, plain_rule, rule_of_reason
from armstrace.vocabulary.sources import Source

LAW = Source("protocol", "art. 7")
TWO_PEOPLE = Source("design", "two people erase a record")
HOLD = Source("design", "a legal hold keeps a record whatever its period")
MOST = 1000
"""Records that one erasure names at most."""

REASONED = rule_of_reason("ER-01", LAW)
DUE = Rule[tuple[str, ...]](
    "ER-02",
    lambda kept: message(
        "The time of these records is not over, or something holds them: %(numbers)s; "
        "leave them out.",
        numbers=kept[:20],
    ),
    LAW,
    lambda kept: not kept,
)
"""The facts are the records that may not go."""

SOMETHING = Rule[int](
    "ER-03",
    message(
        "An erasure names at least one record and 1,000 at most; narrow the list and "
        "propose what is left afterwards."
    ),
    TWO_PEOPLE,
    lambda records: 0 < records <= MOST,
)
ANOTHER_DECIDES = Rule[tuple[str, str]](
    "ER-04",
    message("Whoever proposed an erasure may not decide on it; ask another person."),
    TWO_PEOPLE,
    lambda facts: facts[0] != facts[1],
)
"""The facts are who proposed it and who decides."""

UNDECIDED = plain_rule(
    "ER-05", message("%(erasure)s is decided already; open it to see how."), TWO_PEOPLE
)
FREE = plain_rule(
    "ER-06",
    message("%(number)s is under a legal hold already; lift that one first."),
    HOLD,
)
STANDS = plain_rule(
    "ER-07", message("The hold on %(number)s was lifted already."), HOLD
)
REVIEWED = Rule[tuple[date, date]](
    "ER-08",
    message("A hold is looked at again on a day to come; correct the day."),
    HOLD,
    lambda facts: facts[0] > facts[1],
)
"""The facts are the day of the review and today."""

SAME_RECORD = plain_rule(
    "ER-09",
    message(
        "%(number)s is another record than the one that was erased; restore the right "
        "copy, or take the line out of the list."
    ),
    TWO_PEOPLE,
)
