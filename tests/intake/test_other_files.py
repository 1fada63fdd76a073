"""A later file of one source neither blanks nor replaces what another stated."""

import pytest

from armstrace.intake import preview
from armstrace.intake.actions import loading
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.models import HeldRow
from armstrace.intake.profiles.schema import read_profile
from armstrace.jobs.running import JobContext, tell_nobody
from armstrace.recoveries.models import RecoveryRecord
from tests.intake import files
from tests.intake.loads import LATER, LOADER, NOON, load, recovery, table

pytestmark = pytest.mark.django_db
PROFILE = """
name = "yearly"
kind = "recoveries"
source = "YEARLY"
recognise = ["Nr", "Day", "Why"]
[columns]
"Nr" = "source_number"
"Day" = "recovered_on"
"Why" = "recovery_kind"
"Maker" = "make"
"Mark" = "serial"
"""
HEADINGS = ["Nr", "Day", "Why", "Maker", "Mark"]
ROW = ["1", "2019-03-01", "SEIZED", "Glock", "ABC123"]


def load_yearly(path, at):
    profile = read_profile(PROFILE, origin="yearly")
    file = IncomingFile(path, path.name, LOADER.agency)
    foretold = preview.look(file, profile, by=LOADER, at=at, progress=tell_nobody)
    begun = loading.begin_batch(file=file, profile=profile, by=LOADER, at=at)
    batch = loading.run_batch(batch=begun, by=LOADER, at=at, context=JobContext())
    assert foretold.tally.rows_held == batch.rows_held
    return batch


def test_a_file_without_a_column_of_its_profile_does_not_blank_the_record(tmp_path):
    load_yearly(files.csv_file(tmp_path / "a.csv", [HEADINGS, ROW]), NOON)
    lacking = [[*row[:3], row[4]] for row in (HEADINGS, ROW)]
    other = ["2", "2019-03-02", "SEIZED", "ABC124"]

    batch = load_yearly(files.csv_file(tmp_path / "b.csv", [*lacking, other]), LATER)

    assert batch.by_reason == {"UNCHANGED": 1}
    makes = RecoveryRecord.objects.current().values_list("make", flat=True)
    assert sorted(makes) == ["", "GLOCK"]


def test_RC_09_another_arm_under_the_number_of_one_is_held(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", serial="ABC123"))))
    other = recovery("1", make="Beretta", serial="Q70011")

    load(files.csv_file(tmp_path / "b.csv", table(other)), at=LATER)

    held = HeldRow.objects.get()
    assert "ABC123" in str(held.troubles)
    assert RecoveryRecord.objects.current().get().serial_as_marked == "ABC123"


def test_RC_09_another_serial_number_on_another_day_is_another_arm(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", serial="ABC123"))))
    other = recovery("1", serial="Q70011", recovered_on="2019-05-06")

    load(files.csv_file(tmp_path / "b.csv", table(other)), at=LATER)

    assert HeldRow.objects.count() == 1
    assert RecoveryRecord.objects.current().get().serial_as_marked == "ABC123"


@pytest.mark.parametrize(
    "change", [{"serial": "Q70011"}, {"make": "Beretta"}, {"make": "", "serial": "Q7"}]
)
def test_a_correction_of_one_mark_is_of_the_same_arm(tmp_path, change):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", serial="ABC123"))))

    load(files.csv_file(tmp_path / "b.csv", table(recovery("1", **change))), at=LATER)

    assert not HeldRow.objects.exists()
