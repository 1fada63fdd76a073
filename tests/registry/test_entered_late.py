"""An act that is entered after a licence ended is judged by both days."""

from dataclasses import replace

import pytest

from armstrace.licensing import actions as licensing
from armstrace.records import jurisdiction
from armstrace.registry import queries
from armstrace.registry.actions import life
from armstrace.registry.models import LifeEvent
from armstrace.vocabulary import profiles
from armstrace.vocabulary.arms import HolderKind, Passing
from armstrace.vocabulary.licensing import GroundClass, Restriction
from armstrace.vocabulary.paging import PageRequest
from tests import builders
from tests.cast import NOW, REGISTRAR, SUPERVISOR
from tests.registry.at_desk import holder_of, licensed, pass_to, refused
from tests.registry.test_licensed import (
    DAY,
    TODAY,
    give,
    permitted,
    pistols,
    restrict,
    stated,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", [Restriction.SUSPEND, Restriction.REVOKE])
def test_HO_03_an_act_before_a_licence_was_stopped_is_entered_with_a_reason(act):
    builders.holders()
    permitted()
    first, second = pistols("A-1", "A-2")
    how = {"happened_on": TODAY - DAY}
    licensed("D9", "Dealer", HolderKind.DEALER, "DEAL")
    for each in (first, second):
        pass_to(each, "D9", happened_on=TODAY - 2 * DAY, reason="on paper")
    give(first, **how)
    restrict(act, GroundClass.BREACH)
    page = queries.arm_page(second, viewer=REGISTRAR)
    told = Passing.INHERITANCE, TODAY - DAY

    refused("HO-03", lambda: give(second, **how))
    (lack,) = queries.lacking_to_pass(page, ("", "P7"), told, viewer=REGISTRAR, at=NOW)
    assert "suspended or revoked" in str(lack)
    give(second, **how, reason="the contract is of that day")

    assert holder_of(second) == "P7"
    seen = queries.passings_with_reason(viewer=SUPERVISOR, at=NOW, page=PageRequest())
    assert second in {each.event.arm_id for each in seen.rows}


def test_an_act_before_a_licence_merely_ended_is_entered_without_a_reason() -> None:
    builders.holders()
    licensed("D9", "Dealer", HolderKind.DEALER, "DEAL")
    permitted()
    (arm_id,) = pistols("A-1")
    pass_to(arm_id, "D9", happened_on=TODAY - 3 * DAY, reason="on paper")
    licensing.correct_holder(
        stated=replace(stated(), valid_until=TODAY - DAY),
        reason="it ended",
        by=REGISTRAR,
        at=NOW,
    )

    give(arm_id, happened_on=TODAY - 2 * DAY)

    assert holder_of(arm_id) == "P7"


def test_HO_02_hands_without_a_day_are_judged_as_of_today(monkeypatch) -> None:
    monkeypatch.setattr(jurisdiction, "profile", lambda: profiles.load("eu"))
    builders.holders()
    permitted()
    (arm_id,) = pistols("A-1")
    give(arm_id)
    event = life.OfLife(arm_id, LifeEvent.objects.order_by("-pk").first().pk)
    undated = {"happened_on": None, "holder_to": "P2"}

    refused(
        "HO-02",
        lambda: life.correct_event(
            event=event, changes=undated, reason="misread", by=REGISTRAR, at=NOW
        ),
    )
