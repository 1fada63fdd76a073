"""A sealed case is not there for who is no member, whatever page is asked."""

from datetime import UTC, datetime, timedelta

import pytest

from armstrace.accounts import actions, actors, tokens
from armstrace.investigations.actions import entries, opening
from armstrace.investigations.inputs import EntryInput, NewCase, SubjectInput
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.investigations import Aim, EntryKind, PersonRole
from armstrace.vocabulary.networks import NodeKind
from tests.access import routes, walk
from tests.access.test_matrix import GIVEN, expected
from tests.web import world

pytestmark = pytest.mark.django_db
CANARY = ("Operation Canary", "Ama Zephyr", "612345678", "in the blue van")
STRANGERS = [name for name in world.CAST if name not in {"ines", "egon"}]
ABSENT = 5_555_555
PARTS = ("timeline", "people", "items", "work", "charges", "documents", "members")


@pytest.fixture
def sealed(known, at_desk):
    """Let an investigator keep a sealed case on a recovered arm, and look at it."""
    ines = actors.actor_for(known.people["ines"])
    first = known.recovered[0]
    case = opening.open_case(
        given=NewCase(
            title=CANARY[0],
            aims=(Aim.DISRUPT,),
            main_case="CANARY/1",
            why=CANARY[3],
            recovery_ids=(first,),
            is_sealed=True,
        ),
        by=ines,
        at=world.NOON,
    )
    given = EntryInput(
        kind=EntryKind.EVENT,
        text=CANARY[3],
        when=DateSpan.read("2026-01"),
        origin=CANARY[1],
        subjects=(
            SubjectInput(
                subject_kind=NodeKind.PERSON, text=CANARY[1], role=PersonRole.SUSPECT
            ),
            SubjectInput(subject_kind=NodeKind.PHONE, text=CANARY[2]),
        ),
    )
    entries.add_entry(case_id=case.pk, given=given, by=ines, at=world.NOON)
    assert at_desk("ines").get(f"/cases/{case.pk}/part/items/").status_code == 200
    return case


def addresses(case_id, known, viewer):
    """Give every address, asked for the case and searched for what it holds.

    What the policy refuses is left to the matrix, which sees that it is refused.
    """
    first = known.recovered[0]
    for route in walk.routes():
        door = (routes.API if route.is_of_api else routes.PAGES)[route.name]
        if expected(viewer, door, "GET", "") == "refused":
            continue
        given = dict.fromkeys(route.parameters, case_id) | GIVEN
        given |= {"arm_id": known.arms[0], "recovery_id": first}
        given |= {"recovery": f"R{first}", "case": f"C{case_id}", "number": 1}
        given |= {"reference": f"R{first}"} if route.name == "who-looked" else {}
        if "slug" in route.parameters or "tab" in route.parameters:
            for each in (*PARTS, "seal", "close", "event", "add-member"):
                yield route.address(given | {"slug": each, "tab": each})
        else:
            yield route.address(given)
    searched = ("/look-up/", "/cases/", "/recoveries/", "/custody/", "/subjects/")
    for text in (*CANARY, "CANARY/1", f"C{case_id}"):
        yield from (f"{address}?q={text}" for address in searched)


def hits(client, case, known, name, *, of_api=False):
    """Give the addresses whose answer tells of the case."""
    client.raise_request_exception = False
    viewer = actors.actor_for(known.people[name])
    for address in addresses(case.pk, known, viewer):
        if address.startswith("/api/") is not of_api:
            continue
        told = client.get(address).getvalue().decode(errors="replace")
        asked = {text for text in CANARY if text in address}
        if any(text in told for text in CANARY if text not in asked):
            yield address
        elif asked and told.count(next(iter(asked))) > 4:
            yield address  # more than the search box and its heading say it
        elif address.startswith(("/oversight/", "/ledger/")):
            continue  # the auditor reads which number was opened, never more
        elif f"/cases/{case.pk}/" in told and f"{case.pk}" not in address:
            yield address


@pytest.mark.parametrize("name", STRANGERS)
def test_no_page_tells_a_stranger_of_a_sealed_case(
    name, at_desk, sealed, known, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path

    assert list(hits(at_desk(name), sealed, known, name)) == []


@pytest.mark.parametrize("name", ["ana", "sam", "paul"])
def test_a_stranger_is_refused_a_sealed_case_as_one_that_is_not_there(
    name, at_desk, sealed
):
    client = at_desk(name)
    for tail in ("", "print/", "do/seal/", "add/event/", "entries/1/", "ask/"):
        answers = []
        for number in (sealed.pk, ABSENT):
            method = client.post if tail == "ask/" else client.get
            answer = method(f"/cases/{number}/{tail}")
            answers.append((answer.status_code, shape(answer.content.decode(), number)))
        assert answers[0] == answers[1]


@pytest.mark.parametrize("name", ["sam", "otto", "audrey"])
def test_who_looked_at_an_arm_does_not_tell_that_a_sealed_case_holds_it(
    name, at_desk, sealed, known
):
    address = f"/oversight/records/R{known.recovered[0]}/"

    looks = [each.row.actor for each in at_desk(name).get(address).context["rows"]]

    assert "ines" not in looks
    at_desk("ines").get(f"/recoveries/{known.recovered[0]}/")
    looks = [each.row.actor for each in at_desk(name).get(address).context["rows"]]
    assert looks.count("ines") == 1


def shape(told, number):
    """Take the number of the case, and what is drawn for each answer, out of it."""
    kept = [line for line in told.splitlines() if "csrf" not in line]
    return "\n".join(kept).replace(str(number), "N")


def test_the_interface_of_programmes_tells_a_stranger_as_little(client, sealed, known):
    by, at = actors.system_actor(), datetime.now(UTC)
    for name in ("ana", "sam", "paul", "otto"):
        secret = tokens.new_secret()
        stated = actions.NewToken(name, secret, at + timedelta(days=2))
        actions.issue_token(user=known.people[name], stated=stated, by=by, at=at)
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        told = client.get("/api/v1/cases").content.decode()
        assert str(sealed.pk) not in told
        assert list(hits(client, sealed, known, name, of_api=True)) == []


def test_a_member_meets_the_canary(at_desk, sealed, known):
    """The hunt would find it, if it were there."""
    assert list(hits(at_desk("ines"), sealed, known, "ines"))
