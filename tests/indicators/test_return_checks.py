"""The checks of the return, and the records behind each failure."""

from datetime import date, timedelta

import pytest

from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.returns import DifferenceReason, ReturnStage
from tests.audit import cast
from tests.indicators import records

pytestmark = pytest.mark.django_db
LATER = records.NOW + timedelta(days=30)


def failed(rule, year=2020):
    found = queries.return_of(year=year, viewer=records.statistician()).checks
    return [each for each in found if each.rule == rule and each.holds is False]


def behind(check, year=2020):
    page = queries.return_records(
        year=year,
        key=check.behind,
        viewer=records.statistician(),
        page=PageRequest(1, 100),
    )
    assert page.total == len(page.rows)
    return {row.recovery_id for row in page.rows}


def entered(cell, value):
    return actions.enter_figure(
        stated=actions.StatedFigure(2020, cell, value, "Courts, 2021"),
        by=records.statistician(),
        at=records.NOW,
    )


def test_nothing_fails_where_records_agree():
    records.an_arm_recovered(case_number="1")

    found = queries.return_of(year=2020, viewer=records.statistician()).checks
    assert [each for each in found if each.holds is False] == []


def test_CK_02_entered_rows_that_miss_their_total_are_named():
    entered("E3:ONLY:TOTAL", 4)
    entered("E3:TOTAL:TOTAL", 5)
    assert failed("CK-02") == []  # what is blank may make up the rest

    entered("E3:POSSESSION:TOTAL", 2)

    (check,) = failed("CK-02")
    assert check.differs_by == -1
    assert str(check.sentence) == "E3:TOTAL:TOTAL is 5; its parts add up to 6."


def test_CK_05_an_altered_mark_on_an_illicitly_made_arm_opens():
    records.an_arm_recovered(serial_status="ALTERED")
    made = records.an_arm_recovered(serial_status="ALTERED", modification="CONVERTED")

    (check,) = failed("CK-05")

    assert check.behind == "B3:ALTERED:SEIZED!5.1:NE:SEIZED"
    assert behind(check) == {made.pk}


def test_CK_06_cases_are_held_against_arms_parts_and_rounds():
    records.an_arm_recovered(case_number="7")
    records.a_part(quantity=2, case_number="7")

    found = queries.return_of(year=2020, viewer=records.statistician()).checks

    (check,) = [each for each in found if each.rule == "CK-06"]
    assert str(check.sentence) == "Cases: 1; arms: 1, parts: 2, rounds: blank."
    assert check.holds


def test_CK_17_a_year_that_has_not_ended_is_explained_before_it_is_submitted():
    records.an_arm_recovered(recovered_on=date(2024, 1, 1))
    this_year = {"year": 2024, "by": records.statistician(), "at": records.NOW}
    actions.keep_return(**this_year)

    (check,) = failed("CK-17", 2024)
    assert failed("CK-17") == []
    with pytest.raises(RuleBroken) as refused:
        actions.keep_return(stage=ReturnStage.SUBMITTED, **this_year)
    assert refused.value.rule == "RT-29"

    why = actions.StatedExplanation(2024, check.key, DifferenceReason.TIMING)
    actions.explain_difference(stated=why, by=records.statistician(), at=records.NOW)
    kept = actions.keep_return(stage=ReturnStage.SUBMITTED, **this_year)
    told = queries.kept_return(return_id=kept.pk, viewer=records.statistician())[1]
    assert ("CK-17", "TIMING") in {(c.rule, c.explained) for c in told.checks}


def test_CK_07_sexes_that_miss_their_total_are_named():
    entered("E2:CONVICTED:MALE", 4)
    entered("E2:CONVICTED:FEMALE", 0)
    entered("E2:CONVICTED:UNKNOWN", 0)
    entered("E2:CONVICTED:TOTAL", 6)

    (check,) = failed("CK-07")
    assert check.differs_by == 2


def test_CK_09_a_large_change_since_the_year_before_opens():
    many = {records.an_arm_recovered().pk for _ in range(30)}
    for _ in range(10):
        records.an_arm_recovered(recovered_on=date(2019, 6, 1))

    (check,) = failed("CK-09")

    assert str(check.sentence) == "A2:TOTAL:SEIZED was 10 the year before and is 30."
    assert behind(check) == many


def test_CK_10_tracing_figures_that_changed_since_the_last_return_are_listed():
    trace = records.a_trace(records.an_arm_recovered())
    actions.keep_return(year=2020, by=records.statistician(), at=records.NOW)
    assert failed("CK-10") == []

    records.a_decision(trace, known_at=LATER)
    cast.holder()

    changed = {check.cells[0]: check.differs_by for check in failed("CK-10")}
    assert changed == {"5.1:NO:SEIZED": -1, "5.1:IN:SEIZED": 1}


def test_CK_11_one_serial_twice_in_the_year_opens_both():
    marks = {"make": "Aral", "serial_search": "77A"}
    twice = {records.an_arm_recovered(**marks).pk for _ in range(2)}
    records.an_arm_recovered(make="Other", serial_search="77A")
    records.an_arm_recovered(**marks, recovered_on=date(2019, 5, 1))

    (check,) = failed("CK-11")

    assert check.differs_by == 2
    assert behind(check) == twice
    assert failed("CK-12") == []


def test_CK_12_an_arm_filed_by_two_agencies_opens_both():
    marks = {"make": "Aral", "serial_search": "77A"}
    both = {
        records.an_arm_recovered(**marks, agency=agency).pk
        for agency in ("HUB", "CUSTOMS")
    }

    (check,) = failed("CK-12")

    assert behind(check) == both


@pytest.mark.parametrize(
    ("rule", "values", "cell"),
    [
        (
            "CK-13",
            {"legal_justification": "ADMINISTRATIVE"},
            "X:ADMINISTRATIVE:SEIZED",
        ),
        ("CK-14", {"year_of_manufacture": 1890}, "X:ANTIQUE:SEIZED"),
    ],
)
def test_what_is_left_out_is_counted_and_opens(rule, values, cell):
    left_out = records.an_arm_recovered(**values)

    found = queries.return_of(year=2020, viewer=records.statistician()).checks
    (check,) = [each for each in found if each.rule == rule]

    assert f"{cell}: 1" in str(check.sentence)
    assert behind(check) == {left_out.pk}


def test_CK_16_the_mix_of_offences_is_held_against_those_arrested():
    entered("E3:TOTAL:TOTAL", 4)
    entered("E2:ARRESTED:TOTAL", 9)

    (check,) = failed("CK-16")
    assert check.differs_by == -5


@pytest.mark.parametrize("seed", range(2))
def test_every_failure_opens_as_many_records_as_it_counts(seed):
    records.a_random_country(seed, 120)

    for check in queries.return_of(year=2020, viewer=records.statistician()).checks:
        if check.rule in {"CK-11", "CK-12", "CK-15"}:
            assert check.behind or not check.differs_by
        if check.behind and check.rule in {"CK-05", "CK-11", "CK-12", "CK-15"}:
            assert len(behind(check)) == abs(check.differs_by)


def test_a_significant_seizure_and_a_route_are_listed():
    for _ in range(10):
        records.an_arm_recovered(case_number="77", arm_type="RIFLE", region="North")
    known = records.an_arm_recovered(country="VN", country_of_manufacture="ES")
    records.a_decision(records.a_trace(known), diversion_country="BR")
    records.an_arm_recovered(country="VN", country_of_manufacture="ES")

    found = queries.return_of(year=2020, viewer=records.statistician())

    (seizure,) = found.table("G").lines
    assert (seizure["case_number"], seizure["arms"]) == ("77", 10)
    assert (seizure["types"], seizure["region"]) == ("RIFLE:10", "North")
    assert seizure["persons"] is None
    lines = {(r["departure"], r["standing"]): r["arms"] for r in found.table("H").lines}
    assert lines == {("BR", "KNOWN"): 1, ("ES", "SUSPECTED"): 1}
