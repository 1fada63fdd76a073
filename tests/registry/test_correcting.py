"""An arm is corrected with a reason; a double is withdrawn and comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from armstrace.analysis.matching.cards import Query
from armstrace.audit import verify
from armstrace.records import faults
from armstrace.registry import queries
from armstrace.registry.actions import correcting, registering, withdrawing
from armstrace.registry.inputs import ArmInput
from armstrace.registry.models import Arm, ArmRecord
from armstrace.vocabulary.arms import ArmState, LifeEventKind
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.paging import PageRequest
from tests import builders
from tests.cast import NOW, OFFICER, REGISTRAR
from tests.registry.at_desk import pass_to, refused

pytestmark = pytest.mark.django_db
Kind = LifeEventKind


def test_a_correction_keeps_what_it_does_not_change_and_the_source_may_repeat() -> None:
    (arm_id,) = builders.registered()
    seen = queries.arm_page(arm_id, viewer=REGISTRAR).record.pk

    correcting.correct_arm(
        arm_id=arm_id,
        changes={"serial": "ABC128", "notes": "worn"},
        reason="read anew",
        seen=seen,
        by=REGISTRAR,
        at=NOW,
    )

    now = ArmRecord.objects.current().get()
    assert (now.serial_search, now.make, now.notes) == ("ABC128", "GLOCK", "worn")
    assert (now.reason, now.corrected_by) == ("read anew", REGISTRAR.name)
    builders.registered()
    assert ArmRecord.objects.current().get().serial_search == "ABC128"


def test_RG_01_a_correction_of_what_was_corrected_meanwhile_is_refused() -> None:
    (arm_id,) = builders.registered()
    seen = queries.arm_page(arm_id, viewer=REGISTRAR).record.pk
    told = {
        "arm_id": arm_id,
        "reason": "wrong",
        "seen": seen,
        "by": REGISTRAR,
        "at": NOW,
    }
    correcting.correct_arm(changes={"serial": "ABC128"}, **told)

    refused(
        "RG-01", lambda: correcting.correct_arm(changes={"serial": "ABC129"}, **told)
    )


def test_RS_01_a_correction_without_a_reason_is_refused() -> None:
    (arm_id,) = builders.registered()

    refused(
        "RS-01",
        lambda: correcting.correct_arm(
            arm_id=arm_id, changes={"serial": "X"}, reason=" ", by=REGISTRAR, at=NOW
        ),
    )


def test_an_officer_corrects_and_withdraws_nothing() -> None:
    first, second = twice()

    with pytest.raises(NotPermitted):
        correcting.correct_arm(
            arm_id=first, changes={"serial": "X"}, reason="wrong", by=OFFICER, at=NOW
        )
    with pytest.raises(NotPermitted):
        withdraw(second, first, by=OFFICER)
    with pytest.raises(NotPermitted):
        withdrawing.reinstate_arm(arm_id=first, reason="wrong", by=OFFICER, at=NOW)


def twice() -> list[int]:
    return builders.registered(builders.an_arm("1"), builders.an_arm("2"))


def withdraw(arm_id: int, same_as: int, by=REGISTRAR, reason="one pistol") -> None:
    withdrawing.withdraw_arm(
        arm_id=arm_id, same_as=same_as, reason=reason, by=by, at=NOW
    )


def listed() -> set[int]:
    page = queries.arm_rows(queries.ArmFilter(), viewer=REGISTRAR, page=PageRequest())
    return {row.arm_id for row in page.rows}


def found_by_marks() -> set[int]:
    (ranked,) = queries.rankings(
        [Query(make="GLOCK", serial="ABC123")], viewer=REGISTRAR
    )
    return {int(one.registry_id) for one in ranked.candidates}


def test_a_double_leaves_lists_and_searches_and_comes_back() -> None:
    first, second = twice()

    withdraw(second, first)

    assert listed() == found_by_marks() == {first}
    page = queries.arm_page(second, viewer=REGISTRAR)
    assert page.withdrawal.same_as_id == first
    assert queries.arms_by_id([second], viewer=REGISTRAR)[second].arm_id == second
    assert [
        one.arm_id for one in queries.arm_page(first, viewer=REGISTRAR).doubles
    ] == [second]
    assert verify.verify().findings == ()

    withdrawing.reinstate_arm(
        arm_id=second, reason="another pistol", by=REGISTRAR, at=NOW
    )

    assert listed() == found_by_marks() == {first, second}
    assert queries.arm_page(second, viewer=REGISTRAR).withdrawal is None
    assert verify.verify().findings == ()


def test_RG_49_who_made_two_records_alike_does_not_withdraw_one() -> None:
    other = builders.an_arm("2", description=builders.glock("ZZ9"))
    first, second = builders.registered(builders.an_arm("1"), other)
    changes = {"serial": "ABC123"}
    how = {"arm_id": second, "reason": "misread", "at": NOW}
    correcting.correct_arm(changes=changes, by=REGISTRAR, **how)

    refused("RG-49", lambda: withdraw(second, first))
    refused("RG-49", lambda: withdraw(first, second))

    withdraw(second, first, by=replace(REGISTRAR, name="second.vfr"))
    assert listed() == {first}


def test_RG_05_a_withdrawn_record_takes_no_more_acts() -> None:
    first, second = twice()
    withdraw(second, first)

    refused("RG-05", lambda: withdraw(second, first))
    refused("RG-05", lambda: pass_to(second, "P3"))
    (loaded,) = registering.register_arms(
        source=builders.REGISTER,
        stated=[builders.an_arm("2", description=builders.glock("ZZ9"))],
        by=REGISTRAR,
        at=NOW,
    )
    assert (loaded.fate, loaded.rule) == (RowOutcome.REFUSED, "RG-05")


def test_what_a_register_tells_of_a_double_happened_to_the_arm_that_stands() -> None:
    builders.holders()
    first, second = twice()
    withdraw(second, first)

    registering.record_events(
        source=builders.REGISTER,
        stated=[builders.an_event(Kind.STOLEN, "2020-01-01", arm_number="2")],
        by=REGISTRAR,
        at=NOW,
    )

    assert Arm.objects.get(pk=first).state == ArmState.STOLEN
    assert Arm.objects.get(pk=second).state == ArmState.UNKNOWN


def test_RG_07_an_arm_is_no_double_of_itself_or_of_a_withdrawn_one() -> None:
    first, second = twice()
    refused("RG-07", lambda: withdraw(first, first))
    withdraw(second, first)

    refused("RG-07", lambda: withdraw(first, second))


@pytest.mark.parametrize(
    ("marks", "is_refused"),
    [
        ({"make": "Taurus"}, True),
        ({"serial": "ZZ99871"}, True),
        ({"serial": "BK48O1"}, False),
        ({"make": "", "serial": ""}, False),
    ],
)
def test_RG_43_an_arm_is_withdrawn_as_a_double_of_its_like_alone(
    marks, is_refused
) -> None:
    said = builders.glock("BK48010")
    first, second = builders.registered(
        ArmInput("1", said), ArmInput("2", replace(said, **marks))
    )

    if is_refused:
        refused("RG-43", lambda: withdraw(second, first))
    else:
        withdraw(second, first)


def test_RG_11_a_withdrawal_hides_no_theft() -> None:
    builders.holders()
    first, second = twice()
    stolen(2)

    refused("RG-11", lambda: withdraw(second, first))

    assert listed() == {first, second}
    stolen(1)
    withdraw(second, first)
    assert Arm.objects.get(pk=first).state == ArmState.STOLEN


def test_the_record_that_tells_of_no_theft_yields_to_the_one_that_does() -> None:
    builders.holders()
    first, second = twice()
    stolen(2)

    withdraw(first, second)

    assert listed() == {second}
    assert Arm.objects.get(pk=second).state == ArmState.STOLEN


def test_a_theft_that_ended_holds_up_no_withdrawal() -> None:
    builders.holders()
    first, second = twice()
    stolen(2)
    builders.a_life(builders.an_event(Kind.FOUND_AGAIN, "2021-01-01", arm_number="2"))

    withdraw(second, first)

    assert listed() == {first}


def stolen(number: int) -> None:
    told = {"arm_number": str(number), "number": f"theft of {number}"}
    builders.a_life(builders.an_event(Kind.STOLEN, "2020-01-01", **told))


def test_RG_08_a_recovered_arm_stays() -> None:
    first, second = twice()
    builders.a_life(builders.an_event(Kind.RECOVERED, "2025-06-01"))

    refused("RG-08", lambda: withdraw(first, second))


def test_RG_09_what_was_not_withdrawn_is_not_brought_back() -> None:
    first, _ = twice()

    refused(
        "RG-09",
        lambda: withdrawing.reinstate_arm(
            arm_id=first, reason="wrong", by=REGISTRAR, at=NOW
        ),
    )


def test_RG_10_a_withdrawal_needs_a_reason() -> None:
    first, second = twice()

    refused("RG-10", lambda: withdraw(second, first, reason=" "))
    assert listed() == {first, second}


def test_a_clock_that_jumped_back_writes_nothing_and_is_named() -> None:
    (arm_id,) = builders.registered()

    with pytest.raises(IntegrityError) as failed, transaction.atomic():
        correcting.correct_arm(
            arm_id=arm_id,
            changes={"make": "Colt"},
            reason="read again",
            by=REGISTRAR,
            at=NOW - timedelta(days=1),
        )

    assert faults.explain(failed.value).message == faults.CLOCK
    assert ArmRecord.objects.get().make == "GLOCK"


def test_RG_24_no_barrel_is_longer_than_its_arm() -> None:
    (arm_id,) = builders.registered()

    def correct(barrel: int, whole: int) -> None:
        correcting.correct_arm(
            arm_id=arm_id,
            changes={"barrel_mm": barrel, "overall_mm": whole},
            reason="measured",
            by=REGISTRAR,
            at=NOW,
        )

    refused("RG-24", lambda: correct(500, 186))
    correct(114, 186)
    assert ArmRecord.objects.current().get().barrel_mm == 114
