"""Warn of a type or a route that an agency suddenly meets more often.

Weeks are held against the share that the type or route had a year before, in a
cumulative sum of log likelihood ratios for a doubling, and of what is rare for one
recovery a week more: a doubling of next to nothing is noise. A rise of all recoveries
together is no warning. The limit of the sum is set by its average run length: how
many weeks it takes, on average, until it warns where nothing changed.

Source:
    Page (1954), Biometrika 41; Brook and Evans (1972), Biometrika 59: run lengths by
    a Markov chain; Hoehle and Paul (2008) for counts with a changing mean.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import scipy

from armstrace.analysis.risk.warnings.facts import (
    Alarm,
    Budget,
    Facts,
    Recovered,
    by_unit,
)
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import Message, counted, message
from armstrace.vocabulary.recoveries import PlaceKind
from armstrace.vocabulary.warnings import WarningKind

TIMES, MORE = 2.0, 1.0
"""The rise that is looked for: so many times as much, and so many more a week."""
LEAST_BEFORE = 50
WATCHED_WEEKS = 26
STATES = 60
LEAST_FOUND = 3
UNTOLD = frozenset({"", "UNKNOWN", "OTHER"})
WEEK = timedelta(days=7)
FIELDS: dict[str, tuple[Message, type[Code]]] = {
    "arm_type": (message("type"), ArmType),
    "route": (message("kind of place"), PlaceKind),
}


@dataclass(frozen=True, slots=True)
class Stream:
    """What an agency met of one type or route."""

    unit: str
    field: str
    value: str
    # Of its recoveries, before the watched weeks.
    share: float
    # For each watched week, its recoveries of this kind and all of them.
    weeks: tuple[tuple[tuple[Recovered, ...], int], ...]


def alarms(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    """Give the types and routes of which to warn."""
    for unit, recovered in by_unit(facts):
        streams = list(streams_of(unit, recovered, facts.until))
        if not streams:
            continue
        run_length = len(streams) / budget.of(WarningKind.SUDDEN_CHANGE)
        fresh = math.ceil(facts.weeks)
        for stream in streams:
            yield from _watch(stream, run_length, fresh)


def streams_of(
    unit: str, recovered: Sequence[Recovered], until: date
) -> Iterator[Stream]:
    """Give what is watched of an agency: each type and route that it met before."""
    begin = until - WATCHED_WEEKS * WEEK
    before = [each for each in recovered if each.known_on <= begin]
    watched = [each for each in recovered if begin < each.known_on <= until]
    if len(before) < LEAST_BEFORE:
        return
    weeks: dict[int, list[Recovered]] = defaultdict(list)
    for each in watched:
        weeks[(each.known_on - begin - timedelta(days=1)).days // 7].append(each)
    for field in FIELDS:
        values = Counter(getattr(each, field) for each in recovered)
        had = Counter(getattr(each, field) for each in before)
        for value in sorted(values.keys() - UNTOLD):
            yield Stream(
                unit,
                field,
                value,
                (had[value] + 1) / (len(before) + len(values)),
                tuple(_week(weeks[n], field, value) for n in range(WATCHED_WEEKS)),
            )


def _week(
    found: Sequence[Recovered], field: str, value: str
) -> tuple[tuple[Recovered, ...], int]:
    return tuple(r for r in found if getattr(r, field) == value), len(found)


def _watch(stream: Stream, run_length: float, fresh: int) -> Iterator[Alarm]:
    """Sum up the weeks; warn where the limit is passed in one that is new."""
    usual = stream.share * sum(all_ for _, all_ in stream.weeks) / WATCHED_WEEKS
    if usual <= 0:
        return
    usual = _round(usual)
    limit, times = limit_for(usual, run_length), times_of(usual)
    total, begun = 0.0, 0
    for number, (found, all_) in enumerate(stream.weeks):
        gain = len(found) * math.log(times) - (times - 1) * stream.share * all_
        total, begun = (total + gain, begun) if total > 0 else (max(0.0, gain), number)
        if total < limit:
            continue
        in_all = sum(len(some) for some, _ in stream.weeks[begun : number + 1])
        if number >= WATCHED_WEEKS - fresh and found and in_all >= LEAST_FOUND:
            yield _alarm(stream, begun, number, run_length)
        total = 0.0


def times_of(usual: float) -> float:
    """Give how many times as much is looked for."""
    return max(TIMES, 1 + MORE / usual)


def limit_for(usual: float, run_length: float) -> float:
    """Give the limit at which a sum warns once in so many weeks by chance.

    Args:
        run_length: Average weeks between false alarms.
    """
    low, high = 0.1, 20.0
    for _ in range(18):
        middle = (low + high) / 2
        if average_run_length(usual, middle) < run_length:
            low = middle
        else:
            high = middle
    return high


@lru_cache(maxsize=4096)
def average_run_length(usual: float, limit: float) -> float:
    """Give the average weeks until a sum passes a limit where nothing changed.

    Args:
        usual: Recoveries that are expected in a week; they are taken as Poisson.
    """
    step = limit / STATES
    states = (np.arange(STATES) + 0.5) * step
    states[0] = 0.0
    most = int(usual + 12 * math.sqrt(usual) + 12)
    counts = np.arange(most)
    chances = np.exp(
        counts * math.log(usual) - usual - scipy.special.gammaln(counts + 1)
    )
    times = times_of(usual)
    gains = counts * math.log(times) - (times - 1) * usual
    after = np.maximum(0.0, states[:, None] + gains[None, :])
    places = np.floor(after / step).astype(int)
    moves = np.zeros((STATES, STATES))
    for state in range(STATES):
        stays = places[state] < STATES
        np.add.at(moves[state], places[state][stays], chances[stays])
    left = np.linalg.solve(np.eye(STATES) - moves, np.ones(STATES))
    return float(left[0]) if left[0] > 0 else math.inf


def _round(usual: float) -> float:
    """Round to steps of a tenth, so that limits are worked out once."""
    return round(math.exp(round(math.log(usual) * 10) / 10), 6)


def _words(value: str, codes: type[Code]) -> Code | str:
    """Give what a value is called; as it was written where it is no code."""
    return codes(value) if value in codes.__members__ else value


def _alarm(stream: Stream, begun: int, ended: int, run_length: float) -> Alarm:
    weeks = stream.weeks[begun : ended + 1]
    found = [each for some, _ in weeks for each in some]
    expected = stream.share * sum(all_ for _, all_ in weeks)
    told, codes = FIELDS[stream.field]
    return Alarm(
        kind=WarningKind.SUDDEN_CHANGE,
        subject=f"{stream.unit}:{stream.field}:{stream.value}",
        unit=stream.unit,
        evidence=tuple(each.number for each in found),
        sentence=counted(
            "%(unit)s recovered %(count)s arms with the %(field)s “%(value)s” in "
            "%(n)s week, where %(expected)s are usual; that happens by chance once in "
            "%(run_length)s weeks.",
            "%(unit)s recovered %(count)s arms with the %(field)s “%(value)s” in "
            "%(n)s weeks, where %(expected)s are usual; that happens by chance once in "
            "%(run_length)s weeks.",
            unit=stream.unit,
            count=len(found),
            field=told,
            value=_words(stream.value, codes),
            n=len(weeks),
            expected=round(expected, 1),
            run_length=round(run_length),
        ),
        chance=1 / run_length,
        on=max(each.known_on for each in found),
    )
