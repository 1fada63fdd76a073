"""Ask every address as everybody who is no member of a sealed case, for its words.

    python -m benchmarks sealed [--requests 10000] [--size 600]

Three sealed cases, full of words that stand nowhere else, are kept by one investigator
in the demo's country; each account of the demo then asks every address of
`tests/access/routes.py`, by pages and by the API, with the numbers of the cases, of
what is in them, and with their words as searches. A hit is an answer that holds a word
or number that the request did not, or that differs from the answer to a number or word
that is nowhere. What `armstrace cases` counts and how far records stand apart is asked
before and after.
"""

import argparse
import json
import os
import random
import re
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks import commands

sys.path.insert(0, str(Path(__file__).parents[1]))

WORDS = ("Zephyrine", "Kanarienlied", "Xanthoquill", "699887766")
NOWHERE = {"Zephyrine": "Zephyrone", "Kanarienlied": "Kanarienleid"} | {
    "Xanthoquill": "Xanthoquall",
    "699887766": "699887755",
}
ABSENT = 5_555_555
LOGS = ("/oversight/", "/ledger/")
"""What the auditor reads in the ledger: the number of what was opened, never more."""
VARIES = re.compile(
    r'csrf\S+|value="[\w-]{64}"|nonce-?\S+|\d\d:\d\d(:\d\d)?|\S*\.\d{6}\S*'
)
PLAIN = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
SEARCHED = (
    *(
        "/cases/?q=",
        "/look-up/?q=",
        "/recoveries/?q=",
        "/custody/?q=",
        "/intelligence/?q=",
    ),
    *("/api/v1/cases?text=", "/api/v1/intelligence/subjects?text=", "/network/?key="),
    *("/steps/?q=", "/traces/?q=", "/registry/?q=", "/warnings/?q="),
)


def main() -> None:
    """Make a demo, seal cases in it, and ask."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=600)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        words = ("demo", "--size", str(given.size), "--no-serve")
        commands.armstrace(Path(folder), *words, on_postgres=commands.has_postgres())
        os.environ["ARMSTRACE_HOME"] = folder
        from armstrace.cli.main import set_up  # noqa: PLC0415 - the folder first

        set_up()
        from django.test import override_settings  # noqa: PLC0415 - after set_up

        with override_settings(
            ALLOWED_HOSTS=["*"], STORAGES=PLAIN, API_CALLS_A_MINUTE=10**9
        ):
            told = hunt(given.requests)
        json.dump(told, sys.stdout, indent=2)
    sys.exit(1 if told["hits"] or told["counts"] != "the same" else 0)


def hunt(count: int) -> dict[str, Any]:
    """Seal the cases, make the requests, and give what told of them."""
    from armstrace.accounts import actors  # noqa: PLC0415 - after set_up
    from armstrace.procedures.actions import following  # noqa: PLC0415

    following.follow_waiting(by=actors.system_actor(), at=datetime.now(UTC))
    held = _recoveries()
    before = _counts(held)
    cases = [_seal(number, held) for number in range(3)]
    after = _counts(held)
    _look(cases)
    desks = _desks()
    asked, hits, broken, codes = 0, [], [], Counter[int]()
    addresses = _addresses(cases, held)
    while asked < count:
        name = (*desks,)[asked % len(desks)]
        method, address, control = next(addresses)
        client = desks[name][address.startswith("/api/")]
        code, told = _ask(client, method, address)
        codes[code] += 1
        asked += 1
        if code >= 500:
            broken.append(f"{name} {method} {address}: {code}")
        numbers = () if address.startswith(LOGS) else map(str, cases)
        if any(word in told and word not in address for word in (*WORDS, *numbers)):
            hits.append(f"{name} {method} {address}: {code}")
        elif control:
            asked += 1
            # What differs once may be the minute; what tells differs each time.
            if all(_differs(client, method, address, control) for _ in range(3)):
                hits.append(f"{name} {method} {address}: differs from {control}")
    return {
        "requests": asked,
        "accounts": len(desks),
        "answers by status": dict(sorted(codes.items())),
        "counts": "the same" if before == after else [before, after],
        "answers that failed": broken[:20],
        "hits": hits[:50],
    }


def _recoveries() -> list[int]:
    """Give recoveries on which a parallel case is asked for, and others."""
    from armstrace.procedures.models import Step  # noqa: PLC0415 - after set_up
    from armstrace.recoveries.models import RecoveryRecord  # noqa: PLC0415

    own = RecoveryRecord.objects.current().filter(agency="VNP").order_by("pk")
    keys = list(own.values_list("recovery_id", flat=True)[:2_000])
    steps = Step.objects.current().filter(answer="CASE", state="OPEN")
    steps = steps.filter(recovery_id__in=keys).order_by("recovery_id")
    asked = list(steps.values_list("recovery_id", flat=True)[:3])
    return asked + [key for key in keys if key not in asked][:6]


def _seal(number: int, held: list[int]) -> int:
    """Keep one sealed case, as an investigator who is a member of nothing else."""
    from armstrace.accounts import actors  # noqa: PLC0415 - after set_up
    from armstrace.accounts.models import Agency, User  # noqa: PLC0415
    from armstrace.investigations.actions import entries, opening  # noqa: PLC0415
    from armstrace.investigations.inputs import EntryInput, NewCase, SubjectInput  # noqa: PLC0415
    from armstrace.procedures.actions import following  # noqa: PLC0415
    from armstrace.vocabulary.actors import Role  # noqa: PLC0415
    from armstrace.vocabulary.dates import DateSpan  # noqa: PLC0415
    from armstrace.vocabulary.investigations import Aim, EntryKind, PersonRole  # noqa: PLC0415
    from armstrace.vocabulary.networks import NodeKind  # noqa: PLC0415

    at = datetime.now(UTC)
    agency = Agency.objects.get(code="VNP")
    user, _ = User.objects.get_or_create(
        name="keeper",
        defaults={"role": Role.INVESTIGATOR, "agency": agency, "created_at": at},
    )
    by = actors.actor_for(user)
    given = NewCase(
        title=WORDS[0],
        aims=(Aim.DISMANTLE,),
        main_case=WORDS[2],
        why=f"{WORDS[1]} told of it",
        recovery_ids=(held[number], held[number + 3]),
        is_sealed=True,
    )
    case = opening.open_case(given=given, by=by, at=at)
    following.follow_waiting(by=actors.system_actor(), at=at)
    plain = {"why": WORDS[1], "person": WORDS[0], "due_on": at.date()}
    for kind in EntryKind:
        if kind is EntryKind.CHARGE:
            continue
        what = {"subject_kind": NodeKind.PERSON, "role": PersonRole.SUSPECT}
        more = plain | (what if kind is EntryKind.SUBJECT else {})
        if kind is EntryKind.TASK:  # a task goes to somebody who works on cases
            more |= {"person": by.name}
        stated = EntryInput(
            kind=kind,
            text=f"{WORDS[0]} {WORDS[2]}",
            place=WORDS[1],
            origin=WORDS[2],
            when=DateSpan.read("2026-01"),
            subjects=(SubjectInput(subject_kind=NodeKind.PHONE, text=WORDS[3]),)
            if kind is EntryKind.EVENT
            else (),
            **more,
        )
        entries.add_entry(case_id=case.pk, given=stated, by=by, at=at)
    return case.pk


def _look(cases: list[int]) -> None:
    """Let the member open every part of the cases, as the ledger then tells."""
    from django.test import Client  # noqa: PLC0415 - after set_up

    from armstrace.accounts.models import User  # noqa: PLC0415

    keeper = Client()
    person = User.objects.get(name="keeper")
    keeper.force_login(person, "django.contrib.auth.backends.ModelBackend")
    for case in cases:
        for part in ("", "part/items/", "part/timeline/", "print/"):
            assert keeper.get(f"/cases/{case}/{part}").status_code == 200


def _counts(held: list[int]) -> object:
    """Give what is counted and how far recoveries stand apart, as everybody sees it."""
    from armstrace.accounts import actors  # noqa: PLC0415 - after set_up
    from armstrace.accounts.models import User  # noqa: PLC0415
    from armstrace.procedures import queries  # noqa: PLC0415
    from armstrace.procedures.models import Step  # noqa: PLC0415
    from armstrace.vocabulary.errors import NotPermitted  # noqa: PLC0415

    told: dict[str, object] = {}
    now = datetime.now(UTC).date()
    for user in User.objects.exclude(name="keeper").order_by("name"):
        try:
            told[user.name] = str(
                queries.case_figures(viewer=actors.actor_for(user), today=now)
            )
        except NotPermitted:
            told[user.name] = "refused"
    steps = Step.objects.current().filter(recovery_id__in=held)
    ordered = steps.order_by("recovery_id", "code")
    return told, list(ordered.values_list("recovery_id", "code", "state"))


def _desks() -> dict[str, tuple[Any, Any]]:
    """Sign everybody in who is no member: at a browser, and by a token."""
    from django.test import Client  # noqa: PLC0415 - after set_up

    from armstrace.accounts import actions, actors, tokens  # noqa: PLC0415
    from armstrace.accounts.models import User  # noqa: PLC0415

    at, found = datetime.now(UTC), {}
    for user in User.objects.exclude(name="keeper").order_by("name"):
        browser = Client(raise_request_exception=False)
        browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
        secret = tokens.new_secret()
        stated = actions.NewToken("hunt", secret, at + timedelta(days=1))
        by = actors.system_actor()
        actions.issue_token(user=user, stated=stated, by=by, at=at)
        programme = Client(raise_request_exception=False)
        programme.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        found[user.name] = (browser, programme)
    return found


def _addresses(cases: list[int], held: list[int]) -> Iterator[tuple[str, str, str]]:
    """Give addresses without end, each with one to be answered alike, or none."""
    from tests.access import routes, walk  # noqa: PLC0415 - after set_up
    from tests.access.test_matrix import GIVEN  # noqa: PLC0415

    rng = random.Random(20261126)
    listed = [one for one in walk.routes() if one.name not in {"sign-out", "sign-in"}]
    parts = ("timeline", "people", "items", "work", "charges", "documents", "members")
    slugs = (*parts, "seal", "close", "event", "task", "add-member", "confirm", "do")
    while True:
        for route in rng.sample(listed, len(listed)):
            door = (routes.API if route.is_of_api else routes.PAGES)[route.name]
            is_read = door.read != routes.NONE and rng.random() < 0.8
            method = "GET" if is_read or not door.write else "POST"
            case, recovery = rng.choice(cases), rng.choice(held)
            key = rng.choice((f"C{case}", f"R{recovery}"))
            given = dict.fromkeys(route.parameters, rng.choice((1, 2, recovery)))
            given |= GIVEN | {"case_id": case, "case": f"C{case}"}
            given |= {"recovery_id": recovery, "recovery": f"R{recovery}"}
            given |= {"reference": f"R{recovery}"}
            given |= {"number": rng.choice((1, 2, 3)), "key": key}
            given |= dict.fromkeys(("slug", "tab"), rng.choice(slugs))
            address = route.address(given)
            absent = f"C{ABSENT}" if key.startswith("C") else key
            given |= {"case_id": ABSENT, "case": f"C{ABSENT}", "key": absent}
            control = route.address(given)
            yield method, address, control if control != address else ""
        for search in SEARCHED:
            word = rng.choice(WORDS)
            yield "GET", search + word, search + NOWHERE[word]
            case = rng.choice(cases)
            yield "GET", f"{search}C{case}", f"{search}C{ABSENT}"


def _ask(client: Any, method: str, address: str) -> tuple[int, str]:
    """Ask, and leave no trace of what was sent."""
    from django.db import transaction  # noqa: PLC0415 - after set_up

    # What is drawn for each answer is drawn alike, so that two can be compared.
    with (
        transaction.atomic(),
        mock.patch.object(secrets, "choice", lambda some: some[0]),
    ):
        sent = {"reason": "to find out", "note": "none"}
        if address.startswith("/api/") and method == "POST":
            answer = client.post(address, json.dumps(sent), "application/json")
        else:
            answer = (
                client.generic(method, address)
                if method == "GET"
                else (client.post(address, sent))
            )
        told = answer.getvalue().decode(errors="replace")
        transaction.set_rollback(True)
    return answer.status_code, told + str(answer.headers)


def _differs(client: Any, method: str, address: str, control: str) -> bool:
    one, other = _ask(client, method, address), _ask(client, method, control)
    return (one[0], _still(one[1], address)) != (other[0], _still(other[1], control))


def _still(told: str, address: str) -> str:
    """Take out of an answer what was asked and what is drawn anew for each."""
    for word in (*WORDS, *NOWHERE.values()):
        told = told.replace(word, "WORD")
    for number in re.findall(r"\d{7}", address):
        told = told.replace(number, "N")
    return VARIES.sub("", told)


if __name__ == "__main__":
    main()
