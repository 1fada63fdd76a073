"""A name in the wrong field, and an agency that is not one's own."""

import pytest
from django.urls import reverse

from armstrace.recoveries import rules
from armstrace.recoveries.models import Recovery
from tests.web.test_recording import ADDRESS, folder, sent  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
PERSON = "Ama Sample"


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("taken from Ama SAMPLE at the bar", True),
        ("Sample, Ama", True),
        ("Amaranth sample", False),
        ("the sample of Ama", False),
    ],
)
def test_a_person_is_recognised_by_the_whole_name_in_either_order(text, is_named):
    assert bool(rules.texts_naming(PERSON, {"notes": text})) is is_named


def test_a_name_of_one_word_may_be_a_make():
    assert rules.texts_naming("Smith", {"make": "Smith & Wesson"}) == []


def test_a_name_in_a_public_field_is_warned_of_once(at_desk, known):
    otto, before = at_desk("otto"), Recovery.objects.count()
    typed = {"serial": "XX1", "taken_from": PERSON, "notes": f"{PERSON} had it"}

    warned = otto.post(ADDRESS, sent(otto, **typed))

    assert warned.status_code == 422
    assert Recovery.objects.count() == before
    assert "notes" in warned.context["form"].errors
    assert warned.context["form"].data["is_named"] == "on"
    otto.post(ADDRESS, sent(otto, **typed, is_named="on"))
    assert Recovery.objects.count() == before + 1


def test_an_agency_that_is_not_ones_own_is_refused_in_a_sentence(at_desk, known):
    before = Recovery.objects.count()

    otto = at_desk("otto")
    refused = otto.post(ADDRESS, sent(otto, serial="XX1", agency="PC-SUL"))

    assert refused.status_code == 403
    assert "another agency" in refused.content.decode()
    assert Recovery.objects.count() == before


def test_a_correction_leaves_the_agency_to_the_hub(at_desk, known):
    address = reverse("recovery-correct", args=[known.recovered[0]])

    assert at_desk("otto").get(address).context["form"]["agency"].field.disabled
    assert not at_desk("ana").get(address).context["form"]["agency"].field.disabled
