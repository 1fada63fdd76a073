"""Rules of lists for examination and their outcomes."""

from datetime import date

from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source

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
        "No declaration of these days waits for a list; load declarations, or choose "
        "another day."
    ),
    Source("design", "a list is drawn from what was declared"),
    lambda candidates: candidates > 0,
)
EXAMINED_BY_NOW = Rule[tuple[date, date]](
    "RI-03",
    lambda facts: message(
        "%(day)s lies in the future; write the day of the examination.", day=facts[0]
    ),
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
