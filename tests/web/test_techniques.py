"""Special techniques met through the pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.accounts.models import Agency, User
from armstrace.audit.models import LedgerEntry
from armstrace.investigations.actions import opening
from armstrace.investigations.inputs import NewCase
from armstrace.techniques.models import Operation
from armstrace.vocabulary.investigations import Aim

pytestmark = pytest.mark.django_db
CANARY = "Zephyrine Canarywing"


@pytest.fixture
def case(people, settings, tmp_path):
    settings.HOME_COUNTRY, settings.HOME = "PT", tmp_path
    given = NewCase(title="Parcels", aims=(Aim.DISRUPT,), why="three parcels")
    by = actors.actor_for(people["ines"])
    return opening.open_case(given=given, by=by, at=datetime.now(UTC))


def asked(**changes):
    now = datetime.now(UTC)
    return {
        "technique": "CONTROLLED_DELIVERY",
        "mode": "INTACT",
        "objective": "who receives the parcel",
        "basis": "UNTOC-20-1-CD",
        "authoriser": "paul",
        "states": ["PT", "ES"],
        "begins": f"{now - timedelta(minutes=5):%Y-%m-%dT%H:%M}",
        "ends": f"{now + timedelta(hours=5):%Y-%m-%dT%H:%M}",
        "zone": "UTC",
        "reason": "no milder means",
    } | changes


def act(client, operation, slug, **told):
    address = reverse("operation-act", args=[operation.pk, slug])
    return client.post(address, told, follow=True)


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def running(at_desk, case):
    """A controlled delivery that is active, through the pages alone."""
    ines, paul = at_desk("ines"), at_desk("paul")
    ines.post(reverse("technique-ask", args=[case.pk]), asked())
    made = Operation.objects.get()
    start = reverse("operation-act", args=[made.pk, "start"])
    spain = {"country": "ES", "is_given": "yes", "reference": "L-4", "given_by": "MI"}
    spain |= {"ends": asked()["ends"], "zone": "UTC"}
    act(ines, made, "consent", **spain)
    order = {"is_granted": "yes", "order_number": "O-1", "reason": "no milder means"}
    assert made.reference in words(paul.get(reverse("techniques")))
    act(paul, made, "decide", **order)
    assert "It begins in: Spain, Portugal." in words(ines.get(start))
    assert "active" in words(act(ines, made, "start"))
    return made


@pytest.mark.unledgered
def test_the_title_says_that_the_mode_is_that_of_the_goods(at_desk, running):
    Operation.objects.update(mode="REMOVED")

    page = words(at_desk("ines").get(reverse("operation", args=[running.pk])))

    assert "controlled delivery, goods: removed" in page


def test_a_delivery_goes_its_way_through_the_pages(at_desk, running):
    ines, paul = at_desk("ines"), at_desk("paul")
    leg = {"from_state": "PT", "to_state": "ES", "handed_by": "A", "received_by": "B"}
    refused = act(ines, running, "hand-over", **leg)
    assert refused.status_code == 409
    assert "Live arms leave control only where two people" in words(refused)

    page = act(ines, running, "live-arms", reason="a swap would be seen")
    assert "waiting for a second person" in words(page)
    act(paul, running, "live-arms-confirm")
    page = act(ines, running, "hand-over", **leg)
    assert "live arms" in words(page)
    assert "Sign for a hand-over" not in words(page)
    page = act(paul, running, "acknowledge", number=1, reference="M-7")

    assert "M-7" in words(page)
    act(ines, running, "stop", reason="handed to the buyer")
    told = {"outcome": "REACHED", "learned": "parcels change hands at noon"}
    act(ines, running, "evaluate", **told)
    address = reverse("case-techniques", args=[running.case_id])
    assert "parcels change hands at noon" in words(ines.get(address))


@pytest.mark.unledgered
def test_what_nobody_stopped_is_expired_once_a_consent_ended(at_desk, running):
    ines, address = at_desk("ines"), reverse("operation", args=[running.pk])
    assert "not stopped" in words(ines.get(address))
    now = datetime.now(UTC)
    running.consents.update(valid_until=now)
    page = words(ines.get(address))
    assert "Is carried out in Portugal" in page
    assert "it consents expired" in page
    start = words(ines.get(reverse("operation-act", args=[running.pk, "start"])))
    assert "These States have not consented: Spain; record" in start
    assert "It begins in" not in start

    running.runs.update(known_at=now - timedelta(hours=2))
    running.authorities.update(valid_from=now - timedelta(hours=3), states=["ES"])
    running.consents.update(known_at=now - timedelta(hours=3))
    page = words(ines.get(address))

    assert "Is carried out in none" in page
    assert "not stopped" not in page


def test_only_the_states_of_an_operation_are_offered(at_desk, running):
    address = reverse("operation-act", args=[running.pk, "consent"])
    form = at_desk("ines").get(address).context["form"]

    assert form.fields["country"].choices == [("ES", "Spain")]


def test_who_is_not_named_finds_nothing_and_withdrawal_closes_the_page(
    at_desk, running
):
    address = reverse("operation", args=[running.pk])
    assert at_desk("carl").get(address).status_code == 404
    assert at_desk("ana").get(address).status_code == 403
    assert at_desk("audrey").get(address).status_code == 200

    act(at_desk("paul"), running, "withdraw", reason="risk to life")

    assert at_desk("ines").get(address).status_code == 404
    listed = words(at_desk("ines").get(reverse("techniques")))
    assert "authority ended" in listed
    assert "who receives the parcel" not in listed
    page = words(at_desk("paul").get(address))
    assert "risk to life" in page
    assert "O-1" in page
    assert page.count("no milder means") == 2


def test_a_hand_over_is_signed_for_after_the_authority_was_withdrawn(at_desk, running):
    ines, paul = at_desk("ines"), at_desk("paul")
    act(ines, running, "name", person="carl")
    act(ines, running, "live-arms", reason="a swap would be seen")
    act(paul, running, "live-arms-confirm")
    leg = {"from_state": "PT", "to_state": "ES", "handed_by": "A", "received_by": "B"}
    act(ines, running, "hand-over", **leg, receiver="carl")
    act(paul, running, "withdraw", reason="risk to life")
    carl, address = at_desk("carl"), reverse("techniques")
    signing = reverse("operation-act", args=[running.pk, "acknowledge"])
    assert signing in carl.get(address).content.decode()
    assert signing not in ines.get(address).content.decode()

    done = act(carl, running, "acknowledge", number=1)
    page = words(at_desk("audrey").get(reverse("operation", args=[running.pk])))

    assert "Saved." in words(done)
    assert running.hand_overs.get().acknowledged_by == "carl"
    assert "carl" in page
    assert "not known" not in page
    assert signing not in carl.get(address).content.decode()
    assert at_desk("ana").post(signing, {"number": 1}).status_code == 403


@pytest.mark.unledgered
def test_TE_27_who_receives_is_offered_and_shown_no_act_of_the_lead(at_desk, running):
    User.objects.filter(name="carl").update(agency=Agency.objects.get(code="PC-SUL"))
    act(at_desk("ines"), running, "name", person="carl")
    leads = ("start", "name", "remove", "stop")
    pages = [reverse("operation-act", args=[running.pk, each]) for each in leads]
    carl = at_desk("carl")

    page = carl.get(reverse("operation", args=[running.pk])).content.decode()
    assert not [each for each in pages if each in page]
    for each in pages:
        refused = carl.get(each)
        assert refused.status_code == 409
        assert "ask ines, or who gave its authority" in words(refused)


def test_a_withdrawn_consent_keeps_its_end_and_is_not_called_expired(at_desk, running):
    ines, address = at_desk("ines"), reverse("operation", args=[running.pk])
    before = running.consents.get().valid_until
    told = {"country": "ES", "is_given": "no", "zone": "UTC"}
    told |= {"reference": "L-5", "given_by": "MI"}
    act(ines, running, "consent", **told)

    page = ines.get(address)
    (given,) = [one for one in page.context["page"].consents if one.is_given]
    assert page.context["page"].withdrawn == {given.pk}
    assert given.valid_until == before
    assert f"{before:%H:%M}" in words(page)
    assert "it consents withdrawn" in words(page)


def test_legal_bases_stand_beneath_their_technique(at_desk, case):
    address = reverse("technique-ask", args=[case.pk])
    form = at_desk("ines").get(address).context["form"]

    assert all(
        words.startswith(name)
        for name, under in form.fields["basis"].choices
        for _code, words in under
    )


def test_a_covert_name_is_shown_for_a_reason_and_stands_nowhere_else(
    at_desk, running, caplog
):
    ines = at_desk("ines")
    act(ines, running, "name", person="carl")
    act(ines, running, "cover", name=CANARY)
    address = reverse("operation-covers", args=[running.pk])

    shown = ines.post(address, {"reason": "to brief the team"})

    assert "Canarywing" in shown.content.decode()
    assert (
        "Canarywing" not in re.search("<title>.*?</title>", shown.content.decode())[0]
    )
    assert at_desk("carl").post(address, {"reason": "curious"}).status_code == 409
    pages = [
        *(reverse(name) for name in ("techniques", "today", "registry", "recoveries")),
        reverse("operation", args=[running.pk]),
        reverse("recoveries") + "?q=Canarywing",
    ]
    for name in ("ines", "carl", "paul", "sam", "audrey"):
        for page in pages:
            told = at_desk(name).get(page).content.decode()
            assert "Zephyrine" not in told, (name, page)
    ledger = at_desk("audrey").get(reverse("ledger")).content.decode()
    assert "Zephyrine" not in ledger + caplog.text
    assert "Canarywing" not in "".join(
        LedgerEntry.objects.values_list("body", flat=True)
    )


def test_what_is_refused_keeps_what_was_typed(at_desk, case):
    address = reverse("technique-ask", args=[case.pk])

    answer = at_desk("ines").post(address, asked(zone="Europe/Nowhere"))

    assert answer.status_code == 422
    assert "There is no time zone “Europe/Nowhere”" in words(answer)
    assert "who receives the parcel" in answer.content.decode()
    assert not Operation.objects.exists()
