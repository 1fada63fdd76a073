"""A region drawn off the centre does not hide what agrees."""

import numpy as np
import pytest

from armstrace.analysis.ballistics import (
    comparison,
    documents,
    orientation,
    placing,
    preparation,
)
from armstrace.analysis.ballistics.comparison import Settings, Sweep
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire
from tests.analysis.ballistics.marks import mark

pytestmark = pytest.mark.pure


def off_centre(tool=1, *, turn_deg, off_m):
    scan = fire(Tool(tool), Firing(2, turn_deg=turn_deg))
    ring = Ring(1.8e-3 + off_m[1], 1.8e-3 + off_m[0], 3e-3)
    return preparation.prepare(scan, ring=ring)


@pytest.mark.parametrize("turn_deg", [0.0, 100.0])
def test_the_place_of_one_mark_in_another_is_found(turn_deg):
    off_m = (0.4e-3, -0.7e-3)
    other = off_centre(turn_deg=turn_deg, off_m=off_m)

    found = placing.likely_places(mark(), other, most=2)[0]

    assert abs(found.turn_deg) == pytest.approx(turn_deg, abs=3)
    assert found.offset_m == pytest.approx([-0.4e-3, 0.7e-3], abs=60e-6)


def test_a_mark_whose_region_is_a_millimetre_off_is_still_compared():
    other = off_centre(turn_deg=100.0, off_m=(0.6e-3, -0.8e-3))

    found, settings = orientation.compare_and_tell(mark(), other, Settings())

    assert comparison.compare(mark(), other).congruent_cells <= 3
    assert found.congruent_cells >= 10
    np.testing.assert_allclose(
        found.forward.agreement.shift_m, settings.offset_m, atol=80e-6
    )


def test_looking_elsewhere_makes_no_two_tools_alike():
    other = off_centre(tool=2, turn_deg=0.0, off_m=(0.6e-3, 0.0))

    found, _ = orientation.compare_and_tell(mark(), other, Settings())

    assert found.congruent_cells <= 3


def test_what_was_told_gives_the_same_numbers_again():
    other = off_centre(turn_deg=100.0, off_m=(0.6e-3, -0.8e-3))
    found, settings = orientation.compare_and_tell(mark(), other, Settings())
    written = documents.parameters(preparation.Band(), settings)

    _, again = documents.settings_of(written)

    assert again == settings
    numbers = documents.numbers(comparison.compare(mark(), other, again))
    assert numbers == documents.numbers(found)


def test_an_offset_of_nothing_changes_nothing():
    one, two = mark(), mark(firing=2, turn_deg=6.0)

    plain = comparison.compare(one, two)
    near = comparison.compare(one, two, Settings(Sweep(), offset_m=(10e-6, -10e-6)))

    assert plain.congruent_cells == near.congruent_cells
