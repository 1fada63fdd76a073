"""How fast the pages answer: queries, processor time, p95 with eight at once.

Runs on the database of the environment (ARMSTRACE_HOME or DATABASE_URL), which
must hold a demo. For the figures of the release: 1,000,000 registered arms and
100,000 recoveries (``armstrace demo --size 1000000 --recoveries 100000``).
"""

import argparse
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from itertools import repeat
from urllib.parse import urlsplit

import requests

PASSPHRASE = "varnia demo passphrase"
PURPOSE = "TRACING"
REPEATED = 15
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PAGES = {
    "today": "/today/",
    "recoveries": "/recoveries/",
    "recoveries, page 150": "/recoveries/?page=150",
    "recoveries, by serial": "/recoveries/?q=A1",
    "recoveries, filtered": "/recoveries/?kind=FOUND&year=2024",
    "recoveries, undecided": "/recoveries/?stands=UNDECIDED",
    "one recovery": "/recoveries/{recovery}/",
    "registry": "/registry/",
    "registry, by serial": "/registry/?q=B12",
    "registry, by make": "/registry/?make=GLOCK",
    "registry, by state": "/registry/?state=STOLEN",
    "one arm": "/registry/{arm}/",
    "traces": "/traces/",
    "one trace": "/traces/{recovery}/",
    "quick look": "/look-up/?q=A?123&make=GLOCK",
    "figures": "/figures/",
    "open steps": "/steps/",
    "shares and lead times": "/steps/figures/",
    "network": "/intelligence/network/?of=R{recovery}",
    "transfers": "/transfers/",
    "transfers, by country": "/transfers/?country=AT",
    "transfers, by party": "/transfers/?q=Alpine",
    "transfers, overdue": "/transfers/?is_overdue=on",
    "consignments": "/transfers/consignments/",
    "consignments, due": "/transfers/consignments/?is_due=on",
    "consignments, leads": "/transfers/consignments/?is_lead=on",
}


@dataclass(frozen=True, slots=True)
class Timing:
    page: str
    queries: int
    processor_ms: float
    kilobytes: float
    p50_ms: float
    p95_ms: float
    worst_ms: float


class Person:
    """Someone signed in; each page comes over a connection of its own, as from a proxy.

    Pages are read with the plain client of the standard library: on one machine
    the time of a dearer client would count as the server's.
    """

    def __init__(self, base: str, name: str) -> None:
        with requests.Session() as browser:
            page = browser.get(f"{base}/sign-in/", timeout=60)
            asked = {"username": name, "password": PASSPHRASE}
            for address, told in (
                ("sign-in", asked),
                ("purpose", {"purpose": PURPOSE}),
            ):
                told["csrfmiddlewaretoken"] = _token(page.text)
                page = browser.post(f"{base}/{address}/", data=told, timeout=60)
            kept = "; ".join(f"{one.name}={one.value}" for one in browser.cookies)
        self.headers = {"Cookie": kept, "Connection": "close"}
        self.host = urlsplit(base).netloc

    def open(self, path: str) -> tuple[float, int]:
        """Open a page; give milliseconds and bytes."""
        begun = time.perf_counter()
        line = http.client.HTTPConnection(self.host, timeout=120)
        line.request("GET", path, headers=self.headers)
        answer = line.getresponse()
        page = answer.read()
        took = (time.perf_counter() - begun) * 1000
        if answer.status != HTTPStatus.OK:
            message = f"{path} was answered by {answer.status}"
            raise RuntimeError(message)
        return took, len(page)


def _token(page: str) -> str:
    found = TOKEN.search(page)
    assert found is not None
    return found.group(1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(port: int) -> subprocess.Popen[bytes]:
    """Serve, and wait until the listener answers."""
    command = [sys.executable, "-m", "armstrace.cli.main", "serve", "--port", str(port)]
    server = subprocess.Popen(command)
    for _ in range(120):
        try:
            requests.get(f"http://127.0.0.1:{port}/sign-in/", timeout=1)
        except requests.RequestException:
            time.sleep(0.5)
        else:
            return server
    server.terminate()
    message = "the server did not start"
    raise RuntimeError(message)


def costs(paths: dict[str, str], role: str) -> dict[str, tuple[int, float]]:
    """Give queries and processor milliseconds of each page, asked in this process.

    Processor time and not time on the clock: a busy machine is slow, not dear.
    """
    from django.db import connection  # noqa: PLC0415 - after set_up
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from armstrace.accounts.models import User  # noqa: PLC0415

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(
        User.objects.get(name=role),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    client.post("/purpose/", {"purpose": PURPOSE})
    found = {}
    for name, path in paths.items():
        answer = client.get(path)
        assert answer.status_code == HTTPStatus.OK, f"{path}: {answer.status_code}"
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
            asked = len(caught.captured_queries)
        taken = []
        for _ in range(REPEATED):
            begun = time.process_time()
            client.get(path)
            taken.append((time.process_time() - begun) * 1000)
        found[name] = asked, statistics.median(taken)
    return found


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=96, help="of each page")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(words)
    os.environ["ARMSTRACE_DEMO"] = "True"  # the accounts have no second factor

    from armstrace.cli.main import set_up  # noqa: PLC0415 - a benchmark's own door

    set_up()
    from armstrace.cli import init  # noqa: PLC0415

    init.collect_static()
    from armstrace.recoveries.models import RecoveryRecord  # noqa: PLC0415
    from armstrace.registry.models import Arm  # noqa: PLC0415
    from armstrace.tracing.models import TraceFinding  # noqa: PLC0415

    found = TraceFinding.objects.exclude(diversion_kind="").order_by("-pk").first()
    places = {
        "recovery": found.trace.recovery_id,
        "arm": found.arm_id or Arm.objects.first().pk,
    }
    paths = {name: path.format(**places) for name, path in PAGES.items()}
    sizes = (
        f"{Arm.objects.count()} arms, {RecoveryRecord.objects.count()} recovery rows"
    )
    told = costs(paths, "supervisor")
    port = free_port()
    server = started(port)
    try:
        base = f"http://127.0.0.1:{port}"
        names = ["supervisor", "analyst"]
        people = [Person(base, names[n % 2]) for n in range(wanted.clients)]
        rows = [
            timed(name, path, people, wanted.requests, told[name])
            for name, path in paths.items()
        ]
    finally:
        server.terminate()
        server.wait(180)
    if wanted.json:
        print(json.dumps([row.__dict__ for row in rows], indent=1))
        return 0
    print(f"{sizes}; {wanted.clients} clients, {wanted.requests} requests a page")
    print(
        f"{'page':<24}{'queries':>8}{'cpu ms':>8}{'kB':>7}"
        f"{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}"
    )
    for row in rows:
        print(
            f"{row.page:<24}{row.queries:>8}{row.processor_ms:>8.1f}{row.kilobytes:>7.1f}"
            f"{row.p50_ms:>9.0f}{row.p95_ms:>9.0f}{row.worst_ms:>9.0f}"
        )
    return 0


def timed(
    name: str, path: str, people: list[Person], requests_: int, cost: tuple[int, float]
) -> Timing:
    """Let everyone open one page again and again, once every process knows it."""

    def walk(person: Person, share: int) -> list[tuple[float, int]]:
        return [person.open(path) for _ in range(share)]

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(walk, people, repeat(3)))
        shares = repeat(requests_ // len(people))
        opened = [one for found in pool.map(walk, people, shares) for one in found]
    times = sorted(took for took, _ in opened)
    cut = statistics.quantiles(times, n=100)
    kilobytes = opened[0][1] / 1000
    return Timing(name, *cost, kilobytes, cut[49], cut[94], times[-1])


if __name__ == "__main__":
    sys.exit(main())
