"""The truth of what was planted, once every plot has its number."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from armstrace.analysis.synthetic import draws, lives, ties
from armstrace.analysis.synthetic.cases import Case, Cases
from armstrace.analysis.synthetic.planting import Planting
from armstrace.analysis.synthetic.plants import Plant, Plants, Plot, Ring
from armstrace.analysis.synthetic.slots import Slots

_STREAM = 62
# What a plant is in the list of all, and which days of its plots it spans.
_KINDS = {
    "RING": ("rings", "sold"),
    "STRAW": ("straws", "sold"),
    "CHAIN": ("chains", "sold"),
    "THEFTS": ("clusters", "gone"),
    "SOURCE": ("sources", "day"),
    "SERIES": ("series", "day"),
    "DEPOT": ("depots", "day"),
    "CHANGE": ("changes", "day"),
}


class Placed(NamedTuple):
    """A plot with its number, its arm and its case, if it was recovered."""

    number: int
    plot: Plot
    arm: str
    case: Case | None

    @property
    def recovery(self) -> str:
        """The source number of its recovery, empty where there is none."""
        return self.case.source_number if self.case else ""


def plants_of(planting: Planting, slots: Slots, cases: Cases) -> Plants:
    """Tell what was planted."""
    groups: dict[str, list[Placed]] = defaultdict(list)
    for at, plot in enumerate(slots.plots):
        number = slots.unplanted + at
        case = cases.of(number) if number < slots.recoveries else None
        arm = lives.number_of(slots.arm_of(number))
        for key in plot.plants:
            groups[key].append(Placed(number, plot, arm, case))
    made: dict[str, list[Any]] = {kind: [] for kind, _ in _KINDS.values()}
    for key in sorted(groups):
        placed = sorted(groups[key], key=lambda one: (one.plot.day, one.number))
        kind, _ = _KINDS[key.partition("-")[0]]
        make = _ring if kind == "rings" else _plant
        made[kind].append(make(planting, key, placed))
    listed: dict[str, Any] = {kind: tuple(plants) for kind, plants in made.items()}
    return Plants(**listed, innocent=frozenset(planting.innocent))


def had(case: Case, name: str) -> tuple[str, str, str, date]:
    """Say who had what: name, numbers of the recovery and the case, and the day."""
    on = date.fromordinal(case.slot.day)
    number = f"{case.agency}/{case.slot.number // 2:06d}"
    plot = case.slot.plot
    return name, case.source_number, plot.case if plot and plot.case else number, on


def _ring(planting: Planting, key: str, placed: list[Placed]) -> Ring:
    kind, people = planting.kind, planting.people[key]
    people = people._replace(names=tuple(map(kind.person, people.names)))
    seen = [
        had(one.case, kind.person(one.plot.taken_from)) for one in placed if one.case
    ]
    rng = draws.generator(planting.seed, _STREAM, int(key.partition("-")[2]))
    reported = ties.of_ring(key, people, seen, rng)
    straws = [one for one in placed if one.plot.dealer and len(one.plot.plants) > 1]
    told = _facts(planting, key, straws) | _records(placed)
    cases = tuple(dict.fromkeys(case for _, _, case, _ in seen))
    return Ring(**told, subjects=reported.subjects, ties=reported.ties, cases=cases)


def _plant(planting: Planting, key: str, placed: list[Placed]) -> Plant:
    return Plant(**_facts(planting, key, placed), **_records(placed))


def _records(placed: list[Placed]) -> dict[str, Any]:
    return {
        "arms": tuple(one.arm for one in placed),
        "recoveries": tuple(one.recovery for one in placed if one.recovery),
        "days": tuple(date.fromordinal(one.plot.day) for one in placed),
    }


def _facts(planting: Planting, key: str, placed: list[Placed]) -> dict[str, Any]:
    _, spanned = _KINDS[key.partition("-")[0]]
    plots = [one.plot for one in placed]
    days = [getattr(plot, spanned) for plot in plots]
    town = planting.town_of_thefts.get(key)
    in_order = sorted(plots, key=lambda plot: plot.run)
    return {
        "key": key,
        "first_on": date.fromordinal(min(days)),
        "last_on": date.fromordinal(max(days)),
        "buyers": tuple(dict.fromkeys(plot.keeper for plot in plots)),
        "dealer": plots[0].dealer,
        "place": planting.kind.place(town.name) if town else "",
        "marks": tuple(plot.other_marks for plot in in_order),
    }
