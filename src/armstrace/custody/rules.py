"""Rules of custody: who may do what with an exhibit, and when."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from armstrace.custody.standing import Standing, Told
from armstrace.vocabulary.custody import CustodyAct, SealState, WayOutState
from armstrace.vocabulary.look_alikes import skeleton
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.profiles import DisposalAsked
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason, is_visible

BOOK = RuleBook(__name__)

CUSTODY = Source("design", "exactly one holder, two sign, nothing is overwritten")
NO_DEAD_END = Source("paper-2018", "¶66-72")


@dataclass(frozen=True, slots=True)
class Facts:
    """One act on an exhibit, before it is done."""

    # As people write it, such as E12.
    exhibit: str
    now: Standing
    told: Told
    # What is still to do on the recovered item, in sentences.
    unsettled: tuple[Message, ...] = ()
    # What the law asks of the way out; nothing where it does not allow it.
    law: tuple[DisposalAsked, ...] = ()


def _holder(now: Standing) -> str:
    return " · ".join(filter(None, (now.holder, now.holder_agency or now.office)))


UNCHANGED = rule_as_seen("EX-01")
# The facts are the recovery and its exhibit, empty where there is none.
NEW_EXHIBIT: Rule[tuple[str, str]] = BOOK.rule("EX-02", lambda facts: not facts[1])

REASONED = rule_of_reason("EX-03", CUSTODY)


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal on record and as it was found."""

    on_record: str
    found: str
    state: str
    said: str


def _say_seal(seal: Seal) -> Message:
    if not seal.on_record and seal.found:
        return message(
            "No seal is on record, and the one found is %(found)s; write under "
            "“Reason” when it was sealed and by whom.",
            found=seal.found,
        )
    if seal.found != seal.on_record:
        return message(
            "The seal on record is %(recorded)s and the seal found is %(found)s; "
            "write under “Reason” what explains it.",
            recorded=seal.on_record,
            found=seal.found or message("none"),
        )
    return message("The seal is not whole; write under “Reason” what is seen.")


SEAL_EXPLAINED = Rule[Seal](
    "EX-04",
    _say_seal,
    CUSTODY,
    lambda seal: (
        (seal.found == seal.on_record and seal.state != SealState.BROKEN)
        or is_reason(seal.said)
    ),
)

SEAL_NUMBERED: Rule[Seal] = BOOK.rule(
    "EX-32", lambda seal: is_visible(seal.found) == (seal.state != SealState.NONE)
)

# The facts are the seal, the other exhibit that bears it, if any, and the reason.
SEAL_FREE: Rule[tuple[str, str, str]] = BOOK.rule(
    "EX-38",
    lambda facts: facts[1].casefold() in re.findall(r"\w+", facts[2].casefold()),
)

AT_HAND: Rule[Facts] = BOOK.rule(
    "EX-05",
    lambda facts: facts.now.holder_agency == facts.told.agency,
    lambda facts: {"exhibit": facts.exhibit, "holder": _holder(facts.now)},
)
NOT_OFFERED: Rule[Facts] = BOOK.rule(
    "EX-06",
    lambda facts: not facts.now.offered_to,
    lambda facts: {"exhibit": facts.exhibit, "receiver": facts.now.offered_to},
)
# What was offered within the agency is still with whoever brought it.
NOT_AWAITED: Rule[Facts] = BOOK.rule(
    "EX-39",
    lambda facts: (
        not facts.now.offered_to
        or facts.now.offered_to != facts.now.holder_agency
        or facts.now.offered_by == facts.told.by
    ),
    lambda facts: {"exhibit": facts.exhibit},
)
TWO_SIGN: Rule[Facts] = BOOK.rule(
    "EX-07", lambda facts: facts.told.by != facts.now.offered_by
)
OFFERED_HERE: Rule[Facts] = BOOK.rule(
    "EX-08", lambda facts: facts.now.offered_to == facts.told.agency
)
RECEIVER_NAMED: Rule[Facts] = BOOK.rule(
    "EX-09",
    lambda facts: all(
        map(is_visible, (facts.told.name, facts.told.office, facts.told.document))
    ),
)


WITNESSED: Rule[Facts] = BOOK.rule(
    "EX-10",
    lambda facts: (
        is_visible(facts.told.witness)
        and skeleton(facts.told.witness) != skeleton(facts.told.by)
    ),
)
NEW_SEAL: Rule[Facts] = BOOK.rule(
    "EX-11",
    lambda facts: (
        is_visible(facts.told.seal_number)
        and facts.told.seal_number != facts.now.seal_number
    ),
)
ON_PAPER: Rule[Facts] = BOOK.rule("EX-12", lambda facts: not facts.now.holder_agency)
OFFER_STANDS: Rule[Facts] = BOOK.rule("EX-13", lambda facts: bool(facts.now.offered_to))
FREE_TO_LEAVE: Rule[Facts] = BOOK.rule(
    "EX-14",
    lambda facts: not facts.now.needed_by,
    lambda facts: {"exhibit": facts.exhibit, "needed_by": facts.now.needed_by},
)
NOT_PROPOSED: Rule[Facts] = BOOK.rule("EX-15", lambda facts: not facts.now.way_out)
PROPOSED: Rule[Facts] = BOOK.rule(
    "EX-16", lambda facts: facts.now.way_out_state == WayOutState.PROPOSED
)
SECOND_PERSON: Rule[Facts] = BOOK.rule(
    "EX-17", lambda facts: facts.told.by != facts.now.proposed_by
)
NEED_NAMED: Rule[Facts] = BOOK.rule(
    "EX-18", lambda facts: is_visible(facts.told.needed_by)
)
IS_NEEDED: Rule[Facts] = BOOK.rule("EX-19", lambda facts: bool(facts.now.needed_by))
OWN_STORE: Rule[bool] = BOOK.rule("EX-20", lambda is_own: is_own)
PLACE_IN_STORE: Rule[Facts] = BOOK.rule(
    "EX-26", lambda facts: facts.told.store_id is not None
)
MOVED_ELSEWHERE: Rule[Facts] = BOOK.rule(
    "EX-27",
    lambda facts: (
        (facts.told.store_id, facts.told.place) != (facts.now.store_id, facts.now.place)
    ),
)
SETTLED = Rule[Facts](
    "EX-28",
    lambda facts: facts.unsettled[0],
    NO_DEAD_END,
    lambda facts: not facts.unsettled,
)
IS_APPROVED: Rule[Facts] = BOOK.rule(
    "EX-29", lambda facts: facts.now.way_out_state == WayOutState.APPROVED
)
IN_CUSTODY: Rule[Facts] = BOOK.rule("EX-30", lambda facts: not facts.now.is_disposed_of)
DAY_GIVEN: Rule[Facts] = BOOK.rule(
    "EX-31", lambda facts: facts.told.done_on is not None
)
# The fact is from whom something was received.
FROM_WHOM: Rule[str] = BOOK.rule("EX-33", is_visible)
WAY_OUT_NAMED: Rule[Facts] = BOOK.rule("EX-34", lambda facts: bool(facts.told.way_out))
ALLOWED: Rule[Facts] = BOOK.rule("EX-36", lambda facts: bool(facts.law))
BEARS_MARK: Rule[Facts] = BOOK.rule(
    "EX-37",
    lambda facts: (
        is_visible(facts.told.mark) or not any(one.is_marked for one in facts.law)
    ),
)
CORRECTS: Rule[Facts] = BOOK.rule(
    "EX-35", lambda facts: facts.told.as_read not in {facts.now.as_read, ("", "", "")}
)
# Rules on what is typed in the form of an act, not on whether it can begin.
TYPED = frozenset({
    RECEIVER_NAMED, WITNESSED, NEW_SEAL, NEED_NAMED, PLACE_IN_STORE, MOVED_ELSEWHERE,
    DAY_GIVEN, WAY_OUT_NAMED, ALLOWED, BEARS_MARK, CORRECTS,
})  # fmt: skip
# Those among them that rest on no other: all that are broken speak.
APART = TYPED - {ALLOWED, MOVED_ELSEWHERE}


def rules_of(act: CustodyAct) -> tuple[Rule[Facts], ...]:
    """Give what an act is held to, in the order in which it is said."""
    asked: dict[CustodyAct, tuple[Rule[Facts], ...]] = {
        CustodyAct.MOVED: (AT_HAND, NOT_AWAITED, PLACE_IN_STORE, MOVED_ELSEWHERE),
        CustodyAct.OFFERED: (AT_HAND, NOT_OFFERED),
        CustodyAct.ACCEPTED: (OFFER_STANDS, OFFERED_HERE, TWO_SIGN),
        CustodyAct.REFUSED: (OFFER_STANDS, OFFERED_HERE, TWO_SIGN),
        CustodyAct.WITHDRAWN: (OFFER_STANDS, AT_HAND, NOT_AWAITED),
        CustodyAct.HANDED_OVER: (AT_HAND, NOT_OFFERED, RECEIVER_NAMED),
        CustodyAct.TAKEN_BACK: (ON_PAPER,),
        CustodyAct.RESEALED: (AT_HAND, NOT_OFFERED, NEW_SEAL, WITNESSED),
        CustodyAct.NEEDED: (NEED_NAMED,),
        CustodyAct.NOT_NEEDED: (IS_NEEDED,),
        CustodyAct.PROPOSED: (
            *(AT_HAND, NOT_AWAITED, FREE_TO_LEAVE, NOT_PROPOSED),
            *(WAY_OUT_NAMED, ALLOWED),
        ),
        CustodyAct.APPROVED: (
            *(PROPOSED, SECOND_PERSON, FREE_TO_LEAVE, ALLOWED, SETTLED),
        ),
        CustodyAct.DECLINED: (PROPOSED,),
        CustodyAct.CARRIED_OUT: (
            *(IS_APPROVED, AT_HAND, NOT_OFFERED, FREE_TO_LEAVE),
            *(RECEIVER_NAMED, WITNESSED, DAY_GIVEN, ALLOWED, BEARS_MARK, SETTLED),
        ),
        CustodyAct.CORRECTED: (AT_HAND, NOT_OFFERED, CORRECTS),
    }
    return (IN_CUSTODY, *asked[act])


NEED_REASON = frozenset({
    CustodyAct.REFUSED, CustodyAct.HANDED_OVER, CustodyAct.RESEALED,
    CustodyAct.NOT_NEEDED, CustodyAct.PROPOSED, CustodyAct.APPROVED,
    CustodyAct.DECLINED, CustodyAct.CORRECTED,
})  # fmt: skip
# Acts that look at the seal and compare it with the one on record.
SEE_SEAL = frozenset({CustodyAct.ACCEPTED, CustodyAct.TAKEN_BACK})

# The line of the policy that opens each act.
GRANT = {
    **dict.fromkeys(CustodyAct, "exhibit.keep"),
    CustodyAct.BROUGHT: "exhibit.offer",
    CustodyAct.OFFERED: "exhibit.offer",
    CustodyAct.WITHDRAWN: "exhibit.offer",
    CustodyAct.ACCEPTED: "exhibit.accept",
    CustodyAct.REFUSED: "exhibit.accept",
    CustodyAct.RESEALED: "exhibit.accept",
    CustodyAct.APPROVED: "exhibit.approve",
    CustodyAct.DECLINED: "exhibit.approve",
}

_AGENCY: dict[CustodyAct, Callable[[Standing], str]] = {
    CustodyAct.OFFERED: lambda now: now.holder_agency,
    CustodyAct.WITHDRAWN: lambda now: now.holder_agency,
    CustodyAct.RESEALED: lambda now: now.holder_agency,
    CustodyAct.ACCEPTED: lambda now: "",
    CustodyAct.REFUSED: lambda now: "",
}


def agency_of(act: CustodyAct, now: Standing) -> str | None:
    """Give the agency whose people may do it; None where a rule says more."""
    return (_AGENCY[act](now) if act in _AGENCY else now.home) or None


def is_open(act: CustodyAct, facts: Facts) -> bool:
    """Tell whether an act can begin now: what is only typed later aside."""
    return all(rule.holds(facts) for rule in rules_of(act) if rule not in TYPED)
