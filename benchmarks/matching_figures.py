"""What the benchmark of matching counts: recall, probabilities, times, with bounds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from armstrace.analysis.statistics import wilson

CERTAIN = 0.95


@dataclass
class Answer:
    """What one method gave for one reading.

    Args:
        found: Registry ids with their probability or score, best first.
        absent: Stated probability that the arm is not registered.
    """

    found: list[tuple[str, float]]
    absent: float = 0.0


@dataclass
class Result:
    """The figures of one method.

    Args:
        name: Of the method.
        seconds_building: To hold the register in the form that it searches.
    """

    name: str
    seconds_building: float = 0.0
    remark: str = ""
    first: list[bool] = field(default_factory=list)
    within_ten: list[bool] = field(default_factory=list)
    fetched: list[bool] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stated: list[tuple[float, bool]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    own_milliseconds: list[float] = field(default_factory=list)
    by_error_ms: dict[str, list[float]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def take(self, answer: Answer, truth: str, error: str, ms: float) -> None:
        """Count one answer; the truth is empty for an arm that is not registered."""
        self.milliseconds.append(ms)
        self.by_error_ms[error if truth else "not registered"].append(ms)
        ids = [registry_id for registry_id, _ in answer.found]
        if answer.found:
            self.stated.append((answer.found[0][1], ids[0] == truth))
        if truth:
            self.first.append(ids[:1] == [truth])
            self.within_ten.append(truth in ids[:10])
            self.errors.append(error)

    def lines(self, *, is_calibrated: bool) -> list[str]:
        """Give the figures as lines of text."""
        p50, p95 = np.percentile(self.milliseconds, [50, 95])
        told = [
            f"{self.name:22} n={len(self.first)} R@1 {_bounded(self.first)} "
            f"R@10 {_bounded(self.within_ten)} p50 {p50:.2f} ms p95 {p95:.2f} ms "
            f"built in {self.seconds_building:.1f} s {self.remark}".rstrip()
        ]
        if self.own_milliseconds:
            p50, p95 = np.percentile(self.own_milliseconds, [50, 95])
            told.append(
                f"  of one processor in this process p50 {p50:.2f} ms p95 {p95:.2f} ms"
            )
        if self.fetched:
            told.append(f"  candidates' ceiling {_bounded(self.fetched)}")
        if is_calibrated:
            told += [self._calibration(), *self._errors()]
        return told

    def ece(self) -> float:
        """Give the expected calibration error over ten equal bins."""
        bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for probability, is_right in self.stated:
            bins[min(int(probability * 10), 9)].append((probability, is_right))
        off = [
            abs(sum(p for p, _ in rows) - sum(right for _, right in rows))
            for rows in bins.values()
        ]
        return sum(off) / max(len(self.stated), 1)

    def _calibration(self) -> str:
        sure = [right for probability, right in self.stated if probability >= CERTAIN]
        share = len(sure) / max(len(self.milliseconds), 1)
        return (
            f"  calibration error {self.ece():.4f}; p >= {CERTAIN} for {share:.1%} of "
            f"readings, of which right {_bounded(sure)}"
        )

    def _errors(self) -> list[str]:
        rows: dict[str, list[int]] = defaultdict(list)
        for place, error in enumerate(self.errors):
            rows[error].append(place)
        told = []
        for error, places in sorted(rows.items()):
            first = [self.first[place] for place in places]
            ten = [self.within_ten[place] for place in places]
            reach = [self.fetched[place] for place in places] if self.fetched else []
            ceiling = f" ceiling {sum(reach) / len(reach):.3f}" if reach else ""
            told.append(
                f"  {error:15} n={len(places):4} R@1 {sum(first) / len(first):.3f} "
                f"R@10 {sum(ten) / len(ten):.3f}{ceiling} "
                f"{_times(self.by_error_ms[error])}"
            )
        none = self.by_error_ms["not registered"]
        if none:
            told.append(f"  {'not registered':15} n={len(none):4} {_times(none)}")
        return told


def _times(milliseconds: list[float]) -> str:
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return f"p50 {p50:.2f} p95 {p95:.2f} ms"


def _bounded(claims: Sequence[bool]) -> str:
    if not claims:
        return "-"
    low, high = wilson.wilson_bounds(sum(claims), len(claims))
    return f"{sum(claims) / len(claims):.3f} [{low:.3f}-{high:.3f}]"
