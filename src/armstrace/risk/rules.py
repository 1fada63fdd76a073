"""Rules of lists for examination and their outcomes."""

from datetime import date

from armstrace.vocabulary.risk import Find
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

BOOK = RuleBook(__name__)

CAPACITY = 2000

SHIFT_CAN: Rule[int] = BOOK.rule(
    "RI-01",
    lambda capacity: 1 <= capacity <= CAPACITY,
    lambda capacity: {"most": CAPACITY, "number": capacity},
)
SOMETHING_TO_EXAMINE: Rule[int] = BOOK.rule("RI-02", lambda candidates: candidates > 0)
EXAMINED_BY_NOW: Rule[tuple[date, date]] = BOOK.rule(
    "RI-03", lambda facts: facts[0] <= facts[1]
)
"""The facts are the day of the examination and today."""

SAID_ONCE: Rule[tuple[bool, str]] = BOOK.rule(
    "RI-04", lambda facts: not facts[0] or bool(facts[1].strip())
)
"""The facts are whether an outcome is on record, and the reason."""

DECLARED_ON_A_DAY: Rule[date | None] = BOOK.rule("RI-05", lambda day: day is not None)
FOUND_AFTER_DECLARED: Rule[tuple[str, date | None, date]] = BOOK.rule(
    "RI-06", lambda facts: facts[1] is None or facts[1] <= facts[2]
)
"""The facts are a recovery, the day of the declaration and that of the recovery."""

FOUND_TO_NAME: Rule[tuple[Find, int | None]] = BOOK.rule(
    "RI-07", lambda facts: facts[0] is not Find.NOTHING or facts[1] is None
)
"""The facts are what was found, and the recovery that is named."""

EXAMINED_AFTER_DECLARED: Rule[tuple[date | None, date]] = BOOK.rule(
    "RI-08", lambda facts: facts[0] is None or facts[0] <= facts[1]
)
"""The facts are the day of the declaration and that of the examination."""

DISMISSED_WITH_REASON: Rule[str] = BOOK.rule("EW-01", is_visible)
WARNING_UNCHANGED = rule_as_seen("EW-02")
WARNING_OPEN = BOOK.plain("EW-03")
"""The facts are the warning's number and whether it is new or taken."""

TAKEN_UP_WITH_REASON = rule_of_reason(
    "EW-10", Source("design", "what was decided is taken up again for a reason")
)

GIVEN_BACK = BOOK.plain("EW-11")
RUN_ONCE: Rule[bool] = BOOK.rule("EW-04", lambda facts: facts)
"""The fact is whether this process is the one that runs."""
