"""How fast the linked picture answers in a graph of a million records.

    python -m benchmarks pictures [--size 1000000] [--hub 2000]
    python tests/with_postgres.py python -m benchmarks pictures

Lays records down in a fresh folder, or on the PostgreSQL that is set: one half
subjects, the rest arms, recoveries and holders, with a link for each subject, an event
for each arm, one subject and one dealer with as many neighbours as ``--hub`` says.
Time is that of the wall, queries to the database and reading of their rows included,
and that of the processor for this process and for PostgreSQL's.
"""

# ruff: noqa: PLC0415 -- Django starts first
import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks import commands, copies, matching_databases

NOW = datetime(2026, 1, 2, tzinfo=UTC)
FIRST = date(2016, 1, 1)
DAYS = 3650
CHUNK = 50_000
REPEATED = 15
GRADED = {
    "agency": "VFH",
    "handling": "H0",
    "source_grade": "B",
    "information_grade": "2",
    "review_on": date(2030, 1, 1),
    "known_at": NOW,
}


def lay_down(size: int, hub: int) -> None:
    """Put a million records and their links into the database."""
    from armstrace.intelligence.models import Link, Subject, SubjectRecord
    from armstrace.licensing.models import Holder, HolderRecord
    from armstrace.recoveries.models import Recovery, RecoveryRecord
    from armstrace.registry.models import Arm, ArmRecord, LifeEvent

    chance = random.Random(7)
    subjects, arms, recoveries = size // 2, size * 3 // 10, size // 5
    dealers = max(size // 1000, 2)
    known = {"known_at": NOW}

    def day() -> date:
        return FIRST + timedelta(days=chance.randrange(DAYS))

    tables: tuple[tuple[Any, int, Callable[[int], dict[str, Any]]], ...] = (
        (
            Subject,
            subjects,
            lambda n: known | {"kind": "PERSON", "agency": "VFH", "handling": "H0"},
        ),
        (
            SubjectRecord,
            subjects,
            lambda n: (
                GRADED
                | {
                    "subject_id": n,
                    "name": f"Sample {n}",
                    "told_by": "x",
                    "source": "s",
                }
            ),
        ),
        (Holder, dealers, lambda n: known | {"number": f"D{n}"}),
        (
            HolderRecord,
            dealers,
            lambda n: known | {"holder_id": n, "name": f"Dealer {n}", "kind": "DEALER"},
        ),
        (
            Arm,
            arms,
            lambda n: known | {"source": "B", "source_number": str(n)},
        ),
        (
            ArmRecord,
            arms,
            lambda n: (
                known | {"arm_id": n, "make": "GLOCK", "serial_search": f"A{n:06d}"}
            ),
        ),
        (
            LifeEvent,
            arms,
            lambda n: (
                known
                | {
                    "arm_id": n,
                    "source_number": str(n),
                    "source": "B",
                    "kind": "SOLD_TO_DEALER" if n % 2 else "IMPORTED",
                    "happened_on": day(),
                    "holder_to_id": 1 if n <= hub else 2 + n % (dealers - 1),
                    "document": "" if n % 2 else f"IMP-{n // 100}",
                }
            ),
        ),
        (
            Recovery,
            recoveries,
            lambda n: (
                known | {"source": "B", "source_number": str(n), "item_kind": "ARM"}
            ),
        ),
        (
            RecoveryRecord,
            recoveries,
            lambda n: (
                known
                | {
                    "recovery_id": n,
                    "recovery_kind": "SEIZED",
                    "recovered_on": day(),
                    "agency": "VNP",
                    "case_number": f"C-{n // 3}",
                    "make": "GLOCK",
                    "serial_search": f"A{chance.randrange(10**6):06d}",
                    "latitude": chance.uniform(-5, 5),
                    "longitude": chance.uniform(-5, 5),
                }
            ),
        ),
        (Link, hub, lambda n: _link("P1", _of_hub(n, subjects, arms, recoveries))),
        (
            Link,
            subjects,
            lambda n: _link(
                f"P{2 + chance.randrange(subjects - 1)}",
                f"R{1 + chance.randrange(recoveries)}",
            ),
        ),
    )
    for model, many, row in tables:
        _insert(model, many, row)


def _link(start: str, end: str) -> dict[str, Any]:
    said = {"kind": "HAD", "source": "a source", "asserted_by": "x"}
    return GRADED | said | {"start": start, "end": end, "from_on": FIRST}


def _of_hub(n: int, subjects: int, arms: int, recoveries: int) -> str:
    letter, many = (("P", subjects - 1), ("R", recoveries), ("A", arms))[n % 3]
    return f"{letter}{(2 if letter == 'P' else 1) + n * 101 % many}"


def _insert(model: Any, many: int, row: Callable[[int], dict[str, Any]]) -> None:
    from django.db import transaction

    from armstrace.records import bulk

    for first in range(1, many + 1, CHUNK):
        with transaction.atomic():
            numbers = range(first, min(first + CHUNK, many + 1))
            bulk.insert(model, [row(n) for n in numbers])


def questions(size: int) -> Iterator[tuple[str, Callable[[int], int]]]:
    """Give what is asked, each of another record every time."""
    from armstrace.accounts.actors import system_actor
    from armstrace.intelligence import queries
    from armstrace.intelligence.queries.picture import between
    from armstrace.recoveries.actions.repeat_recoveries import note_resightings

    viewer = system_actor()

    def around(key: str, **asked: Any) -> int:
        return len(queries.neighbourhood([key], viewer=viewer, **asked).nodes)

    yield "subject with as many neighbours", lambda n: around("P1", most=5_000)
    yield "dealer with as many arms", lambda n: around("H1", most=5_000)
    yield "any recovery", lambda n: around(f"R{n * 37 % (size // 5) + 1}")
    yield (
        "any recovery, two links away",
        lambda n: around(f"R{n * 37 % (size // 5) + 1}", hops=2),
    )

    def ways(n: int) -> int:
        other = f"P{2 + n * 7919 % (size // 2 - 2)}"
        return between("P1", other, viewer=viewer).paths.links or 0

    def links_at_once(n: int) -> int:
        new = record_like(n * 37 % (size // 5) + 1, viewer)
        note_resightings(recovery_ids=[new], by=viewer, at=NOW)
        return around(f"R{new}")

    yield "a way from that subject to any other", ways
    yield "a new recovery, with its links", links_at_once


def record_like(known: int, by: Any) -> int:
    """Record a recovery with the marks and the case of one on record."""
    from armstrace.analysis.marks.description import Description
    from armstrace.recoveries.actions import recording
    from armstrace.recoveries.inputs import RecoveryInput
    from armstrace.recoveries.models import RecoveryRecord
    from armstrace.vocabulary.recoveries import RecoveryKind

    old = RecoveryRecord.objects.get(recovery_id=known)
    stated = RecoveryInput(
        number=f"{known} again",
        recovery_kind=RecoveryKind.SEIZED,
        recovered_on=old.recovered_on,
        agency=old.agency,
        description=Description(make=old.make, serial=old.serial_search),
        case_number=old.case_number,
    )
    (fate,) = recording.record_recoveries(source="NEW", stated=(stated,), by=by, at=NOW)
    return fate.record_id


def measure(size: int, hub: int) -> Iterator[dict[str, object]]:
    """Lay the records down and ask."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    vendor = matching_databases.set_up()
    lay_down(size, hub)
    copies.settle()
    for name, ask in questions(size):
        with CaptureQueriesContext(connection) as asked:
            found = ask(0)
        times, costs, server = [], [], commands.server_seconds()
        for n in range(1, REPEATED + 1):
            started, before = time.perf_counter(), time.process_time()
            ask(n)
            times.append((time.perf_counter() - started) * 1000)
            costs.append((time.process_time() - before) * 1000)
        yield {
            "database": vendor,
            "asked": name,
            "found": found,
            "queries": len(asked),
            "median_ms": round(statistics.median(times), 1),
            "worst_ms": round(max(times), 1),
            "processor_ms": round(statistics.median(costs), 1),
            "server_ms": round(
                (commands.server_seconds() - server) * 1000 / REPEATED, 1
            ),
        }


def main() -> None:
    """Print one line a question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--hub", type=int, default=2_000)
    given = parser.parse_args()
    for told in measure(given.size, given.hub):
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
