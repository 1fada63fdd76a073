"""Count requests across the server's processes, without a lock between them.

Each process counts in a stretch of one file that no other process holds; what is
told is the sum. A stretch stays when its process ends, so counts only ever grow.
"""

import fcntl
import hashlib
import mmap
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import IO

STRETCHES = 64
STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
# Upper bounds of the buckets of duration, seconds; the last bucket has none.
BOUNDS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
NUMBER = struct.Struct("=Q")
MICRO = 1_000_000


class Measures:
    """Counts and durations of requests, by the area of the pages.

    Args:
        folder: Where the file of counts lies; made where it is missing.
        areas: Every name under which requests are counted.
    """

    def __init__(self, folder: Path, areas: Sequence[str]) -> None:
        self.areas = tuple(areas)
        self._width = len(STATUSES) + len(BOUNDS_S) + 2
        self._length = self._width * len(self.areas) * NUMBER.size
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        shape = hashlib.sha256(" ".join(self.areas).encode()).hexdigest()[:12]
        # Another list of areas lies otherwise in the file: it gets one of its own.
        # Opened to append, so that what other processes have counted stays.
        self._file: IO[bytes] = (folder / f"requests-{shape}").open("a+b")
        self._file.truncate(STRETCHES * self._length)
        self._memory = mmap.mmap(self._file.fileno(), STRETCHES * self._length)
        self._own = self._take_stretch() * self._length
        self._lock = Lock()

    def count(self, area: str, status: int, seconds: float) -> None:
        """Count one answer."""
        bucket = sum(seconds > bound for bound in BOUNDS_S)
        first = self.areas.index(area) * self._width
        # A stretch of the file is this process's alone, but its threads share it.
        with self._lock:
            self._add(first + min(max(status // 100, 1), 5) - 1, 1)
            self._add(first + len(STATUSES) + bucket, 1)
            self._add(first + self._width - 1, round(seconds * MICRO))

    def lines(self) -> Iterator[str]:
        """Give the counts in the text form of Prometheus."""
        yield "# HELP armstrace_requests_total Answers, by area and status."
        yield "# TYPE armstrace_requests_total counter"
        told = {area: self._sums(place) for place, area in enumerate(self.areas)}
        for area, sums in told.items():
            for name, count in zip(STATUSES, sums, strict=False):
                if count:
                    yield (
                        f'armstrace_requests_total{{area="{area}",status="{name}"}} '
                        f"{count}"
                    )
        yield "# HELP armstrace_request_seconds How long answers took."
        yield "# TYPE armstrace_request_seconds histogram"
        for area, sums in told.items():
            yield from _histogram(area, sums[len(STATUSES) :])

    def _take_stretch(self) -> int:
        """Hold a stretch for as long as this process lives."""
        for each in range(1, STRETCHES):
            try:
                # The kernel frees it however the process ends, a kill included.
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, each)
            except OSError:
                continue
            return each
        # All are held: the first one is shared, and two may lose a count.
        return 0

    def _add(self, place: int, count: int) -> None:
        at = self._own + place * NUMBER.size
        (now,) = NUMBER.unpack_from(self._memory, at)
        NUMBER.pack_into(self._memory, at, now + count)

    def _sums(self, area: int) -> list[int]:
        first = area * self._width * NUMBER.size
        row = struct.Struct(f"={self._width}Q")
        rows = (
            row.unpack_from(self._memory, each * self._length + first)
            for each in range(STRETCHES)
        )
        return [sum(column) for column in zip(*rows, strict=True)]


def _histogram(area: str, sums: Sequence[int]) -> Iterator[str]:
    *counts, micros = sums
    if not any(counts):
        return
    name, below = "armstrace_request_seconds", 0
    for bound, count in zip((*BOUNDS_S, "+Inf"), counts, strict=True):
        below += count
        yield f'{name}_bucket{{area="{area}",le="{bound}"}} {below}'
    yield f'{name}_sum{{area="{area}"}} {micros / MICRO:.6f}'
    yield f'{name}_count{{area="{area}"}} {below}'
