"""What passed with a reason, or on a day before a licence ended, is seen again."""

from datetime import timedelta
from functools import partial

import pytest

from armstrace.licensing import actions as licensing
from armstrace.licensing import queries as licensed_by
from armstrace.licensing.inputs import HolderInput
from armstrace.registry import queries
from armstrace.registry.actions import entering, life
from armstrace.registry.models import LifeEvent
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.licensing import GroundClass, Restriction
from armstrace.vocabulary.paging import PageRequest
from tests import builders
from tests.cast import LICENSING, NOW, REGISTRAR, SUPERVISOR
from tests.registry import trade
from tests.registry.at_desk import TODAY, held_pistol, licensed, pass_to, refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def seen_again(viewer=SUPERVISOR, at=NOW) -> list[str]:
    found = queries.passings_with_reason(viewer=viewer, at=at, page=PageRequest())
    takers = [each.event.holder_to for each in found.rows]
    return [taker.number if taker else "" for taker in takers]


def revoke(number: str) -> None:
    licensing.restrict_licence(
        number=number,
        act=Restriction.REVOKE,
        ground=GroundClass.BREACH,
        reason="unsafe",
        by=LICENSING,
        at=NOW,
    )


def test_what_passed_with_a_reason_is_seen_by_another_for_90_days() -> None:
    pass_to(held_pistol(), "P2", reason="the court gave it to her")

    assert seen_again() == ["P2"]
    assert seen_again(at=NOW + 91 * DAY) == []
    with pytest.raises(NotPermitted):
        seen_again(REGISTRAR)


def test_what_passed_with_all_licences_is_not_seen_again() -> None:
    pass_to(held_pistol(), "P3", happened_on=TODAY - DAY)

    assert seen_again() == []


def test_HO_03_a_sale_is_held_to_the_licence_of_its_day_and_seen_again() -> None:
    arm_id = held_pistol()
    revoke("L-P3")

    refused("HO-03", lambda: pass_to(arm_id, "P3"))
    refused("HO-03", lambda: pass_to(arm_id, "P3", happened_on=TODAY - DAY))
    pass_to(arm_id, "P3", happened_on=TODAY - DAY, reason="the contract of that day")

    assert seen_again() == ["P3"]


@pytest.mark.parametrize("days", [0, 1])
def test_HO_03_the_trade_sells_nothing_by_a_notice_after_its_licence_ended(days):
    (first,) = trade.stocked(1)
    revoke("L-D3")
    told = trade.notice(f"A{first}", happened_on=TODAY - days * DAY)

    refused("HO-03", lambda: trade.give(told))


@pytest.mark.parametrize(("holder", "seen"), [("", [""]), ("M9", [])])
def test_an_arm_that_nobody_is_said_to_have_made_is_seen_again(holder, seen) -> None:
    licensed("M9", "Licensed Maker", HolderKind.MANUFACTURER, "MANUFACTURE")
    marked = builders.glock(country="XV")

    entering.register_arm(
        entering=entering.Entering(
            builders.an_arm("", description=marked),
            LifeEventKind.MANUFACTURED,
            TODAY,
            holder=holder,
        ),
        by=REGISTRAR,
        at=NOW,
    )

    assert seen_again() == seen


def test_a_correction_to_hands_without_a_licence_is_seen_again() -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P3")
    event = LifeEvent.objects.order_by("-pk").first()

    life.correct_event(
        event=life.OfLife(arm_id, event.pk),
        changes={"holder_to": "P2", "notes": "the court gave it to her"},
        reason="misread",
        by=REGISTRAR,
        at=NOW,
    )

    assert seen_again() == ["P2"]


def test_RG_46_no_arm_goes_abroad_at_the_desk() -> None:
    arm_id = held_pistol()
    licensed("F1", "Buyer abroad", HolderKind.FOREIGN, "POSSESS")
    pass_to(arm_id, "P3")
    event = life.OfLife(arm_id, LifeEvent.objects.order_by("-pk").first().pk)
    correct = partial(life.correct_event, reason="misread", by=REGISTRAR, at=NOW)

    refused("RG-46", lambda: pass_to(arm_id, "F1", reason="on paper"))
    refused("RG-46", lambda: correct(event=event, changes={"holder_to": "F1"}))


def test_HO_03_who_was_a_person_lately_takes_no_arm_as_a_state_body_unasked() -> None:
    arm_id = held_pistol()

    def become(kind: HolderKind) -> None:
        stated = HolderInput("P2", "Bo Sample", kind)
        how = {"reason": "typo", "by": REGISTRAR, "at": NOW}
        licensing.correct_holder(stated=stated, sent={"kind"}, **how)

    become(HolderKind.STATE_BODY)

    refused("HO-03", lambda: pass_to(arm_id, "P2"))
    pass_to(arm_id, "P2", reason="the army museum, typed as a person")
    become(HolderKind.PERSON)
    asked = {"viewer": SUPERVISOR, "page": PageRequest()}
    changed = licensed_by.kinds_changed(at=NOW, **asked).rows
    assert [(e.before, e.record.kind) for e in changed] == [
        (HolderKind.STATE_BODY, HolderKind.PERSON),
        (HolderKind.PERSON, HolderKind.STATE_BODY),
    ]
    assert seen_again() == ["P2"]
    assert licensed_by.kinds_changed(at=NOW + 91 * DAY, **asked).rows == []
