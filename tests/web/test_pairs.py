"""Reports of loss beside registered arms: offered, decided, taken back."""

import html
import re

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.registry import queries
from tests.web import world

pytestmark = pytest.mark.django_db
SYSTEM = actors.system_actor()


@pytest.fixture
def pair(known):
    """Report the second pistol stolen, with another calibre, as an arm of its own."""
    world.reported()
    (found,) = queries.pairs_apart(viewer=SYSTEM)
    return found.reported.arm_id, found.registered.arm_id


def answer(client, pair, is_one, reason="seen"):
    sent = {"report_arm": pair[0], "arm": pair[1], "is_one": is_one, "reason": reason}
    return client.post(reverse("arm-pair-decide"), sent)


def test_a_clerk_finds_the_pair_from_today_and_from_the_arm(at_desk, pair):
    client = at_desk("rita")

    assert reverse("arm-pairs") in client.get(reverse("today")).content.decode()
    for page in (reverse("arm-pairs"), reverse("arm", args=[pair[1]])):
        assert f"A{pair[0]}" in client.get(page).content.decode()


def test_one_arm_is_one_page_and_the_other_leads_to_it(at_desk, pair):
    client = at_desk("rita")

    assert answer(client, pair, "yes").status_code == 302

    page = client.get(reverse("arm", args=[pair[1]])).content.decode()
    assert "Take the two apart" in page
    assert client.get(reverse("arm", args=[pair[0]]))["Location"].endswith(
        reverse("arm", args=[pair[1]])
    )

    answer(client, pair, "no")

    assert client.get(reverse("arm", args=[pair[0]])).status_code == 200


def test_without_a_reason_the_pair_stays_apart(at_desk, pair):
    assert answer(at_desk("rita"), pair, "yes", reason="").status_code == 409
    assert queries.pairs_apart(viewer=SYSTEM)


def test_an_officer_sees_the_pair_and_may_not_decide(at_desk, pair):
    client = at_desk("otto")

    page = client.get(reverse("arm-pairs")).content.decode()

    assert f"A{pair[0]}" in page
    assert "Different arms" not in page
    assert answer(client, pair, "yes").status_code == 403


def test_an_arm_of_a_report_alone_is_registered_from_its_page(at_desk, pair):
    client = at_desk("rita")
    page = client.get(reverse("arm", args=[pair[0]])).content.decode()

    (asked,) = re.findall(rf'href="({reverse("arm-register")}[^"]+)"', page)
    form = client.get(html.unescape(asked)).context["form"]

    assert form["serial"].value() == "BK48017"
    assert form["make"].value() == "Glock"


@pytest.mark.parametrize(("name", "which"), [("otto", 0), ("rita", 1)])
def test_who_may_not_register_it_or_has_it_already_is_not_sent(
    at_desk, pair, name, which
):
    page = at_desk(name).get(reverse("arm", args=[pair[which]])).content.decode()

    assert "Register this arm" not in page


def test_no_pair_is_said(at_desk, known):
    page = at_desk("rita").get(reverse("arm-pairs")).content.decode()

    assert "No report is waiting for a decision." in page


def test_a_form_that_is_none_of_ours_is_refused(at_desk, pair):
    assert at_desk("rita").post(reverse("arm-pair-decide")).status_code == 422
