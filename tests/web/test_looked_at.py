"""What was looked at before an arm passes on is what is saved."""

import pytest
from django.urls import reverse

from armstrace.registry.models import Arm, LifeEvent
from tests.web.test_registry_acts import desk, looked_at, pass_address, sent, words

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


def test_a_day_or_manner_that_was_not_looked_at_is_shown_first(desk) -> None:
    told = {"holder": "H-1", "manner": "GIFT", "reason": "seen on paper"}
    checked = sent(desk, pass_address(desk), **told).context["form"]["checked"].value()

    for other in ({"happened_on": "2026-01-02"}, {"manner": "SALE"}):
        again = sent(desk, pass_address(desk), **told | other, checked=checked)
        assert "Nothing is saved yet" in words(again)

    assert Arm.objects.get(pk=desk.arms[1]).holder is None
    sent(desk, pass_address(desk), **told, checked=checked)
    assert Arm.objects.get(pk=desk.arms[1]).holder.number == "H-1"


def test_RG_02_a_day_before_the_last_event_is_refused_at_the_look(desk) -> None:
    sent(
        desk,
        pass_address(desk),
        holder="H-1",
        manner="GIFT",
        reason="seen on paper",
        checked=looked_at("H-1"),
    )

    early = sent(
        desk,
        pass_address(desk),
        holder="H-2",
        manner="GIFT",
        reason="seen on paper",
        happened_on="2020-01-02",
    )

    assert early.status_code == 409
    assert early.context["form"].refused_by == "RG-02"
    assert "Nothing is missing" not in words(early)
    assert "withdraws the later event on the page of the arm" in words(early)


def test_who_receives_an_arm_is_shown_before_it_is_passed(desk) -> None:
    told = {"holder": "H-1", "manner": "GIFT", "reason": "seen on paper"}

    first = sent(desk, pass_address(desk), **told)

    assert "H-1" in words(first)
    assert "Person One" in words(first)
    assert "to be settled" in words(first)
    assert "Nobody is on record as having the arm" in words(first)
    named = sent(desk, pass_address(desk), **told, giver="H-2")
    assert "so nobody is checked" not in words(named)
    assert Arm.objects.get(pk=desk.arms[1]).holder is None
    checked = first.context["form"]["checked"].value()
    other = sent(desk, pass_address(desk), **told | {"holder": "H-2"}, checked=checked)
    assert "Person Two" in words(other)
    assert Arm.objects.get(pk=desk.arms[1]).holder is None


@pytest.mark.parametrize("kind", ["lost", "stolen", "proofed"])
def test_what_happened_is_shown_before_it_is_saved(desk, kind) -> None:
    address = reverse("arm-happening", args=[desk.arms[1], kind])
    told = {"happened_on": "2026-01-05", "place": "Brod", "seen": "0"}

    first = desk.post(address, told)

    assert "Nothing is saved yet" in words(first)
    assert "Confirm: " in words(first)
    assert "5 Jan 2026" in words(first)
    assert not LifeEvent.objects.filter(arm_id=desk.arms[1]).exists()
    checked = first.context["form"]["checked"].value()
    other = desk.post(address, told | {"place": "Lom", "checked": checked})
    assert "Nothing is saved yet" in words(other)
    assert desk.post(address, told | {"checked": checked}).status_code == 302
    assert LifeEvent.objects.get(arm_id=desk.arms[1]).place == "Brod"


def test_RG_02_the_look_refuses_what_the_act_would(desk) -> None:
    address = reverse("arm-happening", args=[desk.arms[0], "found_again"])
    form = desk.get(address).context["form"]

    early = desk.post(
        address, {"happened_on": "2001-01-01", "seen": form["seen"].value()}
    )

    assert early.context["form"].refused_by == "RG-02"
    assert "about_to" not in early.context
    assert form["notes"].label == "Who found it, and where it is now"


def test_the_record_that_is_kept_is_shown_before_a_double_is_withdrawn(desk) -> None:
    address = reverse("arm-withdraw", args=[desk.arms[1]])

    shown = desk.post(address, {"same_as": f"A{desk.arms[0]}", "reason": "one pistol"})

    assert "Nothing is saved yet" in words(shown)
    assert "BK48010" in words(shown)
    assert Arm.objects.get(pk=desk.arms[1]).basis == "REGISTERED"


def test_what_the_life_of_an_arm_forbids_is_refused_before_it_is_confirmed(
    desk,
) -> None:
    told = {"holder": "H-1", "manner": "GIFT", "reason": "seen on paper"}

    refused = sent(desk, pass_address(desk, arm=0), **told)

    assert refused.status_code == 409
    assert "Confirm: pass the arm on" not in words(refused)
    assert refused.context["form"].refused_by.startswith("LC-")


def test_an_arm_is_passed_in_one_act(desk) -> None:
    told = {"holder": "H-1", "manner": "GIFT", "reason": "seen on paper"}

    response = sent(desk, pass_address(desk), **told, checked=looked_at("H-1"))

    assert "The arm is passed on." in words(response)
    assert Arm.objects.get(pk=desk.arms[1]).holder.number == "H-1"
