"""Fill the annual return of a year with many recoveries: seconds and memory.

    python -m benchmarks returns [--recoveries 10000 100000 1000000]
    python tests/with_postgres.py python -m benchmarks returns

One database is filled with invented recoveries, a year of its own for each size,
the smallest first, seven in ten of them with a trace; after each, a process of its
own fills the whole return, checks and lists included, and holds its time against
one DuckDB group-by over the same columns, exported in the same run. On PostgreSQL
where DATABASE_URL and DATABASE_ADMIN_URL are set, else on SQLite.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

from benchmarks import commands, copies

FIRST_YEAR = 2020
SEEN = datetime(2024, 1, 2, tzinfo=UTC)
CHUNK = 20_000
KINDS = ("SEIZED",) * 8 + ("FOUND", "SURRENDERED")
REASONS = ("POSSESSION",) * 6 + ("TRAFFICKING", "ILLICIT_USE", "ADMINISTRATIVE", "")
SERIALS = ("COMPLETE",) * 6 + ("PARTIAL", "OBLITERATED", "NEVER_MARKED", "UNKNOWN")
MADE = ("INDUSTRIAL",) * 7 + ("CRAFT", "PMF_3D", "UNKNOWN")
CHANGED = ("NONE",) * 7 + ("CONVERTED", "MODIFIED", "UNKNOWN")
OUTCOMES = (
    ("OPEN", "", "NOT_ESTABLISHED"),
    ("EXCEPTED", "", "NOT_ESTABLISHED"),
    ("CLOSED", "POINT_OF_DIVERSION_IDENTIFIED", "OWN_REGISTER"),
    ("CLOSED", "POINT_OF_DIVERSION_IDENTIFIED", "FOREIGN_REGISTER"),
    ("CLOSED", "LAST_LEGAL_HOLDER_IDENTIFIED", "AUTHORITY"),
    ("CLOSED", "NO_DIVERSION", "NOT_ESTABLISHED"),
    ("CLOSED", "RECORDS_UNAVAILABLE", "NOT_ESTABLISHED"),
)


def measure(folder: str, year: int, size: int) -> dict[str, Any]:
    """Add a year of one size and measure its return in another process."""
    words = [sys.executable, "-m", "benchmarks", "returns", "--year", str(year)]
    outputs = [
        subprocess.run(
            [*words, "--step", step, "--recoveries", str(size)],
            env={**os.environ, "ARMSTRACE_HOME": folder},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        for step in ("fill", "measure")
    ]
    found: dict[str, Any] = json.loads(outputs[-1])
    return found


def fill(year: int, size: int) -> None:
    """Write recoveries and their traces straight into the tables."""
    from django.db import transaction  # noqa: PLC0415 - after set_up

    from armstrace.records import bulk  # noqa: PLC0415
    from armstrace.recoveries.models import Recovery, RecoveryRecord  # noqa: PLC0415
    from armstrace.tracing.models import Trace, TraceDecision  # noqa: PLC0415

    rng = random.Random(1)
    for numbers in batched(range(size), CHUNK, strict=False):
        with transaction.atomic():
            identities = [
                {
                    "source": "BENCH",
                    "source_number": f"{year}-{number}",
                    "item_kind": "ARM",
                    "known_at": SEEN,
                }
                for number in numbers
            ]
            keys = bulk.insert(Recovery, identities)
            rows = [record(key, (year, size), rng) for key in keys]
            bulk.insert(RecoveryRecord, rows)
            traced = [key for key in keys if rng.random() < 0.7]
            begun = [{"recovery_id": key, "known_at": SEEN} for key in traced]
            traces = bulk.insert(Trace, begun)
            bulk.insert(TraceDecision, list(decisions(traces, rng)))
    copies.settle()


def record(recovery: int, whole: tuple[int, int], rng: random.Random) -> dict[str, Any]:
    """Invent what is known of a recovered arm."""
    from armstrace.vocabulary.arms import ArmType  # noqa: PLC0415 - after set_up
    from armstrace.vocabulary.recoveries import CriminalContext, PlaceKind  # noqa: PLC0415

    year, size = whole
    contexts = rng.sample(list(CriminalContext), rng.choice((0, 1, 1, 1, 2)))
    return {
        "recovery_id": recovery,
        "known_at": SEEN,
        "recovery_kind": rng.choice(KINDS),
        "recovered_on": date(year, 1, 1) + timedelta(days=rng.randrange(365)),
        "agency": f"P{rng.randrange(20):02d}",
        "case_number": f"{rng.randrange(max(1, size // 2))}",
        "legal_justification": rng.choice(REASONS) or "UNKNOWN",
        "place_kind": rng.choice(list(PlaceKind)).value,
        "criminal_contexts": [each.value for each in contexts],
        "arm_type": rng.choice(list(ArmType)).value,
        "make": f"MAKE {rng.randrange(200)}",
        "serial_search": f"{rng.randrange(size * 20)}",
        "serial_status": rng.choice(SERIALS),
        "production_class": rng.choice(MADE),
        "modification": rng.choice(CHANGED),
        "year_of_manufacture": rng.choice((None, 1890, 1975, 2001)),
    }


def decisions(traces: list[int], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Invent how traces stand."""
    for trace in traces:
        standing, outcome, established = rng.choice(OUTCOMES)
        yield {
            "trace_id": trace,
            "known_at": SEEN,
            "standing": standing,
            "outcome": outcome,
            "established": established,
            "exception": "WAIVED" if standing == "EXCEPTED" else "",
            "diversion_country": rng.choice(("", "US", "BR", "ES")),
            "decided_on": SEEN.date(),
            "decided_by": "analyst",
        }


def measured(year: int, size: int) -> dict[str, Any]:
    """Fill the return twice, with memory, and group the same columns in DuckDB."""
    from django.db import connection  # noqa: PLC0415 - after set_up

    from armstrace.accounts import actors  # noqa: PLC0415
    from armstrace.indicators import queries  # noqa: PLC0415
    from armstrace.vocabulary.actors import Purpose  # noqa: PLC0415

    by = actors.system_actor(Purpose.STATISTICS)
    before, idle = peak_mb(), os.getloadavg()[0]
    seconds = []
    for _ in range(2):
        begun = time.perf_counter()
        queries.return_of(year=year, viewer=by)
        seconds.append(round(time.perf_counter() - begun, 2))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # so that one process does the work
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    own, server = time.process_time(), commands.server_seconds()
    filled = queries.return_of(year=year, viewer=by)
    own = time.process_time() - own
    server = commands.server_seconds() - server
    peak = peak_mb()
    grouped = group_by(year)
    total = filled.table("A2")
    return {
        "database": connection.vendor,
        "recoveries": size,
        "counted": [cell.value for cell in total.cells()] if total else [],
        "seconds_first_and_again": seconds,
        "processor_seconds_here_and_in_server": [round(own, 2), round(server, 2)],
        "peak_mb": peak,
        "peak_mb_before": before,
        "duckdb_group_by_seconds": grouped,
        "times_duckdb": round(min(seconds) / grouped, 1),
        "load_average_before": round(idle, 1),
        "failed_checks": sum(check.holds is False for check in filled.checks),
    }


def group_by(year: int) -> float:
    """Export the columns of the return and group them once, in DuckDB."""
    import duckdb  # noqa: PLC0415 - an extra
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

    from armstrace.indicators.queries import counted, returns_columns  # noqa: PLC0415
    from armstrace.vocabulary.actors import Agencies  # noqa: PLC0415

    years = counted.one_year(year)
    scope = counted.CountScope(Agencies(are_all=True), years)
    read = returns_columns.expressions(scope)
    rows = counted.arms(scope).annotate(joined=returns_columns.Joined(*read.values()))
    texts = rows.order_by().values_list("joined", flat=True).iterator(chunk_size=CHUNK)
    split = zip(*(text.split("|", len(read) - 1) for text in texts), strict=True)
    exported = pa.table(dict(zip(read, map(pa.array, split), strict=True)))
    with duckdb.connect() as base:
        base.execute("SET threads = 2")
        base.register("exported", exported)
        base.execute("CREATE TABLE arms AS SELECT * FROM exported")
        grouped = "SELECT count(*) FROM (SELECT *, count(*) FROM arms GROUP BY ALL)"
        begun = time.perf_counter()
        base.execute(grouped).fetchall()
        return round(time.perf_counter() - begun, 3)


def peak_mb() -> int:
    """Give the resident memory at most so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Measure each size and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument(
        "--recoveries", type=int, nargs="+", default=[10_000, 100_000, 1_000_000]
    )
    words.add_argument("--step", choices=["fill", "measure"], help=argparse.SUPPRESS)
    words.add_argument("--year", type=int, help=argparse.SUPPRESS)
    wanted = words.parse_args()
    if not wanted.step:
        measure_all(sorted(wanted.recoveries))
        return
    from armstrace.cli.main import set_up  # noqa: PLC0415 - once the folder is known

    set_up()
    (size,) = wanted.recoveries
    if wanted.step == "fill":
        fill(wanted.year, size)
    else:
        print(json.dumps(measured(wanted.year, size)))


def measure_all(sizes: list[int]) -> None:
    """Measure each size in a year of its own and print."""
    with tempfile.TemporaryDirectory() as folder:
        on_postgres = commands.has_postgres()
        commands.armstrace(Path(folder), "init", on_postgres=on_postgres)
        for year, size in enumerate(sizes, start=FIRST_YEAR):
            print(json.dumps(measure(folder, year, size)), flush=True)


if __name__ == "__main__":
    main()
