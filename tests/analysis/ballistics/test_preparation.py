"""Form and waves outside the band go; holes stay holes."""

import numpy as np
import pytest

from armstrace.analysis.ballistics import filtering, levelling, preparation, regions
from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire
from armstrace.vocabulary.errors import InvalidInput

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("cutoff_m", [100e-6, 250e-6])
def test_half_of_a_wave_of_the_cutoff_length_passes(cutoff_m):
    x_m = np.arange(800) * 5e-6
    wave = np.tile(np.cos(2 * np.pi * x_m / cutoff_m), (8, 1))

    passed = filtering.smooth(wave, cutoff_m=cutoff_m, spacing_m=(1.0, 5e-6))

    middle = slice(200, 600)
    assert np.ptp(passed[4, middle]) / 2 == pytest.approx(0.5, abs=0.005)


def test_a_hole_stays_a_hole_and_does_not_pull_its_neighbours():
    flat = np.full((40, 40), 3e-6)
    flat[10:20, 10:20] = np.nan

    passed = filtering.smooth(flat, cutoff_m=200e-6, spacing_m=(10e-6, 10e-6))

    np.testing.assert_array_equal(np.isnan(passed), np.isnan(flat))
    np.testing.assert_allclose(passed[~np.isnan(flat)], 3e-6)


def test_levelling_takes_a_second_order_form_and_outliers_away():
    y, x = np.mgrid[:50, :60] / 50
    noise = np.random.default_rng(1).normal(0, 1e-7, (50, 60))
    heights_m = 1e-5 * x - 2e-5 * y * y + noise
    heights_m[5, 5] = 1e-3

    levelled = levelling.level(heights_m, np.ones_like(heights_m, bool))

    assert np.isnan(levelled[5, 5])
    assert np.nanstd(levelled) == pytest.approx(1e-7, rel=0.1)


def test_a_ring_leaves_the_firing_pin_out():
    surface = Surface(np.zeros((100, 100)), 10e-6, 10e-6)
    ring = regions.Ring(500e-6, 500e-6, 400e-6, 100e-6)

    covered = ring.covers(surface)

    assert not covered[50, 50]
    assert covered[50, 75]
    assert not covered[50, 95]


def test_a_ring_with_nothing_in_it_is_refused():
    with pytest.raises(InvalidInput):
        regions.Ring(0, 0, 1e-3, 1e-3)


def test_tilt_and_height_of_a_scan_change_nothing():
    scan = fire(Tool(1), Firing(1))
    y, x = np.mgrid[:288, :288] * 1e-8
    tilted = Surface(scan.heights_m + 3 * x - y + 1e-3, 12.5e-6, 12.5e-6)

    one, two = preparation.prepare(scan), preparation.prepare(tilted)

    np.testing.assert_allclose(one.heights, two.heights, atol=1e-3)


def test_a_scan_coarser_than_the_pixel_is_refused():
    with pytest.raises(InvalidInput, match="coarse"):
        preparation.prepare(Surface(np.zeros((40, 40)), 40e-6, 40e-6))


def test_a_flat_scan_is_refused():
    with pytest.raises(InvalidInput, match="flat"):
        preparation.prepare(Surface(np.zeros((100, 100)), 25e-6, 25e-6))
