"""A day of a year that is a slip comes back with one sentence, on each form."""

import pytest
from django.urls import reverse

from tests.licensing import desk as licences
from tests.vetting import desk as vetting
from tests.web.test_licences import APPLIED
from tests.web.test_vetting import REFUSAL

pytestmark = pytest.mark.django_db
HELD = {
    "name": "Ilse",
    "kind": "PERSON",
    "licence_number": "L-9",
    "taken_over": "county register, sheet 7",
    "licence_type": "CARRY",
}
DAYS = pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])


def told(client, address, sent):
    page = client.post(address, sent).content.decode()
    assert "days lie between" in page


@DAYS
def test_licences_and_vetting_keep_no_day_of_such_a_year(at_desk, known, day):
    licences.applicant()
    asked = vetting.ask()
    rita, sam = at_desk("rita"), at_desk("sam")

    told(rita, reverse("licence-apply", args=["possess"]), APPLIED | {"born_on": day})
    told(
        rita, reverse("vetting-ask"), {"name": "A", "capacity": "STAFF", "born_on": day}
    )
    told(
        sam,
        reverse("vetting", args=[asked.pk]),
        {"answer": "CLEAR", "valid_until": day},
    )
    told(rita, reverse("refusal-enter"), REFUSAL | {"decided_on": day})
    told(rita, reverse("holder-record"), HELD | {"valid_until": day})


@DAYS
def test_a_hold_is_reviewed_on_no_such_day(at_desk, known, day):
    number = f"R{known.recovered[0]}"
    sent = {"number": number, "reason": "a case", "review_on": day}

    told(at_desk("sam"), reverse("holds"), sent)


@DAYS
def test_a_list_narrowed_to_such_a_day_is_shown(at_desk, known, day):
    for side in ("since", "until"):
        page = at_desk("audrey").get(reverse("consultations"), {side: day})
        assert page.status_code == 200
