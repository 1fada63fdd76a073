"""A recovery entered twice, or a wrong photograph, is withdrawn at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.recoveries.actions import recording
from armstrace.recoveries.models import Recovery
from tests.web import world
from tests.web.test_work import PNG

pytestmark = pytest.mark.django_db
REASON = "the patrol and the station both sent it"


@pytest.fixture
def double(known):
    """Give the recovery that goes and the one that stands."""
    (stands,) = recording.record_recoveries(
        source="TEST",
        stated=[world.a_recovery("twice")],
        by=actors.system_actor(),
        at=world.NOON,
    )
    return known.recovered[0], stands.record_id


def withdraw(client, double, **given):
    gone, stands = double
    said = {"same_as": f"R{stands}", "reason": REASON} | given
    return client.post(reverse("recovery-withdraw", args=[gone]), said, follow=True)


def test_a_double_is_withdrawn_and_its_page_names_the_one_that_stands(at_desk, double):
    ana = at_desk("ana")
    gone, stands = double
    page = reverse("recovery", args=[gone])
    assert reverse("recovery-withdraw", args=[gone]) in ana.get(page).content.decode()

    shown = withdraw(ana, double).content.decode()

    assert REASON in shown
    assert reverse("recovery", args=[stands]) in shown
    listed = ana.get(reverse("recoveries")).content.decode()
    assert f'href="{page}"' not in listed
    assert (
        f'href="{page}"' in ana.get(reverse("recovery", args=[stands])).content.decode()
    )
    assert ana.get(reverse("recovery-correct", args=[gone])).status_code == 404


def test_a_withdrawn_recovery_is_brought_back(at_desk, double):
    ana = at_desk("ana")
    withdraw(ana, double)

    back = ana.post(
        reverse("recovery-reinstate", args=[double[0]]),
        {"reason": "two pistols after all"},
        follow=True,
    )

    assert REASON not in back.content.decode()
    assert reverse("recovery-correct", args=[double[0]]) in back.content.decode()


def test_PR_25_a_refusal_stands_beside_the_form_with_what_was_typed(at_desk, double):
    ana = at_desk("ana")

    refused = withdraw(ana, double, same_as=f"r{double[0]}")

    assert refused.status_code == 409
    assert REASON in refused.content.decode()
    assert ana.get(reverse("recovery-correct", args=[double[0]])).status_code == 200


def test_a_stranger_finds_neither_the_form_nor_the_withdrawn_record(at_desk, double):
    withdraw(at_desk("ana"), double)
    sara = at_desk("sara")

    for name in ("recovery", "recovery-withdraw", "recovery-reinstate"):
        assert sara.get(reverse(name, args=[double[0]])).status_code == 404


@pytest.fixture
def photograph(at_desk, known, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    at_desk("otto").post(
        reverse("recovery-photograph", args=[known.recovered[0]]),
        {"file": SimpleUploadedFile("left.png", PNG, "image/png"), "caption": "left"},
    )
    return Recovery.objects.get(pk=known.recovered[0]).photographs.get()


def test_a_photograph_has_a_page_with_its_hash_day_and_person(at_desk, photograph):
    address = reverse("photograph-page", args=[photograph.recovery_id, photograph.pk])

    shown = at_desk("otto").get(address).content.decode()

    assert photograph.file.sha256 in shown
    assert "otto" in shown
    assert "left.png" in shown
    of_recovery = at_desk("otto").get(
        reverse("recovery", args=[photograph.recovery_id])
    )
    assert address in of_recovery.content.decode()


def test_a_wrong_photograph_is_withdrawn_and_stays_readable(at_desk, photograph):
    otto = at_desk("otto")
    numbers = [photograph.recovery_id, photograph.pk]

    otto.post(reverse("photograph-withdraw", args=numbers), {"reason": "other pistol"})

    page = reverse("photograph-page", args=numbers)
    recovery = otto.get(reverse("recovery", args=numbers[:1])).content.decode()
    assert page not in recovery
    assert "other pistol" in otto.get(page).content.decode()
    assert otto.get(reverse("photograph", args=numbers)).status_code == 200
    again = otto.post(reverse("photograph-withdraw", args=numbers), {"reason": "twice"})
    assert again.status_code == 422
