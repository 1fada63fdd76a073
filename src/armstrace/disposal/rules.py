"""Rules of disposal: what comes before it, and what a lot of destruction needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from armstrace.vocabulary.disposal import BARS, ConditionAnswer, ConditionKind
from armstrace.vocabulary.look_alikes import skeleton
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.rules import Rule, plain_rule, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

CONFISCATION = Source("protocol", "art. 6, para. 1")
GOOD_FAITH = Source("untoc", "art. 12, para. 8")
ACCOUNTED = Source("paper-2018", "¶46-48")
TRACED = Source("paper-2018", "¶66-72")
TWO_PERSONS = Source("design", "two persons decide that an arm is destroyed")


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as it is on record."""

    answer: ConditionAnswer
    decided_on: date
    final_on: date
    document: str


@dataclass(frozen=True, slots=True)
class Facts:
    """One arm, before it is disposed of."""

    # As people write it, such as E12, or A5 for a surplus arm of the State.
    item: str
    today: date
    kept: Mapping[ConditionKind, Kept] = field(default_factory=dict)
    # Whether the register says now that it is lost or stolen.
    is_missing: bool = False
    # Whether the register says that it was destroyed or passed on otherwise.
    has_left: bool = False
    # The court or case that still needs it; empty for none.
    needed_by: str = ""
    # What is still to do on the recovered item, in sentences.
    unsettled: tuple[Message, ...] = ()
    # To whom it is issued, by name; empty where it is not.
    bearer: str = ""
    # Whether a second person decided that it is destroyed.
    is_approved: bool = True

    def is_met(self, kind: ConditionKind) -> bool:
        """Tell whether a condition is decided so that an arm may go."""
        kept = self.kept.get(kind)
        is_final = kept is not None and kept.final_on <= self.today
        return kept is not None and is_final and kept.answer not in BARS


DECIDED = Rule[Facts](
    "DX-01",
    "%(item)s has no final decision on confiscation, surrender or surplus; record "
    "the decision first.",
    CONFISCATION,
    lambda facts: facts.is_met(ConditionKind.TITLE),
)


def _are_claims_settled(facts: Facts) -> bool:
    kept = facts.kept.get(ConditionKind.CLAIMS)
    is_heard = kept is not None and kept.answer is ConditionAnswer.CLAIM_ENDED
    return facts.is_met(ConditionKind.CLAIMS) and (is_heard or not facts.is_missing)


CLAIMS_SETTLED = Rule[Facts](
    "DX-02",
    lambda facts: (
        message(
            "%(item)s is or may be reported lost or stolen: hear the owner, and record "
            "what became of the claim; or decide on its recovery that it is another "
            "arm, and check it again.",
            item=facts.item,
        )
        if facts.is_missing and facts.is_met(ConditionKind.CLAIMS)
        else message(
            "The claims of owners and third parties to %(item)s are not settled; "
            "record what was decided on them.",
            item=facts.item,
        )
    ),
    GOOD_FAITH,
    _are_claims_settled,
)
RELEASED = Rule[Facts](
    "DX-03",
    "%(item)s is not released as evidence; record the release by the court or the "
    "prosecutor first.",
    CONFISCATION,
    lambda facts: facts.is_met(ConditionKind.RELEASE) and not facts.needed_by,
)


def _is_checked(facts: Facts) -> bool:
    kept = facts.kept.get(ConditionKind.CHECK)
    found = ConditionAnswer.REPORTED if facts.is_missing else None
    is_so = kept is not None and found in {None, kept.answer}
    return is_so and not facts.unsettled


CHECKED = Rule[Facts](
    "DX-04",
    lambda facts: (
        facts.unsettled[0]
        if facts.unsettled
        else message(
            "%(item)s was not checked against lost and stolen arms as they are on "
            "record now; check it.",
            item=facts.item,
        )
    ),
    TRACED,
    _is_checked,
)


def conditions(asked: Collection[ConditionKind]) -> Mapping[ConditionKind, Rule[Facts]]:
    """Give the rule of each condition that the law asks, in their order."""
    every = {
        ConditionKind.TITLE: DECIDED,
        ConditionKind.CLAIMS: CLAIMS_SETTLED,
        ConditionKind.RELEASE: RELEASED,
        ConditionKind.CHECK: CHECKED,
    }
    return {kind: rule for kind, rule in every.items() if kind in asked}


def of_each(asked: Collection[ConditionKind]) -> tuple[Rule[Facts], ...]:
    """Give what an arm keeps before it is destroyed: what the law asks, and more."""
    return (*conditions(asked).values(), STILL_HERE, AT_HAND, APPROVED)


# The facts are authority, document, day decided, day final, and today.
ON_PAPER = Rule[tuple[str, str, date, date, date]](
    "DX-05",
    lambda facts: (
        message(
            "A decision is of today or of an earlier day, and final from that day or "
            "a later one; correct the days."
        )
        if is_visible(facts[0]) and is_visible(facts[1])
        else message(
            "A decision has an authority and the number of its document; write both."
        )
    ),
    CONFISCATION,
    lambda facts: (
        is_visible(facts[0])
        and is_visible(facts[1])
        and facts[2] <= facts[4]
        and facts[2] <= facts[3]
    ),
)
REASONED = rule_of_reason("DX-06", Source("design", "a correction has its reason"))
APPROVED = Rule[Facts](
    "DX-07",
    "No second person has approved that %(item)s is destroyed; propose it on the "
    "page of the exhibit.",
    TWO_PERSONS,
    lambda facts: facts.is_approved,
)
STILL_HERE = Rule[Facts](
    "DX-21",
    "The register says that %(item)s was destroyed or left otherwise; take it out "
    "of the lot, or have the register corrected.",
    ACCOUNTED,
    lambda facts: not facts.has_left,
)
AT_HAND = Rule[Facts](
    "DX-26",
    "%(item)s is issued to %(bearer)s; have it returned to its store before it is "
    "destroyed.",
    ACCOUNTED,
    lambda facts: not facts.bearer,
)
ONE_LOT = plain_rule(
    "DX-08",
    "%(item)s is in lot %(lot)s; take it out there first.",
    ACCOUNTED,
)
STILL_THERE = plain_rule(
    "DX-42",
    "%(item)s was destroyed in lot %(lot)s; check the number.",
    ACCOUNTED,
)
OPEN = plain_rule(
    "DX-09",
    "Lot %(lot)s is destroyed; nothing is put in or taken out any more.",
    ACCOUNTED,
)
IN_LOT = plain_rule(
    "DX-10",
    "%(item)s is not in lot %(lot)s; look at the lot again.",
    ACCOUNTED,
)


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A lot, before it is destroyed."""

    lot: str
    # Arms that are in it.
    many: int = 0
    # Folded names of its witnesses, and of who records it.
    seen_by: frozenset[str] = frozenset()
    told_by: frozenset[str] = frozenset()
    # Moments of which there is a photograph.
    moments: frozenset[str] = frozenset()


NOT_EMPTY = Rule[LotFacts](
    "DX-14",
    "Lot %(lot)s has no arm in it; put some in first.",
    ACCOUNTED,
    lambda facts: facts.many > 0,
)
NOT_OWN_WITNESS = Rule[LotFacts](
    "DX-23",
    "Whoever records a lot may not be a witness or observer of it; name somebody "
    "else, or let a colleague record it.",
    ACCOUNTED,
    lambda facts: facts.seen_by.isdisjoint(facts.told_by),
)
WITNESSED = Rule[LotFacts](
    "DX-11",
    "A lot is destroyed before two witnesses other than who records it; add their "
    "names and bodies.",
    ACCOUNTED,
    # Who records it and stands among them is told so by the rule before.
    lambda facts: len(facts.seen_by) > 1 or not NOT_OWN_WITNESS.holds(facts),
)
PHOTOGRAPHED = Rule[LotFacts](
    "DX-12",
    "A lot has a photograph before and one after; add what is missing.",
    ACCOUNTED,
    lambda facts: len(facts.moments) > 1,
)


def of_lot() -> tuple[Rule[LotFacts], ...]:
    """Give what a lot keeps before it is destroyed; the first one speaks."""
    return NOT_EMPTY, NOT_OWN_WITNESS, WITNESSED, PHOTOGRAPHED


# The facts are the name and the body of an observer, and whether it is of the agency.
OUTSIDER = plain_rule(
    "DX-24",
    "%(name)s is of the agency that destroys the lot, and so no observer; name "
    "somebody whom another body sends.",
    Source("paper-2018", "¶48"),
)
# The facts are the lot, and whether it is not destroyed or the photograph is of after.
TAKEN_BEFORE = plain_rule(
    "DX-27",
    "Lot %(lot)s is destroyed, so it takes no photograph of before any more; add "
    "this one as of after, or leave it out.",
    ACCOUNTED,
)
OTHER_PICTURE = plain_rule(
    "DX-22",
    "This photograph stands beside the lot as the other one of before and after; "
    "add another.",
    ACCOUNTED,
)
COUNTED = Rule[tuple[int, int]](
    "DX-13",
    "Arms in the lot: %(went_in)s; arms counted: %(came_out)s. Count again, or "
    "correct the lot.",
    ACCOUNTED,
    lambda facts: facts[0] == facts[1],
)
# The facts are the day it was destroyed, the last day of a decision, and today.
IN_ORDER = Rule[tuple[date, date, date]](
    "DX-15",
    "The day of destruction is to come, or before a decision that it rests on; "
    "correct the day.",
    CONFISCATION,
    lambda facts: facts[1] <= facts[0] <= facts[2],
)
# The facts are the number of the arm, and whether it is held by the State.
STATE_ARM = plain_rule(
    "DX-16",
    "%(item)s is not held by the State; only arms in State stock are declared surplus.",
    Source("poa", "II.18"),
)
OTHER_DECIDES = plain_rule(
    "DX-17",
    "You declared %(item)s surplus yourself; a second person puts it into a lot.",
    TWO_PERSONS,
)
# The facts are the condition, the answer, and whether it is one of its answers.
FITS = plain_rule(
    "DX-18",
    "This answer does not belong to that question; choose another answer.",
    CONFISCATION,
)
BY_STORE = plain_rule(
    "DX-25",
    "%(item)s is on the list of the store “%(store)s”; declare it surplus there, "
    "and let another person decide that it is destroyed.",
    TWO_PERSONS,
)
# The facts are the item, the first day it can have been recovered, and whether the
# decision is of that day or later.
AFTER_RECOVERY = plain_rule(
    "DX-28",
    "%(item)s was recovered on %(day)s, and no decision on it is of an earlier "
    "day; correct the day.",
    CONFISCATION,
)
# The facts are the item, its case, and whether it has none or a reason is given.
EVIDENCE = plain_rule(
    "DX-29",
    "%(item)s was recovered in case %(case)s; record its release, or give the "
    "reason why it was never evidence there.",
    CONFISCATION,
)
SAYS_OTHERWISE = plain_rule(
    "DX-30",
    "Lot %(lot)s says so already; correct what is wrong, or leave it.",
    ACCOUNTED,
)
BY_LOT = plain_rule(
    "DX-19",
    "%(item)s is destroyed in a lot; put it into one and end the lot.",
    ACCOUNTED,
)
ENDED = plain_rule(
    "DX-20",
    "Lot %(lot)s is not destroyed yet; its certificate comes after that.",
    ACCOUNTED,
)
# The facts are who upheld a claim, who ends it, and the documents of both.
ENDED_BY_TWO = Rule[tuple[str, str, str, str]](
    "DX-40",
    "A claim that was upheld is ended by another person, and by another document than "
    "the one that upheld it.",
    GOOD_FAITH,
    lambda facts: facts[0] != facts[1] and skeleton(facts[2]) != skeleton(facts[3]),
)
BURNS_NO_ARMS = plain_rule(
    "DX-41",
    "Lot %(lot)s is burned, which is for ammunition; put %(item)s into another lot.",
    ACCOUNTED,
)
