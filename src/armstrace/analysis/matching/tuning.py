"""What may be put into use beside the shipped rates, and how it is tried first.

A calibration or a set of learned rates is a plain table. Before a person puts it
into use it is replayed on cases that were kept back.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from armstrace.analysis.matching.calibration import Calibration
from armstrace.analysis.matching.channel import Channel

BINS = 10
KEPT_BACK_EACH = 4
# Fewer decided cases than these say nothing of a table, for good or ill.
FEWEST_REPLAYED = 20
LEAST = 1e-6

type Table = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class DecidedCase:
    """A candidate that a person decided on."""

    # As stated without any calibration, 0 to 1.
    probability: float
    is_same: bool
    # The make as read; empty where none was.
    make: str = ""
    # Characters of the serial as read.
    length: int = 0


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well stated probabilities agree with what people found."""

    cases: int
    # Expected calibration error over ``BINS`` equal bins, 0 to 1.
    error: float
    # Mean negative natural logarithm of what was stated for the truth.
    log_loss: float


def table_of(calibration: Calibration) -> dict[str, list[float]]:
    """Write a calibration as a table."""
    return {
        "stated": list(calibration.stated),
        "observed": list(calibration.observed),
    }


def calibration_of(table: Mapping[str, Sequence[float]]) -> Calibration:
    """Read a calibration that ``table_of`` wrote."""
    return Calibration(tuple(table["stated"]), tuple(table["observed"]))


def channel_with(channel: Channel, table: Table, *, name: str) -> Channel:
    """Put learned rates into a channel.

    Args:
        table: As ``learning.changed`` wrote it.
        name: What the version is called from here on.
    """
    fields = dict(channel.fields)
    for field, rates in table.items():
        if field:
            fields[field] = replace(
                fields[field], close=rates["close"], wrong=rates["wrong"]
            )
    absent = table.get("", {}).get("absent", channel.absent)
    return replace(channel, model=name, fields=fields, absent=absent)


def count_replayed(replay: Mapping[str, Any]) -> int:
    """Count the cases of a replay: numbers entered twice, or what people decided."""
    decided = replay.get("decided_after", {}).get("cases", 0)
    return int(replay.get("pairs", decided))


def part[C](cases: Sequence[C]) -> tuple[list[C], list[C]]:
    """Part cases, in an order that stays, into those learned from and kept back."""
    learned = [case for n, case in enumerate(cases) if n % KEPT_BACK_EACH]
    return learned, list(cases[::KEPT_BACK_EACH])


def reliability(
    cases: Iterable[DecidedCase], calibration: Calibration | None = None
) -> Reliability:
    """Set stated probabilities beside what people found.

    Args:
        calibration: Applied to what was stated; nothing is when None.

    Source:
        M. Pakdaman Naeini, G. Cooper, M. Hauskrecht, "Obtaining well calibrated
        probabilities using Bayesian binning", AAAI 2015 (expected calibration error).
    """
    bins: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    loss, size = 0.0, 0
    for case in cases:
        stated = case.probability
        if calibration is not None:
            stated = calibration.apply(stated)
        bins[min(int(stated * BINS), BINS - 1)][0] += stated
        bins[min(int(stated * BINS), BINS - 1)][1] += case.is_same
        true = stated if case.is_same else 1 - stated
        loss -= math.log(max(true, LEAST))
        size += 1
    gaps = math.fsum(abs(stated - found) for stated, found in bins.values())
    return Reliability(size, gaps / max(size, 1), loss / max(size, 1))


def by_group(
    cases: Iterable[DecidedCase],
    group: Callable[[DecidedCase], str],
    calibration: Calibration | None = None,
) -> dict[str, Reliability]:
    """Give the reliability of each group of cases, the largest group first.

    Args:
        group: Names the group of a case, such as its make.
        calibration: Applied to what was stated; nothing is when None.
    """
    parts: dict[str, list[DecidedCase]] = defaultdict(list)
    for case in cases:
        parts[group(case)].append(case)
    ordered = sorted(parts.items(), key=lambda part: (-len(part[1]), part[0]))
    return {name: reliability(part, calibration) for name, part in ordered}


def make_group(case: DecidedCase) -> str:
    """Name the make of a case."""
    return case.make or "not read"


def length_group(case: DecidedCase) -> str:
    """Name the length of a case's serial."""
    size = case.length
    if size < 2:
        return "none"
    return "2-4" if size < 5 else "5-6" if size < 7 else "7-8" if size < 9 else "9+"
