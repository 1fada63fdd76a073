"""A wrong sale, transfer or loss is corrected or withdrawn; what stood is kept."""

from datetime import timedelta

import pytest

from armstrace.audit import verify
from armstrace.registry import queries
from armstrace.registry.actions import happening, life, parts, registering
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import Arm, EventWithdrawal, LifeEvent, LossReport, Part
from armstrace.vocabulary.arms import (
    ArmState,
    HolderKind,
    LifeEventKind,
    PartType,
    Passing,
)
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.outcomes import RowOutcome
from tests import builders
from tests.cast import NOW, OFFICER, REGISTRAR
from tests.registry.at_desk import (
    TODAY,
    happened,
    held_pistol,
    holder_of,
    licensed,
    pass_to,
    refused,
)

pytestmark = pytest.mark.django_db
Kind = LifeEventKind
LATER = NOW + timedelta(hours=1)


def last_event(arm_id: int) -> life.OfLife:
    return life.OfLife(
        arm_id, LifeEvent.objects.current().filter(arm_id=arm_id).latest("pk").pk
    )


def correct(event: life.OfLife, by=REGISTRAR, **changes):
    return life.correct_event(
        event=event, changes=changes, reason="typed wrongly", by=by, at=LATER
    )


def withdraw(event: life.OfLife, reason="entered twice", by=REGISTRAR):
    life.withdraw_event(event=event, reason=reason, by=by, at=LATER)


def test_a_sale_to_the_wrong_holder_is_corrected_and_the_holder_follows() -> None:
    arm_id = held_pistol()
    licensed("P4", "Di Sample", HolderKind.PERSON, "POSSESS")
    pass_to(arm_id, "P3", document="contract 7")
    wrong = last_event(arm_id)

    recorded = correct(wrong, holder_to="P4")

    assert recorded.fate is RowOutcome.CORRECTED
    assert holder_of(arm_id) == "P4"
    now = LifeEvent.objects.current().get(corrects=wrong.event_id)
    assert (now.document, now.reason, now.manner) == (
        "contract 7",
        "typed wrongly",
        Passing.SALE,
    )
    assert now.corrected_by == REGISTRAR.name
    was = queries.lives_of([arm_id], viewer=REGISTRAR, as_of=NOW)[arm_id]
    assert was[-1].holder_to == "P3"
    assert verify.verify().findings == ()


def test_a_taker_of_another_kind_makes_it_another_passing_on() -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P3")

    correct(last_event(arm_id), holder_to="D3", manner=Passing.RETURN_TO_DEALER)

    assert LifeEvent.objects.current().latest("pk").kind == Kind.SOLD_TO_DEALER
    assert Arm.objects.get(pk=arm_id).state == ArmState.IN_TRADE


def test_no_correction_leaves_an_arm_with_nobody() -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P3")

    with pytest.raises(InvalidInput) as refusal:
        correct(last_event(arm_id), holder_to="")

    assert refusal.value.field == "taker"
    assert holder_of(arm_id) == "P3"


def test_a_theft_entered_as_a_loss_is_corrected_with_its_report() -> None:
    arm_id = held_pistol()
    happening.report_loss(
        arm_id=arm_id, happening=happened(Kind.LOST), by=REGISTRAR, at=NOW
    )

    correct(last_event(arm_id), kind=Kind.STOLEN, place="Brod")

    report = LossReport.objects.current().get()
    assert (report.loss_kind, report.place, report.happened_on) == (
        "STOLEN",
        "Brod",
        TODAY,
    )
    assert Arm.objects.get(pk=arm_id).state == ArmState.STOLEN
    assert LossReport.objects.count() == 2
    assert verify.verify().findings == ()


def test_an_event_that_never_happened_is_withdrawn_and_kept() -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P3")
    wrong = last_event(arm_id)

    withdraw(wrong)

    assert holder_of(arm_id) == "P1"
    kept = EventWithdrawal.objects.current().get()
    assert (kept.event_id, kept.decided_by) == (wrong.event_id, REGISTRAR.name)
    assert pass_to(arm_id, "D3").fate is RowOutcome.NEW
    assert verify.verify().findings == ()


def test_RG_16_a_withdrawn_loss_does_not_come_back_by_a_file() -> None:
    arm_id = held_pistol()
    arm = Arm.objects.get(pk=arm_id)
    told = [
        LossInput(
            "77",
            builders.glock(),
            Kind.LOST,
            arm_number=arm.source_number,
            happened_on=TODAY,
        )
    ]
    stated = {"source": "POLICE", "arm_source": arm.source, "stated": told}
    stated |= {"by": REGISTRAR, "at": NOW}
    registering.report_losses(**stated)
    withdraw(last_event(arm_id))

    (again,) = registering.report_losses(**stated)

    assert (again.fate, again.rule) == (RowOutcome.REFUSED, "RG-16")
    assert Arm.objects.get(pk=arm_id).state == ArmState.HELD_CIVILIAN
    assert not LossReport.objects.current().exists()


def test_RG_14_what_was_recorded_since_must_still_follow() -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P3", happened_on=TODAY - timedelta(days=1))
    sale = last_event(arm_id)
    pass_to(arm_id, "D3", manner=Passing.RETURN_TO_DEALER)

    refused("RG-14", lambda: withdraw(sale))
    refused("RG-14", lambda: correct(sale, holder_to="P1", notes="on paper"))


def test_RG_15_a_recovery_is_corrected_where_it_stands() -> None:
    arm_id = held_pistol()
    builders.a_life(builders.an_event(Kind.RECOVERED, "2026-01-05"))

    refused("RG-15", lambda: withdraw(last_event(arm_id)))


def test_RG_10_and_RS_01_both_need_a_reason() -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P3")
    sale = last_event(arm_id)

    refused("RG-10", lambda: withdraw(sale, reason=" "))
    with pytest.raises(RuleBroken) as broken:
        life.correct_event(
            event=sale, changes={"place": "Brod"}, reason="", by=REGISTRAR, at=LATER
        )
    assert broken.value.rule == "RS-01"


def test_a_manner_that_is_none_is_said_at_its_field() -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P3")

    said = "xyz is not a code of manner; use one of: SALE, GIFT"
    with pytest.raises(InvalidInput, match=said):
        correct(last_event(arm_id), manner="xyz")


def test_of_two_who_correct_one_event_the_second_is_told() -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P3")
    sale = last_event(arm_id)
    correct(sale, place="Brod")

    with pytest.raises(NotFound):
        correct(sale, place="Lom")


def test_an_officer_corrects_and_withdraws_no_event() -> None:
    arm_id = held_pistol()
    event = last_event(arm_id)

    for act in (correct, withdraw):
        with pytest.raises(NotPermitted):
            act(event, by=OFFICER, **({"place": "x"} if act is correct else {}))


def exchange(arm_id: int, **stated):
    told = {"part_type": PartType.BARREL, "happened_on": TODAY} | stated
    return parts.exchange_part(
        arm_id=arm_id, exchange=parts.Exchange(**told), by=REGISTRAR, at=LATER
    )


def serials(arm_id: int) -> list[str]:
    page = queries.arm_page(arm_id, viewer=REGISTRAR)
    return [part.serial_as_marked for part in page.parts]


def test_a_part_is_exchanged_and_put_back_where_it_never_was() -> None:
    arm_id = held_pistol()
    exchange(arm_id, serial="B 100")
    (first,) = queries.arm_page(arm_id, viewer=REGISTRAR).parts

    exchange(arm_id, serial="B 200", removed=first.pk)

    assert serials(arm_id) == ["B 200"]
    assert Part.objects.current().get(serial_as_marked="B 100").arm is None
    assert Arm.objects.get(pk=arm_id).state == ArmState.HELD_CIVILIAN
    withdraw(last_event(arm_id), reason="another arm's")
    assert serials(arm_id) == ["B 100"]
    assert not Part.objects.current().filter(serial_as_marked="B 200").exists()
    assert verify.verify().findings == ()


def test_RG_17_to_RG_19_a_part_is_named_and_comes_from_no_other_arm() -> None:
    arm_id = held_pistol()
    (other,) = builders.registered(builders.an_arm("2"))
    exchange(arm_id, serial="B 100")
    (part,) = queries.arm_page(arm_id, viewer=REGISTRAR).parts

    refused("RG-17", lambda: exchange(arm_id))
    frame = PartType.FRAME_OR_RECEIVER
    refused("RG-17", lambda: exchange(arm_id, serial="1", part_type=frame))
    refused("RG-18", lambda: exchange(other, serial="b 100"))
    refused("RG-19", lambda: exchange(other, removed=part.pk))


def test_RG_20_a_part_that_went_on_is_not_put_back() -> None:
    arm_id = held_pistol()
    exchange(arm_id, serial="B 100")
    came = last_event(arm_id)
    (part,) = queries.arm_page(arm_id, viewer=REGISTRAR).parts
    exchange(arm_id, removed=part.pk)

    refused("RG-20", lambda: withdraw(came))


def test_RG_21_a_sale_is_not_withdrawn_under_a_later_exchange_that_rests_on_it() -> (
    None
):
    arm_id = held_pistol()
    licensed("P4", "Di Sample", HolderKind.PERSON, "POSSESS")
    pass_to(arm_id, "P4", document="contract 7")
    sale = last_event(arm_id)
    exchange(arm_id, serial="B 100")
    later = last_event(arm_id)

    with pytest.raises(RuleBroken) as refused_by:
        withdraw(sale)

    assert refused_by.value.rule == "RG-14"
    assert "a part exchanged" in str(refused_by.value)
    assert "names holder P4, who would not have had the arm then" in str(
        refused_by.value
    )
    withdraw(later)
    withdraw(sale)
    assert holder_of(arm_id) != "P4"


def test_an_event_does_not_become_one_of_another_kind() -> None:
    arm_id = held_pistol()
    happening.record_happening(
        arm_id=arm_id,
        happening=happened(Kind.DESTROYED, document="D 1"),
        by=REGISTRAR,
        at=NOW,
    )

    with pytest.raises(InvalidInput, match="Only a loss becomes a theft") as refusal:
        correct(last_event(arm_id), kind=Kind.STOLEN)

    assert refusal.value.field == "kind"


@pytest.mark.parametrize("field", ["document", "manner", "holder_to", "country"])
def test_a_report_of_loss_takes_no_change_that_it_has_no_place_for(field) -> None:
    arm_id = held_pistol()
    happening.report_loss(
        arm_id=arm_id, happening=happened(Kind.STOLEN), by=REGISTRAR, at=NOW
    )
    stolen = last_event(arm_id)

    with pytest.raises(InvalidInput, match="A report of loss or theft has no") as told:
        correct(stolen, **{field: ""})

    assert told.value.field == field
