"""What each reason costs the indicator: the points and the value make a hundred."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.statistics.indicator import Method, indicator_16_4_2
from armstrace.analysis.statistics.shortfall import Untraced, costs_of
from armstrace.analysis.statistics.tables import LEAVES, CellTable, YearTables
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.vocabulary.tracing import TraceException, TraceOutcome, TracingCell

pytestmark = pytest.mark.pure
UNTRACEABLE = {"NI", "NE", "NX", "K"}
ARMS = st.builds(
    Untraced,
    year=st.sampled_from([2020, 2021, 2022]),
    kind=st.sampled_from(Acquisition),
    cell=st.sampled_from(LEAVES),
    is_established=st.booleans(),
    serial_status=st.sampled_from([SerialStatus.PARTIAL, SerialStatus.NEVER_MARKED]),
    exception=st.sampled_from(["", *(each.value for each in TraceException)]),
    outcome=st.sampled_from(["", *(each.value for each in TraceOutcome)]),
    count=st.integers(1, 9),
)


def register_of(groups):
    """Count groups into tables, one arm at a time."""
    years = {}
    for year in sorted({each.year for each in groups}):
        tables = {}
        for kind in Acquisition:
            here = [g for g in groups if (g.year, g.kind) == (year, kind)]
            counts = dict.fromkeys(LEAVES, 0)
            for group in here:
                counts[group.cell] += group.count
            established = sum(
                g.count for g in here if g.is_established and g.cell in UNTRACEABLE
            )
            if here:
                tables[kind] = CellTable(counts, established=established)
        years[year] = YearTables(year, tables)
    return years


@given(st.lists(ARMS, max_size=30), st.sampled_from(Method))
def test_the_points_and_the_value_add_up_to_a_hundred(groups, method):
    figure = indicator_16_4_2(register_of(groups), 2021, method)

    costs = costs_of(groups, figure)

    if figure.value is None:
        assert costs == ()
        return
    whole = figure.numerator_and_denominator
    fractions = (
        [whole] if whole else [(p.numerator, p.denominator) for p in figure.parts]
    )
    shares = [Fraction(*each) for each in fractions]
    assert sum(c.points for c in costs) + 100 * sum(shares) / len(shares) == 100
    assert all(each.count > 0 and each.points > 0 for each in costs)


@given(st.lists(ARMS, min_size=1, max_size=20))
def test_mending_a_reason_gains_the_points_that_it_cost(groups):
    register = register_of(groups)
    figure = indicator_16_4_2(register, 2021, Method.UNODC_ANNUAL)

    for cost in costs_of(groups, figure):
        mended = [
            replace(each, cell=TracingCell.OD)
            if counts_for_unodc(each) and each.reason is cost.reason
            else each
            for each in groups
        ]
        better = indicator_16_4_2(register_of(mended), 2021, Method.UNODC_ANNUAL)
        gained = Fraction(better.numerator, better.denominator) - Fraction(
            figure.numerator, figure.denominator
        )
        assert 100 * gained == cost.points


def counts_for_unodc(arms):
    is_below = arms.cell in ("AT", "PE", "NO", "K")
    return is_below and arms.kind == "SEIZED" and arms.year == 2021


def test_each_reason_stands_on_its_own():
    groups = [
        Untraced(2021, Acquisition.SEIZED, cell, False, status, exception, outcome)
        for cell, status, exception, outcome in (
            ("IN", "COMPLETE", "", "POINT_OF_DIVERSION_IDENTIFIED"),
            ("AT", "COMPLETE", "", "NO_RESPONSE"),
            ("AT", "COMPLETE", "", "RECORDS_DESTROYED_OR_EXPIRED"),
            ("AT", "COMPLETE", "", "RECORDS_UNAVAILABLE"),
            ("NO", "COMPLETE", "", ""),
            ("NO", "COMPLETE", "WAIVED", ""),
            ("PE", "COMPLETE", "", ""),
            ("K", "UNKNOWN", "", ""),
            ("NX", "PARTIAL", "", ""),
            ("NX", "NEVER_MARKED", "", ""),
        )
        for cell, status in [(TracingCell[cell], SerialStatus[status])]
    ]
    register = register_of(groups)

    def told(method):
        figure = indicator_16_4_2(register, 2021, method)
        return Counter({c.reason.value: c.points for c in costs_of(groups, figure)})

    by_unodc, by_metadata = told(Method.UNODC_ANNUAL), told(Method.METADATA)
    assert by_unodc == dict.fromkeys(
        [
            "NO_RESPONSE",
            "RECORDS_DESTROYED_OR_EXPIRED",
            "RECORDS_UNAVAILABLE",
            "NO_DECISION",
            "WAIVED",
            "OPEN",
            "MARK_UNKNOWN",
        ],
        Fraction(100, 8),
    )
    assert set(by_metadata) - set(by_unodc) == {"PARTLY_READ", "NEVER_MARKED"}
