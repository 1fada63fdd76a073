"""A drawn network: words cover nothing, lines tell what they rest on."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.web.drawing import network, scale
from armstrace.web.drawing.network import Joint, Shape, Thing

pytestmark = pytest.mark.pure

SPOTS = st.lists(
    st.tuples(st.floats(0, 820), st.floats(0, 488)), min_size=1, max_size=40
)


def thing(name, shape=Shape.ARM, **more):
    return Thing(name, shape, name, f"words of {name}", f"title of {name}", **more)


def joint(start, end, *, is_computed=False, count=1):
    return Joint(start, end, "held by", f"{start} {end}", is_computed, count)


def drawn(spots, *joints, **more):
    places = {f"A{n}": spot for n, spot in enumerate(spots)}
    return network.draw([thing(name, **more) for name in places], joints, places)


def boxes(placed):
    for line in placed.lines:
        wide, bottom = len(line.text) * scale.CHARACTER_PX, placed.y + line.y
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[line.anchor]
        left = placed.x + line.x - wide * share
        yield left, bottom - 12, left + wide, bottom - 1


@given(SPOTS)
@settings(max_examples=60)
def test_no_words_cover_others(spots):
    found = drawn(spots)
    each = [list(boxes(placed)) for placed in found.things]

    for one, other in itertools.combinations(each, 2):
        for a, b in itertools.product(one, other):
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_everything_has_a_place_though_its_words_find_none():
    found = drawn([(100.0, 100.0)] * 9)

    assert len(found.things) == 9
    assert [bool(each.lines) for each in found.things].count(True) <= 4


def test_words_stand_where_no_line_runs_through_them():
    found = drawn(
        [(400.0, 200.0), (400.0, 400.0), (400.0, 20.0)],
        joint("A0", "A1"),
        joint("A0", "A2"),
    )

    assert [line.anchor for line in found.things[0].lines] == ["start", "start"]
    assert found.things[1].lines[0].y > 0 > found.things[2].lines[0].y


def test_words_stay_on_the_sheet():
    found = drawn([(-60.0, -20.0), (870.0, 500.0)])

    for placed in found.things:
        for left, top, right, bottom in boxes(placed):
            assert min(left, top) >= 0
            assert right <= found.width
            assert bottom <= found.height


def test_lines_between_the_same_two_lie_side_by_side():
    found = drawn(
        [(0.0, 0.0), (300.0, 0.0)],
        joint("A0", "A1"),
        joint("A1", "A0", is_computed=True),
    )

    one, other = found.joints
    assert abs(one.y1 - other.y1) == pytest.approx(network.SIDE_BY_SIDE)


def test_a_line_that_stands_for_many_is_wider_but_never_a_beam():
    found = drawn(
        [(0.0, 0.0), (300.0, 0.0), (300.0, 200.0)],
        joint("A0", "A1"),
        joint("A0", "A2", count=100_000),
    )

    assert found.joints[0].width < found.joints[1].width <= 5


def test_many_things_get_a_wider_sheet():
    few, many = drawn([(1.0, 1.0)] * 5), drawn([(1.0, 1.0)] * 100)

    assert few.width < many.width
    assert network.inner_size(100) > network.inner_size(5)


def test_shapes_differ_without_colour():
    paths = [each.value for each in Shape]

    assert len(paths) == len(set(paths))
