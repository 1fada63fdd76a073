"""Rules of the linked picture: what is recorded, asserted, judged and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.intelligence import ASSERTED_KINDS, JOINED
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

BOOK = RuleBook(__name__)

SURVEYED_ONCE = BOOK.plain("LP-13")
PICTURE = Source("paper-2018", "¶51-52, 67")
GRADING = Source("design", "4x4 grades and handling codes of the Council's manual")
PERSONS = Source("led")

NAMED: Rule[str] = BOOK.rule("LP-01", is_visible)
SOURCED: Rule[str] = BOOK.rule("LP-02", is_visible)
# The facts are the handling code and the restrictions as written.
RESTRICTED: Rule[tuple[str, str]] = BOOK.rule(
    "LP-03", lambda facts: facts[0] != HandlingCode.H3 or is_visible(facts[1])
)

# The facts are the review day and today.
REVIEWED: Rule[tuple[date, date]] = BOOK.rule(
    "LP-04", lambda facts: facts[0] > facts[1]
)

# The facts are a record's number and whether it was withdrawn.
IN_USE: Rule[tuple[str, bool]] = BOOK.rule("LP-05", lambda facts: not facts[1])

# The facts are a record's number and whether it is in use.
ONLY_TAKEN_BACK = BOOK.plain("LP-20")
TWO_RECORDS: Rule[tuple[str, str]] = BOOK.rule(
    "LP-06", lambda facts: facts[0] != facts[1]
)
ASSERTED: Rule[LinkKind] = BOOK.rule("LP-07", lambda kind: kind in ASSERTED_KINDS)
IN_ORDER: Rule[tuple[date | None, date | None]] = BOOK.rule(
    "LP-08", lambda facts: facts[0] is None or facts[1] is None or facts[0] <= facts[1]
)
REASONED = rule_of_reason("LP-09", PERSONS)
PASSED_ON_FOR_A_REASON = rule_of_reason("LP-15", GRADING)
# The facts are the link's number and whether it stands.
LINK_STANDS = BOOK.plain("LP-10")

UNCHANGED = rule_as_seen("LP-11")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are judged, and of which kinds they are."""

    first: str
    second: str
    kinds: frozenset[NodeKind]


BESIDE_PERSONS = {NodeKind.HOLDER, NodeKind.RECOVERY}
BESIDE_ORGANISATIONS = {NodeKind.HOLDER}


def _are_comparable(pair: Pair) -> bool:
    if len(pair.kinds) == 1:
        return not pair.kinds & BESIDE_PERSONS
    return any(
        kind in pair.kinds and bool(pair.kinds & beside)
        for kind, beside in (
            (NodeKind.PERSON, BESIDE_PERSONS),
            (NodeKind.ORGANISATION, BESIDE_ORGANISATIONS),
        )
    )


COMPARABLE: Rule[Pair] = BOOK.rule("LP-12", _are_comparable)


@dataclass(frozen=True, slots=True)
class Joined:
    """A link as it is asserted, from the one record to the other."""

    start: str
    end: str
    kind: LinkKind
    # Of what kinds the two are, the start first.
    kinds: tuple[NodeKind | None, NodeKind | None]

    @property
    def may_join(self) -> tuple[Sequence[NodeKind], Sequence[NodeKind]]:
        return JOINED.get(self.kind, (tuple(NodeKind), tuple(NodeKind)))


def _is_no_such_link(link: Joined) -> Message:
    starts, ends = link.may_join
    return message(
        "“%(kind)s” leads from one of these (%(starts)s) to one of these (%(ends)s); "
        "check %(start)s and %(end)s and their order, or choose another kind of link.",
        kind=link.kind,
        starts=starts,
        ends=ends,
        start=link.start,
        end=link.end,
    )


JOINS = Rule[Joined](
    "LP-14",
    _is_no_such_link,
    PICTURE,
    lambda link: all(
        kind in may for kind, may in zip(link.kinds, link.may_join, strict=True)
    ),
)
