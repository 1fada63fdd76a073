"""Rules of lists for examination and their outcomes."""

from datetime import date

from armstrace.vocabulary.messages import message
from armstrace.vocabulary.risk import Find
from armstrace.vocabulary.rules import Rule, plain_rule, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

CAPACITY = 2000

SHIFT_CAN = Rule[int](
    "RI-01",
    lambda capacity: message(
        "A shift examines 1 to %(most)s declarations, not %(number)s; write how many "
        "yours can.",
        most=CAPACITY,
        number=capacity,
    ),
    Source("design", "a list is as long as the shift can examine"),
    lambda capacity: 1 <= capacity <= CAPACITY,
)
SOMETHING_TO_EXAMINE = Rule[int](
    "RI-02",
    message(
        "All declarations of these days are examined or on the list already; load "
        "more declarations, then draw again."
    ),
    Source("design", "a list is drawn from what was declared"),
    lambda candidates: candidates > 0,
)
EXAMINED_BY_NOW = Rule[tuple[date, date]](
    "RI-03",
    message("%(day)s lies in the future; write the day of the examination."),
    Source("design", "an outcome is of an examination that was made"),
    lambda facts: facts[0] <= facts[1],
)
"""The facts are the day of the examination and today."""

SAID_ONCE = Rule[tuple[bool, str]](
    "RI-04",
    message(
        "What was found is on record already; to correct it, write why under “Reason”."
    ),
    Source("design", "a correction is a new record with a reason"),
    lambda facts: not facts[0] or bool(facts[1].strip()),
)
"""The facts are whether an outcome is on record, and the reason."""

DECLARED_ON_A_DAY = Rule[date | None](
    "RI-05",
    message("A declaration has a day; write the one on which it was declared."),
    Source("design", "what is on no day is on no list and comes before nothing"),
    lambda day: day is not None,
)
FOUND_AFTER_DECLARED = Rule[tuple[str, date | None, date]](
    "RI-06",
    message(
        "%(recovery)s was recovered before the goods were declared on %(day)s; name "
        "the recovery of what was found in them."
    ),
    Source("design", "what is found in goods is recovered from them"),
    lambda facts: facts[1] is None or facts[1] <= facts[2],
)
"""The facts are a recovery, the day of the declaration and that of the recovery."""

FOUND_TO_NAME = Rule[tuple[Find, int | None]](
    "RI-07",
    message(
        "Nothing was found, so no recovery came of it; say what was, or name none."
    ),
    Source("design", "what is found in goods is recovered from them"),
    lambda facts: facts[0] is not Find.NOTHING or facts[1] is None,
)
"""The facts are what was found, and the recovery that is named."""

EXAMINED_AFTER_DECLARED = Rule[tuple[date | None, date]](
    "RI-08",
    message(
        "The goods were declared on %(declared)s, after %(day)s; write the day of the "
        "examination."
    ),
    Source("design", "what is examined has been declared"),
    lambda facts: facts[0] is None or facts[0] <= facts[1],
)
"""The facts are the day of the declaration and that of the examination."""

DISMISSED_WITH_REASON = Rule[str](
    "EW-01",
    message("A warning is dismissed for a reason; write why it is none."),
    Source("design", "a warning is a proposal; what becomes of it is on record"),
    is_visible,
)
WARNING_UNCHANGED = rule_as_seen("EW-02")
WARNING_OPEN = plain_rule(
    "EW-03",
    message("%(warning)s is decided already; take it up again first."),
    Source("design", "what was decided is taken up again before more is said"),
)
"""The facts are the warning's number and whether it is new or taken."""

TAKEN_UP_WITH_REASON = rule_of_reason(
    "EW-10", Source("design", "what was decided is taken up again for a reason")
)

GIVEN_BACK = plain_rule(
    "EW-11",
    message(
        "%(warning)s is given back by the person who took it or by a supervisor; ask "
        "one of them."
    ),
    Source("design", "a warning stays with the person who took it"),
)
RUN_ONCE = Rule[bool](
    "EW-04",
    message("Warnings are being worked out by another process; wait for its end."),
    Source("design", "a warning is raised once"),
    lambda facts: facts,
)
"""The fact is whether this process is the one that runs."""
