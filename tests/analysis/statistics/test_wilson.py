"""Intervals and rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.statistics import wilson
from armstrace.vocabulary.errors import InvalidInput

pytestmark = pytest.mark.pure


@st.composite
def proportions(draw) -> tuple[int, int]:
    trials = draw(st.integers(1, 5_000))
    return draw(st.integers(0, trials)), trials


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        # Newcombe, Stat. Med. 17 (1998), table I: Wilson without correction.
        (81, 263, "25.53", "36.62"),
        (15, 148, "6.24", "16.05"),
        (0, 20, "0.00", "16.11"),
        (1, 29, "0.61", "17.18"),
    ],
)
def test_wilson_reproduces_published_intervals(hits, trials, low, high):
    interval = wilson.wilson(hits, trials)

    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


@given(proportions())
def test_the_interval_holds_the_share_and_stays_within_bounds(proportion):
    hits, trials = proportion

    low, high = wilson.wilson_bounds(hits, trials)

    assert 0 <= low <= hits / trials <= high <= 1


@given(proportions())
def test_the_interval_of_the_rest_is_the_mirror(proportion):
    hits, trials = proportion

    low, high = wilson.wilson_bounds(hits, trials)
    mirrored = wilson.wilson_bounds(trials - hits, trials)

    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(proportions(), proportions())
def test_the_interval_of_a_mean_is_narrower_than_the_wider_of_the_two(one, other):
    both = wilson.mean_of_two(one, other)
    widths = [
        wilson.wilson(*each).high - wilson.wilson(*each).low for each in (one, other)
    ]

    assert both.low <= both.high
    assert both.high - both.low <= max(widths) + Decimal("0.02")


@pytest.mark.parametrize(("hits", "trials"), [(1, 0), (2, 1), (-1, 3)])
def test_counts_that_are_no_proportion_are_refused(hits, trials):
    with pytest.raises(InvalidInput, match="is not a proportion"):
        wilson.wilson_bounds(hits, trials)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Fraction(1, 3), "33.33"),
        (Fraction(2, 3), "66.67"),
        (Fraction(5, 100_000), "0.01"),
        (Fraction(12345, 1_000_000), "1.23"),
        (Fraction(12355, 1_000_000), "1.24"),
        (Fraction(1), "100.00"),
        (Fraction(0), "0.00"),
    ],
)
def test_a_percentage_is_rounded_half_up_at_two_decimals(share, expected):
    assert str(wilson.percent(share)) == expected
