"""A conversion: told in the life of an arm, its category follows, taken back."""

from datetime import date

import pytest

from armstrace.audit import verify
from armstrace.registry import queries
from armstrace.registry.actions import converting, correcting
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.builds import Action
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from tests.cast import actor
from tests.registry.at_desk import REGISTRAR, TODAY, held_pistol
from tests.registry.test_life import LATER, last_event, withdraw

pytestmark = pytest.mark.django_db


def convert(arm_id: int, by=REGISTRAR, on: date = TODAY, **changes):
    told = converting.Conversion(on, "rebarrelled by a gunsmith", changes=changes)
    return converting.convert_arm(arm_id=arm_id, conversion=told, by=by, at=LATER)


def test_a_conversion_stands_in_the_life_and_the_category_follows(settings) -> None:
    settings.PROFILE = "eu"
    arm_id = held_pistol()
    before = queries.arm_page(arm_id, viewer=REGISTRAR)

    convert(arm_id, action=Action.AUTOMATIC, calibre="9 mm Luger")

    page = queries.arm_page(arm_id, viewer=REGISTRAR)
    assert page.events[-1].kind is LifeEventKind.CONVERTED
    assert page.events[-1].happened_on == TODAY
    assert page.record.calibre_as_written == "9 mm Luger"
    assert before.category(LATER).code == ""
    assert page.category(LATER).code == "A2"
    assert page.row.state == before.row.state
    assert verify.verify().findings == ()


def test_a_conversion_withdrawn_leaves_the_arm_as_before_but_for_corrections() -> None:
    arm_id = held_pistol()
    before = queries.arm_page(arm_id, viewer=REGISTRAR).record
    convert(arm_id, action=Action.AUTOMATIC, rounds=30)
    correcting.correct_arm(
        arm_id=arm_id, changes={"rounds": 20}, reason="misread", by=REGISTRAR, at=LATER
    )

    withdraw(last_event(arm_id))

    now = queries.arm_page(arm_id, viewer=REGISTRAR).record
    assert now.action == before.action
    assert now.rounds == 20
    assert verify.verify().findings == ()


@pytest.mark.parametrize("changes", [{}, {"serial": "X1"}])
def test_RG_42_a_conversion_says_what_it_changed_and_no_other_mark(changes) -> None:
    arm_id = held_pistol()

    with pytest.raises(RuleBroken, match="what the conversion changed") as told:
        convert(arm_id, **changes)

    assert told.value.rule == "RG-42"
    life = queries.arm_page(arm_id, viewer=REGISTRAR).events
    assert life[-1].kind is not LifeEventKind.CONVERTED


def test_who_only_records_events_converts_no_arm() -> None:
    arm_id = held_pistol()

    with pytest.raises(NotPermitted):
        convert(arm_id, by=actor(Role.SUPERVISOR, "HUB"), action=Action.AUTOMATIC)
