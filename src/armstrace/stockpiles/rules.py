"""Rules of stockpiles."""

from datetime import date

from armstrace.vocabulary.messages import counted
from armstrace.vocabulary.rules import Rule, plain_rule, rule_of_none, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.vetting import VettingAnswer, VettingState

STORES = Source("poa", "II.17")
TWO_PEOPLE = Source("design", "what leaves a store has two signatures")
COUNTS = Source("design", "a count compares sets and corrects nothing by itself")

VETTED = Rule[tuple[VettingState | None, VettingAnswer | None]](
    "SK-01",
    "Your vetting has expired or was answered against you, so you do nothing in "
    "a store; ask for vetting again.",
    Source("paper-2018", "para. 38"),
    lambda told: (
        told[0] is not VettingState.OVERDUE and told[1] is not VettingAnswer.ADVERSE
    ),
)
SOMETHING = Rule[int](
    "SK-02",
    "Nothing is named; write the numbers of arms, or the rounds of a lot.",
    STORES,
    bool,
)
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
OTHER_SIGNS = plain_rule(
    "SK-05",
    "%(name)s is not another person of this agency who may sign for it; choose "
    "one who is.",
    TWO_PEOPLE,
)
# The fact is whether there is such a store.
OTHER_STORE = Rule[bool](
    "SK-22",
    "Arms are moved to another store of this agency; choose one.",
    STORES,
    bool,
)
PAPER_WAITS = plain_rule(
    "SK-06",
    "%(paper)s is signed or ended already, or waits for another person; look at it.",
    TWO_PEOPLE,
)
# The facts are the papers that wait for the same arms.
ONE_PAPER = rule_of_none(
    "SK-15",
    "Some of these arms wait for a signature on %(papers)s; have that signed, "
    "declined or withdrawn first.",
    TWO_PEOPLE,
)
# The facts are whether an arm that was not found is explained, and whether who
# explains it keeps stores.
OTHER_EXPLAINS = Rule[tuple[bool, bool]](
    "SK-16",
    "A custodian may not explain an arm that was not found; let the person who "
    "counted with you, and who keeps no store, look into it.",
    COUNTS,
    lambda both: not all(both),
)
BLIND = Rule[bool](
    "SK-17",
    "An unannounced count is blind; leave hidden what is expected until both have "
    "signed.",
    COUNTS,
    bool,
)
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
NOTED_APART = Rule[tuple[bool, bool]](
    "SK-20",
    "An unannounced count is noted by somebody who keeps no store; let such a "
    "colleague count, and sign second.",
    COUNTS,
    lambda both: not all(both),
)
ENOUGH = plain_rule(
    "SK-07",
    counted(
        "Lot %(lot)s has %(n)s round here; write no more than that.",
        "Lot %(lot)s has %(n)s rounds here; write no more than that.",
    ),
    STORES,
)
NOT_RECALLED = plain_rule(
    "SK-08",
    "Lot %(lot)s is recalled and is not issued; issue another lot.",
    STORES,
)
ONE_APART = Rule[tuple[bool, bool]](
    "SK-09",
    "Of the two who count a store, one does not keep stores; let somebody who "
    "is no custodian sign.",
    STORES,
    lambda both: not all(both),
)
"""The facts are whether who counted keeps stores, and whether who signs does."""
COUNT_OPEN = plain_rule(
    "SK-10",
    "%(count)s cannot be signed by you, or is signed already; look at it.",
    COUNTS,
)
SAME_DAY = Rule[tuple[date, date]](
    "SK-11",
    "A difference is explained on the day of the count alone; after it, an arm "
    "that was not found is reported as lost.",
    STORES,
    lambda days: days[0] == days[1],
)
DECLARED = plain_rule(
    "SK-12",
    "%(arm)s is not declared surplus by somebody else; have it declared first.",
    Source("poa", "II.18"),
)
HANDED_OVER = Rule[bool](
    "SK-30",
    "Name who keeps the store from the hand-over on.",
    STORES,
    bool,
)
REASONED = rule_of_reason("SK-13", Source("design", "an act has its reason"))
# The facts are the mark, the code of the State, and whether the mark names it.
STATE_MARKED = plain_rule(
    "SK-14",
    "The mark “%(mark)s” does not name the State, %(country)s; have the arm "
    "marked, and write the mark as it is stamped.",
    Source("protocol", "art. 8, para. 1 (c)"),
)
# The facts are the arms that a count did not find and nobody has answered for.
FOUND_AGAIN = rule_of_none(
    "SK-31",
    "A count did not find these arms, and nobody has explained that yet: %(arms)s; "
    "answer for the count before they are issued or leave the store.",
    COUNTS,
)
