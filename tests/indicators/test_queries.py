"""Figures from records, and the records behind them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from armstrace.analysis.statistics.indicator import Method
from armstrace.audit import ledger
from armstrace.indicators import queries
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput, NotPermitted
from armstrace.vocabulary.paging import PageRequest
from tests.audit import cast
from tests.indicators import oracle, records

pytestmark = pytest.mark.django_db

YEARLY = (Method.METADATA, Method.METADATA_UNIQUE, Method.UNODC_ANNUAL)
MOMENTS = (None, datetime(2021, 3, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC))


def figure(method=Method.UNODC_ANNUAL, year=2020, as_of=None):
    return queries.indicator(
        viewer=records.statistician(), year=year, method=method, as_of=as_of
    )


def behind(part, method=Method.UNODC_ANNUAL, year=2020, as_of=None, size=10_000):
    return queries.cell_records(
        queries.PartRequest(year, method, part, as_of),
        viewer=records.statistician(),
        page=PageRequest(1, size),
    )


def ids(page):
    return [row.recovery_id for row in page.rows]


def test_a_year_without_recoveries_has_no_figure():
    assert figure().value is None
    assert str(figure().reason) == "Nothing is filed or recorded for 2020."


def test_both_definitions_come_side_by_side_and_differ():
    traced = records.a_trace(records.an_arm_recovered())
    records.a_decision(traced)
    records.an_arm_recovered()
    records.an_arm_recovered(serial_status="OBLITERATED")
    records.an_arm_recovered(recovery_kind="FOUND")

    literal, annual = queries.side_by_side(viewer=records.statistician(), year=2020)

    assert literal.numerator_and_denominator == (1, 4)
    assert annual.numerator_and_denominator == (1, 2)
    assert annual.value == Decimal("50.00")


def test_what_is_left_out_is_counted_by_reason():
    records.an_arm_recovered()
    records.an_arm_recovered(year_of_manufacture=1899)
    records.an_arm_recovered(legal_justification="ADMINISTRATIVE")
    records.ammunition()
    records.a_part()
    records.an_arm_recovered(recovery_kind="SURRENDERED")

    excluded = {each.code: each.count for each in figure().excluded}

    assert excluded == {
        "NOT_AN_ARM": 2,
        "ANTIQUE": 1,
        "ADMINISTRATIVE": 1,
        "SURRENDERED": 1,
    }


def test_an_answer_counts_from_the_day_it_became_known():
    trace = records.a_trace(records.an_arm_recovered())
    answered = records.BEGIN + timedelta(days=300)
    records.a_decision(trace, known_at=answered)

    before = figure(as_of=answered - timedelta(seconds=1))
    after = figure(as_of=answered)

    assert before.numerator_and_denominator == (0, 1)
    assert after.numerator_and_denominator == (1, 1)


def test_a_recovery_moved_to_another_year_is_counted_once():
    recovery = records.an_arm_recovered()
    records.a_version(
        recovery,
        recovered_on=date(2021, 1, 1),
        known_at=records.BEGIN + timedelta(days=500),
    )

    assert figure().value is None
    assert figure(year=2021).denominator == 1
    assert figure(as_of=records.BEGIN).denominator == 1


def test_a_trace_on_which_nobody_decided_is_not_pending():
    records.a_trace(records.an_arm_recovered())

    assert len(behind("SEIZED.PE").rows) == 0
    assert len(behind("SEIZED.NO").rows) == 1


def test_an_excepted_trace_counts_as_none_begun():
    trace = records.a_trace(records.an_arm_recovered())
    records.a_decision(
        trace,
        standing="EXCEPTED",
        outcome="",
        established="NOT_ESTABLISHED",
        exception="AMNESTY_COLLECTION",
    )

    assert len(behind("SEIZED.NO").rows) == 1


def test_a_partly_read_serial_counts_as_unique_once_judged_the_same():
    recovery = records.an_arm_recovered(serial_status="PARTIAL")

    assert ids(behind("NX")) == [recovery.pk]

    records.a_judgement(recovery, "SAME")

    assert ids(behind("NX")) == []
    assert ids(behind("NO")) == [recovery.pk]


@pytest.mark.parametrize("seed", range(3 if connection.vendor == "sqlite" else 1))
def test_every_figure_and_cell_agrees_with_a_count_one_by_one(seed):
    records.a_random_country(seed, 60)
    cast.holder()

    with oracle.tables_read_once():
        for at in MOMENTS:
            for year in range(2019, 2023):
                piles = oracle.count(year, at)
                for method in YEARLY:
                    found = figure(method, year, at)
                    above, below = oracle.fraction(piles, method.value)
                    assert found.numerator_and_denominator == (
                        (above, below) if below else None
                    )
                for name, numbers in piles.items():
                    if "established" not in name:
                        page = behind(name, Method.UNODC_ANNUAL, year, at)
                        assert set(ids(page)) == numbers
                        assert page.total == len(numbers)


@pytest.mark.parametrize("method", Method)
def test_as_many_records_open_as_the_figure_counts(method):
    records.a_random_country(7, 80)
    cast.holder()

    for year in range(2019, 2023):
        found = figure(method, year)
        if found.numerator_and_denominator:
            for part, number in zip(
                ("NUMERATOR", "DENOMINATOR"),
                found.numerator_and_denominator,
                strict=True,
            ):
                opened = behind(part, method, year)
                assert opened.total == number
                assert len(set(ids(opened))) == number
        for excluded in found.excluded:
            if found.value is not None:
                assert behind(excluded.code, method, year).total == excluded.count


def test_the_records_behind_a_figure_come_in_pages():
    made = [records.an_arm_recovered().pk for _ in range(5)]

    pages = [
        queries.cell_records(
            queries.PartRequest(2020, Method.UNODC_ANNUAL, "SEIZED.NO"),
            viewer=records.statistician(),
            page=PageRequest(number, 2),
        )
        for number in (1, 2, 3)
    ]

    assert [len(page.rows) for page in pages] == [2, 2, 1]
    assert sorted(number for page in pages for number in ids(page)) == made
    assert pages[0].total == 5


def test_pages_run_on_from_arms_to_what_is_no_arm():
    records.a_part()
    records.ammunition()
    records.ammunition()

    pages = [
        queries.cell_records(
            queries.PartRequest(2020, Method.METADATA, "NOT_AN_ARM"),
            viewer=records.statistician(),
            page=PageRequest(number, 2),
        )
        for number in (1, 2)
    ]

    kinds = [[row.item_kind.value for row in page.rows] for page in pages]
    assert kinds == [["PART", "AMMUNITION"], ["AMMUNITION"]]


def test_a_figure_follows_the_next_act_at_once():
    clerk = records.an_actor(Role.ANALYST)
    with ledger.entry("recovery.recorded", by=clerk, at=records.NOW) as entry:
        entry.about(records.an_arm_recovered())
    assert figure().denominator == 1
    assert figure().denominator == 1

    with ledger.entry("recovery.recorded", by=clerk, at=records.NOW) as entry:
        entry.about(records.an_arm_recovered())

    assert figure().denominator == 2


def test_a_part_that_no_figure_has_is_refused():
    with pytest.raises(InvalidInput, match="No part of the figure"):
        behind("SEIZED.ZZ")


def test_a_series_equals_the_figures_one_by_one():
    records.a_random_country(3, 60)
    cast.holder()
    years = range(2018, 2024)

    for method in Method:
        series = queries.indicator_series(
            viewer=records.statistician(), years=years, method=method
        )
        assert list(series) == [figure(method, year) for year in years]


def test_the_page_of_a_year_holds_what_the_single_queries_give():
    records.a_random_country(5, 60)
    cast.holder()

    page = queries.figures_page(viewer=records.statistician(), year=2021)

    assert page.years == (2019, 2020, 2021, 2022)
    assert list(page.figures) == [figure(method, 2021) for method in Method]
    for row in page.rows:
        for kind, count in row.counts.items():
            part = f"{kind.value}.{row.cell.value}"
            assert behind(part, year=2021).total == count
    annual = page.trends[Method.UNODC_ANNUAL]
    assert [point.year for point in annual] == list(page.years)


def test_the_page_of_an_empty_register_opens():
    page = queries.figures_page(viewer=records.statistician())

    assert page.years == ()
    assert page.figures == page.rows == ()


def test_the_page_takes_few_queries_however_many_the_records(
    django_assert_max_num_queries,
):
    records.a_random_country(1, 40)

    with django_assert_max_num_queries(16):
        queries.figures_page(viewer=records.statistician())


def test_nothing_is_counted_again_before_an_act(django_assert_max_num_queries):
    records.a_random_country(1, 40)
    cast.holder()
    first = queries.figures_page(viewer=records.statistician())

    with django_assert_max_num_queries(5):
        again = queries.figures_page(viewer=records.statistician())

    assert again == first


def test_arms_are_counted_by_year_in_one_pass(django_assert_max_num_queries):
    records.a_random_country(1, 40)
    viewer = records.statistician()

    with django_assert_max_num_queries(11):
        arms = queries.arms_by_year(viewer=viewer)

    for year, count in arms.items():
        filled = queries.return_of(year=year, viewer=viewer)
        assert count == sum(cell.value or 0 for cell in filled.table("A2").cells())


def test_a_stranger_sees_no_figure_and_no_record():
    stranger = records.a_stranger()
    request = queries.PartRequest(2020, Method.METADATA, "NUMERATOR")
    records.an_arm_recovered()

    for ask in (
        lambda: queries.indicator(viewer=stranger, year=2020, method=Method.METADATA),
        lambda: queries.side_by_side(viewer=stranger, year=2020),
        lambda: queries.indicator_series(
            viewer=stranger, years=[2020], method=Method.METADATA
        ),
        lambda: queries.years_of_recoveries(viewer=stranger),
        lambda: queries.arms_by_year(viewer=stranger),
        lambda: queries.figures_page(viewer=stranger),
        lambda: queries.kept_figures(viewer=stranger, page=PageRequest()),
        lambda: queries.cell_records(request, viewer=stranger, page=PageRequest()),
    ):
        with pytest.raises(NotPermitted):
            ask()
