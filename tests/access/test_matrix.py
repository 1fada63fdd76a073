"""Who gets in where: each role, each address, each method, whose record.

What is expected is worked out from the policy and one line for each address in
``routes.py``; nothing here names a role.
"""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client

from armstrace.accounts import actions, actors, policy, tokens
from armstrace.web.licensing import justifying
from tests.access import routes, walk
from tests.web import world

pytestmark = pytest.mark.django_db

ROUTES = walk.routes()
ABSENT = 999_999
ONE_A_ROLE = [
    *{(role, agency): name for name, (role, agency) in world.CAST.items()}.values()
]
GIVEN = {
    "year": 2022,
    "method": "metadata",
    "part": "DENOMINATOR",
    "key": "B1:PISTOL:SEIZED",
    "table_id": "B1",
    "stage": "RECOVERED",
    "reason": "NO_MARK",
    "code": "poa",
    "name": "iafq",
    "token": "0" * 32,
    "kind": "recoveries",
    "shown": "surface",
    "iso3": "AUT",
    "ending": "csv",
    "slug": "count",
}
SECRETS = ("Rua do Cais", "SUL/7", "Person Nine")
"""What only the recoveries of the world hold."""
LIST_IT = (
    "is not listed: add a line to PAGES (or API) in tests/access/routes.py that "
    'names the grant which opens it, as in "recovery": Door("recovery.view"), with a '
    "second grant where a POST needs another"
)


def test_every_address_is_listed_and_none_that_is_gone():
    listed = {True: routes.API, False: routes.PAGES}
    unlisted = [
        f"/{route.pattern} ({route.name}) {LIST_IT}"
        for route in ROUTES
        if route.name not in listed[route.is_of_api]
    ]

    assert not unlisted, "\n".join(unlisted)
    assert {*routes.PAGES, *routes.API} <= {route.name for route in ROUTES}


def test_every_grant_that_opens_an_address_stands_in_the_policy():
    granted = set(actors.system_actor().grants) | {
        action for name in world.CAST for action in grants_of(name)
    }
    asked = {
        grant
        for door in (*routes.PAGES.values(), *routes.API.values())
        for grant in (*door.reading, *door.writing)
    }

    assert asked - granted == {"", routes.EVERYONE, routes.SIGNED_IN, routes.NONE}


def grants_of(name):
    return policy.grants_of(world.CAST[name][0])


@pytest.fixture
def at_large(known, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return known


def addresses(route, known):
    """Give the addresses of a route, by whose record each names."""
    north, _, south, _ = known.recovered
    whose = {"": north, "PC-NORTE": north, "PC-SUL": south, "nobody": ABSENT}
    names_a_recovery = bool({"recovery_id", "recovery"} & route.parameters)
    for owner, number in whose.items():
        if names_a_recovery != bool(owner):
            continue
        given = dict.fromkeys(route.parameters, ABSENT) | GIVEN
        given |= {"key": "confirm"} if route.name == "decide" else {}
        given |= {"key": "no-number"} if route.name.startswith("linked") else {}
        given |= {"arm_id": known.arms[0], "other_id": known.recovered[1]}
        given |= {"recovery_id": number, "recovery": f"R{number}"}
        yield owner, route.address(given)


def methods(door):
    """Give the methods of an address; a page without a form takes a POST as a GET."""
    if door.read != routes.NONE:
        yield "GET"
    if door.write not in {"", routes.NONE}:
        yield "POST"


def expected(viewer, door, method, owner):
    """Say what must come of a request: worked out from the policy."""
    needed = door.writing if method == "POST" else door.reading
    enough = all if method == "POST" else any
    if {routes.EVERYONE, routes.SIGNED_IN} & {*needed}:
        return "open"
    if not enough(viewer.may(grant) for grant in needed):
        return "refused"
    if method == "POST" and door.either and not any(map(viewer.may, door.either)):
        return "refused"
    if owner == "nobody":
        return "absent"
    held = [grant for grant in needed if viewer.may(grant)]
    reached = enough(owner in viewer.agencies(grant) for grant in held)
    return "open" if not owner or reached else "foreign"


MAY_BE = {
    "refused": lambda status: status in {403, 404},
    "foreign": lambda status: status in {403, 404, 422},
    "absent": lambda status: status in {404, 422},
    "open": lambda status: status not in {401, 403, 405} and status < 500,
}


def wrong_cells(client, viewer, found, known):
    """Ask every address in every way; give the cells that are not as they must."""
    wrong = []
    for route, door in found:
        for owner, address in addresses(route, known):
            for method in methods(door):
                must = expected(viewer, door, method, owner)
                answer = ask(client, method, address, route)
                if not is_as_expected(answer, must, route):
                    wrong.append(
                        f"{viewer.role} {method} {address} ({route.name}) of "
                        f"{owner or 'no agency'}: {answer.status_code}, {must}"
                    )
    return wrong


def is_as_expected(answer, must, route):
    if must in {"refused", "foreign"}:
        told = answer.content.decode()
        if any(secret in told for secret in SECRETS):
            return False
    if must == "refused" and route.is_of_api:
        return answer.status_code in {403, 422}  # what is sent is read first
    return MAY_BE[must](answer.status_code)


def ask(client, method, address, route):
    """Ask, and leave no trace."""
    with transaction.atomic():
        if method != "POST":
            answer = client.generic(method, address)
        elif route.is_of_api:
            answer = client.post(address, json.dumps({}), "application/json")
        else:
            answer = client.post(address)
        transaction.set_rollback(True)
    return answer


def doors(*, of_api):
    listed = routes.API if of_api else routes.PAGES
    return [
        (route, listed[route.name])
        for route in ROUTES
        if route.is_of_api is of_api
        and route.name in listed
        and route.name not in {"sign-in", "sign-out", "set_language"}
    ]


@pytest.mark.parametrize("name", ONE_A_ROLE)
def test_each_role_gets_in_where_the_policy_says(at_desk, at_large, name):
    viewer = actors.actor_for(at_large.people[name])
    client = at_desk(name)
    client.get("/account/")
    session = client.session
    session[justifying.KEPT] = "the matrix"
    session.save()
    client.raise_request_exception = False

    wrong = wrong_cells(client, viewer, doors(of_api=False), at_large)

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ONE_A_ROLE)
def test_each_token_gets_in_where_the_policy_says(at_large, name):
    user = at_large.people[name]
    client = Client(raise_request_exception=False)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {a_token(user)}"
    client.get("/api/v1/recoveries")  # a use is noted every ten minutes at most

    found = doors(of_api=True)
    wrong = wrong_cells(client, actors.actor_for(user), found, at_large)

    assert not wrong, "\n".join(wrong)


def a_token(user):
    secret, at = tokens.new_secret(), datetime.now(UTC)
    actions.issue_token(
        user=user,
        stated=actions.NewToken("matrix", secret, at + timedelta(days=1)),
        by=actors.system_actor(),
        at=at,
    )
    return secret


@pytest.mark.parametrize("who", ["nobody", "a closed account"])
def test_who_is_not_signed_in_gets_in_nowhere(at_desk, at_large, who):
    client = Client() if who == "nobody" else at_desk("otto")
    actions.disable_user(
        name="otto", reason="left", by=actors.system_actor(), at=world.NOON
    )
    let_in = []
    for route, door in [*doors(of_api=False), *doors(of_api=True)]:
        if routes.EVERYONE in {door.read, door.write} or route.name == "":
            continue
        _, address = next(addresses(route, at_large))
        for method in methods(door):
            answer = ask(client, method, address, route)
            to_sign_in = answer.get("Location", "").startswith("/sign-in/")
            if not to_sign_in and answer.status_code != 401:
                let_in.append(f"{method} {address}: {answer.status_code}")

    assert not let_in, "\n".join(let_in)


def test_methods_that_no_page_takes_run_nothing(at_desk, at_large):
    client, ran = at_desk("sam"), []
    client.get("/account/")
    for route, door in doors(of_api=False):
        if door.read == routes.EVERYONE or route.name == "":
            continue
        _, address = next(addresses(route, at_large))
        closed = ["PUT", "PATCH", "DELETE", "OPTIONS"]
        for method in ["GET", *closed] if door.read == routes.NONE else closed:
            answer = ask(client, method, address, route)
            if answer.status_code != 405:
                ran.append(f"{method} {address}: {answer.status_code}")

    assert not ran, "\n".join(ran)


def said_by(answer):
    """Give what an answer says, without numbers, tokens and what fills the page."""
    told = answer.content.decode(errors="replace")
    main = re.search(r"<main.*</main>", told, re.DOTALL)
    return re.sub(r'value="\w{64}"|\d+', "", main[0] if main else told)


@pytest.mark.parametrize("name", ["otto", "cleo", "ines"])
def test_no_answer_tells_whether_a_record_of_others_is_there(at_desk, at_large, name):
    """What lies outside a viewer's scope is answered as what is nowhere."""
    viewer = actors.actor_for(at_large.people[name])
    client = at_desk(name)
    client.raise_request_exception = False
    at_api = Client(raise_request_exception=False)
    at_api.defaults["HTTP_AUTHORIZATION"] = f"Bearer {a_token(at_large.people[name])}"
    told, compared = [], 0
    for of_api, asks in ((False, client), (True, at_api)):
        for route, door in doors(of_api=of_api):
            named = dict(addresses(route, at_large))
            if "nobody" not in named:
                continue
            for method in methods(door):
                answers = {
                    owner: ask(asks, method, address, route)
                    for owner, address in named.items()
                    if expected(viewer, door, method, owner) in {"foreign", "absent"}
                }
                said = {
                    (answer.status_code, said_by(answer))
                    for owner, answer in answers.items()
                }
                compared += len(answers) > 1
                if len(said) > 1:
                    told.append(f"{method} {route.name}: {sorted(said)}"[:900])

    assert compared > 10
    assert not told, "\n".join(told)


def test_no_browser_keeps_what_the_api_sent(at_large):
    """Rows, files and pictures alike."""
    client = Client(raise_request_exception=False)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {a_token(at_large.people['sam'])}"
    kinds, kept = set(), []
    for route, _door in doors(of_api=True):
        for _, address in addresses(route, at_large):
            answer = ask(client, "GET", address, route)
            kinds |= {answer.headers.get("Content-Type", "").partition(";")[0]}
            if answer.headers.get("Cache-Control") != "no-store":
                kept.append(f"{address}: {answer.status_code}")

    assert {"application/json", "text/csv"} <= kinds
    assert not kept, "\n".join(kept)
