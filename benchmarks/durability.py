"""Kill writers and change rows behind the application: what is lost, what is named.

    python -m benchmarks durability [--kills 500] [--tampers 12000]
    python tests/with_postgres.py python -m benchmarks durability

A writer records one recovery after another and says each number once it was
committed; it is killed at a random moment, and another goes on. Afterwards every
number that was said must be whole in the database, and the ledger must hold. Then
rows of every business table of a demo are changed, removed and added by plain SQL,
in rounds that are rolled back; the proof must name every one of them.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import commands

SEED = 20261126
ROUND = 300
SHORTEST, LONGEST = 0.02, 0.25
OTHERS: tuple[tuple[Any, Callable[[Any], object]], ...] = (
    (bool, lambda old: not old),
    ((int, float), lambda old: old + 1),
    (str, lambda old: f"{old[:-1]}~"),
    (date, lambda old: old - timedelta(days=1)),
    ((bytes, memoryview), lambda old: bytes(old)[:-1] + b"~"),
    (list, lambda old: [*old, "~"]),
    (dict, lambda old: {**old, "~": 1}),
)
"""How a value becomes another of its kind; the first kind that fits counts."""
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Kill, then tamper, each in a process of its own; print both as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--tampers", type=int, default=12_000)
    parser.add_argument("--part", choices=("kills", "tampers"))
    given = parser.parse_args()
    if given.part:
        from armstrace.cli.main import set_up  # noqa: PLC0415 - the folder first

        set_up()
        done = tamper(given.tampers) if given.part == "tampers" else None
        print(json.dumps(done or kill_writers(given.kills), indent=2))
        return
    with tempfile.TemporaryDirectory() as folder:
        words = ("demo", "--size", "500", "--no-serve")
        commands.armstrace(Path(folder), *words, on_postgres=commands.has_postgres())
        there = {**os.environ, "ARMSTRACE_HOME": folder}
        again = [sys.executable, "-m", "benchmarks", "durability", *sys.argv[1:]]
        # The application's role may delete no record: the owner tampers.
        owner = {"DATABASE_URL": os.environ.get("DATABASE_ADMIN_URL", "")}
        thief = {**there, **owner} if commands.has_postgres() else there
        subprocess.run([*again, "--part", "tampers"], env=thief, check=True)
        subprocess.run([*again, "--part", "kills"], env=there, check=True)


def kill_writers(times: int) -> dict[str, Any]:
    """Kill a writer again and again; count what was said, lost and torn."""
    from django.db import connection  # noqa: PLC0415 - after set_up

    from armstrace.audit import verify  # noqa: PLC0415
    from armstrace.recoveries.models import Recovery, RecoveryRecord  # noqa: PLC0415

    rng = random.Random(SEED)
    said: set[str] = set()
    begun = time.perf_counter()
    for turn in range(times):
        said |= _written_until_killed(turn, rng.uniform(SHORTEST, LONGEST))
    mine = Recovery.objects.filter(source="durability")
    there = set(mine.values_list("source_number", flat=True))
    recorded = RecoveryRecord.objects.filter(recovery__source="durability")
    report = verify.verify()
    return {
        "database": connection.vendor,
        "killed": times,
        "said": len(said),
        "lost": len(said - there),
        "torn": len(there) - recorded.count(),
        "findings": report.count,
        "seconds": round(time.perf_counter() - begun),
    }


def _written_until_killed(turn: int, seconds: float) -> set[str]:
    """Let a process of its own write for a while and kill it; give what it said."""
    from django.db import connections  # noqa: PLC0415 - after set_up

    connections.close_all()
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        try:
            _write_for_ever(turn, writes)
        finally:
            os._exit(1)
    os.close(writes)
    with os.fdopen(reads, "rb") as told:
        first = told.readline()  # it is at work
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        whole = first + told.read()
    return set(whole.decode().split("\n")[:-1])


def _write_for_ever(turn: int, writes: int) -> None:
    from armstrace.accounts import actors  # noqa: PLC0415 - after set_up
    from armstrace.analysis.marks.description import Description  # noqa: PLC0415
    from armstrace.recoveries.actions import recording  # noqa: PLC0415
    from armstrace.recoveries.inputs import RecoveryInput  # noqa: PLC0415
    from armstrace.vocabulary.recoveries import RecoveryKind  # noqa: PLC0415

    by = actors.system_actor()
    for count in range(1_000_000):
        number = f"{turn}-{count}"
        stated = RecoveryInput(
            number=number,
            recovery_kind=RecoveryKind.SEIZED,
            recovered_on=date(2025, 6, 1),
            agency="VNP",
            description=Description(serial=f"D{turn}X{count}"),
        )
        at = BEGUN + timedelta(seconds=turn, milliseconds=count)
        recording.record_recoveries(source="durability", stated=[stated], by=by, at=at)
        os.write(writes, f"{number}\n".encode())


def tamper(times: int) -> dict[str, Any]:
    """Change rows behind the application in rounds; count what is not named."""
    from django.db import connection, transaction  # noqa: PLC0415 - after set_up

    from armstrace.audit import verify  # noqa: PLC0415

    rng = random.Random(SEED)
    begun = time.perf_counter()
    missed: list[str] = []
    further: list[str] = []
    done: dict[str, int] = {}
    while sum(done.values()) < times:
        with transaction.atomic():
            changed = _change_rows(rng, min(ROUND, times - sum(done.values())))
            report = verify.verify()
            transaction.set_rollback(True)
        named = {(found.table, found.key) for found in report.findings}
        for table, key, way in changed:
            done[way] = done.get(way, 0) + 1
            if (table, key) not in named:
                missed.append(f"{way} {table} {key}")
        hit = {(table, key) for table, key, _ in changed}
        further += [
            found.sentence
            for found in report.findings
            if (found.table, found.key) not in hit
        ]
    return {
        "database": connection.vendor,
        "done": done,
        "missed": missed[:20],
        "not named": len(missed),
        "further findings": len(further),
        "such as": further[:3],
        "seconds": round(time.perf_counter() - begun),
    }


def _change_rows(rng: random.Random, count: int) -> list[tuple[str, int, str]]:
    """Change as many rows, each of another record; name table, key and way."""
    from armstrace.audit import ledgered  # noqa: PLC0415 - after set_up

    tables = []
    for model in ledgered.business_models():
        keys = list(model._base_manager.values_list("pk", flat=True))  # noqa: SLF001
        if keys:
            tables.append((model, keys))
    done, taken = [], set()
    while len(done) < count:
        model, keys = rng.choice(tables)
        key = rng.choice(keys)
        label = ledgered.label_of(model)
        if (label, key) in taken:
            continue
        taken.add((label, key))
        way = rng.choice(("edited", "edited", "edited", "deleted", "added", "swapped"))
        changed = _change(model, key, way, rng)
        if changed is not None:
            done.append((label, changed, way))
    return done


def _change(model: Any, key: int, way: str, rng: random.Random) -> int | None:
    """Change one row in one way; give the key that a proof has to name."""
    from django.db import IntegrityError, transaction  # noqa: PLC0415 - after set_up

    from armstrace.audit import ledgered  # noqa: PLC0415

    rows = model._base_manager.filter(pk=key)  # noqa: SLF001
    left_out = ledgered.columns_left_out(model)
    fields = [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001
        if not field.primary_key and field.column not in left_out
    ]
    try:
        with transaction.atomic():
            if way == "deleted":
                rows._raw_delete(rows.db)  # noqa: SLF001 - as a thief would
                return key
            if way == "added":
                row = rows.get()
                row.pk = 50_000_000 + rng.randrange(10**9)
                row.save_base(raw=True, force_insert=True)
                return int(row.pk)
            field = rng.choice(fields)
            (old,) = rows.values_list(field.attname, flat=True)
            new = _another(model, field, old, rng) if way == "swapped" else _other(old)
            if new == old:
                return None
            rows.update(**{field.attname: new})
            return key
    except (IntegrityError, ValueError, TypeError):
        return None  # the database itself refuses it


def _another(model: Any, field: Any, old: object, rng: random.Random) -> object:
    """Give what another row of the table says there."""
    others = list(
        model._base_manager.values_list(field.attname, flat=True)[:200]  # noqa: SLF001
    )
    return rng.choice(others) if others else old


def _other(old: object) -> object:
    """Give another value of the same kind."""
    for kinds, change in OTHERS:
        if isinstance(old, kinds):
            return change(old)
    return old


if __name__ == "__main__":
    main()
