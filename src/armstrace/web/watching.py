"""Health and figures of the running service: for proxies, alarms and Prometheus.

``/health/live`` says that the process answers, ``/health/ready`` that it can work;
both say nothing about records. The figures are told on a port of their own.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from armstrace.accounts.actors import system_actor
from armstrace.audit import keys
from armstrace.audit import queries as audit
from armstrace.jobs import queries as jobs
from armstrace.jobs import stamps
from armstrace.web import urls
from armstrace.web.measures import Measures

LIVE, READY = "/health/live", "/health/ready"
OTHERS = ("api", "public", "static", "health", "other")
FIRST_PARTS = {"api": "api", "public": "public", "static": "static"}
LEAST_FREE = 256 * 1024 * 1024
SILENCE = timedelta(minutes=2)
TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Watching:
    """Middleware, the outermost: answer for health and figures, count the rest."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; the port of figures answers nothing else, and no other port does."""
        if request.META.get("SERVER_PORT") == str(settings.METRICS_PORT):
            return figures()
        if request.path == LIVE:
            return HttpResponse("live\n", content_type="text/plain")
        if request.path == READY:
            return readiness()
        begun = time.perf_counter()
        response = self.answer(request)
        if settings.METRICS_PORT:
            seconds = time.perf_counter() - begun
            _measures().count(area_of(request), response.status_code, seconds)
        return response


def area_of(request: HttpRequest) -> str:
    """Name the area of the pages that answered; no number of a record is in it."""
    first = request.path.strip("/").partition("/")[0]
    if first in FIRST_PARTS:
        return FIRST_PARTS[first]
    found = request.resolver_match
    module = getattr(found.func, "__module__", "") if found else ""
    part = module.removeprefix("armstrace.web.").partition(".")[0]
    return part if part in areas() else "other"


@cache
def areas() -> tuple[str, ...]:
    """Name every area under which requests are counted."""
    return (*(name.split(".")[-2] for name in urls.areas()), *OTHERS)


def readiness() -> HttpResponse:
    """Say whether the service can work, and which part of it fails."""
    checks = {
        "database": _reaches_database,
        "keys": lambda: (keys.folder() / keys.SIGNING).exists(),
        "disk": lambda: shutil.disk_usage(settings.HOME).free > LEAST_FREE,
        "worker": _hears_worker,
    }
    failing = [name for name, holds in checks.items() if not holds()]
    # Pages can be read while no worker runs: it is told and makes nothing unready.
    is_ready = not set(failing) - {"worker"}
    told = {"ready": is_ready, "failing": failing}
    response = JsonResponse(told, status=200 if is_ready else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def figures() -> HttpResponse:
    """Give the figures in the text form of Prometheus."""
    lines = [*_measures().lines(), *_gauges(datetime.now(UTC))]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


type Gauge = tuple[str, str, dict[str, float | None]]


def _gauges(at: datetime) -> Iterator[str]:
    for name, words, values in (*_from_records(at), *_from_the_home(at)):
        yield f"# HELP armstrace_{name} {words}"
        yield f"# TYPE armstrace_{name} gauge"
        for label, value in values.items():
            if value is not None:
                yield f"armstrace_{name}{label} {value:.15g}"


def _from_the_home(at: datetime) -> Iterator[Gauge]:
    backup = _age(stamps.last_backup(settings.HOME), at)
    worker = _age(stamps.worker_heard(settings.HOME), at)
    free = shutil.disk_usage(settings.HOME).free
    yield "backup_age_seconds", "Since the last backup.", {"": backup}
    yield "worker_age_seconds", "Since the worker was heard.", {"": worker}
    yield "disk_free_bytes", "Of the disk of ARMSTRACE_HOME.", {"": free}


def _from_records(at: datetime) -> Iterator[Gauge]:
    viewer = system_actor()
    try:
        standing = audit.standing(viewer=viewer)
        counts = jobs.counts_by_state(viewer=viewer)
    except Error:
        yield "database_up", "Whether the database answers.", {"": 0}
        return
    yield "database_up", "Whether the database answers.", {"": 1}
    told: dict[str, float | None] = {
        f'{{state="{state.lower()}"}}': count for state, count in counts.items()
    }
    yield "jobs", "Jobs that are not done.", told
    yield "ledger_entries", "Entries of the ledger.", {"": standing.size}
    age = _age(standing.checkpoint_at, at)
    yield "checkpoint_age_seconds", "Since the last checkpoint.", {"": age}


def _age(moment: datetime | None, at: datetime) -> float | None:
    return None if moment is None else (at - moment).total_seconds()


def _reaches_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _hears_worker() -> bool:
    heard = stamps.worker_heard(settings.HOME)
    return heard is not None and datetime.now(UTC) - heard <= SILENCE


@cache
def _measures() -> Measures:
    return Measures(Path(settings.HOME) / "run", areas())
