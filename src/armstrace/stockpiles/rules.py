"""Rules of stockpiles."""

from datetime import date

from armstrace.vocabulary.messages import counted
from armstrace.vocabulary.rules import (
    Rule,
    RuleBook,
    plain_rule,
    rule_of_none,
    rule_of_reason,
)
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.vetting import VettingAnswer, VettingState

BOOK = RuleBook(__name__)

STORES = Source("poa", "II.17")
TWO_PEOPLE = Source("design", "what leaves a store has two signatures")
COUNTS = Source("design", "a count compares sets and corrects nothing by itself")

VETTED: Rule[tuple[VettingState | None, VettingAnswer | None]] = BOOK.rule(
    "SK-01",
    lambda told: (
        told[0] is not VettingState.OVERDUE and told[1] is not VettingAnswer.ADVERSE
    ),
)
SOMETHING: Rule[int] = BOOK.rule("SK-02", bool)
OF_THE_STATE = rule_of_none(
    "SK-03",
    "The register does not show these as arms that the State holds, or they "
    "are in another store: %(arms)s; record first how they came here.",
    STORES,
)
IN_STORE = rule_of_none(
    "SK-04",
    "These are not in this store now, or not with whom the paper says: %(arms)s; "
    "look where they are.",
    STORES,
)
OTHER_SIGNS = BOOK.plain("SK-05")
# The fact is whether there is such a store.
OTHER_STORE: Rule[bool] = BOOK.rule("SK-22", bool)
PAPER_WAITS = BOOK.plain("SK-06")
# The facts are the papers that wait for the same arms.
ONE_PAPER = rule_of_none(
    "SK-15",
    "Some of these arms wait for a signature on %(papers)s; have that signed, "
    "declined or withdrawn first.",
    TWO_PEOPLE,
)
# The facts are whether an arm that was not found is explained, and whether who
# explains it keeps stores.
OTHER_EXPLAINS: Rule[tuple[bool, bool]] = BOOK.rule("SK-16", lambda both: not all(both))
BLIND: Rule[bool] = BOOK.rule("SK-17", bool)
# The facts are the arms that the register has as lost or stolen.
NOT_MISSING = rule_of_none(
    "SK-18",
    "The register has these arms as lost or stolen: %(arms)s; have it recorded "
    "there that they were found before you issue or dispose of them.",
    STORES,
)
# The facts are the arms of which it is decided that they are destroyed.
NOT_CONDEMNED = rule_of_none(
    "SK-21",
    "It is decided that these arms are destroyed: %(arms)s; say that they are no "
    "longer surplus before you issue them.",
    STORES,
)
# The facts are the person, their rounds, the lot, and whether that is enough.
BORNE = plain_rule(
    "SK-19",
    counted(
        "%(name)s has %(n)s round of lot %(lot)s from this store; return no more than "
        "that.",
        "%(name)s has %(n)s rounds of lot %(lot)s from this store; return no more "
        "than that.",
    ),
    STORES,
)
# The facts are whether the count is unannounced, and whether who notes it keeps stores.
NOTED_APART: Rule[tuple[bool, bool]] = BOOK.rule("SK-20", lambda both: not all(both))
ENOUGH = plain_rule(
    "SK-07",
    counted(
        "Lot %(lot)s has %(n)s round here; write no more than that.",
        "Lot %(lot)s has %(n)s rounds here; write no more than that.",
    ),
    STORES,
)
NOT_RECALLED = BOOK.plain("SK-08")
ONE_APART: Rule[tuple[bool, bool]] = BOOK.rule("SK-09", lambda both: not all(both))
"""The facts are whether who counted keeps stores, and whether who signs does."""
COUNT_OPEN = BOOK.plain("SK-10")
SAME_DAY: Rule[tuple[date, date]] = BOOK.rule("SK-11", lambda days: days[0] == days[1])
DECLARED = BOOK.plain("SK-12")
HANDED_OVER: Rule[bool] = BOOK.rule("SK-30", bool)
REASONED = rule_of_reason("SK-13", Source("design", "an act has its reason"))
# The facts are the mark, the code of the State, and whether the mark names it.
STATE_MARKED = BOOK.plain("SK-14")
# The facts are the arms that a count did not find and nobody has answered for.
FOUND_AGAIN = rule_of_none(
    "SK-31",
    "A count did not find these arms, and nobody has explained that yet: %(arms)s; "
    "answer for the count before they are issued or leave the store.",
    COUNTS,
)
