"""Campaigns: their rates, their counts, and when these are published."""

from datetime import timedelta

import pytest

from armstrace.collection import actions, published, queries
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.collection import Incentive
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
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
    ((shown, cells),) = published.campaigns()
    assert shown == campaign
    assert cells == queries.public_counts(campaign.pk, viewer=KEEPER)
    assert None in {cell.count for cell in cells if cell.arm_type is ArmType.RIFLE}


def test_CL_13_a_campaign_without_an_incentive_has_no_rates():
    with pytest.raises(RuleBroken) as broken:
        opened(incentive=Incentive.NONE)

    assert broken.value.rule == "CL-13"
    opened(incentive=Incentive.NONE, rates="", currency="")
