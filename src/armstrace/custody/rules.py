"""Rules of custody: who may do what with an exhibit, and when."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from armstrace.custody.standing import Standing, Told
from armstrace.vocabulary.custody import CustodyAct, SealState, WayOutState
from armstrace.vocabulary.look_alikes import skeleton
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.profiles import DisposalAsked
from armstrace.vocabulary.rules import Rule, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason, is_visible

CUSTODY = Source("design", "exactly one holder, two sign, nothing is overwritten")
NO_DEAD_END = Source("paper-2018", "¶66-72")
DISPOSAL = Source("protocol", "art. 6, para. 2")
TWO_PERSONS = Source("design", "two persons decide that an exhibit leaves")


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
NEW_EXHIBIT = Rule[tuple[str, str]](
    "EX-02",
    "%(recovery)s is exhibit %(exhibit)s already; open that one.",
    CUSTODY,
    lambda facts: not facts[1],
)

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

SEAL_NUMBERED = Rule[Seal](
    "EX-32",
    "A seal has a number: write it as you read it, or choose “no seal” where "
    "there is none.",
    CUSTODY,
    lambda seal: is_visible(seal.found) or seal.state == SealState.NONE,
)

# The facts are the seal, the other exhibit that bears it, if any, and the reason.
SEAL_FREE = Rule[tuple[str, str, str]](
    "EX-38",
    lambda facts: message(
        "Seal %(seal)s is on %(exhibit)s already; correct the number, or name "
        "%(exhibit)s under “Reason”, such as “one bag with %(exhibit)s”.",
        seal=facts[0],
        exhibit=facts[1],
    ),
    CUSTODY,
    lambda facts: facts[1].casefold() in re.findall(r"\w+", facts[2].casefold()),
)

AT_HAND = Rule[Facts](
    "EX-05",
    lambda facts: message(
        "%(exhibit)s is with %(holder)s; only who holds it can do this.",
        exhibit=facts.exhibit,
        holder=_holder(facts.now),
    ),
    CUSTODY,
    lambda facts: facts.now.holder_agency == facts.told.agency,
)
NOT_OFFERED = Rule[Facts](
    "EX-06",
    lambda facts: message(
        "%(exhibit)s is offered to %(receiver)s and waits for an answer; withdraw "
        "the offer first.",
        exhibit=facts.exhibit,
        receiver=facts.now.offered_to,
    ),
    CUSTODY,
    lambda facts: not facts.now.offered_to,
)
TWO_SIGN = Rule[Facts](
    "EX-07",
    "You offered it yourself; a hand-over is signed by two, so somebody else "
    "accepts it.",
    CUSTODY,
    lambda facts: facts.told.by != facts.now.offered_by,
)
OFFERED_HERE = Rule[Facts](
    "EX-08",
    "%(exhibit)s is not offered to your agency now; look at it again.",
    CUSTODY,
    lambda facts: facts.now.offered_to == facts.told.agency,
)
RECEIVER_NAMED = Rule[Facts](
    "EX-09",
    "A receiver without an account is written down with name, office and the "
    "number of the document that was signed.",
    CUSTODY,
    lambda facts: all(
        map(is_visible, (facts.told.name, facts.told.office, facts.told.document))
    ),
)


WITNESSED = Rule[Facts](
    "EX-10",
    "This is done before a witness; name somebody other than yourself.",
    CUSTODY,
    lambda facts: (
        is_visible(facts.told.witness)
        and skeleton(facts.told.witness) != skeleton(facts.told.by)
    ),
)
NEW_SEAL = Rule[Facts](
    "EX-11",
    "A new seal has a number of its own; write the number of the new seal.",
    CUSTODY,
    lambda facts: (
        is_visible(facts.told.seal_number)
        and facts.told.seal_number != facts.now.seal_number
    ),
)
ON_PAPER = Rule[Facts](
    "EX-12",
    "%(exhibit)s was not handed over on paper; whoever holds it offers it back.",
    CUSTODY,
    lambda facts: not facts.now.holder_agency,
)
OFFER_STANDS = Rule[Facts](
    "EX-13",
    "No offer of %(exhibit)s waits for an answer; look at it again.",
    CUSTODY,
    lambda facts: bool(facts.now.offered_to),
)
FREE_TO_LEAVE = Rule[Facts](
    "EX-14",
    lambda facts: message(
        "%(exhibit)s cannot leave now: it is needed by %(needed_by)s. Say first that "
        "it is no longer needed.",
        exhibit=facts.exhibit,
        needed_by=facts.now.needed_by,
    ),
    TWO_PERSONS,
    lambda facts: not facts.now.needed_by,
)
NOT_PROPOSED = Rule[Facts](
    "EX-15",
    "A disposal of %(exhibit)s is proposed or approved already.",
    TWO_PERSONS,
    lambda facts: not facts.now.way_out,
)
PROPOSED = Rule[Facts](
    "EX-16",
    "No disposal of %(exhibit)s awaits a decision.",
    TWO_PERSONS,
    lambda facts: facts.now.way_out_state == WayOutState.PROPOSED,
)
SECOND_PERSON = Rule[Facts](
    "EX-17",
    "You proposed it yourself; a second person approves.",
    TWO_PERSONS,
    lambda facts: facts.told.by != facts.now.proposed_by,
)
NEED_NAMED = Rule[Facts](
    "EX-18",
    "Name the court or the case that needs it.",
    TWO_PERSONS,
    lambda facts: is_visible(facts.told.needed_by),
)
IS_NEEDED = Rule[Facts](
    "EX-19",
    "Nobody is on record who needs %(exhibit)s.",
    TWO_PERSONS,
    lambda facts: bool(facts.now.needed_by),
)
OWN_STORE = Rule[bool](
    "EX-20",
    "The store belongs to another agency; choose one of your own.",
    CUSTODY,
    lambda is_own: is_own,
)
PLACE_IN_STORE = Rule[Facts](
    "EX-26",
    "A place is in a store; choose the store where it is now.",
    CUSTODY,
    lambda facts: facts.told.store_id is not None,
)
MOVED_ELSEWHERE = Rule[Facts](
    "EX-27",
    "%(exhibit)s is there already; choose where it is now.",
    CUSTODY,
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
IS_APPROVED = Rule[Facts](
    "EX-29",
    "No disposal of %(exhibit)s is approved; propose one, and a second person "
    "approves it.",
    TWO_PERSONS,
    lambda facts: facts.now.way_out_state == WayOutState.APPROVED,
)
IN_CUSTODY = Rule[Facts](
    "EX-30",
    "%(exhibit)s has left custody for good; nothing more is done with it here.",
    CUSTODY,
    lambda facts: not facts.now.is_disposed_of,
)
DAY_GIVEN = Rule[Facts](
    "EX-31",
    "Give the day on which it was carried out.",
    CUSTODY,
    lambda facts: facts.told.done_on is not None,
)
# The fact is from whom something was received.
FROM_WHOM = Rule[str](
    "EX-33",
    "A receipt says from whom; write who gave it to you.",
    CUSTODY,
    is_visible,
)
WAY_OUT_NAMED = Rule[Facts](
    "EX-34",
    "Choose how it is to leave, such as destroyed or returned.",
    TWO_PERSONS,
    lambda facts: bool(facts.told.way_out),
)
ALLOWED = Rule[Facts](
    "EX-36",
    "The law of this State does not let it leave that way; choose another.",
    DISPOSAL,
    lambda facts: bool(facts.law),
)
BEARS_MARK = Rule[Facts](
    "EX-37",
    "An arm that is not destroyed leaves with a mark; read it off the arm and "
    "write it.",
    DISPOSAL,
    lambda facts: (
        is_visible(facts.told.mark) or not any(one.is_marked for one in facts.law)
    ),
)
CORRECTS = Rule[Facts](
    "EX-35",
    "Nothing is corrected; write what is to read otherwise.",
    CUSTODY,
    lambda facts: facts.told.as_read not in {facts.now.as_read, ("", "", "")},
)
# Rules on what is typed in the form of an act, not on whether it can begin.
TYPED = frozenset({
    RECEIVER_NAMED, WITNESSED, NEW_SEAL, NEED_NAMED, PLACE_IN_STORE, MOVED_ELSEWHERE,
    DAY_GIVEN, WAY_OUT_NAMED, ALLOWED, BEARS_MARK, CORRECTS,
})  # fmt: skip


def rules_of(act: CustodyAct) -> tuple[Rule[Facts], ...]:
    """Give what an act is held to, in the order in which it is said."""
    asked: dict[CustodyAct, tuple[Rule[Facts], ...]] = {
        CustodyAct.MOVED: (AT_HAND, PLACE_IN_STORE, MOVED_ELSEWHERE),
        CustodyAct.OFFERED: (AT_HAND, NOT_OFFERED),
        CustodyAct.ACCEPTED: (OFFER_STANDS, OFFERED_HERE, TWO_SIGN),
        CustodyAct.REFUSED: (OFFER_STANDS, OFFERED_HERE, TWO_SIGN),
        CustodyAct.WITHDRAWN: (OFFER_STANDS, AT_HAND),
        CustodyAct.HANDED_OVER: (AT_HAND, NOT_OFFERED, RECEIVER_NAMED),
        CustodyAct.TAKEN_BACK: (ON_PAPER,),
        CustodyAct.RESEALED: (AT_HAND, NOT_OFFERED, NEW_SEAL, WITNESSED),
        CustodyAct.NEEDED: (NEED_NAMED,),
        CustodyAct.NOT_NEEDED: (IS_NEEDED,),
        CustodyAct.PROPOSED: (
            *(AT_HAND, FREE_TO_LEAVE, NOT_PROPOSED, WAY_OUT_NAMED, ALLOWED),
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
