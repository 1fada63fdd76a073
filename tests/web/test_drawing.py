"""Pictures: nothing overlaps that must be read, nothing is lost."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.matching import editing
from armstrace.vocabulary.matching import Difference
from armstrace.web.drawing import aligned, life_line, scale, trend, waterfall

pytestmark = pytest.mark.pure

LENGTHS = st.lists(st.floats(0, 20_000), min_size=1, max_size=20)


@given(LENGTHS, st.floats(100, 2_000))
@settings(max_examples=60)
def test_stretches_fill_the_width_and_none_is_below_its_least(lengths, width):
    least = [40.0] * len(lengths)

    widths = scale.spread(lengths, least, width)

    assert all(one >= 40.0 - 1e-6 for one in widths)
    assert sum(widths) == pytest.approx(max(width, sum(least)), rel=1e-3)


@given(st.floats(0.001, 1e9))
@settings(max_examples=60)
def test_axis_values_begin_at_zero_and_reach_the_highest_value(highest):
    ticks = scale.ticks(highest)

    assert ticks[0] == 0
    assert ticks[-1] >= highest * (1 - 1e-6)
    assert 2 <= len(ticks) <= 8


@given(st.integers(0, 10**9))
@settings(max_examples=60)
def test_an_axis_of_counts_has_whole_values_alone(highest):
    ticks = scale.ticks(float(highest), whole=True)

    assert all(tick.is_integer() for tick in ticks)
    assert ticks[-1] >= highest
    assert 2 <= len(ticks) <= 8


def test_an_axis_without_values_still_has_two_ends():
    assert scale.ticks(0) == (0.0, 1.0)


@given(st.text(alphabet="abc de", max_size=120), st.floats(20, 300))
@settings(max_examples=60)
def test_wrapped_text_stays_within_its_lines(text, width):
    lines = scale.wrap(text, width)

    assert len(lines) <= 2
    assert all(len(line) <= max(1, int(width / scale.CHARACTER_PX)) for line in lines)


def a_life(*days: int | None, gaps: tuple[int, ...] = ()) -> life_line.LifeLine:
    start = date(1990, 1, 1)
    stops = tuple(
        life_line.Stop(
            None if n is None else start + timedelta(n), f"event {n}", "when"
        )
        for n in days
    )
    return life_line.LifeLine(
        stops, gaps=tuple(life_line.Gap(i, "3 years, no record") for i in gaps)
    )


@given(st.lists(st.integers(0, 20_000), min_size=2, max_size=15))
@settings(max_examples=60)
def test_stops_stand_in_order_and_far_enough_apart_to_read(days):
    picture = life_line.draw(a_life(*sorted(days)))

    places = [stop.x for stop in picture.stops]

    steps = [b - a for a, b in itertools.pairwise(places)]
    assert all(step >= life_line.LEAST - 0.2 for step in steps)
    assert places[-1] <= picture.width


def test_a_gap_is_a_dashed_stretch_with_its_words():
    picture = life_line.draw(a_life(0, 1000, 2000, gaps=(1,)))

    assert [stretch.words for stretch in picture.stretches] == [
        "",
        "3 years, no record",
    ]


def test_holders_stand_below_every_label():
    flagged = life_line.Stop(
        date(2001, 1, 1), "a long title in words " * 3, "when", "x"
    )
    life = life_line.LifeLine(
        (life_line.Stop(date(2000, 1, 1), "made", "when"), flagged),
        spans=(life_line.Span("holder", 0, 1),),
        borders=(life_line.Border(1, "AT → XV"),),
    )

    picture = life_line.draw(life)

    lowest = max(line.y for stop in picture.stops for line in stop.lines)
    assert picture.spans[0].y > lowest
    assert lowest < picture.borders[0].dots_from < picture.borders[0].dots_to


def test_a_stop_without_a_date_is_still_drawn():
    picture = life_line.draw(a_life(0, None, 3000))

    assert len(picture.stops) == 3


def test_a_life_without_events_is_an_empty_picture():
    assert life_line.draw(life_line.LifeLine(())).stops == ()


def test_a_highlight_is_written_above_the_title_of_its_stop():
    stop = life_line.Stop(date(2020, 1, 1), "stolen", "1 Jan 2020", flag="proposed")

    picture = life_line.draw(life_line.LifeLine((stop,)))

    assert [line.text for line in picture.stops[0].lines[:2]] == ["proposed", "stolen"]


def test_a_year_without_a_value_leaves_the_line_open():
    points = tuple(
        trend.Point(y, v)
        for y, v in ((1, 2.0), (2, 3.0), (3, None), (4, 1.0), (5, 2.0))
    )

    chart = trend.draw([trend.Series("share", points)])

    assert len(chart.lines[0].pieces) == 2
    assert len(chart.lines[0].dots) == 4


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30))
@settings(max_examples=60)
def test_every_dot_lies_inside_the_chart(values):
    points = tuple(trend.Point(2000 + i, v, v, v * 1.2) for i, v in enumerate(values))

    chart = trend.draw([trend.Series("x", points)])

    for dot in chart.lines[0].dots:
        assert chart.left <= dot.x <= chart.right
        assert 0 <= dot.y <= chart.floor


@given(st.lists(st.floats(-40, 40), min_size=1, max_size=12))
@settings(max_examples=60)
def test_a_waterfall_ends_at_the_sum_of_its_steps(values):
    steps = [waterfall.Step(str(i), v) for i, v in enumerate(values)]

    drawn = waterfall.draw(steps, total_name="together")

    assert drawn.bars[-1].step.bits == pytest.approx(sum(values), abs=1e-9)
    assert all(bar.x >= 0 and bar.x + bar.width <= drawn.width for bar in drawn.bars)


def test_differing_characters_are_told_apart_from_look_alikes_and_unread_ones():
    kinds = (
        Difference.SAME,
        Difference.UNREAD,
        Difference.LOOK_ALIKE,
        Difference.ADDED,
    )

    columns = aligned.columns([editing.Place("0", "O", kind) for kind in kinds])

    signs = [column.sign.value for column in columns]
    assert signs == ["same", "unread", "alike", "differ"]
