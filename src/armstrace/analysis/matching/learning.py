"""Learn how often fields are misread from readings that nobody labelled.

Each reading is explained by one of its candidates or by an arm that is not in the
register. Which one is not known; expectation-maximisation weighs all by their
probability, counts how often each field then agreed, was close or differed, and
takes those shares as the new rates. The likelihood never falls.

What is learned is proposed, replayed on readings that were kept back, and put into
use by a person or not at all.

Source:
    A. Dempster, N. Laird, D. Rubin, "Maximum likelihood from incomplete data via
    the EM algorithm", JRSS B 39 (1977); W. Winkler, "Using the EM algorithm for
    weight computation in the Fellegi-Sunter model of record linkage", 1988.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.matching.cards import FIELDS
from armstrace.analysis.matching.channel import Channel
from armstrace.analysis.matching.rank import Ranking
from armstrace.vocabulary.matching import Agreement

LEVELS = (Agreement.AGREES, Agreement.CLOSE, Agreement.DIFFERS)
NOT_COMPARED = -1
LEAST_RATE, MOST_RATE = 0.002, 0.25
LEAST_ABSENT, MOST_ABSENT = 0.01, 0.90
MOST_ROUNDS = 50
SETTLED = 1e-7
TINY = 1e-300
HALVINGS = 80

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cases:
    """Readings with their candidates, as parallel arrays."""

    # (candidates,) int64, index of the reading, ascending.
    reading: NDArray[np.int64]
    # (candidates, fields) int8, index into ``LEVELS`` of each field of
    # ``cards.FIELDS``; ``NOT_COMPARED`` where one side is silent.
    levels: NDArray[np.int8]
    # (candidates,) float64, natural logarithm of all that is not learned: serial,
    # rarity, and one over the size of the register.
    log_base: Floats
    # (readings,) float64, that of the reading on an arm that is not registered.
    log_absent: Floats
    # (readings,) float64, that of the registered arms not listed; minus infinity where
    # all are.
    log_rest: Floats

    @property
    def size(self) -> int:
        """Number of readings."""
        return len(self.log_absent)


@dataclass(frozen=True, slots=True)
class Rates:
    """What is learned."""

    # (fields, levels) float64, each row sums to one.
    levels: Floats
    # The share of arms looked for that are not in the register.
    absent: float


@dataclass(frozen=True, slots=True)
class Learned:
    """The rates, and how the likelihood rose to them."""

    rates: Rates
    # Before each round and after the last, never falling.
    log_likelihoods: tuple[float, ...]
    # (fields,) expected number of readings that each field was compared in; a field
    # that hardly was keeps its rates.
    compared: Floats


def rates_of(channel: Channel) -> Rates:
    """Give the rates of a channel in the form that is learned."""
    rows = [channel.fields[name] for name in FIELDS]
    table = [[1 - row.close - row.wrong, row.close, row.wrong] for row in rows]
    return Rates(np.array(table, float), channel.absent)


def cases_of(rankings: Iterable[Ranking], channel: Channel) -> Cases:
    """Lay out rankings for learning.

    Args:
        rankings: As ranked under ``channel``, not calibrated; those in which
            nothing was compared are left out.
    """
    start = rates_of(channel)
    logs = np.log(np.maximum(start.levels, TINY))
    log_here, log_gone = math.log(1 - channel.absent), math.log(channel.absent)
    reading: list[int] = []
    levels: list[list[int]] = []
    base: list[float] = []
    absent: list[float] = []
    rest: list[float] = []
    for ranking in rankings:
        if not ranking.is_compared:
            continue
        for one in ranking.candidates:
            row = _levels({e.field: e.agreement for e in one.evidence})
            learned = sum(logs[f, n] for f, n in enumerate(row) if n >= 0)
            reading.append(len(absent))
            levels.append(row)
            base.append(math.log(max(one.probability, TINY)) - learned - log_here)
        absent.append(math.log(max(ranking.probability_absent, TINY)) - log_gone)
        others = ranking.probability_others
        rest.append(math.log(others) - log_here if others > 0 else -math.inf)
    return Cases(
        np.array(reading, np.int64),
        np.array(levels, np.int8).reshape(-1, len(FIELDS)),
        np.array(base, float),
        np.array(absent, float),
        np.array(rest, float),
    )


def learn(cases: Cases, start: Rates, *, rounds: int = MOST_ROUNDS) -> Learned:
    """Learn rates by expectation-maximisation.

    Args:
        start: Where to begin; brought inside the bounds first.

    Returns:
        Rates within ``LEAST_RATE`` and ``MOST_RATE`` (of each misreading) and of
        ``absent`` within its own bounds. Limits of use: closeness of serials is
        not learned, and readings of which most are of absent arms say little.
    """
    rates = _inside(start)
    logs: list[float] = []
    expected = _expect(cases, rates)
    for _ in range(rounds):
        logs.append(expected.log_likelihood)
        rates = _maximise(expected, rates)
        expected = _expect(cases, rates)
        if expected.log_likelihood - logs[-1] < SETTLED * max(1, abs(logs[-1])):
            break
    logs.append(expected.log_likelihood)
    return Learned(rates, tuple(logs), expected.counts.sum(axis=1))


def log_likelihood(cases: Cases, rates: Rates) -> float:
    """Give the natural logarithm of the likelihood of readings under rates."""
    return _expect(cases, rates).log_likelihood


@dataclass(frozen=True, slots=True)
class _Expected:
    """What the readings say under some rates."""

    log_likelihood: float
    # (fields, levels) expected number of each.
    counts: Floats
    absent: float
    readings: int


def _expect(cases: Cases, rates: Rates) -> _Expected:
    fields, levels = rates.levels.shape
    if not cases.size:
        return _Expected(0.0, np.zeros((fields, levels)), 0.0, 0)
    logs = np.column_stack([np.log(np.maximum(rates.levels, TINY)), np.zeros(fields)])
    weights = cases.log_base + math.log1p(-rates.absent)
    for field in range(fields):
        weights = weights + logs[field, cases.levels[:, field]]
    absent = cases.log_absent + math.log(rates.absent)
    rest = cases.log_rest + math.log1p(-rates.absent)
    highest = np.maximum(absent, rest)
    np.maximum.at(highest, cases.reading, weights)
    shares = np.exp(weights - highest[cases.reading])
    gone = np.exp(absent - highest)
    total = gone + np.exp(rest - highest)
    total += np.bincount(cases.reading, shares, minlength=cases.size)
    shares = shares / total[cases.reading]
    counts = np.zeros((fields, levels))
    for field in range(fields):
        seen = cases.levels[:, field] >= 0
        counts[field] = np.bincount(
            cases.levels[seen, field], shares[seen], minlength=levels
        )
    return _Expected(
        float(np.sum(highest + np.log(total))),
        counts,
        float(np.sum(gone / total)),
        cases.size,
    )


def _maximise(expected: _Expected, before: Rates) -> Rates:
    rows = [
        _bound(counts) if counts.sum() > 0 else row
        for counts, row in zip(expected.counts, before.levels, strict=True)
    ]
    share = expected.absent / max(expected.readings, 1)
    absent = min(max(share, LEAST_ABSENT), MOST_ABSENT)
    return Rates(np.array(rows), absent if expected.readings else before.absent)


def _inside(rates: Rates) -> Rates:
    absent = min(max(rates.absent, LEAST_ABSENT), MOST_ABSENT)
    return Rates(np.array([_bound(row) for row in rates.levels]), absent)


def _bound(counts: Floats) -> Floats:
    """Give the likeliest shares for counts, the misreadings inside their bounds.

    Each share is its count over one number common to all, cut to the bounds; the
    number is found by halving, so that the shares sum to one.
    """
    low, high = 0.0, 2 * float(counts.sum()) + 1
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if counts[0] / middle + _cut(counts, middle).sum() > 1:
            low = middle
        else:
            high = middle
    wrong = _cut(counts, high)
    return np.array([1 - wrong.sum(), *wrong])


def _cut(counts: Floats, common: float) -> Floats:
    return np.clip(counts[1:] / common, LEAST_RATE, MOST_RATE)


def _levels(seen: dict[str, Agreement]) -> list[int]:
    return [
        LEVELS.index(seen[field]) if seen.get(field) in LEVELS else NOT_COMPARED
        for field in FIELDS
    ]


def channel_changes(channel: Channel, rates: Rates) -> dict[str, dict[str, float]]:
    """Give learned rates as a table that ``tuning`` puts into a channel."""
    table: dict[str, dict[str, float]] = {"": {"absent": round(rates.absent, 5)}}
    for name, (_, close, wrong) in zip(FIELDS, rates.levels.tolist(), strict=True):
        old = channel.fields[name]
        table[name] = {
            "close": round(close, 5) if old.close else 0.0,
            "wrong": round(wrong, 5),
        }
    return table
