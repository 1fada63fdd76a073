"""A load that is killed at any moment leaves nothing half done."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import migrated
from tests.intake import files
from tests.intake.loads import recovery, table

pytestmark = pytest.mark.pure  # each run has a database of its own
ROWS = 3000
RECORDS = (
    "SELECT r.source_number, r.item_kind, v.make, v.serial_search, v.calibre, "
    "v.source_row, v.content_key, v.superseded_at FROM recoveries_recovery r "
    "JOIN recoveries_recoveryrecord v ON v.recovery_id = r.id ORDER BY 1, 6"
)
OUTCOMES = "SELECT number, first_row, outcomes FROM intake_chunk ORDER BY 1"
HELD = "SELECT row, identity, reason, troubles, state FROM intake_heldrow ORDER BY 1"
TOTALS = (
    "SELECT j.state, rows_read, rows_loaded, rows_held, rows_skipped, by_reason "
    "FROM intake_batch b JOIN jobs_job j ON j.id = b.job_id"
)


def command(home: Path, *words: str) -> subprocess.Popen[bytes]:
    code = "from armstrace.cli.main import run; run()"
    kept = ("PATH", "PYTHONPATH", "LANG", "HOME")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        env={**env, "ARMSTRACE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def finish(process: subprocess.Popen[bytes]) -> None:
    _, told = process.communicate(timeout=300)
    assert process.returncode == 0, told.decode()


def state(home: Path) -> list[object]:
    with sqlite3.connect(home / "armstrace.sqlite3") as database:
        return [
            database.execute(query).fetchall()
            for query in (RECORDS, OUTCOMES, HELD, TOTALS)
        ]


def seizures(folder: Path) -> Path:
    rows = []
    for number in range(ROWS):
        row = recovery(str(number), serial=f"SN{number * 7919}", agency="POL")
        if number % 50 == 3:
            row["recovered_on"] = "31/02/2019"
        if number % 70 == 5:
            row["source_number"] = str(number - 1)
        rows.append(row)
    return files.csv_file(folder / "seizures.csv", table(*rows))


def try_kills(folder: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    path = seizures(folder)
    fresh = folder / "fresh"
    migrated.put_migrated_file(fresh)
    finish(command(fresh, "init"))
    whole = folder / "whole"
    shutil.copytree(fresh, whole)
    started = time.monotonic()
    finish(command(whole, "intake", str(path), "--kind", "recoveries"))
    lasts = time.monotonic() - started

    broken = folder / "broken"
    shutil.copytree(fresh, broken)
    for _ in range(times):
        process = command(broken, "intake", str(path), "--kind", "recoveries")
        time.sleep(chance.uniform(0.3, 0.9) * lasts)
        process.kill()
        process.communicate()
        if state(broken)[3] and state(broken)[3][0][0] == "DONE":
            shutil.rmtree(broken)
            shutil.copytree(fresh, broken)
    finish(command(broken, "intake", str(path), "--kind", "recoveries"))

    assert state(broken) == state(whole)
    finish(command(broken, "ledger", "verify"))


def test_after_three_kills_the_records_equal_an_unbroken_run(tmp_path):
    try_kills(tmp_path, times=3, seed=20261124)


@pytest.mark.soak
def test_after_twenty_kills_the_records_equal_an_unbroken_run(tmp_path):
    for seed in range(5):
        folder = tmp_path / str(seed)
        folder.mkdir()
        try_kills(folder, times=4, seed=seed)
