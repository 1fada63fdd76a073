"""An arm passes in one act with both sides, or a sentence says why not."""

import threading
from datetime import date

import pytest
from django.db import connection

from armstrace.audit import verify
from armstrace.audit.models import LedgerEntry
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.records import jurisdiction
from armstrace.registry import queries
from armstrace.registry.actions import happening
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary import profiles
from armstrace.vocabulary.arms import ArmState, LifeEventKind, Passing
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from tests import builders
from tests.cast import NOW, OFFICER, REGISTRAR, STRANGER
from tests.intelligence.test_picture import judge_same
from tests.registry.at_desk import happened, held_pistol, holder_of, pass_to, refused

pytestmark = pytest.mark.django_db
Kind = LifeEventKind


def test_an_arm_returned_on_the_day_of_its_sale_is_with_who_received_it_last() -> None:
    arm_id = held_pistol()

    held = []
    for taker in ("P3", "D3", "P3", "D3"):
        pass_to(arm_id, taker)
        held.append(holder_of(arm_id))

    assert held == ["P3", "D3", "P3", "D3"]


def test_an_arm_passes_with_both_sides_in_one_event() -> None:
    arm_id = held_pistol()

    pass_to(arm_id, "P3", manner=Passing.GIFT)

    event = LifeEvent.objects.order_by("-pk").first()
    assert (event.holder_from.number, event.holder_to.number) == ("P1", "P3")
    assert (event.kind, event.manner) == (Kind.TRANSFERRED, Passing.GIFT)
    assert holder_of(arm_id) == "P3"
    assert LedgerEntry.objects.filter(act="arm.passed").count() == 1
    assert verify.verify().findings == ()


def test_RG_45_who_gives_an_arm_that_nobody_has_is_named_and_checked() -> None:
    held = held_pistol()
    (arm_id,) = builders.registered(builders.an_arm("2"))

    refused("HO-03", lambda: pass_to(arm_id, "P3", giver="D1"))
    refused("IN-02", lambda: pass_to(arm_id, "P3", giver="NOBODY"))
    refused("RG-45", lambda: pass_to(held, "P3", giver="D1"))
    pass_to(arm_id, "P3", giver="D3")

    event = LifeEvent.objects.order_by("-pk").first()
    assert (event.holder_from.number, event.kind) == ("D3", Kind.SOLD_TO_HOLDER)


def test_RG_22_an_arm_that_was_recovered_passes_only_by_a_decision() -> None:
    arm_id = held_pistol()
    (recovery,) = builders.recovered()
    judge_same(recovery, arm_id)

    refused("RG-22", lambda: pass_to(arm_id, "P3", manner=Passing.GIFT))
    pass_to(arm_id, "P3", manner=Passing.GIFT, reason="court order 12/26")

    assert holder_of(arm_id) == "P3"


@pytest.mark.parametrize(
    "kind", [Kind.STATE_TO_CIVILIAN, Kind.SOLD_TO_HOLDER, Kind.RECOVERED]
)
def test_RG_23_what_changes_hands_is_no_event_at_the_desk(kind) -> None:
    arm_id, told = held_pistol(), happened(kind)

    refused(
        "RG-23",
        lambda: happening.record_happening(
            arm_id=arm_id, happening=told, by=REGISTRAR, at=NOW
        ),
    )


@pytest.mark.parametrize(
    ("manner", "taker", "kind", "state"),
    [
        (Passing.SALE, "D3", Kind.SOLD_TO_DEALER, ArmState.IN_TRADE),
        (Passing.RETURN_TO_DEALER, "D3", Kind.SOLD_TO_DEALER, ArmState.IN_TRADE),
        (Passing.INHERITANCE, "P3", Kind.INHERITED, ArmState.HELD_CIVILIAN),
        (Passing.SALE, "P3", Kind.TRANSFERRED, ArmState.HELD_CIVILIAN),
    ],
)
def test_the_event_follows_from_the_manner_and_both_sides(
    manner, taker, kind, state
) -> None:
    arm_id = held_pistol()

    pass_to(arm_id, taker, manner=manner)

    assert LifeEvent.objects.order_by("-pk").first().kind == kind
    assert Arm.objects.get(pk=arm_id).state == state


def test_RG_01_a_form_that_a_colleague_overtook_is_refused() -> None:
    arm_id = held_pistol()
    seen = queries.arm_page(arm_id, viewer=REGISTRAR).newest_event
    pass_to(arm_id, "P3", seen=seen)

    refused("RG-01", lambda: pass_to(arm_id, "D3", seen=seen))


def test_RG_02_an_act_before_the_last_one_is_refused() -> None:
    arm_id = held_pistol()

    refused("RG-02", lambda: pass_to(arm_id, "P3", happened_on=date(2016, 1, 1)))


def test_RG_03_an_arm_does_not_pass_to_who_has_it() -> None:
    arm_id = held_pistol()

    refused("RG-03", lambda: pass_to(arm_id, "P1"))


@pytest.mark.parametrize("manner", [Passing.RETURN_TO_DEALER, Passing.HANDED_TO_STATE])
def test_RG_04_the_receiver_fits_the_manner(manner) -> None:
    arm_id = held_pistol()

    refused("RG-04", lambda: pass_to(arm_id, "P3", manner=manner))


def test_HO_03_a_missing_licence_needs_a_reason_where_the_law_only_warns() -> None:
    arm_id = held_pistol()
    refused("HO-03", lambda: pass_to(arm_id, "P2"))

    pass_to(arm_id, "P2", reason="the licence was shown on paper")

    assert holder_of(arm_id) == "P2"
    assert "on paper" in LifeEvent.objects.order_by("-pk").first().notes


def test_HO_02_the_law_may_refuse_and_then_no_reason_helps(monkeypatch) -> None:
    arm_id = held_pistol()
    monkeypatch.setattr(jurisdiction, "profile", lambda: profiles.load("eu"))

    refused("HO-02", lambda: pass_to(arm_id, "P2", reason="it was shown on paper"))
    pass_to(arm_id, "P3", reason="the giver hands in an inherited arm")

    assert holder_of(arm_id) == "P3"


def test_HO_02_a_licence_that_has_ended_is_none(monkeypatch) -> None:
    arm_id = held_pistol()
    licensing.enter_holder(
        taken_over="county register, sheet 7",
        stated=HolderInput(
            "P4",
            "Di Sample",
            licence_number="L-P4",
            licence_type="POSSESS",
            valid_until=date(2026, 11, 23),
        ),
        by=REGISTRAR,
        at=NOW,
    )
    monkeypatch.setattr(jurisdiction, "profile", lambda: profiles.load("eu"))

    refused("HO-02", lambda: pass_to(arm_id, "P4"))


def test_LC_10_a_stolen_arm_changes_no_hands() -> None:
    arm_id = held_pistol()
    happening.report_loss(
        arm_id=arm_id, happening=happened(Kind.STOLEN), by=REGISTRAR, at=NOW
    )

    refused("LC-10", lambda: pass_to(arm_id, "P3"))


def test_IN_02_an_unknown_receiver_is_named() -> None:
    arm_id = held_pistol()

    refused("IN-02", lambda: pass_to(arm_id, "P99"))


def test_who_keeps_no_register_passes_nothing_on() -> None:
    arm_id = held_pistol()

    for person in (OFFICER, STRANGER):
        with pytest.raises(NotPermitted):
            pass_to(arm_id, "P3", by=person)

    assert holder_of(arm_id) == "P1"


def test_an_arm_that_is_not_there_is_said_not_to_be() -> None:
    with pytest.raises(NotFound):
        pass_to(99, "P3")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_pass_an_arm_at_once_one_wins() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; the journey has two clerks")
    arm_id = held_pistol()
    seen = queries.arm_page(arm_id, viewer=REGISTRAR).newest_event
    start = threading.Barrier(2)
    told: dict[str, str] = {}

    def click(taker: str) -> None:
        try:
            start.wait()
            pass_to(arm_id, taker, seen=seen)
            told[taker] = "done"
        except RuleBroken as error:
            told[taker] = error.rule
        finally:
            connection.close()

    clicks = [threading.Thread(target=click, args=(t,)) for t in ("P3", "D3")]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert sorted(told.values()) == ["RG-01", "done"]
    winner = next(taker for taker, outcome in told.items() if outcome == "done")
    assert holder_of(arm_id) == winner
    assert LifeEvent.objects.filter(arm_id=arm_id).count() == 4
