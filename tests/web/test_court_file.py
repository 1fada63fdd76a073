"""The file of a case for court: in order, with sources, and for whose eyes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.audit.models import LedgerEntry
from armstrace.recoveries.models import RecoveryPhotograph
from tests.custody import desk as custody
from tests.intelligence import desk as intelligence
from tests.investigations import desk as cases
from tests.web.test_cases import post, text
from tests.web.test_work import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(at_desk, known):
    """Sign in the investigator, with a case on the first recovery."""
    client = at_desk("ines")
    by = actors.actor_for(known.people["ines"])
    client.case = cases.a_case(known.recovered[0], by=by)
    client.base = f"/cases/{client.case.pk}/"
    return client


def test_the_file_for_court_has_no_links_of_the_desk(desk):
    page = text(desk, f"{desk.base}print/")

    assert "data-print" in page
    assert "Events stated as facts" in page
    assert "Name the evidence for each element" not in page


def test_the_file_for_court_lists_numbered_facts_or_says_what_keeps_it_back(desk):
    said = {"when": "2026-02", "origin": "statement", "basis": "FACT"}
    post(desk, f"{desk.base}add/event/", text="They met.", handling="H0", **said)
    page = text(desk, f"{desk.base}print/")
    assert "Contents" in page
    assert "They met." in page

    post(desk, f"{desk.base}add/event/", text="A tip.", handling="H1", **said)
    refused = desk.get(f"{desk.base}print/")
    assert refused.status_code == 409
    assert "may not be used there: 2." in refused.content.decode()


def test_the_file_for_court_tells_where_each_arm_came_from(desk, known, at_desk):
    number = known.recovered[0]
    cleo = actors.actor_for(known.people["cleo"])
    exhibit = custody.receive(number, by=cleo)
    post(desk, f"/traces/{number}/at-home/")
    file = SimpleUploadedFile("left.png", PNG, "image/png")
    at_desk("otto").post(
        reverse("recovery-photograph", args=[number]), {"file": file, "caption": "left"}
    )
    kept = RecoveryPhotograph.objects.get().file.sha256
    page = text(desk, f"{desk.base}print/")

    assert "Chain as a table" in page
    assert "Casamar Arms" in page
    assert "Person One" not in page
    assert "Chain of custody" in page
    assert exhibit.reference in page
    assert kept in page
    assert f"/recoveries/{number}/photographs/" in page


def test_the_file_for_court_stands_in_order_with_every_source(desk, known):
    numbers = sorted(known.recovered[:2] + known.recovered[3:])
    for number in numbers[:0:-1]:
        post(desk, f"{desk.base}do/add-items/", recovery_ids=f"R{number}")
    said = {"basis": "FACT", "handling": "H0"}
    meetings = (("2026-03", "third"), ("2026-05", "last"), ("2026-01", "first"))
    for when, told in (*meetings, ("2026-02-03", "second")):
        sent = {"when": when, "text": f"The {told} meeting.", "origin": f"{told} owner"}
        post(desk, f"{desk.base}add/event/", **sent, **said)

    page = text(desk, f"{desk.base}print/")

    told = ("first", "second", "third", "last")
    facts = page.split('id="facts-head"')[1].split('id="assessed-head"')[0]
    assert in_order(facts, [f"The {each} meeting." for each in told])
    assert in_order(facts, [f"{each} owner" for each in told])
    line = page.split('id="line-head"')[1].split('id="items-head"')[0]
    assert in_order(line, [f"The {each} meeting." for each in told])
    items = page.split('id="items-head"')[1].split('id="charges-head"')[0]
    assert in_order(items, [f"R{each}-head" for each in numbers])


def in_order(page, words):
    places = [page.find(each) for each in words]
    return -1 not in places and places == sorted(places)


def test_the_file_for_court_names_persons_to_who_may_see_them(desk, known, at_desk):
    post(desk, f"/traces/{known.recovered[0]}/at-home/")
    ana = at_desk("ana")
    assert "Person One" not in text(ana, f"{desk.base}print/")
    page = post(ana, f"{desk.base}print/", reason="charges").content.decode()

    assert "Person One" in page
    assert LedgerEntry.objects.filter(act="holder.viewed").exists()
    assert desk.post(f"{desk.base}print/", {"reason": "charges"}).status_code == 403


def test_the_file_for_court_names_the_source_that_is_a_subject(desk, known):
    by = actors.actor_for(known.people["ines"])
    source = intelligence.subject("Ama Sample", by=by).reference
    said = {"when": "2026-02", "origin": source, "basis": "FACT", "handling": "H0"}
    post(desk, f"{desk.base}add/event/", text="They met.", **said)

    assert f"Ama Sample ({source})" in text(desk, f"{desk.base}print/")
