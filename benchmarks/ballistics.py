"""Measure comparison and search of marks, CPU time, one thread, one run.

    python -m benchmarks.ballistics
    python -m benchmarks.ballistics --entries 100 1000 10000

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
    preparation,
)
from armstrace.analysis.ballistics.comparison import Sweep  # noqa: E402
from armstrace.analysis.ballistics.preparation import Band, Mark  # noqa: E402
from armstrace.analysis.ballistics.surfaces import Surface  # noqa: E402
from armstrace.analysis.ballistics.synthetic_marks import (  # noqa: E402
    Firing,
    Tool,
    fired,
)

TOOLS = 20
REPEATS = 10
FINE = Band(pixel_m=12.5e-6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--skip-curves", action="store_true")
    chosen = parser.parse_args()
    scans = {
        (tool, firing): fired(
            Tool(tool, tool // 4), Firing(firing, turn_deg=7.0 * (firing - 1))
        )
        for tool in range(TOOLS)
        for firing in (1, 2)
    }
    marks = {key: preparation.prepare(scan) for key, scan in scans.items()}
    time_comparison(scans, marks)
    time_search(marks, chosen.entries)
    if not chosen.skip_curves:
        draw_curves(scans)


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
    image = cells.framed(np.where(target.weight > 0, target.heights, np.nan), half)
    image = np.where(cells.framed(target.weight, half) > 0, image, np.nan)
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


def draw_curves(scans):
    """Count congruent cells as marks are spoilt: same tool, then other tools."""
    rng = np.random.default_rng(4)
    sd_m = preparation.prepare(scans[0, 1]).sd_m
    spoils = {
        "as they are": lambda h: h,
        "noise of 1 sd": lambda h: h + rng.normal(0, sd_m, h.shape),
        "noise of 3 sd": lambda h: h + rng.normal(0, 3 * sd_m, h.shape),
        "dropouts 40 %": lambda h: np.where(rng.random(h.shape) < 0.4, np.nan, h),
        "half of the mark": lambda h: cropped(h, half=True),
        "quarter of the mark": lambda h: cropped(h, half=False),
        "turned by 20 degrees": lambda h: turned(h, 20.0),
        "turned by 45 degrees (outside the sweep)": lambda h: turned(h, 45.0),
        "mask 0.2 mm off": lambda h: np.roll(h, 16, axis=0),
    }
    for words, spoil in spoils.items():
        same, other = [], []
        for tool in range(10):
            step = scans[tool, 2].spacing_x_m
            spoilt = Surface(spoil(scans[tool, 2].heights_m), step, step)
            mark = preparation.prepare(spoilt)
            for listed, partner in ((same, tool), (other, (tool + 1) % 10)):
                first = preparation.prepare(scans[partner, 1])
                listed.append(comparison.compare(first, mark).congruent_cells)
        share = np.mean([count > max(other) for count in same])
        print(
            f"{words}: same tool {min(same)} to {max(same)}, other tools up to "
            f"{max(other)}; {share:.0%} of the same stand above all others"
        )


def cropped(heights, *, half):
    kept = heights.copy()
    middle = kept.shape[0] // 2
    kept[:middle] = np.nan
    if not half:
        kept[:, :middle] = np.nan
    return kept


def turned(heights, angle_deg):
    holes = np.isnan(heights).astype(float)
    filled = ndimage.rotate(np.nan_to_num(heights), angle_deg, reshape=False, order=1)
    spread = ndimage.rotate(holes, angle_deg, reshape=False, order=1, cval=1)
    return np.where(spread > 0.01, np.nan, filled)


if __name__ == "__main__":
    main()
