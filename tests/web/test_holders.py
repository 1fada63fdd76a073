"""Who held an arm: bodies by name, persons only on demand and in the ledger."""

import pytest
from django.urls import reverse

from armstrace.licensing.models import Holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def traced(at_desk, known):
    at_desk("ana").post(reverse("trace-at-home", args=[known.recovered[0]]))
    return known


def addresses(known):
    recovery, arm = known.recovered[0], known.arms[0]
    return {
        "recovery": reverse("recovery", args=[recovery]),
        "trace": reverse("trace", args=[recovery]),
        "arm": reverse("arm", args=[arm]),
    }


@pytest.mark.parametrize("page", ["recovery", "trace", "arm"])
def test_persons_stand_by_number_until_they_are_asked_for(at_desk, traced, page):
    address = addresses(traced)[page]
    before = at_desk("ana").get(address).content.decode()
    assert "Casamar Arms" in before
    assert "Person Two" not in before
    assert "Show the persons (access is logged)" in before

    after = at_desk("ana").post(f"{address}holders/", {"reason": "to call on them"})

    assert "Person Two" in after.content.decode()
    entries = at_desk("audrey").get(reverse("ledger"), {"actor": "ana"})
    assert "holder.viewed" in entries.content.decode()


def test_the_last_lawful_holder_is_named_with_the_number(at_desk, traced):
    address = reverse("trace-holders", args=[traced.recovered[0]])

    page = at_desk("ana").post(address, {"reason": "to ask"}).content.decode()

    assert "Person Two (H-2)" in page
    assert "last lawful holder" in page


def test_the_page_of_a_holder_says_both_of_its_numbers(at_desk, traced):
    holder = Holder.objects.get(number="H-2")
    address = reverse("holder", args=[holder.pk])
    page = at_desk("ana").post(address, {"reason": "to ask"}, follow=True)
    page = page.content.decode()

    assert "H-2" in page
    assert f'<bdi class="mark">{holder.reference}</bdi>' in page


@pytest.mark.parametrize("page", ["recovery", "trace", "arm"])
def test_whoever_may_not_see_persons_is_told_who_may(at_desk, traced, page):
    address = addresses(traced)[page]
    client = at_desk("otto")

    before = client.get(address).content.decode()

    assert "Their names are visible to" in before
    assert "hub supervisor" in before
    assert client.post(f"{address}holders/").status_code == 403


def test_an_arm_says_since_when_it_stands_so_and_since_when_it_is_held(at_desk, known):
    page = at_desk("ana").get(reverse("arm", args=[known.arms[0]])).content.decode()

    assert "since 14 Aug 2019" in " ".join(page.split())
    assert "H-2</bdi></a>, since 3 May 2016" in page


@pytest.mark.parametrize("name", ["holders", "holder"])
def test_who_looks_at_holders_says_why_once_in_a_session(at_desk, known, name):
    holder = Holder.objects.get(number="H-2").pk
    address = reverse(name, args=[holder] if name == "holder" else [])
    client = at_desk("ana")
    assert "Person Two" not in client.get(address).content.decode()

    refused = client.post(address, {"reason": "."})
    shown = client.post(address, {"reason": "case 118"}, follow=True)

    assert refused.status_code == 422
    assert "State why you need the names" in refused.content.decode()
    assert "Person Two" in shown.content.decode()
    assert "Person Two" in client.get(address).content.decode()
    told = at_desk("audrey").get(reverse("consultations"), {"actor": "ana"})
    assert "case 118" in told.content.decode()


def test_whoever_keeps_the_holders_is_not_asked_why(at_desk, known):
    assert "Person Two" in at_desk("rita").get(reverse("holders")).content.decode()


def test_the_stock_book_of_a_dealer_is_a_page_and_a_file(at_desk, known) -> None:
    dealer = Holder.objects.exclude(arms=None).order_by("pk").first()
    address = reverse("holder-stock", args=[dealer.pk])
    client = at_desk("rita")

    page = client.get(address, {"since": "1990-01-01"})
    file = b"".join(client.get(address, {"format": "csv"}).streaming_content)

    count = page.context["count"]
    assert count.came + count.went == len(page.context["rows"]) > 0
    assert b"from_or_to" in file
    assert file.count(b"\n") > len(page.context["rows"])
    assert (
        "No arm came" in client.get(address, {"since": "2999-01-01"}).content.decode()
    )
