"""Warn of neighbouring serial numbers or inventory marks in different places.

How many neighbours a number has by chance is counted in the wide surroundings of the
same make and form of number, so that a maker whose arms are everywhere is no warning.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import scipy

from armstrace.analysis.risk.warnings.facts import (
    Alarm,
    Budget,
    Facts,
    Recovered,
    unit_of,
)
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.warnings import WarningKind

NEAR = (5, 20, 100)
"""Numbers to either side that count as near."""
AROUND, BESIDE = 200, 10
"""How many times as wide the surroundings are; the denser of the two counts."""
LEAST_DIGITS, LEAST_SIGNS = 3, 5
BLOCK = 1000
NUMBER = re.compile(r"^(.*?)(\d+)([^\d]*)$")

type Series = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Recoveries whose numbers are near one, and how likely so many are."""

    found: tuple[Recovered, ...]
    chance: float


type Read = Callable[[Recovered], tuple[str, str]]
"""Gives who gave an arm its number, and the number; empty for none."""

READ: dict[WarningKind, Read] = {
    WarningKind.NEAR_SERIALS: lambda each: (
        each.make,
        each.serial if each.make else "",
    ),
    WarningKind.INVENTORY_MARKS: lambda each: ("", each.inventory),
}


def alarms(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    """Give the runs of numbers of which to warn."""
    for kind in READ:
        yield from _alarms_of(kind, facts, budget)


def _alarms_of(kind: WarningKind, facts: Facts, budget: Budget) -> Iterator[Alarm]:
    series = by_series(facts.recovered, READ[kind])
    fresh = [
        (key, value, each)
        for key, found in series.items()
        for value, each in found
        if facts.is_new(each)
    ]
    if not fresh:
        return
    level = budget.level(kind, facts.weeks, len(fresh))
    for key, value, _ in sorted(fresh, key=lambda one: (one[0], one[1])):
        run = run_about(value, series[key], key[-1])
        if run is not None and run.chance <= level:
            yield _alarm(kind, key, value, run)


def by_series(
    recovered: Iterable[Recovered], read: Read
) -> dict[Series, list[tuple[int, Recovered]]]:
    """Sort recoveries by giver and form of number, then by the number itself."""
    found: dict[Series, list[tuple[int, Recovered]]] = defaultdict(list)
    for each in recovered:
        giver, text = read(each)
        told = NUMBER.match(text)
        if told and _is_told(told[2], text):
            key = (giver, told[1], told[3], len(told[2]))
            found[key].append((int(told[2]), each))
    for series in found.values():
        series.sort(key=lambda pair: (pair[0], pair[1].number))
    return dict(found)


def _is_told(digits: str, serial: str) -> bool:
    """Tell whether a number is long enough to be near another by more than chance."""
    return len(digits) >= LEAST_DIGITS and len(serial) >= LEAST_SIGNS


def run_about(
    value: int, numbers: Sequence[tuple[int, Recovered]], digits: int
) -> Run | None:
    """Give the most striking run about a number, if it lies in several places.

    Args:
        numbers: All of its make and form, in order.
        digits: How many digits it has: no surroundings are wider than all numbers.
    """
    best: Run | None = None
    for width in NEAR:
        near = _within(value, width, numbers)
        others = {n for n, _ in near} - {value}
        if not others or not _are_apart([each for _, each in near]):
            continue
        around = min(AROUND, 10**digits / (2 * width + 1))
        expected = max(
            (_rest(value, width * AROUND, numbers, others) + 0.5) / around,
            _rest(value, width * BESIDE, numbers, others) / BESIDE,
        )
        chance = float(scipy.special.pdtrc(len(others) - 1, expected)) * len(NEAR)
        if best is None or chance < best.chance:
            best = Run(tuple(each for _, each in near), min(1.0, chance))
    return best


def _rest(
    value: int, width: int, numbers: Sequence[tuple[int, Recovered]], near: set[int]
) -> int:
    return len({n for n, _ in _within(value, width, numbers)} - near - {value})


def _within(
    value: int, width: int, numbers: Sequence[tuple[int, Recovered]]
) -> Sequence[tuple[int, Recovered]]:
    first = bisect_left(numbers, value - width, key=lambda pair: pair[0])
    last = bisect_right(numbers, value + width, key=lambda pair: pair[0])
    return numbers[first:last]


def _are_apart(near: Sequence[Recovered]) -> bool:
    places = {each.place or each.region or each.unit for each in near}
    return len(places) > 1 and len({each.case for each in near}) > 1


def _alarm(kind: WarningKind, key: Series, value: int, run: Run) -> Alarm:
    giver, before, after, _ = key
    return Alarm(
        kind=kind,
        subject=f"{giver}:{before}#{after}:{value // BLOCK}",
        unit=unit_of(run.found),
        evidence=tuple(each.number for each in run.found),
        sentence=message(
            "%(count)s arms with neighbouring %(what)s (%(numbers)s) were recovered "
            "in different places: %(places)s.",
            count=len(run.found),
            what=message("serial numbers of %(make)s", make=giver)
            if giver
            else message("inventory marks"),
            numbers=[READ[kind](each)[1] for each in run.found],
            places=sorted(
                {each.place or each.region or each.unit for each in run.found}
            ),
        ),
        chance=run.chance,
        on=max(each.known_on for each in run.found),
    )
