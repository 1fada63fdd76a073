"""A file that gives only a year reaches the figures; a wrong year reaches nothing."""

from datetime import date, timedelta

import pytest

from armstrace.analysis.statistics.indicator import Method
from armstrace.indicators import queries as indicators
from armstrace.indicators.queries import counting
from armstrace.intake.models import HeldRow
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.actions import recording
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry.actions import registering
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import LossReport
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.paging import PageRequest
from tests import builders
from tests.intake import files
from tests.intake.loads import LOADER, NOON, load, recovery, table
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db


def loaded(tmp_path, *days: str) -> None:
    rows = [recovery(str(at), recovered_on=day) for at, day in enumerate(days, 1)]
    load(files.csv_file(tmp_path / "a.csv", table(*rows)))


def arms_of(year: int) -> int | None:
    figure = indicators.indicator(viewer=LOADER, year=year, method=Method.METADATA)
    return figure.denominator


def test_a_year_is_enough_for_a_year(tmp_path):
    loaded(tmp_path, "2018", "2018-03", "Q4 2018", "2018-05-01", "2019")

    assert not HeldRow.objects.exists()
    kept = RecoveryRecord.objects.order_by("pk")
    assert [str(each.recovered) for each in kept] == [
        "2018",
        "2018-03",
        "2018-10/2018-12",
        "2018-05-01",
        "2019",
    ]
    assert (arms_of(2018), arms_of(2019)) == (4, 1)


def test_a_year_that_a_workbook_shows_as_a_day_is_read_as_the_year(tmp_path):
    values = recovery("1", recovered_on=date(1905, 7, 10), year_of_manufacture="")
    rows = [list(values), list(values.values())]

    batch = load(files.workbook(tmp_path / "a.xlsx", rows))

    assert str(RecoveryRecord.objects.get().recovered) == "2018"
    assert "2018" in str(batch.remarks)


def test_a_text_that_such_a_year_left_behind_is_held_with_one_sentence(tmp_path):
    loaded(tmp_path, "1905-07-10")

    (trouble,) = HeldRow.objects.get().troubles
    assert "2018" in str(trouble["sentence"])


def test_a_loss_of_which_only_the_year_is_known_is_kept_as_a_year(tmp_path):
    row = recovery("1", recovered_on="2018", loss_kind="STOLEN")

    load(files.csv_file(tmp_path / "a.csv", table(row)))

    report = LossReport.objects.get()
    assert str(report.happened) == "2018"
    assert report.reported_on is None


def test_a_span_over_two_years_is_in_neither(tmp_path):
    loaded(tmp_path, "2018-12-20/2019-01-10", "2018")

    assert arms_of(2018) == 1
    assert arms_of(2019) is None
    found = [
        recoveries.recovery_rows(
            recoveries.RecoveryFilter(year=year),
            viewer=LOADER,
            page=PageRequest(1),
        )
        for year in (2018, 2019)
    ]

    assert [len(page.rows) for page in found] == [2, 1]


def test_the_last_day_may_stand_in_a_column_of_its_own(tmp_path):
    row = recovery("1", recovered_on="2018-01-05", recovered_until="2018-01-09")
    load(files.csv_file(tmp_path / "a.csv", table(row)))

    assert str(RecoveryRecord.objects.get().recovered) == "2018-01-05/2018-01-09"


def test_what_a_file_repeats_by_year_changes_nothing(tmp_path):
    loaded(tmp_path, "2018")
    again = load(
        files.csv_file(
            tmp_path / "b.csv", table(recovery("1", recovered_on="01/2018 - 12/2018"))
        )
    )

    assert again.by_reason == {"UNCHANGED": 1}


@pytest.mark.parametrize("day", ["1026", "9999", "1026-05-01", "9999-01-01", "2031"])
def test_RS_03_a_wrong_year_is_held_with_its_field(tmp_path, day):
    loaded(tmp_path, day, "2018")

    held = HeldRow.objects.get()
    assert (held.row, held.field) == (2, "recovered_on")
    assert RecoveryRecord.objects.count() == 1


WRONG = [date(1026, 1, 1), date(1899, 12, 31), date(9999, 1, 1)]


@pytest.mark.parametrize("day", [*WRONG, NOON.date() + timedelta(days=2)])
def test_RS_03_one_rule_for_every_record(day):
    told = {"source": "POLICE", "by": LOADER, "at": NOON}
    lost = LossInput("L1", builders.glock("A1"), LifeEventKind.LOST, reported_on=day)

    outcomes = [
        recording.record_recoveries(
            stated=[builders.a_recovery(recovered_on=day)], **told
        ),
        registering.register_arms(
            stated=[builders.an_arm(acquired_on=day, holder_number="H1")], **told
        ),
        registering.report_losses(stated=[lost], arm_source="POLICE", **told),
    ]

    for (outcome,) in outcomes:
        assert (outcome.fate, outcome.rule) == (RowOutcome.REFUSED, "RS-03")
        assert str(day) in str(outcome.reason)


def test_a_wrong_year_of_before_breaks_no_page(tmp_path):
    loaded(tmp_path, "2018", "2019", "2020")
    with written_directly():
        first, last, _ = RecoveryRecord.objects.order_by("pk")
        RecoveryRecord.objects.filter(pk=first.pk).update(
            recovered_on=date(1026, 1, 1), recovered_until=None
        )
        RecoveryRecord.objects.filter(pk=last.pk).update(
            recovered_on=date(9999, 1, 1), recovered_until=None
        )

    assert counting.years_counted(LOADER, None) == range(2020, 2021)
