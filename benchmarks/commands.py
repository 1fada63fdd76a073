"""Run `armstrace` commands as a person would, and see what they cost."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

RUN = "from armstrace.cli.main import run; run()"
POSTGRES = ("DATABASE_URL", "DATABASE_ADMIN_URL")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command gave and took.

    Args:
        seconds: From start to end, Python's own start among them.
        user_seconds: Of one core, in the command itself.
        peak_mb: Resident memory at most, with the pages of SQLite that are
            mapped from its file.
    """

    output: str
    seconds: float
    user_seconds: float
    peak_mb: int


def armstrace(home: Path, *words: str, on_postgres: bool) -> Cost:
    """Run a command; stop everything where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *words],
        env={**_environment(on_postgres=on_postgres), "ARMSTRACE_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"armstrace {' '.join(words)} failed")
    seconds = time.perf_counter() - started
    return Cost(output, seconds, usage.ru_utime, round(usage.ru_maxrss / 1024))


def has_postgres() -> bool:
    """Tell whether the environment names a PostgreSQL."""
    return all(os.environ.get(name) for name in POSTGRES)


def print_measured(
    measure: Callable[[argparse.Namespace], object], wanted: argparse.Namespace
) -> None:
    """Measure in a fresh folder, or on the PostgreSQL that is set, and print."""
    with tempfile.TemporaryDirectory() as folder:
        if not has_postgres():
            os.environ["ARMSTRACE_HOME"] = folder
        print(json.dumps(measure(wanted), indent=2))


def server_seconds() -> float:
    """Give the processor time of the database's own process, where it is here."""
    from django.db import connection  # noqa: PLC0415 - after set_up

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not told.exists():
        return 0.0
    user, system = told.read_text(encoding="ascii").rpartition(") ")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _environment(*, on_postgres: bool) -> Mapping[str, str]:
    kept = dict(os.environ)
    if not on_postgres:
        for name in POSTGRES:
            kept.pop(name, None)
    return kept
