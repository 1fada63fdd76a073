"""How far arms came, where they stop, and the routes they took."""

from datetime import UTC, date, datetime, timedelta

import pytest

from armstrace.analysis.statistics import funnel
from armstrace.analysis.statistics.funnel import Progress, Stage
from armstrace.analysis.statistics.indicator import Method
from armstrace.indicators import queries
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.paging import PageRequest
from tests import cast
from tests.indicators import records
from tests.web import world

DAY = date(2024, 3, 1)
UNDECIDED = {"outcome": "", "established": "NOT_ESTABLISHED"}
NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


def arm(item, **changes):
    return Progress(item, **({"is_marked": True, "recovered_on": DAY} | changes))


def after(days):
    return DAY + timedelta(days)


@pytest.mark.pure
def test_each_stage_holds_the_arms_that_passed_all_before_it():
    arms = [
        arm(1, is_marked=False, reason="NO_MARK", begun_on=after(1)),
        arm(2, reason="NOT_BEGUN"),
        arm(3, begun_on=after(4), reason="OPEN"),
        arm(4, begun_on=after(6), answered_on=after(16), reason="NO_RESPONSE"),
        arm(5, begun_on=after(8), answered_on=after(28), is_established=True),
    ]

    stages = {each.stage: each for each in funnel.funnel_of(arms, after(100))}

    assert [stages[stage].count for stage in Stage] == [5, 4, 3, 2, 1]
    assert stages[Stage.RECOVERED].stopped == {"NO_MARK": 1}
    assert stages[Stage.ANSWERED].stopped == {"NO_RESPONSE": 1}
    assert stages[Stage.BEGUN].took.median == 6
    assert stages[Stage.ANSWERED].took.ninth == 20
    assert stages[Stage.MARKED].waiting.median == 100
    assert stages[Stage.BEGUN].waiting.median == 96
    assert stages[Stage.RECOVERED].waiting is None


@pytest.mark.pure
def test_where_no_day_of_recovery_is_known_no_wait_is_counted_from_it():
    arms = [
        arm(1, reason="NOT_BEGUN", recovered_on=None),
        arm(2, recovered_on=None, begun_on=after(4), reason="OPEN"),
        arm(3, begun_on=after(6), reason="OPEN"),
    ]

    stages = {each.stage: each for each in funnel.funnel_of(arms, after(100))}

    assert stages[Stage.MARKED].count == 3
    assert stages[Stage.MARKED].waiting is None
    assert stages[Stage.BEGUN].took.arms == 1
    assert stages[Stage.BEGUN].waiting.arms == 2


@pytest.mark.pure
def test_nine_in_ten_is_the_nearest_rank():
    wait = funnel.wait_of(list(range(1, 11)))

    assert (wait.arms, wait.median, wait.ninth) == (10, 5.5, 9)
    assert funnel.wait_of([]) is None


@pytest.mark.pure
def test_no_arm_gives_empty_stages_without_a_share():
    stages = funnel.funnel_of([], DAY)

    assert [(each.count, each.share, each.took) for each in stages] == [
        (0, None, None)
    ] * len(Stage)


@pytest.fixture
def recovered(db):
    world.people()
    world.holders()
    world.arms()
    return world.recovered()


@pytest.mark.django_db
def test_the_funnel_counts_the_records_that_it_opens(recovered):
    stages = queries.progress_funnel(viewer=cast.ANALYST, year=2022, on=NOW.date())

    for each in stages:
        page = queries.progress_records(
            viewer=cast.ANALYST,
            year=2022,
            stage=each.stage,
            reason="",
            page=PageRequest(),
        )
        assert page.total == len(page.rows) == each.count
        for reason, count in each.stopped.items():
            stopped = queries.progress_records(
                viewer=cast.ANALYST,
                year=2022,
                stage=each.stage,
                reason=reason,
                page=PageRequest(),
            )
            assert stopped.total == count
    assert stages[0].count == 2


@pytest.mark.django_db
def test_an_arm_of_a_maker_abroad_has_a_suspected_route(recovered):
    page = queries.routes_page(viewer=cast.ANALYST, year=2022)

    assert sum(r.count for r in page.routes) + page.at_home + page.not_known == 2
    for each in page.routes:
        behind = queries.route_records(
            viewer=cast.ANALYST, year=2022, code=each.code, page=PageRequest()
        )
        assert behind.total == each.count


@pytest.mark.django_db
def test_a_stranger_sees_neither_funnel_nor_routes(recovered):
    with pytest.raises(NotPermitted):
        queries.progress_funnel(viewer=cast.STRANGER, year=2022, on=NOW.date())
    with pytest.raises(NotPermitted):
        queries.routes_page(viewer=cast.STRANGER, year=2022)


@pytest.mark.django_db
@pytest.mark.parametrize("as_of", [None, records.BEGIN + timedelta(days=500)])
@pytest.mark.parametrize("year", range(2019, 2023))
def test_funnel_and_routes_hold_the_arms_that_the_return_counts_on_that_day(
    year, as_of
):
    records.a_random_country(year, 50)
    viewer = records.statistician()
    on = (as_of or records.NOW).date()

    stages = queries.progress_funnel(viewer=viewer, year=year, on=on, as_of=as_of)
    ways = queries.routes_page(viewer=viewer, year=year, as_of=as_of)

    filled = queries.return_of(year=year, as_of=as_of, viewer=viewer)
    counted = sum(cell.value or 0 for cell in filled.table("A2").cells())
    assert stages[0].count == counted
    assert sum(r.count for r in ways.routes) + ways.at_home + ways.not_known == counted
    for each in stages:
        behind = queries.progress_records(
            viewer=viewer,
            year=year,
            stage=each.stage,
            reason="",
            page=PageRequest(),
            as_of=as_of,
        )
        assert behind.total == each.count


@pytest.mark.django_db
def test_a_trace_opened_after_the_day_is_not_open_on_it():
    recovery = records.an_arm_recovered()
    begun_at = records.BEGIN + timedelta(days=300)
    trace = records.a_trace(recovery)
    records.a_decision(trace, known_at=begun_at, standing="OPEN", **UNDECIDED)
    records.a_decision(trace, known_at=begun_at + timedelta(days=100))
    records.an_arm_recovered(legal_justification="ADMINISTRATIVE")
    records.an_arm_recovered(year_of_manufacture=1899)

    def counts(day):
        moment = records.BEGIN + timedelta(days=day)
        found = queries.progress_funnel(
            viewer=records.statistician(), year=2020, on=moment.date(), as_of=moment
        )
        return [each.count for each in found]

    assert counts(299) == [1, 1, 0, 0, 0]
    assert counts(301) == [1, 1, 1, 0, 0]
    assert counts(401) == [1, 1, 1, 1, 1]


@pytest.mark.django_db
def test_a_trace_that_no_person_opened_was_not_begun():
    alone, written = records.an_arm_recovered(), records.an_arm_recovered()
    records.a_trace(alone)
    records.a_decision(
        records.a_trace(written),
        standing="OPEN",
        reason="Opened by the domestic trace.",
        **UNDECIDED,
    )

    stages = queries.progress_funnel(
        viewer=records.statistician(), year=2020, on=NOW.date()
    )

    assert [each.count for each in stages] == [2, 2, 0, 0, 0]
    assert stages[1].stopped == {"NOT_BEGUN": 2}


@pytest.mark.django_db
def test_an_arm_that_its_owner_still_holds_was_not_diverted():
    for outcome in ("NO_DIVERSION", "POINT_OF_DIVERSION_IDENTIFIED"):
        trace = records.a_trace(records.an_arm_recovered())
        records.a_decision(trace, outcome=outcome)

    stages = queries.progress_funnel(
        viewer=records.statistician(), year=2020, on=NOW.date()
    )

    figure = queries.indicator(
        viewer=records.statistician(), year=2020, method=Method.METADATA
    )
    assert [each.count for each in stages] == [2, 2, 2, 2, 1]
    assert figure.numerator == stages[-1].count
    assert stages[-2].stopped == {"NO_DIVERSION": 1}


@pytest.mark.django_db
def test_a_trace_begins_on_the_first_day_on_which_a_person_opened_it():
    trace = records.a_trace(records.an_arm_recovered())
    for days in (200, 250):
        at = records.BEGIN + timedelta(days=days)
        records.a_decision(trace, known_at=at, standing="OPEN", **UNDECIDED)
    records.a_decision(trace, known_at=records.BEGIN + timedelta(days=300))

    stages = queries.progress_funnel(
        viewer=records.statistician(), year=2020, on=NOW.date()
    )

    begun = (records.BEGIN + timedelta(days=200)).date() - date(2020, 6, 1)
    assert stages[2].took.median == begun.days
    assert stages[3].took.median == 100
