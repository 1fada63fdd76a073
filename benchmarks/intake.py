"""Time the loading of files, and set it beside a bare COPY.

    python -m benchmarks.intake [--rows 100000] [--rio WORKBOOK]
    python tests/with_postgres.py python -m benchmarks.intake

Prints one JSON document: rows a second and peak memory of the real workbook and
of a generated register, on SQLite in a fresh folder and, where DATABASE_URL and
DATABASE_ADMIN_URL are set, on PostgreSQL with the ratio to COPY.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEADINGS = ["source_number", "arm_type", "make", "model", "calibre", "serial",
            "country_of_manufacture", "year_of_manufacture"]  # fmt: skip
MAKES = [("Glock", "17", "9x19", "Austria"), ("Taurus", "PT 92", "9 mm", "Brazil"),
         ("CZ", "75", "9x19", "Czechia"), ("Smith & Wesson", "10", ".38 Special",
         "United States"), ("Beretta", "92FS", "9 mm Luger", "Italy")]  # fmt: skip
RUN = "from armstrace.cli.main import run; run()"


def register(path: Path, rows: int) -> Path:
    """Write a register of arms whose serials differ."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(HEADINGS)
        for number in range(rows):
            make, model, calibre, country = chance.choice(MAKES)
            serial = f"{chance.choice('ABCDEFGHK')}{chance.randrange(10**7):07d}"
            year = str(chance.randrange(1960, 2024))
            out.writerow(
                [f"A-{number}", "Pistol", make, model, calibre, serial, country, year]
            )
    return path


def armstrace(home: Path, *words: str) -> tuple[str, float, float]:
    """Run a command; give its output, its seconds and its peak memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *words],
        env={**os.environ, "ARMSTRACE_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"armstrace {' '.join(words)} failed")
    return output, time.perf_counter() - started, usage.ru_maxrss / 1024


def intake(home: Path, path: Path, kind: str) -> dict[str, object]:
    """Load a file once, then again."""
    output, seconds, megabytes = armstrace(
        home, "intake", str(path), "--kind", kind, "--json"
    )
    told = json.loads(output)
    _, again, _ = armstrace(home, "intake", str(path), "--kind", kind, "--json")
    return {
        "rows": told["rows_read"],
        "loaded": told["rows_loaded"],
        "held": told["rows_held"],
        "seconds_with_start": round(seconds, 2),
        "rows_a_second": round(told["rows_read"] / seconds),
        "again_seconds": round(again, 2),
        "peak_mb": round(megabytes),
    }


def copy_seconds(path: Path, url: str) -> float:
    """Time a bare COPY of the same rows as text into an unindexed table."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    columns = ", ".join(f"c{n} text" for n in range(len(rows[0])))
    with psycopg.connect(url) as database:
        database.execute(f"CREATE TEMPORARY TABLE bare ({columns})")
        started = time.perf_counter()
        with database.cursor().copy("COPY bare FROM STDIN") as copy:
            for row in rows[1:]:
                copy.write_row(row)
        database.commit()
        return time.perf_counter() - started


def as_csv(workbook: Path, folder: Path) -> Path:
    """Write a workbook's rows as CSV, for COPY."""
    from armstrace.intake.tables import reading  # noqa: PLC0415 - not for SQLite

    path = folder / f"{workbook.stem}.csv"
    with (
        reading.opened(reading.Request(workbook, workbook.name)) as table,
        path.open("w", encoding="utf-8", newline="") as stream,
    ):
        width = len(table.headings)
        out = csv.writer(stream)
        out.writerow(table.headings)
        for row in table.rows:
            out.writerow([*row.cells, *[""] * width][:width])
    return path


def measure(folder: Path, rows: int, rio: Path | None) -> dict[str, object]:
    """Measure all that can be measured here."""
    url = os.environ.get("DATABASE_ADMIN_URL", "")
    home = folder / "home"
    armstrace(home, "init")
    found: dict[str, object] = {"database": "PostgreSQL" if url else "SQLite"}
    if rio is not None:
        found["rio"] = told = intake(home, rio, "recoveries")
        if url:
            _set_beside_copy(told, as_csv(rio, folder), url)
    path = register(folder / "register.csv", rows)
    found["registry"] = told = intake(home, path, "registry")
    if url:
        _set_beside_copy(told, path, url)
    return found


def _set_beside_copy(told: dict[str, object], path: Path, url: str) -> None:
    bare = copy_seconds(path, url)
    told["copy_seconds"] = round(bare, 3)
    told["times_copy"] = round(float(str(told["seconds_with_start"])) / bare, 1)


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--rio", type=Path)
    given = words.parse_args()
    shared = Path(os.environ.get("ARMSTRACE_SHARED", "../shared"))
    rio = given.rio or shared / "data" / "rio" / "seizures_2019.xlsx"
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), given.rows, rio if rio.is_file() else None)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
