"""Rules of the linked picture: what is recorded, asserted, judged and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.intelligence import ASSERTED_KINDS, JOINED
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.networks import HandlingCode, LinkKind, NodeKind
from armstrace.vocabulary.rules import Rule, plain_rule, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

PICTURE = Source("paper-2018", "¶51-52, 67")
GRADING = Source("design", "4x4 grades and handling codes of the Council's manual")
PERSONS = Source("led")
NO_MERGE = Source("design", "two records of one person are a judgement, never a merge")

NAMED = Rule[str](
    "LP-01",
    message("A subject has a name; write it as the source does."),
    PICTURE,
    is_visible,
)
SOURCED = Rule[str](
    "LP-02",
    message("Information has a source; write who or what said it."),
    GRADING,
    is_visible,
)
# The facts are the handling code and the restrictions as written.
RESTRICTED = Rule[tuple[str, str]](
    "LP-03",
    message(
        "The handling code H3 stands for restrictions in words; write them, or choose "
        "another code."
    ),
    GRADING,
    lambda facts: facts[0] != HandlingCode.H3 or is_visible(facts[1]),
)

# The facts are the review day and today.
REVIEWED = Rule[tuple[date, date]](
    "LP-04",
    message("The review day is past; choose a day to come."),
    PERSONS,
    lambda facts: facts[0] > facts[1],
)

# The facts are a record's number and whether it was withdrawn.
IN_USE = Rule[tuple[str, bool]](
    "LP-05",
    message("%(record)s was withdrawn; choose the record that is used instead."),
    PICTURE,
    lambda facts: not facts[1],
)

# The facts are a record's number and whether it is in use.
ONLY_TAKEN_BACK = plain_rule(
    "LP-20",
    message("%(record)s was withdrawn; a judgement on it can only be taken back."),
    NO_MERGE,
)
TWO_RECORDS = Rule[tuple[str, str]](
    "LP-06",
    message("%(record)s cannot be set beside itself; choose another record."),
    PICTURE,
    lambda facts: facts[0] != facts[1],
)
ASSERTED = Rule[LinkKind](
    "LP-07",
    message(
        "“%(kind)s” follows from the records by itself or is judged; choose what a "
        "person can assert."
    ),
    PICTURE,
    lambda kind: kind in ASSERTED_KINDS,
)
IN_ORDER = Rule[tuple[date | None, date | None]](
    "LP-08",
    message("The link ends before it begins; correct one of the days."),
    PICTURE,
    lambda facts: facts[0] is None or facts[1] is None or facts[0] <= facts[1],
)
REASONED = rule_of_reason("LP-09", PERSONS)
PASSED_ON_FOR_A_REASON = rule_of_reason("LP-15", GRADING)
# The facts are the link's number and whether it stands.
LINK_STANDS = plain_rule(
    "LP-10", message("%(link)s was removed already; look at it again."), PICTURE
)

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


COMPARABLE = Rule[Pair](
    "LP-12",
    message(
        "%(first)s and %(second)s are records of different things; judge two subjects "
        "of one kind, or a person and a holder or the person an arm was taken from."
    ),
    NO_MERGE,
    _are_comparable,
)


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
