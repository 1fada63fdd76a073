"""Small marks are compared by the same cells at a smaller scale."""

from functools import cache

import pytest

from armstrace.analysis.ballistics import cells, comparison, gallery, kinds, preparation
from armstrace.analysis.ballistics.comparison import Settings
from armstrace.analysis.ballistics.preparation import Band
from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.errors import InvalidInput

pytestmark = pytest.mark.pure

PIN = MarkType.FIRING_PIN


@cache
def pin_mark(tool, firing, turn_deg=0.0):
    """Give the invented mark of a tool at the size of a firing pin."""
    made = fire(Tool(tool, tool), Firing(firing, turn_deg=turn_deg))
    small = Surface(made.heights_m, 3.5e-6, 3.5e-6)
    return preparation.prepare(small, band=kinds.band_of(PIN))


def test_breech_faces_keep_the_frozen_defaults():
    assert kinds.band_of(MarkType.BREECH_FACE) == Band()
    assert kinds.settings_of(MarkType.BREECH_FACE) == Settings()
    assert kinds.search_settings_of(MarkType.BREECH_FACE, reach_deg=180.0) == (
        gallery.SearchSettings()
    )


def test_a_cell_of_a_firing_pin_has_as_many_pixels_as_one_of_a_breech_face():
    assert cells.cut(pin_mark(1, 1)).side == 18


def test_two_prints_of_one_firing_pin_agree_and_those_of_two_do_not():
    how = kinds.settings_of(PIN)

    same = comparison.compare(pin_mark(1, 1), pin_mark(1, 2, 10.0), how)
    other = comparison.compare(pin_mark(1, 1), pin_mark(2, 1), how)

    assert same.congruent_cells >= 10
    assert other.congruent_cells <= 3


def test_a_firing_pin_is_found_first_among_others():
    entries = [gallery.enrol(str(t), pin_mark(t, 1)) for t in (1, 2, 3, 4)]

    ranked = gallery.search(
        pin_mark(3, 2, 80.0),
        entries,
        kinds.search_settings_of(PIN, reach_deg=180.0),
    )

    assert ranked[0].name == "3"
    assert ranked[0].congruent_cells > ranked[1].congruent_cells


@pytest.mark.parametrize("mark_type", [MarkType.APERTURE_SHEAR, MarkType.BULLET_LAND])
def test_striated_marks_are_not_compared_by_cells(mark_type):
    with pytest.raises(InvalidInput, match="striae"):
        kinds.band_of(mark_type)
