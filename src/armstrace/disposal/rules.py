"""Rules of disposal: what comes before it, and what a lot of destruction needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product, starmap

from armstrace.vocabulary.disposal import BARS, ConditionAnswer, ConditionKind
from armstrace.vocabulary.look_alikes import is_one_person, skeleton
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.rules import Rule, RuleBook, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

BOOK = RuleBook(__name__)

CONFISCATION = Source("protocol", "art. 6, para. 1")
GOOD_FAITH = Source("untoc", "art. 12, para. 8")
TRACED = Source("paper-2018", "¶66-72")


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


DECIDED: Rule[Facts] = BOOK.rule(
    "DX-01", lambda facts: facts.is_met(ConditionKind.TITLE)
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
RELEASED: Rule[Facts] = BOOK.rule(
    "DX-03", lambda facts: facts.is_met(ConditionKind.RELEASE) and not facts.needed_by
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
APPROVED: Rule[Facts] = BOOK.rule("DX-07", lambda facts: facts.is_approved)
STILL_HERE: Rule[Facts] = BOOK.rule("DX-21", lambda facts: not facts.has_left)
AT_HAND: Rule[Facts] = BOOK.rule("DX-26", lambda facts: not facts.bearer)
ONE_LOT = BOOK.plain("DX-08")
STILL_THERE = BOOK.plain("DX-42")
OPEN = BOOK.plain("DX-09")
IN_LOT = BOOK.plain("DX-10")


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A lot, before it is destroyed."""

    lot: str
    # Arms that are in it.
    many: int = 0
    # Names of its witnesses, and of who records it.
    seen_by: frozenset[str] = frozenset()
    told_by: frozenset[str] = frozenset()
    # Moments of which there is a photograph.
    moments: frozenset[str] = frozenset()


NOT_EMPTY: Rule[LotFacts] = BOOK.rule("DX-14", lambda facts: facts.many > 0)
NOT_OWN_WITNESS: Rule[LotFacts] = BOOK.rule(
    "DX-23",
    lambda facts: (
        not any(starmap(is_one_person, product(facts.seen_by, facts.told_by)))
    ),
)
WITNESSED: Rule[LotFacts] = BOOK.rule(
    "DX-11",
    lambda facts: (
        not all(starmap(is_one_person, combinations(facts.seen_by, 2)))
        or not NOT_OWN_WITNESS.holds(facts)
    ),
)
PHOTOGRAPHED: Rule[LotFacts] = BOOK.rule("DX-12", lambda facts: len(facts.moments) > 1)


def of_lot() -> tuple[Rule[LotFacts], ...]:
    """Give what a lot keeps before it is destroyed; the first one speaks."""
    return NOT_EMPTY, NOT_OWN_WITNESS, WITNESSED, PHOTOGRAPHED


# The facts are the name and the body of an observer, and whether it is of the agency.
OUTSIDER = BOOK.plain("DX-24")
# The facts are the lot, and whether it is not destroyed or the photograph is of after.
TAKEN_BEFORE = BOOK.plain("DX-27")
OTHER_PICTURE = BOOK.plain("DX-22")
COUNTED: Rule[tuple[int, int]] = BOOK.rule("DX-13", lambda facts: facts[0] == facts[1])
# The facts are the day it was destroyed, the last day of a decision, and today.
IN_ORDER: Rule[tuple[date, date, date]] = BOOK.rule(
    "DX-15", lambda facts: facts[1] <= facts[0] <= facts[2]
)
# The facts are the number of the arm, and whether it is held by the State.
STATE_ARM = BOOK.plain("DX-16")
OTHER_DECIDES = BOOK.plain("DX-17")
# The facts are the condition, the answer, and whether it is one of its answers.
FITS = BOOK.plain("DX-18")
BY_STORE = BOOK.plain("DX-25")
# The facts are the item, the first day it can have been recovered, and whether the
# decision is of that day or later.
AFTER_RECOVERY = BOOK.plain("DX-28")
# The facts are the item, its case, and whether it has none or a reason is given.
EVIDENCE = BOOK.plain("DX-29")
SAYS_OTHERWISE = BOOK.plain("DX-30")
BY_LOT = BOOK.plain("DX-19")
ENDED = BOOK.plain("DX-20")
# The facts are who upheld a claim, who ends it, and the documents of both.
ENDED_BY_TWO: Rule[tuple[str, str, str, str]] = BOOK.rule(
    "DX-40",
    lambda facts: facts[0] != facts[1] and skeleton(facts[2]) != skeleton(facts[3]),
)
BURNS_NO_ARMS = BOOK.plain("DX-41")
