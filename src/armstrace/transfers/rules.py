"""Rules of transfers that need no database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from armstrace.licensing.rules import rule_of_duties, rule_of_warnings
from armstrace.transfers.stages import MOVES
from armstrace.vocabulary.arms import ArmState
from armstrace.vocabulary.messages import Country, message
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.stages import rule_of_stages
from armstrace.vocabulary.transfers import Direction, Step

BOOK = RuleBook(__name__)

ARTICLE_10 = Source("protocol", "art. 10")

STAGED = rule_of_stages(
    "TX-01",
    message(
        "%(number)s is at the stage “%(stage)s”, and “%(act)s” is possible only at: "
        "%(stages)s. Its page shows what may be done now."
    ),
    ARTICLE_10,
    MOVES,
)

NOTHING_BLOCKS = rule_of_duties("TX-02", ARTICLE_10)
REASONED_WARNINGS = rule_of_warnings("TX-03", ARTICLE_10)
AS_SEEN = rule_as_seen("TX-04")
ANOTHER_DECIDES: Rule[tuple[str, Collection[str]]] = BOOK.rule(
    "TX-05", lambda told: told[0] not in told[1]
)
"""The facts are who decides, and who worked on it."""

GROUNDED = BOOK.plain("TX-06")
REASONED = rule_of_reason("TX-07", Source("design", "an act has its reason"))


# The facts are the day that it bears, today, and its last day; None where nobody says
# one, which a provision asks for where there is one.
DATED: Rule[tuple[date, date, date | None]] = BOOK.rule(
    "TX-08", lambda days: days[0] <= days[1] <= (days[2] or date.max)
)
FREE_NUMBER = BOOK.plain("TX-09")
COUNTRY = BOOK.plain("TX-10")


IN_FORCE = BOOK.plain("TX-11")


def _by_line(many: Mapping[int, int]) -> tuple[str, ...]:
    return tuple(f"{line}: {count}" for line, count in sorted(many.items()))


ROOM = Rule[tuple[str, Mapping[int, int], Mapping[int, int], bool]](
    "TX-12",
    lambda told: (
        message(
            "%(number)s has not so many goods left; by line, %(wanted)s are consigned "
            "and %(left)s are left; correct the quantities.",
            number=told[0],
            wanted=_by_line(told[1]),
            left=_by_line(told[2]),
        )
        if told[1]
        else message("No goods are named; write how many leave, or which ones.")
    ),
    ARTICLE_10,
    lambda told: told[3],
)
"""The facts are a number, what is consigned and what is left, and if that fits."""

SINGLE = BOOK.plain("TX-13")
COME = BOOK.plain("TX-14")
EXPECTED: Rule[tuple[date, date | None]] = BOOK.rule(
    "TX-53", lambda days: days[0] <= (days[1] or date.max)
)
"""The facts are the day on which goods leave, and that by which they are expected."""
IN_ORDER: Rule[tuple[str, date, date]] = BOOK.rule(
    "TX-15", lambda told: told[1] <= told[2]
)
"""The facts are a number, the day of the step before it, and that of the step."""

FOLLOWS: Rule[tuple[Step, str, Collection[Step]]] = BOOK.rule(
    "TX-16", lambda told: told[0] in told[2]
)
"""The facts are a step, a number, and the steps that may follow."""

COUNTED = BOOK.plain("TX-17")
MOST = 1_000_000
"""Arms that one consignment can be."""

NAMED_ONCE = BOOK.plain("TX-20")
FREE_TO_CROSS: Rule[tuple[str, ArmState, bool]] = BOOK.rule(
    "TX-21", lambda told: told[2]
)
"""The facts are an arm, where it stands, and whether it may cross from there."""

OF_HOLDER = BOOK.plain("TX-22")
NOT_ON_ITS_WAY = BOOK.plain("TX-23")


ROUTE: Rule[tuple[Sequence[str], Collection[str]]] = BOOK.rule(
    "TX-18",
    lambda told: len({*told[0]}) == len(told[0]) and not {*told[0]} & {*told[1]},
    lambda told: {"states": tuple(map(Country, told[0]))},
)
"""The facts are the States of transit, and those that are none."""

# The facts are the day of issue and the last day; None where it bears none.
PAPER_DATED: Rule[tuple[date | None, date | None]] = BOOK.rule(
    "TX-19", lambda days: (days[1] or date.max) >= (days[0] or date.min)
)
ANOTHER_EXPLAINS = BOOK.plain("TX-24")
ANOTHER_TAKES_BACK = BOOK.plain("TX-55")
PASSAGE = BOOK.plain("TX-25")
LEAVES_ITS_STATE: Rule[tuple[str, str, str]] = BOOK.rule(
    "TX-54",
    lambda told: told[2] in {"", told[1]},
    lambda told: {"number": told[0], "state": Country(told[1])},
)
"""The facts are a number, the State that it entered last, and that which it leaves."""
LEFT_ONCE = BOOK.plain("TX-26")
OBJECTED: Rule[str] = BOOK.rule("TX-41", lambda paper: not paper)
OWN_PAPER = BOOK.plain("TX-42")
AGREED = BOOK.plain("TX-46")
TO_AGREE = BOOK.plain("TX-52")
NOT_MORE_BACK = BOOK.plain("TX-47")


def _is_directed(told: tuple[Direction, str, str, str]) -> bool:
    direction, origin, destination, home = told
    if direction is Direction.EXPORT and origin and origin == destination:
        return False
    if not home:
        return True
    if direction is Direction.IMPORT:
        return origin != home and destination in {"", home}
    return destination != home and (direction is Direction.EXPORT or origin != home)


DIRECTED: Rule[tuple[Direction, str, str, str]] = BOOK.rule("TX-48", _is_directed)
"""The facts are a direction, the States of export and import, and this one.

The goods of an export may lie in another State of the Union: Regulation (EU) No
258/2012, art. 4.
"""

OWN_BUSINESS = BOOK.plain("TX-49")
STILL_TRADES = BOOK.plain("TX-50")
OTHER_RECEIPT = BOOK.plain("TX-51")
