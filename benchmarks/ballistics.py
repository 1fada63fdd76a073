"""Measure comparison and search of marks, CPU time, one thread, one run.

    python -m benchmarks.ballistics
    python -m benchmarks.ballistics --entries 100 1000 10000
    python -m benchmarks.ballistics --only curves bullets two-cores

Marks are synthetic (12.5 um a point). The plain method is the published one written
with scipy as its papers tell it: holes filled with the mean, one correlation for
each cell and angle, the best of it evaluated over complete pairs, at 12.5 um.
Galleries above the number of marks repeat them, which time does not notice; what
distinct entries would take in memory is printed beside it.
"""

import argparse
import os
import resource
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import numpy as np  # noqa: E402  (threads are set first)
from scipy import ndimage, signal  # noqa: E402

from armstrace.analysis.ballistics import (  # noqa: E402
    cells,
    comparison,
    gallery,
    packing,
    preparation,
    sweeping,
)
from armstrace.analysis.ballistics.comparison import Sweep  # noqa: E402
from armstrace.analysis.ballistics.preparation import Band, Mark  # noqa: E402
from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire  # noqa: E402
from benchmarks import ballistics_curves  # noqa: E402

PARTS = ("compare", "search", "two-cores", "curves", "bullets")
TOOLS = 20
REPEATS = 10
FINE = Band(pixel_m=12.5e-6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    chosen = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} at the beginning")
    scans = {
        (tool, firing): fire(
            Tool(tool, tool // 4), Firing(firing, turn_deg=7.0 * (firing - 1))
        )
        for tool in range(TOOLS)
        for firing in (1, 2)
    }
    marks = {key: preparation.prepare(scan) for key, scan in scans.items()}
    parts = {
        "compare": lambda: time_comparison(scans, marks),
        "search": lambda: time_search(marks, chosen.entries),
        "two-cores": lambda: time_two_cores(marks, max(chosen.entries)),
        "curves": lambda: draw_curves(scans),
        "bullets": ballistics_curves.compare_bullets,
    }
    for name in chosen.only:
        parts[name]()
    print(f"load average {os.getloadavg()[0]:.1f} at the end")


def seconds(act, repeats=1):
    start = time.process_time()
    for _ in range(repeats):
        act()
    return (time.process_time() - start) / repeats


def time_comparison(scans, marks):
    one, two = marks[0, 1], marks[0, 2]
    print(f"prepare: {seconds(lambda: preparation.prepare(scans[0, 1]), 5):.3f} s")
    comparison.compare(one, two)
    ours = seconds(lambda: comparison.compare(one, two), REPEATS)
    found = comparison.compare(one, two)
    print(
        f"compare, both directions, 25 um, +-30 degrees by 3, {found.cells} cells: "
        f"{ours:.3f} s, {found.congruent_cells} congruent"
    )
    fine = [preparation.prepare(scans[0, firing], band=FINE) for firing in (1, 2)]
    at_fine = seconds(lambda: comparison.compare(*fine), 2)
    print(f"the same at 12.5 um: {at_fine:.3f} s")
    plain = seconds(lambda: (plain_direction(*fine), plain_direction(*fine[::-1])))
    print(
        f"plain scipy, 12.5 um, both directions: {plain:.2f} s, "
        f"x {plain / at_fine:.1f} at the same pixel, x {plain / ours:.0f} at 25 um"
    )


def plain_direction(reference: Mark, target: Mark) -> list[tuple[float, float]]:
    """Give the best correlation and its angle for each cell."""
    grid = cells.cut(reference)
    half = target.heights.shape[0] // 2 + grid.side
    image = cells.frame(np.where(target.weight > 0, target.heights, np.nan), half)
    image = np.where(cells.frame(target.weight, half) > 0, image, np.nan)
    best = [(-1.0, 0.0)] * len(grid)
    for angle in Sweep().angles():
        turned = ndimage.rotate(image, angle, reshape=False, order=1, cval=np.nan)
        for number, place in enumerate(grid.places):
            top, left = place * grid.side + half - grid.side
            region = turned[top : top + 3 * grid.side, left : left + 3 * grid.side]
            if region.shape != (3 * grid.side,) * 2 or np.isnan(region).all():
                continue
            cell = np.where(grid.weight[number] > 0, grid.heights[number], np.nan)
            score = plain_score(region, cell)
            best[number] = max(best[number], (score, float(angle)))
    return best


def plain_score(region, cell) -> float:
    """Correlate mean-filled, then over complete pairs at the peak."""
    filled = np.nan_to_num(region - np.nanmean(region))
    template = np.nan_to_num(cell - np.nanmean(cell))
    surface = signal.correlate(filled, template, mode="valid", method="fft")
    y, x = np.unravel_index(surface.argmax(), surface.shape)
    window = region[y : y + cell.shape[0], x : x + cell.shape[1]]
    both = np.isfinite(window) & np.isfinite(cell)
    if both.sum() < 0.15 * cell.size:
        return -1.0
    return float(np.corrcoef(window[both], cell[both])[0, 1])


def time_search(marks, sizes):
    entries = [gallery.enrol(str(key), mark) for key, mark in marks.items()]
    probe = marks[0, 2]
    own = [e.cells.heights.nbytes + e.cells.weight.nbytes for e in entries]
    print(f"an entry of a gallery takes {np.mean(own) / 1024:.0f} kB in memory")
    for size in sizes:
        many = (entries * (size // len(entries) + 1))[:size]
        for reach in (30.0, 180.0):
            settings = gallery.SearchSettings(sweep=Sweep(reach_deg=reach))
            taken = seconds(lambda m=many, s=settings: gallery.search(probe, m, s))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"search {size} entries, 50 um, +-{reach:g} degrees by 3: "
                f"{taken / size * 1e3:.2f} ms an entry, {taken:.1f} s in all; "
                f"peak {peak:.0f} MB so far"
            )


def time_two_cores(marks, size):
    """Search distinct packed entries on two processes, as a laboratory does."""
    packed = [packing.pack_cells(gallery.enrol("", m)) for m in marks.values()]
    probe = packing.pack_image(marks[0, 2])
    for reach in (30.0, 180.0):
        settings = gallery.SearchSettings(sweep=Sweep(reach_deg=reach))
        blocks = (
            [
                (number, packed[number % len(packed)])
                for number in range(start, min(start + sweeping.BLOCK_ENTRIES, size))
            ]
            for start in range(0, size, sweeping.BLOCK_ENTRIES)
        )
        began = time.perf_counter()
        found = sum(
            len(block) for block in sweeping.sweep(probe, blocks, settings, processes=2)
        )
        taken = time.perf_counter() - began
        cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"two processes, {found} packed entries, +-{reach:g} degrees by 3: "
            f"{taken:.0f} s by the clock, {cpu.ru_utime + cpu.ru_stime:.0f} s of "
            f"processors so far; peak {own:.0f} MB here and {cpu.ru_maxrss / 1024:.0f} "
            "MB in the larger of the two"
        )


def draw_curves(scans):
    ballistics_curves.spoil(scans)
    ballistics_curves.draw_regions(scans)


if __name__ == "__main__":
    main()
