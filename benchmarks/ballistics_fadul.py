"""Compare and search the forty real breech faces with the frozen defaults.

    python -m benchmarks.ballistics_fadul FOLDER

FOLDER holds ``fadul_ground_truth.csv`` and ``fadul/*.x3p``. CPU time, one thread,
25 um for comparison and 50 um for search. Nothing is chosen on this set.
"""

import argparse
import csv
import itertools
import os
import time
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import numpy as np  # noqa: E402  (threads are set first)

from armstrace.analysis.ballistics import (  # noqa: E402
    comparison,
    gallery,
    likelihood,
    preparation,
    references,
)
from armstrace.analysis.ballistics.comparison import Sweep  # noqa: E402
from armstrace.analysis.ballistics.references import Pair, Population  # noqa: E402
from armstrace.analysis.ballistics.x3p import reader  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with (folder / "fadul_ground_truth.csv").open() as stream:
        slides = {row["file"]: row["slide"] for row in csv.DictReader(stream)}
    start = time.process_time()
    marks = {
        name: preparation.prepare(reader.read(folder / "fadul" / name).surface)
        for name in sorted(slides)
    }
    taken = (time.process_time() - start) / len(marks)
    print(f"load average {os.getloadavg()[0]:.1f}; read and prepare: {taken:.3f} s")
    pairs = compare_all(marks, slides)
    weigh(pairs)
    for reach in (30.0, 180.0):
        search_all(marks, slides, reach)


def compare_all(marks, slides):
    same, different, pairs, taken = [], [], [], []
    for one, two in itertools.combinations(marks, 2):
        start = time.process_time()
        found = comparison.compare(marks[one], marks[two])
        taken.append(time.process_time() - start)
        listed = same if slides[one] == slides[two] else different
        listed.append(found.congruent_cells)
        pairs.append(Pair(slides[one], slides[two], found.congruent_cells, found.cells))
    wrong = sum(k < 6 for k in same) + sum(k >= 6 for k in different)
    print(
        f"{len(same)} pairs of one slide: {min(same)} congruent cells at least, median "
        f"{np.median(same):g}; {len(different)} of two: {max(different)} at most; "
        f"{wrong} wrong at 6"
    )
    print(
        f"compare, both directions, 25 um: mean {np.mean(taken):.3f} s, "
        f"median {np.median(taken):.3f} s"
    )
    return pairs


def weigh(pairs):
    start = time.process_time()
    found = likelihood.calibrate(references.build("Fadul", Population(), pairs))
    print(
        f"Cllr, sources left out: {found.cllr:.4f}; bounds "
        f"{found.bounds.lowest:.2f} to {found.bounds.highest:.2f}; "
        f"{time.process_time() - start:.1f} s"
    )


def search_all(marks, slides, reach):
    entries = [gallery.enrol(name, mark) for name, mark in marks.items()]
    settings = gallery.SearchSettings(sweep=Sweep(reach_deg=reach))
    first, ranks, mates, others = 0, [], [], []
    start = time.process_time()
    for name, mark in marks.items():
        ranked = [c for c in gallery.search(mark, entries, settings) if c.name != name]
        is_mate = [slides[c.name] == slides[name] for c in ranked]
        first += is_mate[0]
        for rank, (candidate, mate) in enumerate(zip(ranked, is_mate, strict=True), 1):
            (mates if mate else others).append(candidate.congruent_cells)
            ranks += [rank] if mate else []
    taken = (time.process_time() - start) / len(marks) / len(entries)
    print(
        f"search +-{reach:g} by 3 degrees, 50 um: first right {first} of {len(marks)}, "
        f"last mate at place {max(ranks)}, mates {min(mates)} cells at least, others "
        f"{max(others)} at most, {taken * 1e3:.1f} ms an entry of {len(entries)}"
    )


if __name__ == "__main__":
    main()
