"""Forty real breech faces of ten slides, compared with the frozen defaults.

The defaults were chosen on synthetic marks; this set only tests them.
"""

import csv
import itertools

import pytest

from armstrace.analysis.ballistics import comparison, gallery, preparation
from armstrace.analysis.ballistics.x3p import reader
from tests.shared_data import shared_path

pytestmark = pytest.mark.pure

FEW = ("1-1", "1-2", "2-1", "2-2", "10-1", "10-2")


def slides():
    with shared_path("x3p/fadul_ground_truth.csv").open() as stream:
        return {row["file"]: row["slide"] for row in csv.DictReader(stream)}


def read(name):
    scan = reader.read(shared_path(f"x3p/fadul/{name}"))
    return preparation.prepare(scan.surface)


def counts(names):
    """Give congruent cells of pairs of one slide and of pairs of two."""
    truth, marks = slides(), {name: read(name) for name in names}
    same, different = [], []
    for one, two in itertools.combinations(names, 2):
        found = comparison.compare(marks[one], marks[two]).congruent_cells
        (same if truth[one] == truth[two] else different).append(found)
    return same, different


def test_pairs_of_one_slide_stand_apart_from_pairs_of_two():
    same, different = counts([f"Fadul_{name}.x3p" for name in FEW])

    assert min(same) >= 10
    assert max(different) <= 3


@pytest.mark.soak
def test_all_780_pairs_stand_apart():
    same, different = counts(sorted(slides()))

    assert (len(same), len(different)) == (63, 717)
    assert min(same) >= 10
    assert max(different) <= 3


@pytest.mark.soak
def test_every_probe_finds_its_slide_first_at_all_orientations():
    truth = slides()
    marks = {name: read(name) for name in sorted(truth)}
    entries = [gallery.enrol(name, mark) for name, mark in marks.items()]

    for name, mark in marks.items():
        others = [c for c in gallery.search(mark, entries) if c.name != name]
        mates = [i for i, c in enumerate(others) if truth[c.name] == truth[name]]
        assert mates[0] == 0
        assert max(mates) < 10
