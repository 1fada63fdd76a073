"""How fast the lists answer of arms that move, lie and end, over 1,000,000.

    python -m benchmarks movements [--arms 1000000] [--shipments 100000]
        [--repeated 40] [--folder FOLDER] [--only TEXT]
    python tests/with_postgres.py python -m benchmarks movements

One database is filled with what acts put on record, copied: arms in 60 stores, with
papers, lots and counts; consignments; a deactivation for every tenth arm; campaigns;
lots of destruction and what waits for one. Every page is asked in this process as by
somebody who is signed in, each time of another record, and as if somebody had just
changed one: no count is kept from the time before. On PostgreSQL where DATABASE_URL and
DATABASE_ADMIN_URL are set. A page of more than 100 ms tells its slowest query.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from benchmarks import commands

sys.path.insert(0, str(Path(__file__).parents[1]))

SLOW_MS = 100
LAST_PAGE = 200
PLAIN = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
NAMES = {
    "a": "registry.Arm",
    "g": "transfers.Authorisation",
    "j": "transfers.Consignment",
    "store": "stockpiles.Depot",
    "lot": "stockpiles.Lot",
    "paper": "stockpiles.Paper",
    "count": "stockpiles.StockCount",
    "u": "deactivations.Deactivation",
    "i": "collection.Campaign",
    "o": "collection.HandIn",
    "y": "disposal.Lot",
    "e": "custody.Exhibit",
}
# By who asks; what stands in braces is another number each time.
PAGES = {
    "licensing": (
        "/today/",
        "/transfers/",
        "/transfers/?page={page}",
        "/transfers/?q=G{g}",
        "/transfers/?q=Range {n} House",
        "/transfers/?q=no such party {n}",
        "/transfers/?stage=OPEN",
        "/transfers/?stage=ISSUED&page={page}",
        "/transfers/?direction=EXPORT&country=SI",
        "/transfers/?country=DE",
        "/transfers/?is_overdue=on",
        "/transfers/{g}/",
    ),
    "customs": (
        "/today/",
        "/transfers/consignments/",
        "/transfers/consignments/?page={page}",
        "/transfers/consignments/?q=J{j}",
        "/transfers/consignments/?q=G{g}",
        "/transfers/consignments/?q=WB-00{n}",
        "/transfers/consignments/?is_due=on",
        "/transfers/consignments/?is_due=on&page={page}",
        "/transfers/consignments/?is_lead=on",
        "/transfers/consignments/?step=ENTERED",
        "/transfers/consignments/?step=REFUSED",
        "/transfers/consignments/?alarm=NO_RECEIPT",
        "/transfers/consignments/{j}/",
    ),
    "custodian": (
        "/today/",
        "/stockpiles/",
        "/stockpiles/{store}/",
        "/stockpiles/{store}/?page={page}",
        "/stockpiles/lots/{lot}/",
        "/stockpiles/papers/{paper}/",
        "/stockpiles/counts/{count}/",
        "/destruction/",
        "/destruction/?page={page}",
        "/destruction/?is_destroyed=no",
        "/destruction/?is_destroyed=yes&page={page}",
        "/destruction/{y}/",
        "/collection/",
        "/collection/?page={page}",
        "/collection/{i}/",
        "/collection/{large}/",
        "/collection/{large}/?page={page}",
        "/collection/receipt/{o}/",
        "/custody/",
        "/custody/disposals/",
    ),
    "officer": ("/today/", "/stockpiles/", "/stockpiles/{store}/"),
    "examiner": (
        "/today/",
        "/deactivations/",
        "/deactivations/?page={page}",
        "/deactivations/?q=U{u}",
        "/deactivations/?q=A{a}",
        "/deactivations/?q=Gunsmiths {n}",
        "/deactivations/?q=no such hand {n}",
        "/deactivations/?state=WAITING",
        "/deactivations/?state=VERIFIED&page={page}",
        "/deactivations/?state=REFUSED",
        "/deactivations/?is_reactivated=on",
        "/deactivations/{u}/",
    ),
}
CALLS = {
    "licensing": (
        "/api/v1/transfers?cursor={g}",
        "/api/v1/transfers?stage=OPEN&cursor={g}",
        "/api/v1/transfers?text=Range {n} House",
        "/api/v1/transfers?changed_since={since}&cursor={g}",
        "/api/v1/consignments?cursor={j}",
        "/api/v1/consignments?is_due=true&cursor={j}",
        "/api/v1/consignments?changed_since={since}",
        "/api/v1/deactivations?cursor={u}",
        "/api/v1/deactivations?state=WAITING&cursor={u}",
        "/api/v1/deactivations?changed_since={since}",
    ),
    "custodian": (
        "/api/v1/stockpiles",
        "/api/v1/stockpiles/{store}/arms",
        "/api/v1/stockpiles/{store}/arms?cursor={a}",
        "/api/v1/stockpiles/{store}/arms?changed_since={since}",
        "/api/v1/collection/campaigns?cursor={i}",
        "/api/v1/collection/campaigns/{i}/counts",
        "/api/v1/destruction/lots?cursor={y}",
        "/api/v1/destruction/lots?is_destroyed=false&cursor={y}",
        "/api/v1/destruction/lots?changed_since={since}",
    ),
}


def numbers_of() -> Callable[[random.Random], Mapping[str, object]]:
    """Give what draws the numbers of records that pages are asked of."""
    from django.apps import apps  # noqa: PLC0415 - after set_up
    from django.db.models import Max, Min  # noqa: PLC0415

    ends: dict[str, tuple[int, int]] = {}
    for name, label in NAMES.items():
        model: Any = apps.get_model(label)
        asked = {"known_at__isnull": False}
        found = model.objects.filter(**asked).aggregate(Min("pk"), Max("pk"))
        ends[name] = found["pk__min"], found["pk__max"]
    largest = ends["i"][1]
    ends["i"] = ends["i"][0], largest - 1

    def draw(rng: random.Random) -> Mapping[str, object]:
        drawn: dict[str, object] = {k: rng.randint(*both) for k, both in ends.items()}
        since = datetime.now(UTC) - timedelta(minutes=rng.randrange(1, 600))
        return drawn | {
            "page": rng.randrange(2, LAST_PAGE),
            "n": rng.randrange(10, 100),
            "large": largest,
            "since": since.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    return draw


def signed_in(role: str) -> Any:
    """Give a client of a person of the demo."""
    from django.test import Client  # noqa: PLC0415 - after set_up

    from armstrace.accounts.models import User  # noqa: PLC0415

    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(User.objects.get(name=role), backend)
    return client


def calling(role: str) -> Any:
    """Give a client of a programme with a person's token."""
    from django.test import Client  # noqa: PLC0415 - after set_up

    from armstrace.accounts import actions, actors, tokens  # noqa: PLC0415
    from armstrace.accounts.models import User  # noqa: PLC0415

    at, secret = datetime.now(UTC), tokens.new_secret()
    stated = actions.NewToken("bench", secret, at + timedelta(days=1))
    user = User.objects.get(name=role)
    actions.issue_token(user=user, stated=stated, by=actors.system_actor(), at=at)
    return Client(headers={"authorization": f"Bearer {secret}"})


def measured(repeated: int, only: str) -> None:
    """Ask each page so often, and print milliseconds."""
    draw, rng = numbers_of(), random.Random(2)
    for how, asked in ((signed_in, PAGES), (calling, CALLS)):
        for role, paths in asked.items():
            client = how(role)
            for path in (each for each in paths if only in each):
                told = _timed(client, path, lambda: draw(rng), repeated)
                print(json.dumps({"by": role, "asked": path} | told), flush=True)


def _timed(
    client: Any,
    path: str,
    draw: Callable[[], Mapping[str, object]],
    repeated: int,
) -> dict[str, object]:
    from armstrace.audit import stamps  # noqa: PLC0415 - after set_up

    took, work = [], []
    for turn in range(repeated + 1):
        address = path.format(**draw())
        stamps._KEPT.clear()  # noqa: SLF001 - as after an act of somebody else
        served = commands.server_seconds()
        begun, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        answer.getvalue()
        ended, done = time.perf_counter(), time.process_time()
        if answer.status_code not in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}:
            message = f"{address} was answered by {answer.status_code}"
            raise RuntimeError(message)
        if turn:
            took.append((ended - begun) * 1000)
            spent = done - worked + commands.server_seconds() - served
            work.append(spent * 1000)
    cuts = statistics.quantiles(took, n=20)
    told: dict[str, object] = {"p50_ms": round(cuts[9]), "p95_ms": round(cuts[18])}
    told["processor_ms"] = round(statistics.median(work))
    if cuts[18] > SLOW_MS:
        told["slowest"] = _slowest(client, path.format(**draw()))
    return told


def _slowest(client: Any, address: str) -> dict[str, object]:
    """Give the dearest query of a page."""
    from django.db import connection  # noqa: PLC0415 - after set_up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from armstrace.audit import stamps  # noqa: PLC0415

    stamps._KEPT.clear()  # noqa: SLF001 - as above
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    one = max(asked.captured_queries, key=lambda each: float(each["time"]))
    return {"queries": len(asked), "s": float(one["time"]), "sql": one["sql"][:600]}


def main() -> None:
    """Fill a database of its own and measure."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--arms", type=int, default=1_000_000)
    words.add_argument("--shipments", type=int, default=100_000)
    words.add_argument("--repeated", type=int, default=40)
    words.add_argument("--folder", type=Path, help="one that was filled before")
    words.add_argument("--only", default="", help="pages with this in their address")
    wanted = words.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = wanted.folder or Path(made)
        is_new = not folder.exists() or not any(folder.iterdir())
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "demo").touch()  # the accounts have no second factor
        os.environ |= {"ARMSTRACE_HOME": str(folder), "ARMSTRACE_COUNTRY": "XV"}
        from armstrace.cli.main import set_up  # noqa: PLC0415 - the folder is known

        set_up()
        from django.db import connection  # noqa: PLC0415 - after set_up
        from django.test import override_settings  # noqa: PLC0415

        print(json.dumps({"database": connection.vendor, "load": os.getloadavg()}))
        with override_settings(
            ALLOWED_HOSTS=["*"], STORAGES=PLAIN, API_CALLS_A_MINUTE=10**9
        ):
            if is_new:
                _fill(wanted.arms, wanted.shipments)
            measured(wanted.repeated, wanted.only)


def _fill(arms: int, sent: int) -> None:
    from armstrace.accounts import actors  # noqa: PLC0415 - after set_up
    from armstrace.cli import demonstrating, init  # noqa: PLC0415
    from benchmarks import movements_life  # noqa: PLC0415

    init.prepare()
    demonstrating.open_accounts(actors.system_actor())
    movements_life.fill(arms, sent)


if __name__ == "__main__":
    main()
