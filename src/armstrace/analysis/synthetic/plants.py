"""What was planted in a synthetic country, and its truth, as plain values.

A plant is never told by a row: rows say what clerks saw, this says what was so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from armstrace.analysis.synthetic.catalogue import Model
from armstrace.analysis.synthetic.geography import Town
from armstrace.analysis.synthetic.slots import Story
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.networks import LinkKind, NodeKind


class Told(Code):
    """How a planted recovery is written down."""

    AS_MET = "AS_MET", "with the errors and gaps of other recoveries"
    CLEAR = "CLEAR", "in full, without a trace so far: the story that the demo tells"


class Plot(NamedTuple):
    """One arm that a plant passes through.

    Args:
        plants: Keys of the plants that it belongs to.
        story: How it left lawful hands.
        model: Its model.
        sold: Ordinal of the day on which its last lawful holder took it.
        gone: Ordinal of the day on which its lawful life ended.
        day: Ordinal of the day of recovery; after the records where none.
        dealer: Number of the dealer, empty where none.
        keeper: Number of its last lawful holder.
        town: Where it is recovered.
        context: Code of the criminal context.
        run: Where its serial number stands in a run, -1 for one of its own.
        agency: Code of the agency that recovers it, empty for any.
        case: Number of the case, empty for one of its own.
        taken_from: From whom, empty for anyone.
        other_marks: Further marks that it bears.
        place_kind: Code of the kind of place, empty for any.
        told: How it is written down.
    """

    plants: tuple[str, ...]
    story: Story
    model: Model
    sold: int
    gone: int
    day: int
    dealer: str
    keeper: str
    town: Town
    context: str = ""
    run: int = -1
    agency: str = ""
    case: str = ""
    taken_from: str = ""
    other_marks: str = ""
    place_kind: str = ""
    told: Told = Told.AS_MET


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of information, by a key that is unique in its country."""

    key: str
    kind: NodeKind
    label: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A link that somebody reported.

    Args:
        start: Key of a subject.
        end: Key of a subject, number of a recovery or number of a case.
        kind: What links the two.
        grade: Its 4x4 grade, such as ``B2``.
        day: From when it holds.
    """

    start: str
    end: str
    kind: LinkKind
    grade: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """Arms that one cause ties together.

    Args:
        key: Its key, such as ``STRAW-03``.
        arms: Numbers of its arms in the register.
        recoveries: Source numbers of its recoveries, in the order of their days.
        first_on: When it began: the first purchase, theft or recovery.
        last_on: When it ended.
    """

    key: str
    arms: tuple[str, ...]
    recoveries: tuple[str, ...]
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring(Plant):
    """People who traffick in arms: who they are, what they use, which cases.

    Args:
        subjects: The group, its persons, phones, vehicles and addresses.
        ties: What was reported of them.
        buyer: Number of the holder who buys for them.
        cases: Numbers of the cases in which its arms were recovered.
    """

    subjects: tuple[Subject, ...]
    ties: tuple[Tie, ...]
    buyer: str
    cases: tuple[str, ...]

    @property
    def persons(self) -> frozenset[str]:
        """Keys of its persons."""
        return frozenset(s.key for s in self.subjects if s.kind is NodeKind.PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Straw(Plant):
    """Somebody who bought several handguns for others within five working days."""

    buyer: str
    dealer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain(Plant):
    """Several people who bought alike arms of one dealer within days, for others."""

    buyers: tuple[str, ...]
    dealer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Plant):
    """A type or a kind of place that one agency meets more often for some weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TheftCluster(Plant):
    """Thefts in one town within days; the arms come up elsewhere later."""

    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Plant):
    """A dealer whose arms are recovered again and again soon after the sale."""

    dealer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Plant):
    """Arms with neighbouring serial numbers that are recovered in several places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Depot(Plant):
    """A State store from which arms leak, one inventory number after the other.

    Args:
        body: Number of the State body.
        marks: The inventory marks, in the order of the arms.
        days: When each was recovered, in order.
    """

    body: str
    marks: tuple[str, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Plants:
    """Everything that was planted; ``innocent`` are holders who look like plants."""

    rings: tuple[Ring, ...] = ()
    straws: tuple[Straw, ...] = ()
    clusters: tuple[TheftCluster, ...] = ()
    sources: tuple[Source, ...] = ()
    series: tuple[Series, ...] = ()
    depots: tuple[Depot, ...] = ()
    chains: tuple[Chain, ...] = ()
    changes: tuple[Change, ...] = ()
    innocent: frozenset[str] = frozenset()

    @property
    def all(self) -> Iterable[Plant]:
        """Every plant."""
        yield from self.rings
        yield from self.straws
        yield from self.clusters
        yield from self.sources
        yield from self.series
        yield from self.depots
        yield from self.chains
        yield from self.changes
