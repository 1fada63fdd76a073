"""How fast licences answer: work queue, holder and stock book over 1,000,000.

    python -m benchmarks licences [--rows 1000000] [--repeated 40] [--folder FOLDER]
    python tests/with_postgres.py python -m benchmarks licences

One database is filled with as many invented holders, licences, applications and
arms: one application in twenty is open, one holder in a thousand is a dealer, and
the first dealer has 20,000 lines in the stock book. Each question is asked anew of
another record. On PostgreSQL where DATABASE_URL and DATABASE_ADMIN_URL are set.
"""

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

from benchmarks import commands, copies

SEEN = datetime(2026, 1, 2, tzinfo=UTC)
AT = datetime(2026, 6, 1, tzinfo=UTC)
CHUNK = 20_000
LONG_BOOK = 10_000
STAGES = ("RECEIVED", "COMPLETE", "IN_VETTING", "ADVISED")
NAMES = ("Ama", "Bo", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal", "Ida", "Jo")


def fill(size: int) -> None:
    """Write holders, licences, applications and arms straight into the tables."""
    from django.db import transaction  # noqa: PLC0415 - after set_up

    rng = random.Random(1)
    for numbers in batched(range(size), CHUNK, strict=False):
        with transaction.atomic():
            _fill_some(numbers, size, rng)
    copies.settle()


def _fill_some(numbers: tuple[int, ...], size: int, rng: random.Random) -> None:
    from armstrace.licensing import models  # noqa: PLC0415 - after set_up
    from armstrace.records import bulk  # noqa: PLC0415
    from armstrace.registry import models as registry  # noqa: PLC0415

    seen = {"known_at": SEEN}
    named = [{"number": f"N{n}", **seen} for n in numbers]
    holders = bulk.insert(models.Holder, named)
    dealers = max(1, size // 1_000)
    bulk.insert(
        models.HolderRecord,
        [
            {
                "holder_id": key,
                "name": f"{rng.choice(NAMES)} Sample {n}",
                "kind": "DEALER" if n < dealers else "PERSON",
                **seen,
            }
            for n, key in zip(numbers, holders, strict=True)
        ],
    )
    bulk.insert(
        models.Licence,
        [
            {
                "holder_id": key,
                "number": f"L{n}",
                "licence_type": "DEAL" if n < dealers else "POSSESS",
                "valid_from": date(2020, 1, 1),
                "valid_until": date(2025, 1, 1) + timedelta(days=rng.randrange(2000)),
                **seen,
            }
            for n, key in zip(numbers, holders, strict=True)
        ],
    )
    files = [
        {
            "agency": "VFR",
            "holder_id": key,
            "activity": "POSSESS",
            "kind": "NEW",
            "key": f"{n}",
            "made_by": "bench",
            **seen,
        }
        for n, key in zip(numbers, holders, strict=True)
    ]
    keys = bulk.insert(models.Application, files)
    bulk.insert(models.ApplicationRecord, list(_records(keys, rng)))
    arms = bulk.insert(
        registry.Arm,
        [
            {
                "source": "BENCH",
                "source_number": f"{n}",
                "state": "HELD_CIVILIAN",
                "holder_id": key,
                **seen,
            }
            for n, key in zip(numbers, holders, strict=True)
        ],
    )
    bulk.insert(
        registry.ArmRecord,
        [
            {
                "arm_id": key,
                "make": f"MAKE {key % 200}",
                "serial_search": f"{n}",
                **seen,
            }
            for n, key in zip(numbers, arms, strict=True)
        ],
    )
    moves = zip(numbers, arms, holders, strict=True)
    bulk.insert(
        registry.LifeEvent,
        [event for one in moves for event in _events(*one, dealers, rng)],
    )


def _records(keys: list[int], rng: random.Random) -> Iterator[dict[str, Any]]:
    for key in keys:
        sent = date(2026, 1, 1) - timedelta(days=rng.randrange(2000))
        is_open = rng.random() < 0.05
        yield {
            "application_id": key,
            "stage": rng.choice(STAGES) if is_open else "ISSUED",
            "turn": "ASSESSOR" if is_open else "NOBODY",
            "act": "SEND",
            "done_by": "bench",
            "sent_on": sent,
            "due_on": sent + timedelta(days=90) if is_open else None,
            "days_allowed": 60,
            "decided_on": None if is_open else sent + timedelta(days=50),
            "licence_number": "" if is_open else f"L{key}",
            "missing": [],
            "known_at": SEEN,
        }


def _events(
    number: int, arm: int, holder: int, dealers: int, rng: random.Random
) -> Iterator[dict[str, Any]]:
    dealer = 1 if number < LONG_BOOK else 1 + rng.randrange(dealers)
    bought = date(2015, 1, 1) + timedelta(days=rng.randrange(4000))
    for step, kind, taken, given in (
        (1, "SOLD_TO_DEALER", dealer, None),
        (2, "SOLD_TO_HOLDER", holder, dealer),
    ):
        yield {
            "arm_id": arm,
            "source": "BENCH",
            "source_number": f"{arm}-{step}",
            "kind": kind,
            "happened_on": bought + timedelta(days=step),
            "holder_to_id": taken,
            "holder_from_id": given,
            "known_at": SEEN,
        }


def questions(size: int) -> dict[str, Callable[[random.Random], object]]:
    """Give what is timed, each with a record of its own."""
    from armstrace.accounts import actors  # noqa: PLC0415 - after set_up
    from armstrace.licensing import queries  # noqa: PLC0415
    from armstrace.registry.queries import stock  # noqa: PLC0415
    from armstrace.vocabulary.actors import Purpose  # noqa: PLC0415
    from armstrace.vocabulary.paging import PageRequest  # noqa: PLC0415

    viewer = actors.system_actor(Purpose.REGISTRATION)
    shown, page = queries.ApplicationsShown, PageRequest()
    how: dict[str, Any] = {"viewer": viewer, "at": AT}
    book = {"viewer": viewer, "page": page}

    def queue(**told: Any) -> object:
        where = queries.ApplicationFilter(**told)
        return queries.application_rows(where, page=page, **how)

    def named(text: str, **more: Any) -> object:
        where = queries.HolderFilter(text, **more)
        return queries.holder_rows(where, page=page, **how)

    return {
        "work queue": lambda _: queue(shown=shown.OPEN),
        "work queue, overdue": lambda _: queue(shown=shown.OVERDUE),
        "work queue, all": lambda _: queue(),
        "work queue, by licence": lambda r: queue(text=f"L{r.randrange(size)}"),
        "waiting": lambda _: queries.waiting(**how),
        "holders": lambda _: named(""),
        "holders, by number": lambda r: named(f"N{r.randrange(size)}"),
        "holders, by name": lambda r: named(f"Sample {r.randrange(size)}"),
        "one holder": lambda r: queries.holder_page(1 + r.randrange(size), **how),
        "stock book": lambda r: stock.stock_rows(
            2 + r.randrange(max(1, size // 1_000 - 1)), stock.StockFilter(), **book
        ),
        "stock book, long": lambda _: stock.stock_rows(1, stock.StockFilter(), **book),
        "stock count, long": lambda _: stock.stock_count(
            1, stock.StockFilter(), viewer=viewer
        ),
    }


def measured(size: int, repeated: int) -> None:
    """Ask each question so often, as after an act of somebody else, and print ms."""
    from django.db import connection, transaction  # noqa: PLC0415 - after set_up

    from armstrace.audit import stamps  # noqa: PLC0415

    rng = random.Random(2)
    for name, ask in questions(size).items():
        took, work = [], []
        for _ in range(repeated + 1):
            stamps._KEPT.clear()  # noqa: SLF001 - no count of before is kept
            served = commands.server_seconds()
            begun, worked = time.perf_counter(), time.process_time()
            with transaction.atomic():
                ask(rng)
            took.append((time.perf_counter() - begun) * 1000)
            spent = time.process_time() - worked + commands.server_seconds() - served
            work.append(spent * 1000)
        first, *later = took  # the first one reads code and calendars, too
        cuts = statistics.quantiles(later, n=20)
        said = {"p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}
        said |= {"processor_ms": round(statistics.median(work)), "first_ms": first // 1}
        print(json.dumps({"database": connection.vendor, "asked": name, **said}))


def main() -> None:
    """Fill a database of its own and measure."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=1_000_000)
    words.add_argument("--repeated", type=int, default=40)
    words.add_argument("--folder", type=Path, help="one that was filled before")
    wanted = words.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = wanted.folder or Path(made)
        is_new = not folder.exists() or not any(folder.iterdir())
        if is_new:
            commands.armstrace(folder, "init", on_postgres=commands.has_postgres())
        os.environ["ARMSTRACE_HOME"] = str(folder)
        from armstrace.cli.main import set_up  # noqa: PLC0415 - the folder is known

        set_up()
        if is_new:
            begun = time.perf_counter()
            fill(wanted.rows)
            print(json.dumps({"filled_in_s": round(time.perf_counter() - begun)}))
        measured(wanted.rows, wanted.repeated)


if __name__ == "__main__":
    main()
