"""Campaigns: their rates, their counts, and when these are published."""

from dataclasses import replace
from datetime import timedelta

import pytest

from armstrace.collection import actions, published, queries
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.collection import HandInState, Incentive
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from tests import cast
from tests.collection.test_hand_in import DAY, opened, refused, taken
from tests.custody.desk import KEEPER

pytestmark = pytest.mark.django_db


def test_small_counts_are_withheld_and_doubles_are_not_counted(tmp_path):
    campaign = opened()
    for number in range(7):
        taken(campaign, tmp_path, make="Glock", serial=f"QQ 5550{number}")
    taken(campaign, tmp_path, make="Glock", serial="QQ 55500")
    taken(campaign, tmp_path, place="Parish")

    cells = queries.public_counts(campaign.pk, viewer=KEEPER)

    told = {(cell.place, cell.arm_type): cell.count for cell in cells}
    assert told["Parish", ArmType.PISTOL] is None
    # The one and the total together would tell it.
    assert None in {told["Town hall", ArmType.PISTOL], told["", None]}
    taken(campaign, tmp_path, arm_type=ArmType.RIFLE)
    cells = queries.public_counts(campaign.pk, viewer=KEEPER)
    assert {cell.count for cell in cells if cell.place == "Parish"} == {None}


def test_CL_10_counts_are_published_once_when_the_campaign_has_ended(tmp_path):
    campaign = opened(ends_on=DAY)
    for number in range(7):
        taken(campaign, tmp_path, make="Glock", serial=f"QQ 5550{number}")
    taken(campaign, tmp_path, arm_type=ArmType.RIFLE)

    def publish(days, by=KEEPER):
        at = cast.NOW + timedelta(days=days)
        return actions.publish_counts(campaign_id=campaign.pk, by=by, at=at)

    refused("CL-10", lambda: publish(0))
    assert published.campaigns() == []
    with pytest.raises(NotPermitted):
        publish(1, by=cast.OFFICER)
    publish(1)
    refused("CL-10", lambda: publish(2))
    ((shown, (edition,)),) = published.campaigns()
    cells = edition.cells
    assert shown == campaign
    assert cells == queries.public_counts(campaign.pk, viewer=KEEPER)
    assert None in {cell.count for cell in cells if cell.arm_type is ArmType.RIFLE}


def test_CL_14_corrected_counts_are_published_beside_the_earlier_ones(tmp_path):
    campaign = opened(ends_on=DAY)
    for number in range(7):
        taken(campaign, tmp_path, make="Glock", serial=f"QQ 5550{number}")
    twice = taken(campaign, tmp_path, make="Glock", serial="QQ 55500")
    later = {"by": KEEPER, "at": cast.NOW + timedelta(days=1)}

    def correct(reason="it was another arm", **how):
        said = {"campaign_id": campaign.pk, "reason": reason} | later | how
        return actions.correct_counts(**said)

    refused("CL-14", correct)
    actions.publish_counts(campaign_id=campaign.pk, **later)
    refused("CL-14", correct)
    actions.settle_held(
        hand_in_id=twice.pk,
        outcome=HandInState.TAKEN,
        reason="the frames differ",
        by=replace(KEEPER, name="second.vnp"),
        at=later["at"],
    )
    refused("CL-08", lambda: correct(reason=" "))
    with pytest.raises(NotPermitted):
        correct(by=cast.OFFICER)
    correct()

    ((_, editions),) = published.campaigns()
    told = [[cell.count for cell in each.cells if cell.count] for each in editions]
    assert [each[0] for each in told] == [8, 7]
    assert [each.reason for each in editions] == ["it was another arm", ""]
    refused("CL-14", correct)


def test_a_count_that_was_withheld_stays_withheld_when_counts_are_corrected(tmp_path):
    campaign = opened(ends_on=DAY)
    later = {"by": KEEPER, "at": cast.NOW + timedelta(days=1)}
    made = [taken(campaign, tmp_path, make="Glock", serial="QQ 5550") for _ in range(5)]
    actions.publish_counts(campaign_id=campaign.pk, **later)
    for one in made[1:]:
        actions.settle_held(
            hand_in_id=one.pk,
            outcome=HandInState.TAKEN,
            reason="the frames differ",
            by=replace(KEEPER, name="second.vnp"),
            at=later["at"],
        )

    cells = queries.public_counts(campaign.pk, viewer=KEEPER)

    assert {cell.count for cell in cells if cell.place == "Town hall"} == {None}


def test_a_receipt_is_checked_by_its_whole_number_and_by_no_other(tmp_path):
    kept = taken(opened(), tmp_path, make="Glock", serial="QQ 55500")
    number = queries.hand_in_page(kept.pk, viewer=KEEPER).number

    for told in (number, number.lower(), number.replace("-", " ")):
        assert published.receipt(told) == kept
    other = f"O{kept.pk + 1}{number[len(kept.reference) :]}"
    for told in (kept.reference, number[:-1] + "8", other, "", "O1-", "Ä" * 12):
        with pytest.raises(NotFound):
            published.receipt(told)


def test_a_desk_that_is_written_twice_is_one_desk():
    assert opened(places="Library\n Library\nPort").place_list == ["Library", "Port"]


def test_the_name_of_a_desk_is_as_long_as_what_is_handed_in_there_keeps():
    assert opened(places="x" * 120).place_list == ["x" * 120]
    with pytest.raises(InvalidInput):
        opened(places="Port\n" + "x" * 121)


def test_CL_13_a_campaign_without_an_incentive_has_no_rates():
    with pytest.raises(RuleBroken) as broken:
        opened(incentive=Incentive.NONE)

    assert broken.value.rule == "CL-13"
    opened(incentive=Incentive.NONE, rates="", currency="")
