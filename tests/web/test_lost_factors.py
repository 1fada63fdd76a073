"""Two people help who lost the second factors, met through the pages."""

import pytest
from django.urls import reverse

from armstrace.accounts import actors, queries
from armstrace.accounts.models import FactorRecovery
from armstrace.audit.models import LedgerEntry
from tests.accounts.with_factors import add_app, make_codes

pytestmark = pytest.mark.django_db

LOST = {"name": "Ana", "reason": "telephone lost, called back on her desk line"}


@pytest.fixture
def ana(people):
    person = actors.actor_for(people["ana"])
    add_app(person)
    make_codes(person)
    return person


def decide(client, act):
    address = reverse(
        "lost-factors-decide", args=[FactorRecovery.objects.get().pk, act]
    )
    return client.post(address)


def test_a_supervisor_asks_and_an_administrator_agrees(at_desk, ana):
    sam, ada = at_desk("sam"), at_desk("ada")

    asked = sam.post(reverse("lost-factors"), LOST)
    assert asked["Location"] == reverse("lost-factors")
    assert "You asked" in sam.get(reverse("lost-factors")).content.decode()
    assert "lost second factors to decide on" not in sam.get("/today/").content.decode()
    assert "lost second factors to decide on" in ada.get("/today/").content.decode()
    page = ada.get(reverse("lost-factors")).content.decode()
    assert "Agree: remove what was lost" in page
    assert LOST["reason"] in page
    done = decide(ada, "agree")

    assert done.status_code == 302
    assert not queries.own_factors(viewer=ana).held.is_any
    acts = LedgerEntry.objects.values_list("act", flat=True)
    assert {"factor.recovery_asked", "factor.recovered"} <= {*acts}


@pytest.mark.parametrize(
    ("asks", "decides", "rule"), [("sam", "sam", "AC-07"), ("ada", "ada", "AC-07")]
)
def test_AC_07_one_alone_recovers_nothing(at_desk, ana, asks, decides, rule):
    at_desk(asks).post(reverse("lost-factors"), LOST)

    refused = decide(at_desk(decides), "agree")

    assert refused.status_code == 409
    assert rule in refused.content.decode()
    assert queries.own_factors(viewer=ana).held.is_any


def test_what_was_refused_changes_nothing(at_desk, ana):
    at_desk("ada").post(reverse("lost-factors"), LOST)

    assert decide(at_desk("sam"), "refuse").status_code == 302
    assert decide(at_desk("sam"), "agree").status_code == 404
    assert queries.own_factors(viewer=ana).held.is_any


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        (LOST | {"name": "nobody"}, 422, "Nobody has an account"),
        (LOST | {"reason": ""}, 422, "required"),
        (LOST | {"name": "sam"}, 409, "Nobody changes their own rights"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form(at_desk, ana, given, status, said):
    answer = at_desk("sam").post(reverse("lost-factors"), given)

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert not FactorRecovery.objects.exists()


def test_the_page_of_a_person_leads_there(at_desk, ana, people):
    page = at_desk("ada").get(reverse("person", args=[people["ana"].pk]))

    assert "?name=ana" in page.content.decode()
    form = at_desk("ada").get(reverse("lost-factors") + "?name=ana").content.decode()
    assert 'value="ana"' in form
