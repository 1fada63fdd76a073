"""Handling codes: each role, each route, each code, own agency and another's."""

import pytest
from django.test import Client

from armstrace.accounts import actors
from armstrace.intelligence.actions import links, subjects
from armstrace.intelligence.models import OPENED_BY
from armstrace.vocabulary.networks import HandlingCode
from tests.access.test_matrix import a_token
from tests.intelligence import desk
from tests.web import world

pytestmark = pytest.mark.django_db

EVERYBODY = sorted(world.CAST)
PAGES = (
    "/intelligence/", "/intelligence/subjects/{subject}/",
    "/intelligence/of/P{subject}/", "/intelligence/of/P{other}/",
    "/intelligence/of/P{subject}/origins/", "/intelligence/of/P{subject}/passed/",
    "/intelligence/links/{link}/",
    "/intelligence/same/?first=P{subject}&second=P{other}",
    "/intelligence/subjects/{subject}/correct/", "/intelligence/reviews/",
    "/network/?key=P{subject}", "/network/?key=P{other}", "/today/",
)  # fmt: skip
API = (
    "/subjects", "/subjects/{subject}", "/links/{link}", "/of/P{subject}",
    "/of/P{other}", "/of/P{subject}/origins", "/of/P{other}/passed",
)  # fmt: skip
CANARY = "Canary Fullname"


@pytest.fixture(params=list(HandlingCode))
def kept(request, people):
    """Let an investigator of the north record a subject and a link of each code."""
    by, at = actors.actor_for(people["ines"]), world.NOON
    given = {"handling": request.param, "restriction": "own unit"}
    told = desk.a_subject(CANARY, **given)
    subject = subjects.record_subject(stated=told, by=by, at=at)
    other = subjects.record_subject(stated=desk.a_subject("Other"), by=by, at=at)
    stated = desk.a_link(subject, other, told=CANARY, **given)
    link = links.assert_link(stated=stated, by=by, at=at)
    return request.param, {"subject": subject.pk, "other": other.pk, "link": link.pk}


def may_see(viewer, code):
    return viewer.may_for(OPENED_BY[code], "PC-NORTE")


@pytest.mark.parametrize("name", EVERYBODY)
def test_no_page_shows_what_the_handling_code_keeps(at_desk, people, kept, name):
    code, numbers = kept
    viewer, client = actors.actor_for(people[name]), at_desk(name)

    shown = [page for page in PAGES if holds_canary(client, page.format(**numbers))]

    if may_see(viewer, code):
        assert {*PAGES[:4], PAGES[6]} <= {*shown}
    else:
        assert shown == []


@pytest.mark.parametrize("name", EVERYBODY)
def test_no_answer_of_the_api_holds_it_either(people, kept, name):
    code, numbers = kept
    viewer, client = actors.actor_for(people[name]), Client()
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {a_token(people[name])}"

    shown = [
        path
        for path in API
        if holds_canary(client, f"/api/v1/intelligence{path}".format(**numbers))
    ]

    if may_see(viewer, code):
        assert {*API[:4]} <= {*shown}
    else:
        assert shown == []


@pytest.mark.parametrize("name", EVERYBODY)
def test_what_is_not_seen_is_told_like_what_is_not_there(at_desk, people, kept, name):
    code, numbers = kept
    if may_see(actors.actor_for(people[name]), code):
        pytest.skip("it is seen")
    client = at_desk(name)

    for page in PAGES[1:7]:
        there = client.get(page.format(**numbers)).status_code
        absent = dict.fromkeys(numbers, 999_999) | {"other": numbers["other"]}
        assert there == client.get(page.format(**absent)).status_code


def holds_canary(client, address):
    return "Canary" in client.get(address).content.decode()
