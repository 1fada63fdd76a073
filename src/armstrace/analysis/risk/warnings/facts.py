"""What early warnings are worked out from, and what they are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.profiles import RiskSetting, in_force
from armstrace.vocabulary.warnings import WarningKind

FALSE_ALARMS = "false_alarms"
QUICK = 365
"""Days within which a recovery is soon after the sale."""


@dataclass(frozen=True, slots=True)
class Recovered:
    # Of the recovery, as people write it: ``R12``.
    number: str
    on: date
    known_on: date
    unit: str
    # What was recovered together has one; the number where none is stated.
    case: str
    place: str = ""
    region: str = ""
    arm_type: str = ""
    make: str = ""
    # As it is searched; empty where it was not read.
    serial: str = ""
    # The way on which it came, such as a kind of place or a State.
    route: str = ""
    # Keys of those through whose hands it went lawfully: dealers, its last holder, a
    # State store.
    sources: tuple[str, ...] = ()
    # When its last lawful holder got it, None where nobody knows.
    sold_on: date | None = None
    # When sources and sale became known, None where they are not.
    traced_on: date | None = None
    # Its inventory mark as it is searched; empty where none was seen.
    inventory: str = ""
    # Whether it was taken from its lawful holder, or its loss or theft was reported
    # before: then the sale says nothing of how it got away.
    is_explained: bool = False

    @property
    def days_unexplained(self) -> int | None:
        """Days from the sale to the recovery, of an arm that its holder gave away."""
        return None if self.is_explained else self.days

    @property
    def days(self) -> int | None:
        """Days from the sale to the recovery; None where they make no sense."""
        if self.sold_on is None or self.sold_on > self.on:
            return None
        return (self.on - self.sold_on).days


@dataclass(frozen=True, slots=True)
class Source:
    """One through whose hands arms go lawfully."""

    # Its number as people write it: ``H12``.
    key: str
    kind: HolderKind
    # How many arms it had or sold in the years that count.
    arms: int


@dataclass(frozen=True, slots=True)
class Others:
    """Sources of a kind that no recovered arm went through."""

    sources: int
    arms: int


@dataclass(frozen=True, slots=True)
class Lost:
    """One arm that was reported lost or stolen."""

    # Of the arm, as people write it: ``A5``.
    number: str
    on: date
    known_on: date
    place: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Shipped:
    """One consignment that left."""

    # As people write it: ``J12``.
    number: str
    # Number of its authorisation: ``G3``.
    authorisation: str
    # The day of the last that is told here.
    known_on: date
    left_on: date
    sent: int
    # As written, in small letters; empty where nobody says.
    recipient: str = ""
    # How many arrived; None where nobody says.
    arrived: int | None = None
    # Whether its receipt was proven, it came back, or all were asked in vain.
    is_answered: bool = False
    is_unproven: bool = False

    @property
    def missing(self) -> int:
        """Count what left and did not arrive, as far as somebody says."""
        return 0 if self.arrived is None else max(0, self.sent - self.arrived)


@dataclass(frozen=True, slots=True)
class Statement:
    """One end-user statement, by its number."""

    # Numbers of the authorisations on whose file it is, the first one first.
    transfers: tuple[str, ...]
    # The day on which it came on file last.
    known_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What was known when warnings were worked out."""

    # What became known after this day is new.
    since: date
    until: date
    # Arms of the window, in the order of the days they became known.
    recovered: tuple[Recovered, ...] = ()
    losses: tuple[Lost, ...] = ()
    # By key: those that the arms went through.
    sources: Mapping[str, Source] = field(default_factory=dict)
    others: Mapping[HolderKind, Others] = field(default_factory=dict)
    # Degrees north and east of places, as far as they are known.
    spots: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    shipped: tuple[Shipped, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def weeks(self) -> float:
        """How many weeks what is new spans."""
        return max(1.0, (self.until - self.since).days / 7)

    def is_new(self, fact: Recovered | Lost | Shipped | Statement) -> bool:
        """Tell whether something became known since warnings were last asked."""
        return self.since < fact.known_on <= self.until

    def is_newly_traced(self, fact: Recovered) -> bool:
        """Tell whether a trace became known since warnings were last asked."""
        return fact.traced_on is not None and self.since < fact.traced_on <= self.until


@dataclass(frozen=True, slots=True)
class Alarm:
    """One warning, before it is recorded."""

    kind: WarningKind
    # What is not warned of twice: a source, a run of serials, a place.
    subject: str
    # Code of the agency whose records it rests on; empty where they are of several, or
    # of none.
    unit: str
    # Numbers of the records that it rests on, in order.
    evidence: tuple[str, ...]
    sentence: Message
    # How likely as much would be where nothing is the matter.
    chance: float
    # The day of the last of its records.
    on: date

    @property
    def key(self) -> str:
        """The stable key of its subject: within its quiet days, it is raised once."""
        return f"{self.kind.value}:{self.subject}"


@dataclass(frozen=True, slots=True)
class Budget:
    """How many false alarms a unit accepts in a week, over all kinds."""

    false_alarms: float = 1.0

    def of(self, kind: WarningKind) -> float:
        """Give the false alarms a week that a kind of warning may cause."""
        return self.false_alarms * float(settings()["share"][kind.value])

    def level(self, kind: WarningKind, weeks: float, tests: float) -> float:
        """Give the chance below which one test of a kind warns.

        Args:
            weeks: How many weeks what is tested became known in.
            tests: How many tests there are.
        """
        level = self.of(kind) * weeks / max(tests, 1e-9)
        return min(level, float(settings()["most_by_chance"]))


@cache
def settings() -> Mapping[str, Any]:
    """Give how warnings are raised, as it is shipped."""
    return read_table(__package__, "data/settings.toml")


def budget(stated: Iterable[RiskSetting], on: date) -> Budget:
    """Give the budget of a State on a day."""
    numbers = [
        each.number
        for each in in_force(stated, on)
        if each.name == FALSE_ALARMS and each.number is not None
    ]
    return Budget(float([settings()[FALSE_ALARMS], *numbers][-1]))


def quiet(kind: WarningKind) -> timedelta:
    """Give for how long the same subject is not warned of again."""
    return timedelta(days=settings()["quiet_days"][kind.value])


def unit_of(recovered: Iterable[Recovered]) -> str:
    """Give the agency whose recoveries these are; empty where of several."""
    units = {each.unit for each in recovered}
    return units.pop() if len(units) == 1 else ""


def by_unit(facts: Facts) -> Iterator[tuple[str, list[Recovered]]]:
    """Give the recoveries of each agency."""
    found: dict[str, list[Recovered]] = {}
    for each in facts.recovered:
        found.setdefault(each.unit, []).append(each)
    yield from sorted(found.items())
