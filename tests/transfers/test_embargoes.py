"""Embargoes and marks: what holds goods back at the border."""

from dataclasses import replace
from datetime import date

import pytest

from armstrace.registry.models import Arm
from armstrace.transfers import checking, named
from armstrace.transfers.facts import Document
from armstrace.transfers.inputs import ItemInput
from armstrace.vocabulary import profiles
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.transfers import Direction, Moment, PaperKind
from tests import builders
from tests.cast import HOME
from tests.transfers import desk
from tests.transfers.desk import DAY, MONDAY, PAPERS, SOUND, TODAY, sent


def embargoed(on: date, *, moment=Moment.ISSUE, **told) -> list[tuple[str, bool]]:
    """Give whom an embargo lies on, and whether it blocks, of a transfer of a day."""
    facts = replace(SOUND, issued_on=on, **told)
    found = checking.missing(facts, profiles.load("protocol"), moment, on, HOME)
    return [
        (each.said.params.get("receiver", ""), each.blocks)
        for each in found
        if each.code == "TX-EMBARGO"
    ]


@pytest.mark.parametrize("moment", Moment)
def test_an_embargo_on_a_State_blocks_before_issue_and_departure(moment):
    assert embargoed(TODAY, moment=moment, import_country="LY") == [("", True)]
    assert embargoed(TODAY, moment=moment) == []


def test_an_embargo_blocks_to_the_last_day_known_and_is_asked_about_after_it():
    last = date(2026, 5, 31)

    assert embargoed(last, import_country="SS") == [("", True)]
    ((receiver, blocks),) = embargoed(last + DAY, import_country="SS")
    assert "renewed" in receiver
    assert not blocks
    assert embargoed(date(2011, 2, 25), import_country="LY") == []


def test_an_embargo_on_some_in_a_State_asks_a_person_and_does_not_block():
    ((receiver, blocks),) = embargoed(TODAY, import_country="YE")

    assert "Houthis" in receiver
    assert not blocks


def test_an_embargo_both_ways_bars_what_comes_from_there():
    told = {"direction": Direction.IMPORT, "export_country": "KP"}

    assert embargoed(TODAY, import_country="AT", **told) == [("", True)]


def test_an_exemption_in_force_lets_goods_pass_an_embargo():
    paper = Document(PaperKind.EXEMPTION, valid_until=TODAY)
    told = {"import_country": "LY", "papers": (*PAPERS, paper)}

    assert embargoed(TODAY, **told) == []
    assert embargoed(TODAY + DAY, **told) == [("", True)]


@pytest.mark.django_db
def test_TX_03_arms_without_the_marks_of_the_law_are_named_and_leave_for_a_reason(
    tmp_path,
):
    builders.key_store()
    bare = (
        builders.an_arm("1"),
        builders.an_arm("2", description=builders.glock("ABC124")),
    )
    keys = builders.registered(*bare, at=MONDAY - 9 * DAY)
    made = desk.issued(tmp_path)
    items = tuple(ItemInput(1, arm_id=key) for key in keys)

    with pytest.raises(RuleBroken) as refused:
        sent(made, items=items)

    assert refused.value.rule == "TX-03"
    said = str(refused.value)
    assert "TX-MARKS" in said
    assert f"A{keys[0]}, A{keys[1]}" in said
    sent(made, items=items, reason="marked yesterday; the record follows")
    assert {each.state for each in Arm.objects.filter(pk__in=keys)} == {"EXPORTED"}


@pytest.mark.django_db
def test_arms_without_serial_numbers_are_held_where_only_marked_ones_may_leave(
    tmp_path, settings
):
    made, due = desk.issued(tmp_path), date(2029, 2, 12)
    items = (ItemInput(1, 3), ItemInput(1, serial="AB1"))

    def held(on: date, *given: ItemInput) -> list[tuple[int, bool]]:
        found = named.arms_not_named(made, given, on)
        return [(each.said.params["many"], each.blocks) for each in found]

    assert held(due, *items) == []
    settings.PROFILE = "eu"
    assert held(due - DAY, *items) == []
    assert held(due, *items) == [(3, True)]
    assert held(due, items[1]) == []
