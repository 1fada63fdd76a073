"""The truth of what was planted, once every plot has its number."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from armstrace.analysis.synthetic import draws, lives, ties
from armstrace.analysis.synthetic.cases import Case, Cases
from armstrace.analysis.synthetic.planting import Planting
from armstrace.analysis.synthetic.plants import (
    Chain,
    Change,
    Depot,
    Plant,
    Plants,
    Plot,
    Ring,
    Series,
    Source,
    Straw,
    TheftCluster,
)
from armstrace.analysis.synthetic.slots import Slots

_STREAM = 62


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
    made: dict[str, list[Any]] = defaultdict(list)
    for key in sorted(groups):
        placed = sorted(groups[key], key=lambda one: (one.plot.day, one.number))
        word = key.partition("-")[0]
        made[word].append(_make(planting, key, placed))
    return Plants(
        rings=tuple(made["RING"]),
        straws=tuple(made["STRAW"]),
        clusters=tuple(made["THEFTS"]),
        sources=tuple(made["SOURCE"]),
        series=tuple(made["SERIES"]),
        depots=tuple(made["DEPOT"]),
        chains=tuple(made["CHAIN"]),
        changes=tuple(made["CHANGE"]),
        innocent=frozenset(planting.innocent),
    )


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
    straws = [
        one.plot for one in placed if one.plot.dealer and len(one.plot.plants) > 1
    ]
    return Ring(
        **_common(key, placed, [plot.sold for plot in straws]),
        subjects=reported.subjects,
        ties=reported.ties,
        buyer=straws[0].keeper,
        cases=tuple(dict.fromkeys(case for _, _, case, _ in seen)),
    )


def _cluster(planting: Planting, key: str, placed: list[Placed]) -> TheftCluster:
    from_town = planting.town_of_thefts[key].name
    common = _common(key, placed, [one.plot.gone for one in placed])
    return TheftCluster(**common, place=planting.kind.place(from_town))


def _of_first(name: str) -> Callable[[list[Placed]], str]:
    return lambda placed: getattr(placed[0].plot, name)


def _buyers(placed: list[Placed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.plot.keeper for one in placed))


def _marks(placed: list[Placed]) -> tuple[str, ...]:
    in_order = sorted(placed, key=lambda one: one.plot.run)
    return tuple(one.plot.other_marks for one in in_order)


def _days(placed: list[Placed]) -> tuple[date, ...]:
    return tuple(date.fromordinal(one.plot.day) for one in placed)


# What a plant is, which days of its plots it spans, and what else is told of it.
_PLAIN: dict[str, tuple[type[Plant], str, dict[str, Callable[[list[Placed]], Any]]]] = {
    "STRAW": (
        Straw,
        "sold",
        {"buyer": _of_first("keeper"), "dealer": _of_first("dealer")},
    ),
    "CHAIN": (Chain, "sold", {"buyers": _buyers, "dealer": _of_first("dealer")}),
    "SOURCE": (Source, "day", {"dealer": _of_first("dealer")}),
    "SERIES": (Series, "day", {}),
    "CHANGE": (Change, "day", {}),
    "DEPOT": (
        Depot,
        "day",
        {"body": _of_first("keeper"), "marks": _marks, "days": _days},
    ),
}


def _make(planting: Planting, key: str, placed: list[Placed]) -> Plant:
    word = key.partition("-")[0]
    if word == "RING":
        return _ring(planting, key, placed)
    if word == "THEFTS":
        return _cluster(planting, key, placed)
    kind, day, told = _PLAIN[word]
    common = _common(key, placed, [getattr(one.plot, day) for one in placed])
    return kind(**common, **{name: tell(placed) for name, tell in told.items()})


def _common(key: str, placed: list[Placed], days: list[int]) -> dict[str, Any]:
    return {
        "key": key,
        "arms": tuple(one.arm for one in placed),
        "recoveries": tuple(one.recovery for one in placed if one.recovery),
        "first_on": date.fromordinal(min(days)),
        "last_on": date.fromordinal(max(days)),
    }
