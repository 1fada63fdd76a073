"""Who looks for somebody in a list leaves that, though nothing is found."""

import json

import pytest
from django.urls import reverse

from armstrace.audit.models import LedgerEntry

pytestmark = pytest.mark.django_db

SEARCHED = {
    "recoveries": "ana",
    "ammunition": "ana",
    "parts": "ana",
    "registry": "ana",
    "losses": "ana",
    "holders": "rita",
    "held-licences": "rita",
    "licences": "lisa",
    "intelligence": "ana",
    "vettings": "lisa",
    "refusals": "sam",
    "cases": "ines",
    "custody": "cleo",
    "transfers": "lisa",
    "certificates": "rita",
    "declarations": "carl",
    "deactivations": "rita",
}


@pytest.mark.parametrize(("route", "name"), SEARCHED.items())
def test_a_search_leaves_an_entry_though_nothing_is_found(at_desk, known, route, name):
    answer = at_desk(name).get(reverse(route), {"q": "Nobody Whatsoever"})

    body = json.loads(LedgerEntry.objects.latest("seq").body)
    assert answer.status_code == 200
    assert (body["actor"], body["codes"]["route"]) == (name, route.upper())
    assert "Nobody" not in json.dumps(body)


def test_an_empty_list_that_nothing_was_looked_for_in_leaves_none(at_desk, people):
    assert at_desk("ana").get(reverse("recoveries"), {"q": " "}).status_code == 200

    assert not LedgerEntry.objects.filter(operation="CONSULT").exists()
