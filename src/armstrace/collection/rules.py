"""Rules of campaigns and of the desk at which arms are handed in."""

from collections.abc import Collection
from datetime import date

from armstrace.vocabulary.look_alikes import skeleton
from armstrace.vocabulary.rules import Rule, RuleBook, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

BOOK = RuleBook(__name__)


# The facts are the first day, the last, and today.
HAS_AN_END: Rule[tuple[date, date | None, date]] = BOOK.rule(
    "CL-01", lambda facts: facts[1] is not None and max(facts[0], facts[2]) <= facts[1]
)
# The facts are the line, and whether it begins before the campaign ends.
RATE_IN_TIME = BOOK.plain("CL-12")
# The facts are the line, and whether no other is for the same type and day.
RATE_ONCE = BOOK.plain("CL-15")
# The facts are the campaign, and whether it runs on that day.
RUNS = BOOK.plain("CL-02")
# The facts are the place, and whether it is one of the campaign's.
AT_A_DESK = BOOK.plain("CL-03")
# The facts are the line, and whether it can be read.
RATE_READ = BOOK.plain("CL-04")
# The facts are the name, the places, and whether no rate needs a unit.
NAMED: Rule[tuple[str, str, bool]] = BOOK.rule(
    "CL-05", lambda facts: is_visible(facts[0]) and is_visible(facts[1]) and facts[2]
)
# The facts are whether the campaign is anonymous, and the name.
NAMELESS: Rule[tuple[bool, str]] = BOOK.rule(
    "CL-07", lambda facts: not (facts[0] and facts[1].strip())
)
REASONED = rule_of_reason("CL-08", Source("design", "an act has its reason"))
# The facts are the hand-in, and whether it waits to be settled.
HELD = BOOK.plain("CL-09")
# The facts are the recovery, and whether nothing that is missing may be this arm.
NOT_MISSING = BOOK.plain("CL-16")
# The facts are who took it in, and who says whether it is another one or a double.
ANOTHER_PAYS: Rule[tuple[str, str]] = BOOK.rule(
    "CL-11", lambda names: names[0] != names[1]
)
# The facts are the campaign, and whether it has ended and is not published.
MAY_PUBLISH = BOOK.plain("CL-10")
# The facts are the campaign, and whether its counts are not those published.
MAY_CORRECT = BOOK.plain("CL-14")
# Letters of a code: as many as OBS-7 needs, and too few for most names.
MOST_LETTERS = 4
# Digits of a code: fewer than any telephone number has.
MOST_DIGITS = 4
# Letters that a part of a name has before it is looked for in a code.
FEWEST_OF_A_NAME = 3


def _is_code(facts: tuple[str, Collection[str]]) -> bool:
    code, names = facts
    looks = skeleton(code)
    letters = "".join(filter(str.isalpha, looks))
    is_named = looks in names or any(
        name in letters for name in names if len(name) >= FEWEST_OF_A_NAME
    )
    digits = sum(map(str.isdecimal, looks))
    is_short = len(code) <= 12 and len(letters) <= MOST_LETTERS and " " not in code
    return is_short and 1 <= digits <= MOST_DIGITS and not is_named


# An observer signs by a code, such as OBS-7, so that no name is kept. The facts are
# the code, and the parts of names that are known here, as they look.
CODED: Rule[tuple[str, Collection[str]]] = BOOK.rule(
    "CL-06", lambda facts: not facts[0] or _is_code(facts)
)
# The facts are the rates as typed, and whether the campaign gives anything.
GIVES: Rule[tuple[str, bool]] = BOOK.rule(
    "CL-13", lambda facts: facts[1] or not facts[0].strip()
)
