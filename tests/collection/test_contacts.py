"""No telephone number passes for a serial number in a campaign without names."""

import pytest

from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import changes_of
from armstrace.recoveries.models import RecoveryRecord
from tests.collection.test_hand_in import BY_SYSTEM, opened, refused, taken

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "serial",
    [
        *("+49 170 1234567", "+491701234567", "+ 49 170/123 45 67"),
        *("0170 1234567", "0660/1234567", "0049 170 1234567", "(0170) 123 45 67"),
    ],
)
def test_CL_07_no_telephone_number_passes_for_a_serial_number(tmp_path, serial):
    unnamed = taken(opened(), tmp_path)

    refused("CL-07", lambda: taken(unnamed.campaign, tmp_path, serial=serial))
    refused(
        "CL-07",
        lambda: correcting.correct_recovery(
            recovery_id=unnamed.recovery_id,
            changes=changes_of({"serial": serial}),
            reason="read again",
            **BY_SYSTEM,
        ),
    )


@pytest.mark.parametrize(
    "serial", ["01701234567", "600100200", "0-1234567", "00 12345", "AB01701234567"]
)
def test_CL_07_digits_that_only_look_long_are_a_serial_number(tmp_path, serial):
    kept = taken(opened(), tmp_path, serial=serial)

    record = RecoveryRecord.objects.current().get(recovery=kept.recovery_id)
    assert record.serial_as_marked == serial
