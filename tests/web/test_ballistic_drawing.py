"""Charts of the bench: bars within their frame, lines where they belong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.ballistics.outlines import Outline
from armstrace.web.drawing import ballistic_bars, ballistic_cells, ballistic_curves
from armstrace.web.drawing.ballistic_bars import Labels
from armstrace.web.drawing.ballistic_curves import Curve

pytestmark = pytest.mark.pure

COUNTS = st.dictionaries(st.integers(0, 40).map(float), st.floats(0, 1e6), max_size=40)


@given(COUNTS, COUNTS)
@settings(max_examples=60)
def test_bars_stay_within_the_chart_and_none_is_lost(one, two):
    steps = sorted({*one, *two})

    chart = ballistic_bars.draw({"a": one, "b": two}, Labels("cells"), steps=steps)

    assert len(chart.bars) == sum(bool(v) for v in (*one.values(), *two.values()))
    for bar in chart.bars:
        assert chart.left <= bar.x
        assert bar.x + bar.width <= chart.right + 1
        assert bar.y >= chart.top - 1
        assert bar.y + bar.height == pytest.approx(chart.floor, abs=0.2)


@pytest.mark.parametrize("value", [0, 7, 20, 99])
def test_the_marker_stands_at_its_step_or_at_the_end(value):
    steps = [float(k) for k in range(21)]

    chart = ballistic_bars.draw(
        {"a": {20.0: 1.0}}, Labels("cells"), steps=steps, marker=(value, "this one")
    )

    place = (chart.marker.x - chart.left) / (chart.right - chart.left) * 21 - 0.5
    assert place == pytest.approx(min(value, 20), abs=0.01)


def test_a_chart_of_nothing_is_still_drawn():
    assert ballistic_bars.draw({}, Labels("cells"), steps=[]).bars == ()


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-1, 2)), min_size=1))
def test_curves_are_kept_within_their_frame(points):
    chart = ballistic_curves.draw(
        [Curve("a", sorted(points))], axis="ratio", span=(-2.0, 3.0)
    )

    for pair in chart.lines[0].points.split():
        x, y = map(float, pair.split(","))
        assert chart.left <= x <= chart.right
        assert chart.top <= y <= chart.floor


def test_cells_are_drawn_where_they_lie_and_the_congruent_on_top():
    square = ((-225.0, -225.0), (225.0, -225.0), (225.0, 225.0), (-225.0, 225.0))
    yes = Outline(1, square, 0.7, 3.0, (1.0, 2.0), is_congruent=True)
    no = Outline(2, square, 0.2, 9.0, (99.0, -9.0), is_congruent=False)

    drawing = ballistic_cells.draw([yes, no], half_um=900.0)

    assert [cell.outline.number for cell in drawing.cells] == [2, 1]
    assert drawing.cells[1].points == "210.0,210.0 350.0,210.0 350.0,350.0 210.0,350.0"
    assert drawing.cells[1].middle == (280.0, 280.0)
    assert "0.70" in drawing.cells[1].words
