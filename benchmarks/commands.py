"""Run `armstrace` commands as a person would, and see what they cost."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
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


def _environment(*, on_postgres: bool) -> Mapping[str, str]:
    kept = dict(os.environ)
    if not on_postgres:
        for name in POSTGRES:
            kept.pop(name, None)
    return kept
