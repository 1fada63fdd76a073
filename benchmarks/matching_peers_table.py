"""The figures of all methods of one run, as one table and as JSON.

Each peer stands beside what Armstrace did on the very readings that the peer had.
"""

import gc
import json
import os
import platform
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from armstrace.analysis.statistics import wilson
from benchmarks.matching_figures import CERTAIN, Result

TOOLS = (
    "numpy", "rapidfuzz", "duckdb", "splink", "symspellpy", "tantivy", "psycopg",
)  # fmt: skip
HEADS = (
    "method", "readings", "R@1 [95 %]", "R@10 [95 %]", "p50 ms", "p95 ms", "build s",
    "stored MB", "memory MB", "Armstrace on the same R@1",
)  # fmt: skip


class Memory:
    """Resident memory of this process beyond what it held at the start, in MB.

    ``building`` is the most while the register is put into the form that is searched,
    ``answering`` the most after that.
    """

    def __init__(self) -> None:
        gc.collect()
        self._start = _resident("VmRSS")
        self.building = self._answering = 0
        _forget_most()

    def built(self) -> None:
        """Begin to count the memory of answering."""
        gc.collect()
        self.building = self._most()
        _forget_most()

    @property
    def answering(self) -> int:
        """The most since it was built."""
        return self._most()

    def _most(self) -> int:
        return max(0, _resident("VmHWM") - self._start)


def _resident(line: str) -> int:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    found = next(row for row in text.splitlines() if row.startswith(line))
    return int(found.split()[1]) // 1024


def _forget_most() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # see proc(5)


@dataclass
class Measured:
    """One method as it was measured.

    Args:
        missing: Why it could not be; empty where it was.
        stored_bytes: On disk or in a server.
        is_batch: It answers all readings at once; times are a reading's share.
        states_probability: Its scores claim to be probabilities.
        store: Sizes and costs of Armstrace's own key store.
    """

    name: str
    result: Result | None = None
    memory: Memory | None = None
    missing: str = ""
    stored_bytes: float | None = None
    is_batch: bool = False
    states_probability: bool = False
    store: dict[str, float] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """Give the figures, with the single answers for ``compared``."""
        if self.result is None or self.memory is None:
            return {"method": self.name, "missing": self.missing}
        return {
            "method": self.name,
            **_answers(self.result, states_probability=self.states_probability),
            "is_batch": self.is_batch,
            "build_seconds": round(self.result.seconds_building, 2),
            "stored_mb": _megabytes(self.stored_bytes),
            "memory_building_mb": self.memory.building,
            "memory_answering_mb": self.memory.answering,
            "load": round(os.getloadavg()[0], 1),
            "store": self.store,
            "single": {"ms": self.result.milliseconds, "first": self.result.first},
        }


def _answers(result: Result, *, states_probability: bool) -> dict[str, Any]:
    p50, p95 = _times(result.milliseconds)
    told = {
        "readings": len(result.milliseconds),
        "registered": len(result.first),
        "recall_at_1": _share(result.first),
        "recall_at_10": _share(result.within_ten),
        "ceiling": _share(result.fetched),
        "p50_ms": p50,
        "p95_ms": p95,
        "by_error": _by_error(result),
    }
    if result.own_milliseconds:
        p50, p95 = _times(result.own_milliseconds)
        told |= {"processor_p50_ms": p50, "processor_p95_ms": p95}
    if states_probability:
        sure = [right for probability, right in result.stated if probability >= CERTAIN]
        told |= {
            "calibration_error": round(result.ece(), 4),
            "sure_of_readings": round(len(sure) / max(len(result.milliseconds), 1), 4),
            "sure_and_right": _share(sure),
        }
    return told


def _times(milliseconds: list[float]) -> tuple[float, float]:
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return round(float(p50), 4), round(float(p95), 4)


def _by_error(result: Result) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    rows = zip(result.errors, result.first, result.within_ten, strict=True)
    for error, first, ten in rows:
        counts = told.setdefault(error, {"readings": 0, "first": 0, "within_ten": 0})
        counts["readings"] += 1
        counts["first"] += first
        counts["within_ten"] += ten
    for error, milliseconds in result.by_error_ms.items():
        counts = told.setdefault(error, {"readings": len(milliseconds)})
        counts["p50_ms"], counts["p95_ms"] = _times(milliseconds)
    return told


def _megabytes(size: float | None) -> float | None:
    return None if size is None else round(size / 1e6, 1)


def _share(claims: list[bool]) -> dict[str, float] | None:
    if not claims:
        return None
    low, high = wilson.wilson_bounds(sum(claims), len(claims))
    whole = sum(claims) / len(claims)
    return {"share": round(whole, 6), "low": round(low, 6), "high": round(high, 6)}


def compared(rows: list[dict[str, Any]], ours: list[str]) -> list[dict[str, Any]]:
    """Set Armstrace's answers to the same readings beside each peer's.

    Args:
        rows: As ``Measured.row`` gives them; a peer answers the first readings.
        ours: The names of Armstrace's own rows.

    Returns:
        The rows without their single answers, peers with Armstrace's recall on the
        same readings and the ratio of times to each of its stores: of the medians,
        and of the means for a peer that answers at once.
    """
    own = {
        r["method"]: r["single"] for r in rows if r["method"] in ours and "single" in r
    }
    told = []
    for row in rows:
        kept = {name: value for name, value in row.items() if name != "single"}
        if "single" in row and row["method"] not in own and own:
            kept |= _beside(row, own)
        told.append(kept)
    return told


def _beside(row: dict[str, Any], own: dict[str, dict[str, list]]) -> dict[str, Any]:
    times, first = row["single"]["ms"], row["single"]["first"]
    middle = np.mean if row["is_batch"] else np.median
    theirs = next(iter(own.values()))["first"][: len(first)]
    return {
        "armstrace_recall_at_1": _share(theirs),
        "only_armstrace_first": sum(
            a and not b for a, b in zip(theirs, first, strict=True)
        ),
        "only_peer_first": sum(b and not a for a, b in zip(theirs, first, strict=True)),
        "times_of": {
            name: round(float(middle(times) / middle(one["ms"][: len(times)])), 2)
            for name, one in own.items()
        },
    }


def table(rows: list[dict[str, Any]]) -> str:
    """Write compared rows as a table in Markdown."""
    stores = sorted({name for row in rows for name in row.get("times_of", ())})
    heads = [*HEADS, *(f"p50 / {name.removeprefix('armstrace ')}" for name in stores)]
    lines = [_line(heads), "|---" * len(heads) + "|"]
    lines += [_line(_cells(row, stores)) for row in rows if "missing" not in row]
    lines += [
        f"\n{row['method']}: {row['missing']}" for row in rows if "missing" in row
    ]
    return "\n".join(lines)


def _cells(row: dict[str, Any], stores: list[str]) -> list[str]:
    batch = row["is_batch"]
    ratios = row.get("times_of", {})
    return [
        row["method"],
        f"{row['readings']} ({row['registered']})",
        _bounded(row["recall_at_1"]),
        _bounded(row["recall_at_10"]),
        f"{row['p50_ms']:.2f}" + (" a reading" if batch else ""),
        "-" if batch else f"{row['p95_ms']:.2f}",
        f"{row['build_seconds']:.1f}",
        "-" if row["stored_mb"] is None else f"{row['stored_mb']:.0f}",
        str(row["memory_answering_mb"]),
        _bounded(row.get("armstrace_recall_at_1")),
        *(f"{ratios[name]:.3g}" if name in ratios else "-" for name in stores),
    ]


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _bounded(share: dict[str, float] | None) -> str:
    if share is None:
        return "-"
    return f"{share['share']:.3f} [{share['low']:.3f}-{share['high']:.3f}]"


def write(path: Path, about: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Write a run to a file of JSON."""
    whole = {"about": about | versions(), "methods": rows}
    path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


def versions() -> dict[str, Any]:
    """Give the versions of what was measured, and the processors."""
    found = {}
    for name in TOOLS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "versions": found,
    }
