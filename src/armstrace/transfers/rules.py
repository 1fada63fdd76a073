"""Rules of transfers that need no database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from armstrace.licensing.rules import rule_of_duties, rule_of_warnings
from armstrace.transfers.stages import MOVES
from armstrace.vocabulary.arms import ArmState
from armstrace.vocabulary.messages import Country, message
from armstrace.vocabulary.rules import Rule, plain_rule, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.stages import rule_of_stages
from armstrace.vocabulary.transfers import Direction, Step

ARTICLE_10 = Source("protocol", "art. 10")
TOLD = Source("design", "a consignment is told in the order of its days")
DESIGN = Source("design", "a transfer is decided by another than who recorded it")

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
ANOTHER_DECIDES = Rule[tuple[str, Collection[str]]](
    "TX-05",
    "You recorded this authorisation or its documents yourself; somebody else with "
    "the same right decides.",
    DESIGN,
    lambda told: told[0] not in told[1],
)
"""The facts are who decides, and who worked on it."""

GROUNDED = plain_rule(
    "TX-06",
    "A refusal, a suspension or a revocation has its class of ground; choose one.",
    ARTICLE_10,
)
REASONED = rule_of_reason("TX-07", ARTICLE_10)


# The facts are the day that it bears, today, and its last day; None where nobody says
# one, which a provision asks for where there is one.
DATED = Rule[tuple[date, date, date | None]](
    "TX-08",
    "An authorisation is not issued before the day that it bears, nor after its "
    "last day; correct the days.",
    ARTICLE_10,
    lambda days: days[0] <= days[1] <= (days[2] or date.max),
)
FREE_NUMBER = plain_rule(
    "TX-09",
    "The number %(number)s is another authorisation’s already; correct it, or "
    "leave it empty and the system gives one.",
    Source("design", "a number on paper leads to one record"),
)
COUNTRY = plain_rule(
    "TX-10",
    "“%(code)s” is not a recognised country; write two letters, as in “FR, BE”.",
    Source("design", "countries by ISO 3166-1"),
)


IN_FORCE = plain_rule(
    "TX-11",
    "%(number)s is not in force on %(day)s; goods leave under an authorisation "
    "that was issued, is not suspended and has not ended.",
    ARTICLE_10,
)


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

SINGLE = plain_rule(
    "TX-13",
    "%(number)s is for one consignment, and that has left; ask for a new one.",
    ARTICLE_10,
)
COME = plain_rule(
    "TX-14",
    "The day %(day)s has not come yet; correct it.",
    TOLD,
)
EXPECTED = Rule[tuple[date, date | None]](
    "TX-53",
    "Goods are not expected to arrive before the day on which they leave; correct one "
    "of the two days.",
    TOLD,
    lambda days: days[0] <= (days[1] or date.max),
)
"""The facts are the day on which goods leave, and that by which they are expected."""
IN_ORDER = Rule[tuple[str, date, date]](
    "TX-15",
    "The last step of %(number)s is of %(last)s, and nothing follows it before, as "
    "on %(day)s; correct the day.",
    TOLD,
    lambda told: told[1] <= told[2],
)
"""The facts are a number, the day of the step before it, and that of the step."""

FOLLOWS = Rule[tuple[Step, str, Collection[Step]]](
    "TX-16",
    "“%(step)s” does not follow what happened to %(number)s; its page shows what does.",
    TOLD,
    lambda told: told[0] in told[2],
)
"""The facts are a step, a number, and the steps that may follow."""

COUNTED = plain_rule(
    "TX-17",
    "Write how many arrived, 1,000,000 at most; a difference is alarmed the same day.",
    ARTICLE_10,
)
MOST = 1_000_000
"""Arms that one consignment can be."""

NAMED_ONCE = plain_rule(
    "TX-20",
    "%(arm)s is named twice in this consignment; name each arm once.",
    ARTICLE_10,
)
FREE_TO_CROSS = Rule[tuple[str, ArmState, bool]](
    "TX-21",
    "%(arm)s is on record as “%(state)s” and cannot cross the border in this "
    "consignment; check its number, or let the register correct its record.",
    ARTICLE_10,
    lambda told: told[2],
)
"""The facts are an arm, where it stands, and whether it may cross from there."""

OF_HOLDER = plain_rule(
    "TX-22",
    "%(arm)s is with holder %(holder)s by the register, and %(number)s is for "
    "holder %(named)s; check the arm, or record how it came to that holder.",
    ARTICLE_10,
)
NOT_ON_ITS_WAY = plain_rule(
    "TX-23",
    "%(arm)s is in consignment %(number)s, which has not arrived; check the arm, "
    "or record what happened to that consignment.",
    ARTICLE_10,
)


ROUTE = Rule[tuple[Sequence[str], Collection[str]]](
    "TX-18",
    lambda told: message(
        "The route is %(states)s; name each State of transit once, and neither this "
        "State nor those from and to which the goods go.",
        states=tuple(map(Country, told[0])),
    ),
    ARTICLE_10,
    lambda told: len({*told[0]}) == len(told[0]) and not {*told[0]} & {*told[1]},
)
"""The facts are the States of transit, and those that are none."""

# The facts are the day of issue and the last day; None where it bears none.
PAPER_DATED = Rule[tuple[date | None, date | None]](
    "TX-19",
    "A document does not end before the day on which it was issued; correct its days.",
    ARTICLE_10,
    lambda days: (days[1] or date.max) >= (days[0] or date.min),
)
ANOTHER_EXPLAINS = plain_rule(
    "TX-24",
    "Whoever recorded a step or the receipt may not explain what is wrong with it, nor "
    "record the receipt of what they explained; ask a colleague.",
    ARTICLE_10,
)
PASSAGE = plain_rule(
    "TX-25",
    "Write which State the goods entered: the route is checked by it.",
    ARTICLE_10,
)
LEAVES_ITS_STATE = Rule[tuple[str, str, str]](
    "TX-54",
    lambda told: message(
        "%(number)s entered %(state)s last, so it leaves that State first; correct the "
        "country.",
        number=told[0],
        state=Country(told[1]),
    ),
    ARTICLE_10,
    lambda told: told[2] in {"", told[1]},
)
"""The facts are a number, the State that it entered last, and that which it leaves."""
LEFT_ONCE = plain_rule(
    "TX-26",
    "%(serial)s left in consignment %(number)s already; check the number.",
    ARTICLE_10,
)
OBJECTED = Rule[str](
    "TX-41",
    "An objection of a transit State was taken off the file: %(paper)s; look at why "
    "before you decide.",
    ARTICLE_10,
    lambda paper: not paper,
)
OWN_PAPER = plain_rule(
    "TX-42",
    "A receipt is proven by a paper; write its number.",
    Source("protocol", "art. 10, para. 4"),
)
AGREED = plain_rule(
    "TX-46",
    "Documents of %(number)s were changed after it was issued; somebody else than who "
    "changed them agrees before goods leave.",
    DESIGN,
)
TO_AGREE = plain_rule(
    "TX-52",
    "No document of %(number)s was changed since it was last agreed to; there is "
    "nothing to agree to.",
    DESIGN,
)
NOT_MORE_BACK = plain_rule(
    "TX-47",
    "%(sent)s are away in %(number)s: at least one comes back, and no more than that; "
    "correct the number.",
    ARTICLE_10,
)


def _is_directed(told: tuple[Direction, str, str, str]) -> bool:
    direction, origin, destination, home = told
    if direction is Direction.EXPORT and origin and origin == destination:
        return False
    if not home:
        return True
    if direction is Direction.IMPORT:
        return origin != home and destination in {"", home}
    return destination != home and (direction is Direction.EXPORT or origin != home)


DIRECTED = Rule[tuple[Direction, str, str, str]](
    "TX-48",
    "An import comes to this State, an export leaves it, and a transit does neither; "
    "correct the countries.",
    ARTICLE_10,
    _is_directed,
)
"""The facts are a direction, the States of export and import, and this one.

The goods of an export may lie in another State of the Union: Regulation (EU) No
258/2012, art. 4.
"""

OWN_BUSINESS = plain_rule(
    "TX-49",
    "The trade asks for its own business alone; name holder %(holder)s.",
    ARTICLE_10,
)
STILL_TRADES = plain_rule(
    "TX-50",
    "The business of your agency is closed and asks for no transfer any more.",
    ARTICLE_10,
)
OTHER_RECEIPT = plain_rule(
    "TX-51",
    "Paper %(paper)s proves the receipt of consignment %(number)s; a receipt is of one "
    "consignment, so check its number.",
    Source("protocol", "art. 10, para. 4"),
)
