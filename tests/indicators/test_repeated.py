"""Second entries leave every count; arms recovered again stay, and are said."""

from datetime import date, timedelta

import pytest

from armstrace.analysis.statistics.indicator import Method
from armstrace.indicators import queries
from armstrace.recoveries.models import Resighting
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import PageRequest
from tests.indicators import records
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db
LATER = records.BEGIN + timedelta(days=100)


def arms(count, **values):
    return [
        records.an_arm_recovered(**{"recovered_on": date(2020, 6, day + 1)} | values)
        for day in range(count)
    ]


def figure(as_of=None):
    return queries.indicator(
        viewer=records.statistician(), year=2020, method=Method.METADATA, as_of=as_of
    )


def opened(part):
    page = queries.cell_records(
        queries.PartRequest(2020, Method.METADATA, part),
        viewer=records.statistician(),
        page=PageRequest(),
    )
    assert page.total == len(page.rows)
    return [row.recovery_id for row in page.rows]


def in_return(key):
    viewer = records.statistician()
    filled = queries.return_of(year=2020, viewer=viewer)
    page = queries.return_records(year=2020, key=key, viewer=viewer, page=PageRequest())
    assert filled.cell(key).value == page.total
    return [row.recovery_id for row in page.rows]


def repeats():
    return queries.repeats_counted(viewer=records.statistician(), year=2020)


@written_directly()
def proposed(later, earlier, repeat="ENTERED_TWICE"):
    Resighting.objects.create(
        recovery=later,
        earlier=earlier,
        repeat=repeat,
        why=message("the same marks"),
        known_at=records.BEGIN,
    )


def test_SC_09_a_second_entry_is_left_out_of_figure_and_return():
    first, second, _ = arms(3)
    records.a_pair(second, first, known_at=LATER)

    assert figure().denominator == 2
    assert [(e.code, e.rule, e.count) for e in figure().excluded] == [
        ("ENTERED_TWICE", "SC-09", 1)
    ]
    assert opened("ENTERED_TWICE") == [second.pk]
    assert second.pk not in opened("DENOMINATOR")
    assert in_return("X:ENTERED_TWICE:SEIZED") == [second.pk]
    assert second.pk not in in_return("A2:TOTAL:SEIZED")
    assert figure(as_of=records.BEGIN).denominator == 3


def test_SC_09_a_second_entry_stands_in_no_other_class():
    first, second = arms(2, recovery_kind="STATE_ARM")
    records.a_pair(second, first)

    assert in_return("X:STATE_ARM:OTHERWISE") == [first.pk]
    assert in_return("X:ENTERED_TWICE:OTHERWISE") == [second.pk]


@pytest.mark.parametrize(
    ("kind", "rule"),
    [("STATE_ARM", "SC-06"), ("OWNERS_ARM", "SC-07"), ("UNDECIDED", "SC-08")],
)
def test_SC_06_to_SC_08_what_is_on_file_otherwise_is_left_out_and_said(kind, rule):
    (other,) = arms(1, recovery_kind=kind)
    arms(1)

    assert figure().denominator == 1
    assert [(e.code, e.rule, e.count) for e in figure().excluded] == [(kind, rule, 1)]
    assert opened(kind) == in_return(f"X:{kind}:OTHERWISE") == [other.pk]


def test_a_proposed_second_entry_counts_and_is_said():
    first, second = arms(2)
    proposed(second, first)

    assert figure().denominator == 2
    assert repeats().maybe_entered_twice == 1
    assert opened("MAYBE_ENTERED_TWICE") == [second.pk]

    records.a_pair(second, first)

    assert repeats().maybe_entered_twice == 0


def test_an_arm_recovered_again_within_the_year_counts_each_time_and_is_said():
    (before,) = arms(1, recovered_on=date(2019, 5, 1))
    first, second, third = arms(3)
    for later in (first, second, third):
        records.a_pair(later, before, "RECOVERED_AGAIN")

    assert figure().denominator == 3
    assert repeats().recovered_again == 2
    assert opened("RECOVERED_AGAIN") == [third.pk, second.pk]


def test_a_stranger_learns_of_no_repeat():
    with pytest.raises(NotPermitted):
        queries.repeats_counted(viewer=records.a_stranger(), year=2020)


def test_what_lies_between_two_years_is_in_neither_and_is_said_in_both():
    (between,) = arms(
        1, recovered_on=date(2019, 12, 1), recovered_until=date(2020, 1, 31)
    )
    arms(1, recovered_until=date(2020, 12, 31))

    assert figure().denominator == 1
    assert repeats().between_years == 1
    assert opened("BETWEEN_YEARS") == [between.pk]
    for year, found in ((2019, 1), (2021, 0)):
        asked = {"viewer": records.statistician(), "year": year}
        assert queries.repeats_counted(**asked).between_years == found
