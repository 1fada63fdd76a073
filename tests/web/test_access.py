"""Who sees which page: the policy, met through the pages."""

import pytest
from django.urls import reverse

from armstrace.audit.models import LedgerEntry

pytestmark = pytest.mark.django_db

AREAS = {
    "recoveries": {"rita", "otto", "sara", "cleo", "ana", "sam", "stan", "audrey"},
    "registry": {"rita", "otto", "sara", "cleo", "ana", "sam", "stan", "audrey"},
    "look-up": {"rita", "otto", "sara", "cleo", "ana", "sam", "stan", "audrey"},
    "traces": {"otto", "sara", "cleo", "ana", "sam", "stan", "audrey"},
    "figures": {"ana", "sam", "stan", "audrey"},
    "intake": {"rita", "otto", "sara", "ana", "sam", "stan", "audrey"},
    "held-rows": {"rita", "otto", "sara", "ana", "sam", "stan", "audrey"},
    "administration": {"audrey", "ada"},
    "ledger": {"audrey"},
}
EVERYBODY = ("rita", "otto", "sara", "cleo", "ana", "sam", "stan", "audrey", "ada")


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_role_opens_the_areas_of_its_policy_and_no_other(at_desk, known, name):
    client = at_desk(name)

    opened = {area for area in AREAS if client.get(reverse(area)).status_code == 200}

    assert opened == {area for area, people in AREAS.items() if name in people}


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_rail_offers_only_what_opens(at_desk, known, name):
    client = at_desk(name)

    today = client.get(reverse("today")).content.decode()

    for area in ("recoveries", "registry", "figures", "intake", "administration"):
        offered = f'<a href="{reverse(area)}"' in today.split("<main")[0]
        assert offered == (client.get(reverse(area)).status_code == 200), area


def test_without_a_sign_in_every_page_leads_to_the_sign_in(client, db):
    for area in ("today", *AREAS):
        answer = client.get(reverse(area))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=")


def test_an_officer_sees_the_recoveries_of_the_own_agency_only(at_desk, known):
    north, _erased, south, _ammunition = known.recovered
    page = at_desk("sara").get(reverse("recoveries")).content.decode()

    assert reverse("recovery", args=[south]) in page
    assert reverse("recovery", args=[north]) not in page


def test_a_recovery_of_another_agency_is_not_found(at_desk, known):
    answer = at_desk("sara").get(reverse("recovery", args=[known.recovered[0]]))

    assert answer.status_code == 404
    assert "Rua do Cais" not in answer.content.decode()


def test_a_trace_of_another_agency_is_not_found(at_desk, known):
    answer = at_desk("sara").get(reverse("trace", args=[known.recovered[0]]))

    assert answer.status_code == 404


def test_an_export_holds_only_what_the_viewer_may_see(at_desk, known):
    answer = at_desk("sara").get(reverse("recoveries") + "?format=csv")

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "PC-SUL" in lines[1]


def test_the_person_an_arm_was_taken_from_is_not_on_the_page(at_desk, known):
    for name in ("otto", "ana", "audrey"):
        page = at_desk(name).get(reverse("recovery", args=[known.recovered[0]]))
        assert "Person Nine" not in page.content.decode()


def test_holders_who_are_persons_appear_by_number_not_by_name(at_desk, known):
    page = at_desk("ana").get(reverse("arm", args=[known.arms[0]])).content.decode()

    assert "H-1" in page
    assert "Person One" not in page
    assert "Casamar Arms" in page


def test_a_refusal_says_why_in_one_sentence(at_desk, known):
    answer = at_desk("otto").get(reverse("figures"))

    assert answer.status_code == 403
    assert "may not do this" in answer.content.decode()


def test_an_unknown_record_is_not_found(at_desk, known):
    for address in (
        reverse("recovery", args=[999_999]),
        reverse("arm", args=[999_999]),
    ):
        assert at_desk("ana").get(address).status_code == 404


def test_a_refused_page_is_written_down(at_desk, known):
    client = at_desk("rita")

    client.get(reverse("figures"))

    entry = LedgerEntry.objects.latest("seq")
    assert (entry.act, entry.operation) == ("page.refused", "REFUSE")
