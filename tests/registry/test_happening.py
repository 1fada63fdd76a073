"""What happens to an arm, and how it comes on the register, at the desk."""

import threading
from dataclasses import replace

import pytest
from django.db import connection

from armstrace.analysis.marks.description import Description
from armstrace.audit import verify
from armstrace.records import jurisdiction
from armstrace.registry import queries
from armstrace.registry.actions import entering, happening
from armstrace.registry.inputs import ArmInput
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, LossReport
from armstrace.vocabulary import profiles
from armstrace.vocabulary.arms import ArmState, HolderKind, LifeEventKind, Passing
from armstrace.vocabulary.errors import InvalidInput, NotPermitted, RuleBroken
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


def test_a_theft_is_reported_of_the_arm_and_found_again() -> None:
    arm_id = held_pistol()
    happening.report_loss(
        arm_id=arm_id, happening=happened(Kind.STOLEN), by=REGISTRAR, at=NOW
    )
    report = LossReport.objects.get()
    assert (report.arm_id, report.holder.number) == (arm_id, "P1")
    assert report.source_number == f"A{arm_id}-1"
    assert Arm.objects.get(pk=arm_id).state == ArmState.STOLEN

    happening.record_happening(
        arm_id=arm_id, happening=happened(Kind.FOUND_AGAIN), by=REGISTRAR, at=NOW
    )

    assert Arm.objects.get(pk=arm_id).state == ArmState.HELD_CIVILIAN
    assert holder_of(arm_id) == "P1"
    assert verify.verify().findings == ()


def test_RG_06_a_report_is_not_typed_over_another() -> None:
    arm_id = held_pistol()
    once = happened(Kind.LOST, number="77/2026")
    happening.report_loss(arm_id=arm_id, happening=once, by=REGISTRAR, at=NOW)

    other = replace(once, kind=Kind.STOLEN)
    with pytest.raises(RuleBroken, match="taken already"):
        happening.report_loss(arm_id=arm_id, happening=other, by=REGISTRAR, at=NOW)


def test_RG_44_a_theft_that_is_on_record_is_not_reported_again() -> None:
    arm_id = held_pistol()
    told = {"arm_id": arm_id, "by": REGISTRAR, "at": NOW}
    happening.report_loss(happening=happened(Kind.STOLEN), **told)

    refused(
        "RG-44", lambda: happening.report_loss(happening=happened(Kind.STOLEN), **told)
    )

    assert LossReport.objects.count() == 1
    happening.record_happening(happening=happened(Kind.FOUND_AGAIN), **told)
    happening.report_loss(happening=happened(Kind.STOLEN), **told)


def test_a_text_that_is_not_kept_of_an_event_is_refused() -> None:
    told = {"arm_id": held_pistol(), "by": REGISTRAR, "at": NOW}
    stolen = happened(Kind.STOLEN, document="P-12")
    destroyed = happened(Kind.DESTROYED, document="D-7", number="77/2026")

    with pytest.raises(InvalidInput, match="“document” is not kept"):
        happening.report_loss(happening=stolen, **told)
    with pytest.raises(InvalidInput, match="“number” is not kept"):
        happening.record_happening(happening=destroyed, **told)

    assert LossReport.objects.count() == 0


def test_LC_01_what_is_destroyed_is_not_stolen() -> None:
    arm_id = held_pistol()
    destroyed = happened(Kind.DESTROYED, document="D-7")
    happening.record_happening(arm_id=arm_id, happening=destroyed, by=REGISTRAR, at=NOW)

    for kind in (Kind.LOST, Kind.STOLEN):
        with pytest.raises(RuleBroken) as broken:
            happening.report_loss(
                arm_id=arm_id, happening=happened(kind), by=REGISTRAR, at=NOW
            )
        assert broken.value.rule == "LC-01"
    assert LossReport.objects.count() == 0


def test_RG_47_RG_48_no_missing_arm_is_destroyed_and_none_without_a_document() -> None:
    arm_id = held_pistol()
    told = {"arm_id": arm_id, "by": REGISTRAR, "at": NOW}

    def destroy(document: str) -> None:
        happening.record_happening(
            happening=happened(Kind.DESTROYED, document=document), **told
        )

    refused("RG-48", lambda: destroy(" "))
    happening.report_loss(happening=happened(Kind.STOLEN), **told)
    refused("RG-47", lambda: destroy("D-7"))
    happening.record_happening(happening=happened(Kind.FOUND_AGAIN), **told)
    destroy("D-7")


def test_LC_15_what_was_not_lost_is_not_found_again() -> None:
    arm_id = held_pistol()

    refused(
        "LC-15",
        lambda: happening.record_happening(
            arm_id=arm_id, happening=happened(Kind.FOUND_AGAIN), by=REGISTRAR, at=NOW
        ),
    )


def test_an_officer_records_no_event_of_a_registered_arm() -> None:
    arm_id = held_pistol()

    for act in (happening.record_happening, happening.report_loss):
        with pytest.raises(NotPermitted):
            act(arm_id=arm_id, happening=happened(Kind.LOST), by=OFFICER, at=NOW)


def test_the_acts_that_may_follow_are_told_with_the_reason_of_others() -> None:
    arm_id = held_pistol()
    page = queries.arm_page(arm_id, viewer=REGISTRAR)

    acts = {act.kind: act for act in queries.acts_on(page, viewer=REGISTRAR, at=NOW)}

    assert acts[Kind.TRANSFERRED].refusal is None
    assert "No loss or theft" in str(acts[Kind.FOUND_AGAIN].refusal)
    assert queries.acts_on(page, viewer=OFFICER, at=NOW) == ()


@pytest.mark.parametrize(
    ("kind", "refused"), [("ISSUED_TO_STATE", "DESTROYED"), ("DEACTIVATED", "")]
)
def test_RG_25_what_another_act_alone_may_do_is_not_offered(kind, refused) -> None:
    (arm_id,) = builders.registered(builders.an_arm("77"))
    event = builders.an_event(LifeEventKind(kind), "2020-01-01", arm_number="77")
    builders.a_life(event)
    page = queries.arm_page(arm_id, viewer=REGISTRAR)

    acts = {act.kind: act for act in queries.acts_on(page, viewer=REGISTRAR, at=NOW)}

    assert (Kind.DEACTIVATED in acts) == (kind != "DEACTIVATED")
    if refused:
        assert "declare it surplus" in str(acts[Kind(refused)].refusal)


def an_entering(**stated) -> entering.Entering:
    arm = stated.pop("arm", ArmInput("", builders.glock("NEW77", country="Austria")))
    told = {"arrival": Kind.MANUFACTURED, "happened_on": TODAY, "holder": ""}
    return entering.Entering(arm, **(told | stated))


def test_an_arm_is_registered_with_the_event_that_brought_it() -> None:
    builders.holders()
    licensed("M3", "Second Maker", HolderKind.MANUFACTURER, "MANUFACTURE")

    made = entering.register_arm(
        entering=an_entering(holder="M3"), by=REGISTRAR, at=NOW
    )

    arm = Arm.objects.get(pk=made.record_id)
    assert arm.source_number == "VFR-2026-000001"
    assert (arm.state, arm.holder.number) == (ArmState.MANUFACTURED, "M3")
    twin = an_entering(reason="the maker used the number twice")
    again = entering.register_arm(entering=twin, by=REGISTRAR, at=NOW)
    assert Arm.objects.get(pk=again.record_id).source_number == "VFR-2026-000002"
    assert verify.verify().findings == ()


def test_an_arm_seen_for_the_first_time_says_that_nobody_knows_how_it_came() -> None:
    builders.holders()
    licensed("P3", "Cy Sample", HolderKind.PERSON, "POSSESS")

    made = entering.register_arm(
        entering=an_entering(arrival=Kind.TRANSFERRED, holder="P3"),
        by=REGISTRAR,
        at=NOW,
    )

    event = LifeEvent.objects.get()
    assert event.manner == Passing.FIRST_SEEN
    assert event.holder_from is None
    assert Arm.objects.get(pk=made.record_id).state == ArmState.HELD_CIVILIAN


def test_RG_06_a_number_that_is_taken_is_not_typed_over() -> None:
    told = an_entering(arm=ArmInput("9", builders.glock("X1", country="Austria")))
    entering.register_arm(entering=told, by=REGISTRAR, at=NOW)

    refused(
        "RG-06",
        lambda: entering.register_arm(entering=told, by=REGISTRAR, at=NOW),
    )
    assert ArmRecord.objects.count() == 1


def enter(told: entering.Entering) -> int:
    return entering.register_arm(entering=told, by=REGISTRAR, at=NOW).record_id


@pytest.mark.parametrize("number", ["", "9"])
def test_what_a_form_sends_twice_is_registered_once(number) -> None:
    arm = ArmInput(number, builders.glock("X1", country="Austria"))
    told = an_entering(arm=arm, sent="k1")

    assert enter(told) == enter(told)

    assert Arm.objects.count() == LifeEvent.objects.count() == 1
    assert verify.verify().findings == ()


def test_MK_05_a_twin_of_an_arm_on_record_is_registered_with_a_reason() -> None:
    enter(an_entering(sent="k1"))

    with pytest.raises(RuleBroken) as broken:
        enter(an_entering(sent="k2"))

    assert broken.value.rule == "MK-05"
    enter(an_entering(sent="k2", reason="the maker used the number twice"))


def test_another_form_or_other_marks_register_another_arm() -> None:
    other = ArmInput("", builders.glock("X2", country="Austria"))

    made = {
        enter(an_entering(sent="k1")),
        enter(an_entering(sent="k2", reason="the maker used the number twice")),
        enter(an_entering(sent="k1", arm=other)),
    }

    assert len(made) == Arm.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", ["", "9"])
def test_what_a_form_sends_at_once_is_registered_once(number) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there")
    arm = ArmInput(number, builders.glock("X1", country="Austria"))
    told = an_entering(arm=arm, sent="k1")
    start = threading.Barrier(4)
    made: list[int] = []

    def click() -> None:
        try:
            start.wait()
            made.append(enter(told))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert Arm.objects.count() == LifeEvent.objects.count() == 1
    assert set(made) == {Arm.objects.get().pk}


@pytest.mark.parametrize("typed", ["A{}", "a{}", "A-00{}"])
def test_RG_13_a_number_is_not_read_as_another_arms_own(typed) -> None:
    (arm_id,) = builders.registered()
    number = typed.format(arm_id)
    like = ArmInput(number, builders.glock("X1", country="Austria"))

    refused(
        "RG-13",
        lambda: entering.register_arm(
            entering=an_entering(arm=like), by=REGISTRAR, at=NOW
        ),
    )

    if typed == "A{}":
        with pytest.raises(RuleBroken, match="taken already"):
            enter(an_entering(arm=like))
    free = replace(like, number=f"{number}/B")
    assert entering.register_arm(
        entering=an_entering(arm=free), by=REGISTRAR, at=NOW
    ).record_id


def test_MK_02_a_missing_mark_needs_a_reason() -> None:
    bare = ArmInput("", Description(type="pistol", make="Glock", serial="A1"))
    refused(
        "MK-02",
        lambda: entering.register_arm(
            entering=an_entering(arm=bare), by=REGISTRAR, at=NOW
        ),
    )

    made = entering.register_arm(
        entering=an_entering(arm=bare, reason="sample for the proof house"),
        by=REGISTRAR,
        at=NOW,
    )

    assert made.fate is RowOutcome.NEW


def made_by(make: str, reason: str = "") -> int:
    """Register a pistol that the licensed maker M9 has made."""
    marked = Description(type="pistol", make=make, serial="AB1234", country="XV")
    told = an_entering(arm=ArmInput("", marked), holder="M9", reason=reason)
    return entering.register_arm(entering=told, by=REGISTRAR, at=NOW).record_id


def test_MK_02_LC_05_a_maker_need_not_be_in_the_table_of_makers() -> None:
    licensed("M9", "Licensed Maker", HolderKind.MANUFACTURER, "MANUFACTURE")
    licensed("D9", "A dealer", HolderKind.DEALER, "DEAL")

    pass_to(made_by("Hill Gunsmiths"), "D9")

    assert Arm.objects.get().state == "IN_TRADE"
    refused("MK-02", lambda: made_by("illegible"))
    arm_id = made_by("illegible", reason="a sample")
    refused("LC-05", lambda: pass_to(arm_id, "D9"))


def test_MK_01_the_law_may_refuse_an_arm_without_its_marks(
    monkeypatch, tmp_path
) -> None:
    strict = tmp_path / "strict.toml"
    strict.write_text(
        'code = "strict"\nname = "Strict"\n[[marking]]\nevent = "IMPORTED"\n'
        'marks = ["IMPORT_COUNTRY"]\nstrength = "REFUSES"\nsource = "s"\n'
    )
    monkeypatch.setattr(jurisdiction, "profile", lambda: profiles.load_file(strict))

    refused(
        "MK-01",
        lambda: entering.register_arm(
            entering=an_entering(arrival=Kind.IMPORTED, reason="as written"),
            by=REGISTRAR,
            at=NOW,
        ),
    )


def test_an_officer_registers_nothing() -> None:
    with pytest.raises(NotPermitted):
        entering.register_arm(entering=an_entering(), by=OFFICER, at=NOW)

    assert Arm.objects.count() == 0
