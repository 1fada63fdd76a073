"""Maps, funnels and bars: placed in pixels, from numbers that stand beside them."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.web.drawing import bars, boundaries, funnel, place_map, route_map, trend

pytestmark = pytest.mark.pure
SQUARE = [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]]


def a_route(departure, destination="XV", count=1, **changes):
    return route_map.Route(
        departure, changes.pop("transit", ""), destination, is_known=True, count=count
    )


def drawn(*routes):
    return route_map.draw(routes, boundaries.read(), home="XV", names={})


# Reference values of the projection: the equator's ends, and points computed from
# the authors' formula by hand with a radius of one.
@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (0, 0, 0.0, 0.0),
        (180, 0, 2.706630, 0.0),
        (0, 90, 0.0, 1.317363),
        (0, -90, 0.0, -1.317363),
    ],
)
def test_the_projection_meets_its_reference_values(longitude, latitude, x, y):
    zero = boundaries.project(0, 0)
    found = boundaries.project(longitude, latitude)

    assert (found[0] - zero[0]) / boundaries.SCALE == pytest.approx(x, abs=1e-4)
    assert (zero[1] - found[1]) / boundaries.SCALE == pytest.approx(y, abs=1e-4)


@given(st.floats(-180, 180), st.floats(-60, 84))
def test_every_place_falls_on_the_map(longitude, latitude):
    base = boundaries.read()
    x, y = boundaries.project(longitude, latitude)

    assert -1 <= x <= base.width + 1
    assert -1 <= y <= base.height + 1


@given(st.floats(-170, 170), st.floats(-58, 80))
def test_the_map_keeps_areas(longitude, latitude):
    """Compare a small square with one at the equator, of the same area."""

    def area(at):
        size = 0.05
        west, south = at
        corners = [
            boundaries.project(west + dx, south + dy)
            for dx, dy in ((0, 0), (size, 0), (size, size), (0, size))
        ]
        pairs = zip(corners, corners[1:] + corners[:1], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2

    shrunk = math.cos(math.radians(latitude + 0.025))
    assert area((longitude, latitude)) == pytest.approx(
        area((longitude, 0.0)) * shrunk, rel=2e-3
    )


def test_the_borders_that_come_along_name_most_states():
    base = boundaries.read()

    assert len(base.middles) > 170
    assert {"BR", "DE", "NG", "US", "XK"} <= base.middles.keys()
    assert "AQ" not in base.middles


def test_borders_can_be_replaced_by_a_file(tmp_path):
    shape = {"type": "Polygon", "coordinates": SQUARE}
    feature = {"geometry": shape, "properties": {"ISO_A2": "XV", "name": "Varnia"}}
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"features": [feature], "source": "own survey"}))

    base = boundaries.read(str(path))

    assert base.source == "own survey"
    assert list(base.middles) == ["XV"]


@pytest.mark.parametrize("text", ["no json", "{}", '{"features": [{}]}'])
def test_a_file_that_holds_no_borders_is_refused(tmp_path, text):
    path = tmp_path / "wrong.json"
    path.write_text(text)

    with pytest.raises(SourceUnavailable, match="not a file of borders"):
        boundaries.read(str(path))


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(SourceUnavailable, match="ARMSTRACE_BOUNDARIES"):
        boundaries.read("/nowhere/borders.json")


def test_a_country_without_borders_is_placed_apart_and_named():
    found = drawn(a_route("BR"), a_route("XT"))

    assert set(found.apart) == {"XV", "XT"}
    assert {place.code for place in found.places} == {"BR", "XT", "XV"}
    assert [place.code for place in found.places if place.is_destination] == ["XV"]


def test_the_largest_route_is_the_thickest():
    found = drawn(a_route("BR", count=1), a_route("DE", count=25))

    assert [line.width for line in found.lines] == sorted(
        (line.width for line in found.lines), reverse=True
    )


def test_a_route_by_a_third_country_bends_there():
    straight, by = drawn(a_route("BR")), drawn(a_route("BR", transit="PY"))

    assert straight.lines[0].path.count("Q") == 1
    assert by.lines[0].path.count("Q") == 2


def test_names_on_the_map_do_not_cover_each_other():
    named = [p for p in drawn(*map(a_route, ["BE", "NL", "LU", "BR"])).places if p.name]

    assert {"BR", "BE"} <= {place.code for place in named}
    assert len([p for p in named if p.code in {"BE", "NL", "LU"}]) == 1


def test_what_stopped_before_a_stage_is_drawn_beside_it():
    stages = [("a", 100), ("b", 40), ("c", 40)]

    first, second, third = funnel.draw(stages).steps

    assert first.lost_length == third.lost_length == 0
    assert second.lost_length == pytest.approx(first.length - second.length, abs=0.2)


def test_a_funnel_without_arms_is_empty():
    assert [s.length for s in funnel.draw([("a", 0)]).steps] == [0.0]


def test_a_blank_bar_has_no_length_and_keeps_its_reason():
    found = bars.draw([bars.Count("a", 3), bars.Count("b", None, note="not recorded")])

    assert [(row.length, row.note) for row in found.rows] == [
        (bars.WIDTH, ""),
        (0.0, "not recorded"),
    ]
    assert [row.percent for row in found.rows] == [100, 0]


def test_a_year_without_a_figure_is_marked_as_a_break():
    points = tuple(trend.Point(y, v) for y, v in ((2019, 4.0), (2021, 5.0)))

    chart = trend.draw([trend.Series("a", points)])

    assert [each.words for each in chart.breaks] == ["2020"]


def test_lines_without_a_break_mark_none():
    points = tuple(trend.Point(y, 4.0) for y in (2019, 2020))

    assert trend.draw([trend.Series("a", points)]).breaks == ()
    assert trend.draw([]).breaks == ()


PLACES = st.lists(
    st.builds(
        place_map.Place,
        st.text("abcde", min_size=1, max_size=4),
        st.floats(-58, 80),
        st.floats(-170, 170),
        st.integers(1, 40),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda each: each.name,
)


@given(PLACES)
def test_every_place_of_records_is_seen_on_its_map(places):
    drawn = place_map.draw(places, boundaries.read())

    assert drawn is not None
    assert len(drawn.dots) == len(places)
    for dot in drawn.dots:
        assert -1 <= dot.x <= drawn.width + 1
        assert -1 <= dot.y <= drawn.height + 1


def test_the_bar_of_kilometres_is_as_long_as_it_says():
    places = [place_map.Place("a", 46.0, 10.0, 1), place_map.Place("b", 47.0, 10.0, 3)]

    drawn = place_map.draw(places, boundaries.read())

    b, a = drawn.dots
    assert (b.name, a.name) == ("b", "a")
    km = (a.y - b.y) / drawn.bar * drawn.bar_km
    assert km == pytest.approx(place_map.KM_A_DEGREE, rel=0.01)
    assert drawn.lands
    assert place_map.draw([], boundaries.read()) is None
