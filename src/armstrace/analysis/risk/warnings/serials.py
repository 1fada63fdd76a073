"""Warn of neighbouring serial numbers or inventory marks in different places.

How many neighbours a number has by chance is counted in the wide surroundings of the
same make and form of number, so that a maker whose arms are everywhere is no warning.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from scipy import special

from armstrace.analysis.risk.warnings.facts import (
    Alarm,
    Budget,
    Facts,
    Recovered,
    unit_of,
)
from armstrace.vocabulary.messages import Message, message
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


@dataclass(frozen=True, slots=True)
class Numbers:
    """Which numbers of recovered arms are held against each other.

    Args:
        read: Gives who gave the number, and the number; empty for none.
        say: What is seen: count, giver, numbers and places.
    """

    kind: WarningKind
    read: Callable[[Recovered], tuple[str, str]]
    say: Callable[[int, str, list[str], list[str]], Message]


def _say_serials(
    count: int, make: str, numbers: list[str], places: list[str]
) -> Message:
    return message(
        "%(count)s arms by %(make)s with neighbouring serial numbers (%(serials)s) "
        "were recovered in different places: %(places)s.",
        count=count,
        make=make,
        serials=numbers,
        places=places,
    )


def _say_inventory(
    count: int, _giver: str, numbers: list[str], places: list[str]
) -> Message:
    return message(
        "%(count)s arms with neighbouring inventory marks (%(marks)s) were recovered "
        "in different places: %(places)s. They may come from one store.",
        count=count,
        marks=numbers,
        places=places,
    )


NUMBERS = (
    Numbers(
        WarningKind.NEAR_SERIALS,
        lambda each: (each.make, each.serial if each.make else ""),
        _say_serials,
    ),
    Numbers(
        WarningKind.INVENTORY_MARKS, lambda each: ("", each.inventory), _say_inventory
    ),
)


def alarms(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    """Give the runs of numbers of which to warn.

    Args:
        budget: How many false alarms are accepted.
    """
    for numbers in NUMBERS:
        yield from _alarms_of(numbers, facts, budget)


def _alarms_of(numbers: Numbers, facts: Facts, budget: Budget) -> Iterator[Alarm]:
    series = by_series(facts.recovered, numbers)
    fresh = [
        (key, value, each)
        for key, found in series.items()
        for value, each in found
        if facts.is_new(each)
    ]
    if not fresh:
        return
    level = budget.level(numbers.kind, facts.weeks, len(fresh))
    for key, value, _ in sorted(fresh, key=lambda one: (one[0], one[1])):
        run = run_about(value, series[key], key[-1])
        if run is not None and run.chance <= level:
            yield _alarm(numbers, key, value, run)


def by_series(
    recovered: Iterable[Recovered], numbers: Numbers
) -> dict[Series, list[tuple[int, Recovered]]]:
    """Sort recoveries by giver and form of number, then by the number itself."""
    found: dict[Series, list[tuple[int, Recovered]]] = defaultdict(list)
    for each in recovered:
        giver, text = numbers.read(each)
        read = NUMBER.match(text)
        if read and _is_told(read[2], text):
            key = (giver, read[1], read[3], len(read[2]))
            found[key].append((int(read[2]), each))
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
        chance = float(special.pdtrc(len(others) - 1, expected)) * len(NEAR)
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


def _alarm(numbers: Numbers, key: Series, value: int, run: Run) -> Alarm:
    giver, before, after, _ = key
    places = sorted({each.place or each.region or each.unit for each in run.found})
    written = [numbers.read(each)[1] for each in run.found]
    return Alarm(
        kind=numbers.kind,
        subject=f"{giver}:{before}#{after}:{value // BLOCK}",
        unit=unit_of(run.found),
        evidence=tuple(each.number for each in run.found),
        sentence=numbers.say(len(run.found), giver, written, places),
        chance=run.chance,
        on=max(each.known_on for each in run.found),
    )
