"""Recovered arms that were traced, as plain values, indexed by what they share."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from armstrace.analysis.risk.catalogue import Answer, Catalogue
from armstrace.analysis.risk.parameters import Parameters
from armstrace.vocabulary.arms import ArmType, Modification
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.marks import SerialStatus

_NUMBERED = re.compile(r"(.*?)(\d{3,12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedArm:
    """One recovered arm with what its trace found."""

    # Of the recovery, as people write it: ``R12``.
    number: str
    recovered_on: date
    # Number of the case; its own number where none is stated.
    case: str
    # Where it was recovered, as written.
    place: str = ""
    country: str = ""
    arm_type: ArmType = ArmType.UNKNOWN
    make: str = ""
    model: str = ""
    # As it is searched; empty where it was not read.
    serial: str = ""
    serial_status: SerialStatus = SerialStatus.UNKNOWN
    modification: Modification = Modification.UNKNOWN
    # Whether it was taken from its lawful holder.
    taken_from_holder: Known = Known.UNKNOWN
    # The first sale to a licensed holder; None where it is not known.
    sold_on: date | None = None
    # Country of that sale; empty where it is not known.
    sold_in: str = ""
    # Key of who bought it then; empty where it is not known.
    buyer: str = ""
    # Days on which the buyer bought handguns, this one too.
    purchases: tuple[date, ...] = ()
    # When it was stolen or lost, as reported; None for no report.
    stolen_on: date | None = None
    # When that was reported.
    reported_on: date | None = None
    # Days of all losses and thefts that its last holder reported.
    losses: tuple[date, ...] = ()
    # Whether its last lawful holder was a State body, or a mark of inventory or arsenal
    # was seen on it.
    is_stock: bool | None = None

    @property
    def days(self) -> int | None:
        """Days from the first sale to the recovery; None where they make no sense."""
        if self.sold_on is None or self.sold_on > self.recovered_on:
            return None
        return (self.recovered_on - self.sold_on).days


@dataclass(slots=True)
class Others:
    """The other traced arms, indexed by what an arm may share with them."""

    parameters: Parameters
    by_buyer: dict[str, list[TracedArm]] = field(default_factory=dict)
    by_case: dict[str, list[TracedArm]] = field(default_factory=dict)
    near: dict[str, TracedArm] = field(default_factory=dict)


def index(arms: Sequence[TracedArm], parameters: Parameters) -> Others:
    """Index arms, in time of one sort."""
    others = Others(parameters)
    for each in arms:
        if each.buyer:
            others.by_buyer.setdefault(each.buyer, []).append(each)
        others.by_case.setdefault(each.case, []).append(each)
    series: dict[tuple[str, str, str], list[tuple[int, TracedArm]]] = defaultdict(list)
    for each in arms:
        found = _NUMBERED.fullmatch(each.serial)
        if found and each.make:
            kind = (each.make, each.model, found[1])
            series[kind].append((int(found[2]), each))
    for numbered in series.values():
        numbered.sort(key=lambda pair: (pair[0], pair[1].number))
        for (low, one), (high, other) in pairwise(numbered):
            if 0 < high - low <= parameters.serial_gap and one.place != other.place:
                others.near.setdefault(one.number, other)
                others.near.setdefault(other.number, one)
    return others


type Judge = Callable[[TracedArm, Others], Answer]
TRACED: Catalogue[Judge] = Catalogue({})
"""TR-01 to TR-20: on recovered arms that were traced."""
