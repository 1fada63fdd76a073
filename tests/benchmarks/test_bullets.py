"""Bullets are compared by the phase of their lands; experimental."""

from functools import cache

import numpy as np
import pytest

from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.vocabulary.errors import InvalidInput
from benchmarks import bullets
from benchmarks.bullets import Signature
from benchmarks.synthetic_lands import LANDS, Bullet, lands

pytestmark = pytest.mark.pure


@cache
def signatures(barrel, number, phase=0):
    made = lands(Bullet(barrel, number, phase))
    return [bullets.signature(surface) for surface in made]


def test_bullets_of_one_barrel_stand_out_in_the_phase_they_were_turned_by():
    found = bullets.compare(signatures(1, 1), signatures(1, 2, phase=2))

    assert found.phase == (LANDS - 2) % LANDS
    assert found.lead > 0.1


@pytest.mark.parametrize("barrel", [2, 3, 4])
def test_bullets_of_two_barrels_have_no_phase_that_stands_out(barrel):
    found = bullets.compare(signatures(1, 1), signatures(barrel, 1))

    assert found.lead < 0.1


def test_the_order_of_two_bullets_changes_no_strength():
    one, two = signatures(1, 1), signatures(1, 2, phase=2)

    forward, backward = bullets.compare(one, two), bullets.compare(two, one)

    assert forward.phases.max() == pytest.approx(backward.phases.max())
    assert (forward.phase + backward.phase) % LANDS == 0


def slow_correlation(one, two, lag):
    """Correlate over the common points of one lag, as the definition says."""
    moved = np.full(len(one), np.nan)
    for place in range(len(one)):
        if 0 <= place - lag < len(two):
            moved[place] = two[place - lag]
    both = np.isfinite(one) & np.isfinite(moved)
    return np.corrcoef(one[both], moved[both])[0, 1]


def test_alignment_by_fourier_equals_the_definition():
    rng = np.random.default_rng(4)
    shared = rng.normal(size=300)
    one, two = shared[:260].copy(), shared[20:280] + rng.normal(size=260) * 0.3
    one[rng.random(260) < 0.1] = np.nan

    found = bullets.align(Signature(one, 1e-6), Signature(two, 1e-6))

    assert found.lag_m == pytest.approx(20e-6)
    assert found.correlation == pytest.approx(slow_correlation(one, two, 20))


def test_the_shoulders_of_the_grooves_leave_no_trace():
    surface = lands(Bullet(1, 1))[0]
    higher = surface.heights_m.copy()
    across = np.linspace(-1, 1, higher.shape[1])
    higher += 500e-6 * np.maximum(np.abs(across) - 0.97, 0)

    one, two = (
        bullets.signature(Surface(h, 2.5e-6, 2.5e-6))
        for h in (surface.heights_m, higher)
    )

    assert bullets.align(one, two).correlation > 0.95


def test_a_land_without_points_is_refused():
    with pytest.raises(InvalidInput, match="few"):
        bullets.signature(Surface(np.full((60, 800), np.nan), 2.5e-6, 2.5e-6))


def test_bullets_with_different_numbers_of_lands_are_refused():
    with pytest.raises(InvalidInput, match="same number"):
        bullets.compare(signatures(1, 1), signatures(1, 2)[:5])


def test_lands_at_different_steps_are_refused():
    one = signatures(1, 1)[0]

    with pytest.raises(InvalidInput, match="steps"):
        bullets.align(one, Signature(one.heights, 5e-6))
