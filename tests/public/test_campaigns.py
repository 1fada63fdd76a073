"""Counts of campaigns for everyone, where their agency has published them."""

from datetime import timedelta

import pytest

from armstrace.collection import actions, published
from armstrace.vocabulary.arms import ArmType
from tests import cast
from tests.collection.test_hand_in import DAY, opened, taken
from tests.custody.desk import KEEPER

pytestmark = pytest.mark.django_db


def test_counts_of_a_campaign_are_read_once_they_are_published(client, tmp_path):
    campaign = opened(ends_on=DAY, name="Autumn collection")
    for number in range(7):
        taken(campaign, tmp_path, make="Glock", serial=f"QQ 5550{number}")
    taken(campaign, tmp_path, arm_type=ArmType.RIFLE)
    address = "/public/campaigns/"
    assert "Autumn collection" not in client.get(address).content.decode()

    later = cast.NOW + timedelta(days=1)
    actions.publish_counts(campaign_id=campaign.pk, by=KEEPER, at=later)

    shown = client.get(address).content.decode()
    assert "Autumn collection" in shown
    assert "withheld" in shown
    assert "QQ" not in shown


def test_a_receipt_is_checked_without_a_name(client, tmp_path):
    kept = taken(opened(name="Spring"), tmp_path, make="Glock", serial="QQ 55500")
    number = published.number_of(kept)

    def page(**told):
        return client.get("/public/receipt/", told)

    assert "genuine" not in page().content.decode()
    shown = page(number=number)
    assert "This receipt is genuine" in shown.content.decode()
    assert "Spring" in shown.content.decode()
    assert "QQ" not in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    wrong = page(number=kept.reference)
    assert (wrong.status_code, wrong.headers["Cache-Control"]) == (404, "no-store")
    assert "There is no receipt of this number" in wrong.content.decode()
    assert f'value="{kept.reference}"' in wrong.content.decode()
