"""Look at records at random as many people, then ask the ledger who looked at what.

    python -m benchmarks consultations [--requests 10000] [--size 5000]
    python tests/with_postgres.py python -m benchmarks consultations

People of six roles, and programmes that act for them, open recoveries, arms and
exhibits, lists of them, files and look-ups, at random: pages and the API. Of every
record that an answer named, the auditor's question must then give that person at that
moment. Without the consultation log some requests are answered again, so that its cost
is told.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks import commands

SEED = 20261126
PEOPLE = ("officer", "custodian", "analyst", "supervisor", "examiner", "registrar")
PLACES = {
    "recoveries.recovery": "/recoveries/",
    "registry.arm": "/registry/",
    "custody.exhibit": "/custody/",
}
PLAIN = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
ADDRESS = re.compile(r'href="(/(?:recoveries|registry|custody)/)(\d+)/')
LETTERS = {"R": "/recoveries/", "A": "/registry/", "E": "/custody/"}
# By a field of an answer, or first in a row of a file: serial numbers may read alike.
NUMBER = re.compile(
    r'(?:"(?:id|arm|recovery|exhibit|[a-z]+_id)": "|^)([RAE])([1-9]\d*)(?="|,)', re.M
)
API = {
    "/recoveries/": "/api/v1/recoveries",
    "/registry/": "/api/v1/registry/arms",
    "/custody/": "/api/v1/custody",
}
SERIALS = ["B12", "RVU646", "A?123", "GLOCK", "1234", "978718", "CZ75", "X0995*"]


def main() -> None:
    """Make a demo, look, and ask."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=5000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        words = ("demo", "--size", str(given.size), "--no-serve")
        commands.armstrace(Path(folder), *words, on_postgres=commands.has_postgres())
        os.environ["ARMSTRACE_HOME"] = folder
        from armstrace.cli.main import set_up  # noqa: PLC0415 - the folder first

        set_up()
        json.dump(replay(given.requests), sys.stdout, indent=2)


def replay(count: int) -> dict[str, Any]:
    """Make the requests, then look each of them up by record and person."""
    from django.db import connection  # noqa: PLC0415 - after set_up
    from django.test import override_settings  # noqa: PLC0415

    from armstrace.audit.models import LedgerEntry  # noqa: PLC0415

    with override_settings(ALLOWED_HOSTS=["*"], STORAGES=PLAIN):
        asked = _requests(count)
        before = LedgerEntry.objects.count()
        _, seen, opened = _look(asked)
        entries = LedgerEntry.objects.count() - before
        sample = asked[: len(asked) // 4]
        logged = _look(sample)[0]  # once more, as warm as without the log
        with _without_log():
            bare = _look(sample)[0]
    missing, checked, per_ask = _ask(seen)
    return {
        "database": connection.vendor,
        "requests": len(asked),
        "answered with a page": opened,
        "entries": entries,
        "records named in answers": checked,
        "not answerable": missing,
        "one question, ms": per_ask,
        "cost of one, processor ms": round((logged - bare) * 1000 / len(sample), 2),
    }


def _requests(count: int) -> list[tuple[str, str]]:
    """Draw who opens which address."""
    from django.apps import apps  # noqa: PLC0415 - after set_up

    rng = random.Random(SEED)
    keys = {
        label: list(apps.get_model(label)._base_manager.values_list("pk", flat=True))  # noqa: SLF001
        for label in PLACES
    }
    return [(rng.choice(PEOPLE), _address(rng, keys)) for _ in range(count)]


def _address(rng: random.Random, keys: dict[str, list[int]]) -> str:
    """Draw a record, a list, a file of one or a look-up: a page or a call."""
    label = rng.choice([*PLACES])
    place, key = PLACES[label], rng.choice(keys[label])
    after = f"?cursor={key}&limit=20"
    wanted = {
        f"{place}{key}/": 50,
        f"{API[place]}/{key}": 20,
        f"{place}?page={rng.randrange(1, 5)}": 12,
        f"{API[place]}{after}": 6,
        f"/look-up/?q={rng.choice(SERIALS)}": 8,
        f"/api/v1/registry/candidates?serial={rng.choice(SERIALS)}": 3,
        f"{place}?q={rng.choice(SERIALS)}&format=csv": 1,
    }
    return rng.choices([*wanted], [*wanted.values()])[0]


type Seen = dict[tuple[str, int], list[tuple[str, datetime, datetime]]]


def _look(asked: list[tuple[str, str]]) -> tuple[float, Seen, int]:
    """Open all of them; give processor seconds, who saw which record when, pages."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after set_up
    from django.test import Client  # noqa: PLC0415

    browsers, bearers = {}, {}
    for name in PEOPLE:
        browsers[name] = Client()
        person = get_user_model().objects.get(name=name)
        way = "django.contrib.auth.backends.ModelBackend"
        browsers[name].force_login(person, way)
        bearers[name] = {"Authorization": f"Bearer {_token(person)}"}
    label_of = {place: label for label, place in PLACES.items()}
    seen: Seen = defaultdict(list)
    opened, spent = 0, 0.0
    for name, address in asked:
        begun, started = datetime.now(UTC), time.process_time()
        headers = bearers[name] if address.startswith("/api/") else {}
        answer = browsers[name].get(address, headers=headers)
        spent += time.process_time() - started
        if answer.status_code != 200:
            continue
        opened += 1
        ended = datetime.now(UTC)
        named = _named(address, answer)
        if own := re.fullmatch(r"(/.+/)(\d+)/", address):
            named.add((own[1], own[2]))
        for place, key in named:
            seen[label_of[place], int(key)].append((name, begun, ended))
    return spent, seen, opened


def _named(address: str, answer: Any) -> set[tuple[str, str]]:
    """Give the records that an answer names: a page by links, others by numbers."""
    is_page = answer.headers["Content-Type"].startswith("text/html")
    content = answer.getvalue().decode()
    if is_page:
        return set(ADDRESS.findall(content))
    found = {(LETTERS[letter], key) for letter, key in NUMBER.findall(content)}
    return found | _own(address)


def _own(address: str) -> set[tuple[str, str]]:
    one = re.fullmatch(r"(/api/.+)/(\d+)", address)
    return {(p, one[2]) for p, route in API.items() if one and route == one[1]}


def _token(person: Any) -> str:
    from armstrace.accounts import actions, actors, tokens  # noqa: PLC0415

    secret, at = tokens.new_secret(), datetime.now(UTC)
    stated = actions.NewToken("replay", secret, at + timedelta(days=1))
    actions.issue_token(user=person, stated=stated, by=actors.system_actor(), at=at)
    return secret


def _without_log() -> Any:
    from armstrace.audit import consultations  # noqa: PLC0415 - after set_up

    return mock.patch.object(consultations.Consultation, "write", return_value=None)


def _ask(seen: Seen) -> tuple[list[str], int, float]:
    """Ask of each record who looked at it; name what the ledger does not tell."""
    from armstrace.accounts import actors  # noqa: PLC0415 - after set_up
    from armstrace.audit import consulted  # noqa: PLC0415
    from armstrace.vocabulary.actors import Purpose  # noqa: PLC0415

    auditor = actors.system_actor(Purpose.OVERSIGHT)
    missing, checked, started = [], 0, time.perf_counter()
    for (label, key), looks in seen.items():
        where = consulted.ConsultationFilter(record=(label, key))
        rows = consulted.consultations(
            where, viewer=auditor, at=datetime.now(UTC), limit=None
        )
        for name, begun, ended in looks:
            checked += 1
            told = any(row.actor == name and begun <= row.at <= ended for row in rows)
            if not told:
                missing.append(f"{name} {label} {key} {begun:%H:%M:%S}")
    took = (time.perf_counter() - started) * 1000 / max(1, len(seen))
    return missing[:20], checked, round(took, 1)


if __name__ == "__main__":
    main()
