"""A region is proposed, and what a ratio is called stands in a guideline."""

import numpy as np
import pytest

from armstrace.analysis.ballistics import suggestion, verbal
from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire

pytestmark = pytest.mark.pure


def test_the_hole_of_the_firing_pin_gives_the_ring():
    found = suggestion.suggest(fire(Tool(1), Firing(1)))

    assert found.centre_x_m == pytest.approx(1.8e-3, abs=0.1e-3)
    assert found.centre_y_m == pytest.approx(1.8e-3, abs=0.1e-3)
    assert found.pin_radius_m == pytest.approx(0.85e-3, abs=0.15e-3)
    assert found.outer_radius_m == pytest.approx(1.7e-3, abs=0.1e-3)


def test_a_deep_firing_pin_in_a_raw_scan_gives_the_ring():
    y, x = (np.mgrid[:300, :300] - 140) * 12.5e-6
    rng = np.random.default_rng(1)
    heights_m = rng.normal(0, 0.5e-6, y.shape)
    heights_m[np.hypot(x, y) < 0.7e-3] -= 80e-6

    found = suggestion.suggest(Surface(heights_m, 12.5e-6, 12.5e-6))

    assert found.centre_x_m == pytest.approx(140 * 12.5e-6, abs=60e-6)
    assert found.pin_radius_m == pytest.approx(0.7e-3, abs=0.1e-3)
    assert found.outer_radius_m > found.pin_radius_m


@pytest.mark.parametrize("fill", [0.0, np.nan])
def test_where_no_firing_pin_is_seen_all_is_proposed(fill):
    found = suggestion.suggest(Surface(np.full((200, 200), fill), 1e-5, 1e-5))

    assert found.pin_radius_m == 0
    assert found.outer_radius_m >= 1e-3 * 0.99


@pytest.mark.parametrize(
    ("log10", "words"),
    [
        (0.1, "no support for either"),
        (0.5, "weak support"),
        (-1.5, "moderate support"),
        (2.84, "moderately strong support"),
        (3.0, "strong support"),
        (5.0, "very strong support"),
        (7.0, "extremely strong support"),
    ],
)
def test_ratios_are_named_by_the_guideline(log10, words):
    assert str(verbal.support(log10)) == words
