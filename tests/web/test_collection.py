"""A campaign in the browser: opened, an arm taken in, its receipt, its counts."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from armstrace.collection.models import Campaign, HandIn
from armstrace.custody.models import Exhibit
from armstrace.recoveries.models import RecoveryPhotograph
from armstrace.translation import say_day
from tests.evidence.test_pictures import photograph
from tests.web import test_custody
from tests.web.test_custody import text

cleo = test_custody.cleo
GIVEN = {
    "name": "Spring campaign",
    "begins_on": "2020-01-01",
    "ends_on": "2099-12-31",
    "places": "Town hall",
    "amnesty": "TEMPORARY",
    "identification": "ANONYMOUS",
    "incentive": "VOUCHER",
    "currency": "EUR",
    "rates": "PISTOL, 100, 2020-01-01",
}


@pytest.fixture
def campaign(cleo):
    cleo.post(reverse("campaign-open"), GIVEN)
    return Campaign.objects.get()


def take_in(client, campaign, **said):
    """Send the form of the desk as a telephone does, with all that it could tell."""
    picture = SimpleUploadedFile("Quillfeather.jpg", photograph("JPEG"), "image/jpeg")
    given = {"arm_type": "PISTOL", "place": "Town hall", "make": "Glock 17"}
    return client.post(
        reverse("campaign-desk", args=[campaign.pk]),
        given | {"photograph": picture, "bringer": "Quillfeather"} | said,
        headers={"user-agent": "Quillfeather", "referer": "Quillfeather"},
        follow=True,
    )


def test_an_officer_takes_in_an_arm_and_prints_a_receipt_without_an_hour(
    campaign, cleo
):
    form = text(cleo.get(reverse("campaign-desk", args=[campaign.pk])))
    assert "No name is asked" in form
    assert "who brings it" not in form

    shown = text(take_in(cleo, campaign, serial="AB 1234"))

    assert ">O1<" in shown
    assert "100.00" in shown
    page = text(cleo.get(reverse("campaign", args=[campaign.pk])))
    assert "withheld" in page
    assert "Spring campaign" in text(cleo.get(reverse("campaigns")))
    listed = cleo.get(reverse("campaign", args=[campaign.pk]) + "?format=csv")
    assert b"Town hall,PISTOL" in b"".join(listed.streaming_content)


def test_CL_01_a_campaign_without_an_end_is_refused(cleo):
    refused = cleo.post(reverse("campaign-open"), GIVEN | {"ends_on": ""})

    assert refused.status_code == 422
    earlier = GIVEN | {"ends_on": "2019-01-01"}
    assert "needs a last day" in text(cleo.post(reverse("campaign-open"), earlier))
    assert not Campaign.objects.exists()


def test_nothing_that_a_telephone_tells_of_the_bringer_is_kept(campaign, cleo, caplog):
    for number in range(3):
        take_in(cleo, campaign, serial=f"AN 000{number}")

    assert HandIn.objects.count() == 3
    files = [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]
    kept = [repr(one.read_bytes()) for one in files] + [caplog.text]
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            kept.append(repr(cursor.fetchall()))
    assert not [one for one in kept if "Quillfeather" in one or "CANARY" in one]


def test_CL_07_the_pages_of_an_anonymous_hand_in_ask_for_no_name(campaign, cleo):
    take_in(cleo, campaign, serial="AB 1234")
    recovery = HandIn.objects.get().recovery_id
    picture = SimpleUploadedFile("Quillfeather.jpg", photograph("JPEG"), "image/jpeg")

    page = text(cleo.get(reverse("recovery", args=[recovery])))
    form = text(cleo.get(reverse("recovery-correct", args=[recovery])))
    cleo.post(reverse("recovery-photograph", args=[recovery]), {"file": picture})

    assert "handed in without a name" in page
    assert "kept as it came" not in page
    assert 'name="caption"' not in page
    assert "handed in without a name" in form
    assert 'name="taken_from' not in form
    files = [each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()]
    assert files
    assert not any(b"CANARY" in each.read_bytes() for each in files)


def test_an_anonymous_hand_in_has_a_day_and_no_hour_on_its_pages(campaign, cleo):
    take_in(cleo, campaign, serial="AB 1234")
    kept, exhibit = HandIn.objects.get(), Exhibit.objects.get()
    picture = RecoveryPhotograph.objects.get()
    addresses = (
        reverse("recovery", args=[kept.recovery_id]),
        reverse("photograph-page", args=[kept.recovery_id, picture.pk]),
        reverse("exhibit", args=[exhibit.pk]),
    )

    for address in addresses:
        page = text(cleo.get(address))
        assert say_day(kept.day) in page
        assert f"{kept.known_at:%H:%M}" not in page
        assert f"{timezone.localtime(kept.known_at):%H:%M}" not in page


def test_a_double_that_was_settled_as_the_same_arm_is_not_to_be_set_aside(
    campaign, cleo, at_desk
):
    take_in(cleo, campaign, serial="AB 1234")
    held = text(take_in(at_desk("otto"), campaign, serial="AB 1234"))
    assert "Set the arm aside" in held
    assert "waits until it is settled" in held
    one = HandIn.objects.get(state="DOUBLE")

    address = reverse("hand-in-settle", args=[one.pk])
    shown = text(cleo.post(address, {"outcome": "SAME", "reason": "seen"}, follow=True))

    assert "the same arm as another" in shown
    assert "Set the arm aside" not in shown


def test_no_type_is_taken_in_because_nobody_chose_one(campaign, cleo):
    form = text(cleo.get(reverse("campaign-desk", args=[campaign.pk])))
    assert '<option value="" selected>choose</option>' in form

    refused = take_in(cleo, campaign, arm_type="")

    assert refused.status_code == 422
    assert not campaign.hand_ins.exists()
