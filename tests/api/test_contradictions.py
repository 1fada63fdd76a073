"""What another system sends against a person's correction waits for a person."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from armstrace.intake import conflicts
from armstrace.intake.actions import held as actions
from armstrace.intake.models import HeldRow
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.outcomes import Settlement
from tests.api.test_api import SEIZURE, Caller, post
from tests.cast import OFFICER
from tests.intake.loads import LOADER


def mend(recovery_id: int, changes: Changes) -> None:
    """Let a person correct an arm at the desk."""
    correcting.correct_recovery(
        recovery_id=recovery_id,
        changes=changes,
        reason="photograph",
        by=OFFICER,
        at=datetime.now(UTC),
    )


def current() -> RecoveryRecord:
    return RecoveryRecord.objects.current().get()


@pytest.fixture
def send(caller: Caller) -> Callable[..., dict[str, object]]:
    """Send the seizure with its serial corrected by a person since."""
    officer = caller(Role.OFFICER, "VNP")
    post(officer, "/api/v1/recoveries", SEIZURE)
    mend(current().recovery_id, Changes(description={"serial": "ABC128"}))

    def sent(**told: object) -> dict[str, object]:
        body = SEIZURE | {"reason": "looked again"} | told
        body = {name: value for name, value in body.items() if value is not None}
        answer = post(officer, "/api/v1/recoveries", body)
        return answer.json() | {"status": answer.status_code}  # type: ignore[attr-defined]

    return sent


def test_a_source_that_goes_back_to_an_older_value_is_heard(send) -> None:
    there = send(make="Taurus", notes="x")
    back = send(notes="")

    assert (there["fate"], back["fate"]) == ("CORRECTED", "CORRECTED")
    record = current()
    assert (record.make_as_written, record.notes) == ("Glock", "")
    assert record.serial_as_marked == "ABC128"
    assert send(notes="")["fate"] == "UNCHANGED"


def test_RS_02_a_source_that_agreed_and_goes_back_waits_for_a_person(send) -> None:
    agreed = send(serial="ABC128")
    back = send(serial="ABC123")

    assert agreed["fate"] == "UNCHANGED"
    assert (back["status"], back["rule"]) == (409, "RS-02")
    assert current().serial_as_marked == "ABC128"


def test_RS_02_only_the_corrected_field_conflicts(send) -> None:
    contested = send(serial="ABC777")
    other = send(calibre="9x21")

    assert (contested["status"], contested["rule"]) == (409, "RS-02")
    assert "It waits as row 1 of api VNP" in str(contested["detail"])
    assert other["fate"] == "CORRECTED"
    record = current()
    assert (record.serial_as_marked, record.calibre_as_written) == ("ABC128", "9x21")


def test_what_is_sent_again_waits_once(send) -> None:
    for _ in range(3):
        send(serial="ABC777")

    held = HeldRow.objects.get()
    assert (held.state, held.reason, held.values["serial"]) == (
        "OPEN",
        "CONFLICT",
        "ABC777",
    )


def test_a_source_that_withdraws_its_conflict_leaves_nothing_waiting(send) -> None:
    send(serial="ABC777")
    send(serial="ABC123")

    assert HeldRow.objects.get().state == "MENDED"
    assert current().serial_as_marked == "ABC128"


@pytest.mark.parametrize(
    ("settlement", "serial", "then"),
    [
        (Settlement.TAKE, "ABC777", "UNCHANGED"),
        (Settlement.KEEP, "ABC128", "UNCHANGED"),
    ],
)
def test_a_person_settles_what_the_api_sent(send, settlement, serial, then) -> None:
    mend(current().recovery_id, Changes(stated={"seal_number": "S-9"}))
    send(serial="ABC777")
    send(serial=None, calibre="9x21")
    held = HeldRow.objects.select_related("batch").get()
    at = datetime.now(UTC)

    sides = conflicts.sides_of(held, viewer=OFFICER, at=at)
    actions.settle_row(
        held=held, settlement=settlement, reason="seen", by=LOADER, at=at
    )

    different = [(s.name, s.on_record, s.stated) for s in sides if s.is_different]
    assert ("serial", "ABC128", "ABC777") in different
    record = current()
    assert (record.serial_as_marked, record.seal_number) == (serial, "S-9")
    assert record.reason == "seen"
    assert send(serial="ABC777", calibre=record.calibre_as_written)["fate"] == then
    assert current().serial_as_marked == serial
    again = {Settlement.TAKE: 200, Settlement.KEEP: 409}[settlement]
    assert send(serial="ABC999")["status"] == again


@pytest.mark.parametrize("settlement", ["CORRECT", "HOLD", "MEND", "keep"])
def test_nothing_else_settles_a_contradiction(send, caller, settlement) -> None:
    send(serial="ABC777")
    held = HeldRow.objects.get()
    desk = caller(Role.REGISTRAR, "VNP")

    body = {"settlement": settlement, "reason": "seen"}
    answer = post(desk, f"/api/v1/intake/held/{held.pk}/settle", body)

    assert answer.status_code == 422
    assert "settlement" in answer.content.decode()
    assert HeldRow.objects.get().state == "OPEN"


@pytest.mark.parametrize("day", ["1026-01-01", "9999", "1899-12-31", "2300-01"])
def test_RS_03_no_wrong_year_comes_by_the_api(caller: Caller, day: str) -> None:
    officer = caller(Role.OFFICER, "VNP")

    answer = post(officer, "/api/v1/recoveries", SEIZURE | {"recovered_on": day})

    assert (answer.status_code, answer.json()["rule"]) == (409, "RS-03")


def test_a_year_is_sent_and_given_back_as_a_year(caller: Caller) -> None:
    officer = caller(Role.OFFICER, "VNP")

    sent = SEIZURE | {"recovered_on": "2018"}
    made = post(officer, "/api/v1/recoveries", sent).json()
    again = post(officer, "/api/v1/recoveries", sent).json()
    read = officer.get(f"/api/v1/recoveries/{made['id']}").json()

    assert (made["fate"], again["fate"]) == ("NEW", "UNCHANGED")
    assert read["recovered_on"] == "2018"
    listed = officer.get("/api/v1/recoveries").json()["rows"]
    assert [row["recovered_on"] for row in listed] == ["2018"]


def test_both_sides_of_a_conflict_are_told(send, caller: Caller) -> None:
    send(serial="ABC777")
    held = HeldRow.objects.get()

    answer = caller(Role.ANALYST, "VFH").get(f"/api/v1/intake/held/{held.pk}/sides")

    told = {each["name"]: each for each in answer.json()}
    serial = told["serial"]
    assert (serial["on_record"], serial["stated"]) == ("ABC128", "ABC777")
    assert serial["is_different"]
    assert not told["make"]["is_different"]
