"""The real workbooks of a state police, where they are at hand."""

from collections import Counter

import pytest

from armstrace.intake.models import HeldRow
from armstrace.recoveries.models import AmmunitionRecord, RecoveryRecord
from armstrace.registry.models import LossReport
from tests.intake.loads import LATER, load
from tests.shared_data import shared_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def workbook_2019():
    return shared_path("rio/seizures_2019.xlsx")


@pytest.fixture
def jobs_wait(settings):
    """Leave what follows a load in the queue: setting recoveries beside each other."""
    dummy = "django.tasks.backends.dummy.DummyBackend"
    settings.TASKS = {"default": {"BACKEND": dummy}}


def test_the_workbook_of_2019_is_loaded_whole_and_only_once(workbook_2019, jobs_wait):
    batch = load(workbook_2019)

    assert batch.profile_name == "rio-seizures"
    assert (batch.rows_read, batch.rows_loaded) == (29_646, 29_646)
    arms = RecoveryRecord.objects.all()
    # cartridges reported stolen are reports too, and no ammunition that was seized
    of_cartridges = 158
    assert arms.count() == 13_490
    assert AmmunitionRecord.objects.count() == 15_673 - of_cartridges
    assert batch.arms_by_class["NOT_AN_ARM"] == 15_673
    assert batch.arms_by_class["LOSS_REPORT"] == 483
    assert LossReport.objects.count() == 483 + of_cartridges
    counted = Counter(arms.values_list("recovery_kind", flat=True))
    assert counted["STATE_ARM"] == batch.arms_by_class["STATE_ARM"] > 4_000
    assert counted["SURRENDERED_AMNESTY"] == batch.arms_by_class["SURRENDERED"] > 300
    assert counted["OWNERS_ARM"] == batch.arms_by_class["OWNERS_ARM"] > 300
    assert not arms.filter(kind_reason="").exists()
    assert not HeldRow.objects.exists()

    share = 1 / arms.count()
    assert arms.exclude(make="").count() * share > 0.75
    assert arms.exclude(calibre="").count() * share > 0.9
    assert arms.exclude(serial_status="UNKNOWN").count() * share > 0.7
    # a status written in the serial field is never a serial
    removed = arms.filter(serial_as_marked__iregex=r"^(removido|eliminado)\.?$")
    assert removed.count() > 100
    assert not removed.exclude(serial_search="").exists()
    # 12/70 had become December 1970
    assert not arms.filter(calibre_as_written__startswith="1970").exists()

    again = load(workbook_2019, at=LATER)
    assert again.by_reason == {"UNCHANGED": 29_646}
