"""Who is at the desk is asked again before what cannot be taken back."""

import html
import json
import re
import time
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.urls import reverse

from armstrace.accounts import actors, policy
from armstrace.audit.models import LedgerEntry
from armstrace.licensing.models import Licence
from armstrace.vetting.models import Answer
from armstrace.vocabulary.accounts import TokenScope
from armstrace.web import proving
from tests.access import walk
from tests.accounts.authenticator import Authenticator
from tests.accounts.with_factors import add_app, make_codes
from tests.vetting import desk as vetting
from tests.web import world
from tests.web.test_second_factors import HOST, ORIGIN, add_passkey, ask

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
HOUR = 3600


@pytest.fixture
def left_open(at_desk):
    """Give a desk that somebody left an hour ago and that did not end."""

    def stale(name):
        client = at_desk(name)
        make_stale(client)
        return client

    return stale


def make_stale(client):
    client.get(reverse("own-account"))
    session = client.session
    session[proving.PROVEN] = int(time.time()) - HOUR
    session.save()


def fields_of(page):
    assert page.status_code == 403
    told = page.content.decode().split('name="proof_passphrase"')[0]
    named = HIDDEN.findall(told.rsplit("<form", 1)[1])
    return {name: html.unescape(value) for name, value in named}


def test_a_disclosure_asks_again_and_what_was_typed_is_done_after(left_open, known):
    client = left_open("ana")
    address = reverse("arm-holders", args=[known.arms[0]])
    reason = 'to ask the "last" holder'

    asked = client.post(address, {"reason": reason})
    sent = fields_of(asked)
    assert sent["reason"] == reason
    assert "Person One" not in asked.content.decode()
    wrong = client.post(address, sent | {"proof_passphrase": "wrong"})
    assert fields_of(wrong)["reason"] == reason
    assert "not your passphrase" in wrong.content.decode()
    shown = client.post(address, sent | {"proof_passphrase": world.PASSWORD})

    assert shown.status_code == 200
    assert "Person One" in shown.content.decode()
    assert client.post(address, {"reason": reason}).status_code == 200
    assert "session.proven" in LedgerEntry.objects.values_list("act", flat=True)


def test_an_export_asks_again_and_the_file_comes_after(left_open, known):
    client = left_open("ana")
    address = reverse("recoveries") + "?format=csv&q=BK"

    sent = fields_of(client.get(address))
    ready = client.post(address, sent | {"proof_passphrase": world.PASSWORD})

    assert 'href="/recoveries/?format=csv&amp;q=BK"' in ready.content.decode()
    assert 'href="/recoveries/?q=BK"' in ready.content.decode()
    assert client.get(address)["Content-Type"].startswith("text/csv")
    assert client.get(reverse("recoveries")).status_code == 200


def test_a_decision_of_a_supervisor_asks_again(left_open, known):
    client = left_open("sam")
    address = reverse("decide", args=[known.recovered[0], "cannot"])

    fields_of(client.post(address, {"note": "x"}))

    assert "trace.decided" not in LedgerEntry.objects.values_list("act", flat=True)


def test_a_passkey_proves_it_too(at_desk, known):
    client, device = at_desk("ana"), Authenticator(ORIGIN)
    add_passkey(client, device)
    make_stale(client)
    address = reverse("arm-holders", args=[known.arms[0]])

    page = client.post(address, {"reason": "to ask"}, **HOST)
    assert "Use your passkey" in page.content.decode()
    sent = fields_of(page)
    answer = {"credential": json.dumps(device.answer(ask(client)))}
    shown = client.post(address, sent | answer, **HOST)

    assert "Person One" in shown.content.decode()


def test_the_passkey_of_another_proves_nothing(at_desk, known):
    device = Authenticator(ORIGIN)
    add_passkey(at_desk("sam"), device)
    client = at_desk("ana")
    make_stale(client)
    address = reverse("arm-holders", args=[known.arms[0]])
    sent = fields_of(client.post(address, {"reason": "to ask"}, **HOST))

    answer = {"credential": json.dumps(device.answer(ask(client)))}

    assert client.post(address, sent | answer, **HOST).status_code == 403


def test_a_page_that_is_opened_opens_after_the_answer(left_open):
    client = left_open("ana")
    address = reverse("own-factors")

    sent = fields_of(client.get(address))
    done = client.post(address, sent | {"proof_passphrase": world.PASSWORD})

    assert done["Location"] == address
    assert client.get(address).status_code == 200


def test_a_proof_lasts_as_long_as_the_installation_says(at_desk, known, settings):
    client = at_desk("ana")
    make_stale(client)
    settings.PROOF_LASTS *= 5
    address = reverse("arm-holders", args=[known.arms[0]])

    assert client.post(address, {"reason": "to ask"}).status_code == 200


@pytest.mark.parametrize("name", ["refusals", "deactivations", "licences"])
def test_the_file_of_any_list_asks_again(left_open, people, name):
    address = reverse(name)
    client = left_open("rita")

    assert client.get(address).status_code == 200
    assert "proof_passphrase" in client.get(f"{address}?format=csv").content.decode()


def test_a_file_that_names_nobody_asks_for_no_proof(left_open, people):
    sent = left_open("rita").get(reverse("code-lists") + "?format=csv")

    assert sent["Content-Type"].startswith("text/csv")


def test_only_what_names_nobody_leaves_without_a_question(rf):
    named = {route.name for route in walk.routes() if not route.is_of_api}
    stale = {proving.PROVEN: 0}

    for name in sorted(named - proving.NAMELESS):
        request = rf.get("/?format=xlsx")
        request.session = stale
        request.resolver_match = SimpleNamespace(url_name=name)
        with patch.object(proving, "_page") as page:
            assert proving.ask(request) is page.return_value, name


def test_every_address_that_asks_is_one():
    asking = {*proving.ASKED, *proving.FILES, *proving.NAMELESS}
    assert asking <= {route.name for route in walk.routes()}


# Each grant that decides, and an address at which it is used.
DECIDING = {
    "ballistics.conclude": "conclude",
    "ballistics.share": "mark-sharing",
    "ballistics.unlink": "link-remove",
    "case.close": "case-act",
    "certificate.issue": "certificate-sign",
    "certificate.revoke": "certificate-revoke",
    "deactivation.verify": "deactivation-verify",
    "disposal.decide": "disposal-decide",
    "disposal.destroy": "lot-act",
    "exhibit.approve": "exhibit-act",
    "hit.judge": "hit",
    "intelligence.judge": "sameness-judge",
    "licence.decide": "application-act",
    "matching.deploy": "matching-tuning-use",
    "publication.decide": "publications",
    "recovery.close": "recovery-close",
    "recovery.judge": "recovery-judge",
    "retention.decide": "erasure",
    "step.waive": "step-waiver",
    "stock.dispose": "depot-act",
    "trace.close": "decide",
    "trace.confirm": "decide",
    "trace.except": "decide",
    "transfer.decide": "authorisation-act",
    "vetting.decide": "vetting",
    "warning.decide": "warning-decide",
}


def test_every_grant_that_decides_asks_again_where_it_is_used():
    grants = [each.action for each in policy.policy()]
    deciding = {g for g in grants if policy.scope_of(g) is TokenScope.DECIDE}

    assert deciding == set(DECIDING)
    assert set(DECIDING.values()) <= set(proving.ASKED)


@pytest.mark.parametrize(
    ("name", "slug", "is_asked"),
    [
        ("application-act", "decide", True),
        ("application-act", "uphold", True),
        ("application-act", "accept", False),
        ("authorisation-act", "issue", True),
        ("authorisation-act", "withdraw", False),
        ("lot-act", "end", True),
        ("lot-act", "put-in", False),
        ("depot-act", "dispose", True),
        ("case-act", "close", True),
    ],
)
def test_of_the_acts_of_a_page_those_that_decide_ask_again(rf, name, slug, is_asked):
    request = rf.post("/")
    request.session = {proving.PROVEN: 0}
    request.resolver_match = SimpleNamespace(url_name=name, kwargs={"slug": slug})

    with patch.object(proving, "_page") as page:
        found = proving.ask(request)

    assert found is (page.return_value if is_asked else None)


def test_an_answer_of_vetting_at_a_desk_left_open_is_not_kept(left_open, people):
    made = vetting.ask()
    address = reverse("vetting", args=[made.pk])
    sam = left_open("sam")

    asked = sam.post(address, {"answer": "CLEAR"})
    assert not Answer.objects.exists()
    sam.post(address, fields_of(asked) | {"proof_passphrase": world.PASSWORD})

    assert Answer.objects.get().answer == "CLEAR"


def test_a_licence_written_at_a_desk_left_open_asks_first(left_open, people):
    rita, address = left_open("rita"), reverse("holder-record")
    holder = {"name": "Ilse", "kind": "PERSON"}
    licence = {"licence_number": "L-9", "licence_type": "CARRY"}

    written = rita.post(address, holder)
    asked = rita.post(address, holder | licence)

    assert written.status_code == 302
    assert fields_of(asked)["licence_number"] == "L-9"
    assert not Licence.objects.exists()


# --------------------------------------------------------- what a role needs
@pytest.fixture
def required(settings):
    settings.SECOND_FACTORS = "required"
    return settings


@pytest.mark.parametrize("name", sorted(world.CAST))
def test_who_decides_or_sees_names_sets_up_factors_first(required, at_desk, name):
    is_free = name in {"otto", "sara", "cleo", "dirk"}

    answer = at_desk(name).get(reverse("today"))

    assert answer.status_code == (200 if is_free else 302)
    assert is_free or answer["Location"] == reverse("own-factors")


def test_the_work_begins_once_a_lost_device_leaves_a_way_in(required, at_desk, people):
    client = at_desk("ana")
    page = client.get(reverse("own-factors")).content.decode()
    assert "You can start work once they are set up" in page

    add_passkey(client, Authenticator(ORIGIN))
    assert client.get(reverse("today")).status_code == 302
    assert "One step is left" in client.get(reverse("own-factors")).content.decode()
    client.post(reverse("recovery-codes"))

    assert client.get(reverse("today")).status_code == 200


def test_codes_of_an_app_are_enough_unless_passkeys_are_asked(
    required, at_desk, people
):
    ana = actors.actor_for(people["ana"])
    add_app(ana)
    make_codes(ana)

    assert at_desk("ana").get(reverse("today")).status_code == 200
    required.SECOND_FACTORS = "passkeys"
    assert at_desk("ana").get(reverse("today")).status_code == 302


def test_the_judging_of_a_candidate_asks_again(left_open, known):
    address = reverse("recovery-judge", args=[known.recovered[0], known.arms[0]])

    assert left_open("ana").post(address, {"verdict": "CONFIRMED"}).status_code == 403


def test_the_list_of_holders_asks_again_but_not_whoever_keeps_it(left_open, known):
    address = reverse("holders")

    assert left_open("sam").get(address).status_code == 403
    assert left_open("rita").get(address).status_code == 200
