"""What was planted in a synthetic country, and its truth, as plain values.

A plant is never told by a row: rows say what clerks saw, this says what was so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
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

    Days are ordinals: when its last lawful holder took it, when its lawful life ended,
    when it was recovered. What is empty is any, or one of its own.
    """

    plants: tuple[str, ...]
    story: Story
    model: Model
    sold: int
    gone: int
    # Ordinal of the day of recovery; after the records where none.
    day: int
    dealer: str
    keeper: str
    town: Town
    context: str = ""
    # Where its serial number stands in a run, -1 for one of its own.
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
    """A link that somebody reported."""

    start: str
    # Key of a subject, number of a recovery or number of a case.
    end: str
    kind: LinkKind
    # Its 4x4 grade, such as ``B2``.
    grade: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """Arms that one cause ties together."""

    # Its key, such as ``STRAW-03``.
    key: str
    arms: tuple[str, ...]
    # Source numbers of its recoveries, in the order of their days.
    recoveries: tuple[str, ...]
    # When it began: the first purchase, theft or recovery.
    first_on: date
    last_on: date
    # Numbers of the last lawful holders, in the order of the recoveries.
    buyers: tuple[str, ...]
    # Number of the dealer who sold the first; empty where none.
    dealer: str
    # Where its thefts were; empty for what is no cluster of thefts.
    place: str
    # The inventory marks, in the order of the arms.
    marks: tuple[str, ...]
    # When each was recovered, in order.
    days: tuple[date, ...]

    @property
    def buyer(self) -> str:
        """The one who bought, or the body that held, its arms."""
        return self.buyers[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring(Plant):
    """People who traffick in arms: who they are, what they use, which cases.

    Its buyer is the holder who buys for them.
    """

    # The group, its persons, phones, vehicles and addresses.
    subjects: tuple[Subject, ...]
    ties: tuple[Tie, ...]
    cases: tuple[str, ...]

    @property
    def persons(self) -> frozenset[str]:
        """Keys of its persons."""
        return frozenset(s.key for s in self.subjects if s.kind is NodeKind.PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plants:
    """Everything that was planted."""

    rings: tuple[Ring, ...]
    # Somebody who bought several handguns for others within five working days.
    straws: tuple[Plant, ...]
    # Several people who bought alike arms of one dealer within days, for others.
    chains: tuple[Plant, ...]
    # Thefts in one town within days; the arms come up elsewhere later.
    clusters: tuple[Plant, ...]
    # A dealer whose arms are recovered again and again soon after the sale.
    sources: tuple[Plant, ...]
    # Arms with neighbouring serial numbers that are recovered in several places.
    series: tuple[Plant, ...]
    # A State store from which arms leak, one inventory number after the other.
    depots: tuple[Plant, ...]
    # A type or a kind of place that one agency meets more often for some weeks.
    changes: tuple[Plant, ...]
    # Holders who look like plants.
    innocent: frozenset[str]

    @property
    def all(self) -> Iterable[Plant]:
        """Every plant."""
        kinds = (self.straws, self.clusters, self.sources, self.series, self.depots)
        return chain(self.rings, *kinds, self.chains, self.changes)
