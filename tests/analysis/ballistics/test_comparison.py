"""Marks of one tool agree on one movement; marks of two tools do not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.ballistics import (
    cells,
    comparison,
    correlation,
    gallery,
    preparation,
)
from armstrace.vocabulary.errors import InvalidInput
from tests.analysis.ballistics.marks import mark

pytestmark = pytest.mark.pure


def test_a_mark_agrees_with_itself_in_every_cell():
    found = comparison.compare(mark(), mark())

    assert found.congruent_cells == found.cells == len(cells.cut(mark()))
    assert found.forward.agreement.turn_deg == pytest.approx(0, abs=1e-6)
    assert found.score == pytest.approx(found.cells, abs=1e-3)


def test_two_firings_of_one_tool_agree_under_the_true_movement():
    other = mark(firing=2, turn_deg=14.0, shift_m=(100e-6, -50e-6))

    found = comparison.compare(mark(), other)

    assert found.congruent_cells >= 10
    assert abs(found.forward.agreement.turn_deg) == pytest.approx(14, abs=1.0)
    assert np.hypot(*found.forward.agreement.shift_m) == pytest.approx(
        np.hypot(100e-6, 50e-6), abs=30e-6
    )


def test_firings_of_two_tools_do_not_agree():
    counts = [
        comparison.compare(mark(), mark(tool=t, batch=t)).congruent_cells
        for t in (2, 3)
    ]

    assert max(counts) <= 3


def test_the_order_of_two_marks_changes_no_count():
    one, two = mark(), mark(firing=2, turn_deg=5.0)

    assert (
        comparison.compare(one, two).congruent_cells
        == comparison.compare(two, one).congruent_cells
    )


def test_marks_at_different_pixels_are_refused():
    with pytest.raises(InvalidInput, match="pixels"):
        comparison.compare(mark(), preparation.coarsen(mark(), 2))


def slow_score(f, m, g, k):
    """Correlate over the common points of one place, as the definition says."""
    common = (m * k) > 0
    return np.corrcoef(f[common], g[common])[0, 1]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_correlation_by_fourier_equals_the_definition(seed):
    rng = np.random.default_rng(seed)
    side = 6
    f, m = rng.normal(size=(3 * side, 3 * side)), rng.random((3 * side, 3 * side)) < 0.8
    g, k = rng.normal(size=(side, side)), rng.random((side, side)) < 0.8
    f, m = (f * m).astype(np.float32), m.astype(np.float32)
    centred = ((g - g[k].mean()) * k).astype(np.float32)
    one = cells.Cells(
        centred[None], k[None].astype(np.float32), 1.0, np.zeros((1, 2), int), side
    )

    scores = correlation._scores(correlation.template_of(one), f[None], m[None])[0]

    y, x = rng.integers(0, 2 * side + 1, 2)
    window = slice(y, y + side), slice(x, x + side)
    if scores[y, x] > -1:
        expected = slow_score(f[window], m[window], centred, k)
        assert scores[y, x] == pytest.approx(expected, abs=2e-3)


def test_a_search_at_all_orientations_finds_the_other_firing_first():
    names = {f"tool {t}": mark(tool=t, batch=t) for t in range(1, 7)}
    entries = [gallery.enrol(name, one) for name, one in names.items()]
    probe = mark(firing=2, turn_deg=140.0)

    found = gallery.search(probe, entries)

    assert found[0].name == "tool 1"
    assert found[0].congruent_cells >= 5
    assert found[1].congruent_cells <= 4


def test_a_search_gives_the_same_whatever_the_order_of_entries():
    entries = [gallery.enrol(str(t), mark(tool=t, batch=t)) for t in range(1, 5)]
    probe = mark(firing=2)
    near = gallery.SearchSettings(sweep=comparison.Sweep())

    one = gallery.search(probe, entries, near)
    two = gallery.search(probe, entries[::-1], near)

    assert [(c.name, c.congruent_cells) for c in one] == [
        (c.name, c.congruent_cells) for c in two
    ]


def test_an_empty_gallery_has_no_candidates():
    assert gallery.search(mark(), []) == []


def test_a_mark_without_a_filled_cell_cannot_be_enrolled():
    empty = np.zeros((40, 40), np.float32)
    speck = empty.copy()
    speck[3:8, 3:8] = 1

    with pytest.raises(InvalidInput, match="no cell"):
        gallery.enrol("speck", preparation.Mark(empty, speck, 25e-6, 1e-6))
