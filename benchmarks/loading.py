"""Time the loading of files on both databases, beside a bare COPY.

    python -m benchmarks loading [--rows 100000] [--rio WORKBOOK]
    python tests/with_postgres.py python -m benchmarks loading

Prints one JSON document: rows a second from end to end and peak memory of the
real workbook and of a generated register, on SQLite in a fresh folder and, where
DATABASE_URL and DATABASE_ADMIN_URL are set, on PostgreSQL. Each is set beside a
COPY of the same rows as text into a bare table of that PostgreSQL.
"""

import argparse
import csv
import json
import os
import random
import tempfile
import time
from pathlib import Path

from benchmarks import commands

HEADINGS = ["source_number", "arm_type", "make", "model", "calibre", "serial",
            "country_of_manufacture", "year_of_manufacture"]  # fmt: skip
MAKES = [("Glock", "17", "9x19", "Austria"), ("Taurus", "PT 92", "9 mm", "Brazil"),
         ("CZ", "75", "9x19", "Czechia"), ("Smith & Wesson", "10", ".38 Special",
         "United States"), ("Beretta", "92FS", "9 mm Luger", "Italy")]  # fmt: skip


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


def intake(home: Path, path: Path, kind: str, *, on_postgres: bool) -> dict[str, int]:
    """Load a file once, then again."""
    words = ("intake", str(path), "--kind", kind, "--json")
    first = commands.armstrace(home, *words, on_postgres=on_postgres)
    told = json.loads(first.output)
    again = commands.armstrace(home, *words, on_postgres=on_postgres)
    return {
        "rows": told["rows_read"],
        "loaded": told["rows_loaded"],
        "held": told["rows_held"],
        "seconds": round(first.seconds, 2),
        "user_seconds": round(first.user_seconds, 2),
        "rows_a_second": round(told["rows_read"] / first.seconds),
        "again_seconds": round(again.seconds, 2),
        "peak_mb": first.peak_mb,
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
        reading.open_table(reading.Request(workbook, workbook.name)) as table,
        path.open("w", encoding="utf-8", newline="") as stream,
    ):
        width = len(table.headings)
        out = csv.writer(stream)
        out.writerow(table.headings)
        for row in table.rows:
            out.writerow([*row.cells, *[""] * width][:width])
    return path


def measure(folder: Path, files: dict[str, Path]) -> dict[str, object]:
    """Load every file into each database there is."""
    kinds = {"registry": "registry", "rio": "recoveries"}
    databases = ["SQLite", *(["PostgreSQL"] if commands.has_postgres() else [])]
    found: dict[str, object] = {}
    for database in databases:
        on_postgres = database == "PostgreSQL"
        home = folder / database
        commands.armstrace(home, "init", on_postgres=on_postgres)
        found[database] = {
            name: intake(home, path, kinds[name], on_postgres=on_postgres)
            for name, path in files.items()
        }
    if commands.has_postgres():
        found["COPY"] = set_beside(found, files, folder)
    return found


def set_beside(
    found: dict[str, object], files: dict[str, Path], folder: Path
) -> dict[str, object]:
    """Say how many times as long as COPY each load took."""
    told: dict[str, object] = {}
    for name, path in files.items():
        rows = path if path.suffix == ".csv" else as_csv(path, folder)
        bare = copy_seconds(rows, os.environ["DATABASE_ADMIN_URL"])
        times = {
            database: round(loads[name]["seconds"] / bare, 1)
            for database, loads in found.items()
            if isinstance(loads, dict)
        }
        told[name] = {"seconds": round(bare, 3), "times_as_long": times}
    return told


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--rio", type=Path)
    given = words.parse_args()
    shared = Path(os.environ.get("ARMSTRACE_SHARED", "../shared"))
    rio = given.rio or shared / "data" / "rio" / "seizures_2019.xlsx"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {"registry": register(folder / "register.csv", given.rows)}
        if rio.is_file():
            files["rio"] = rio
        print(json.dumps(measure(folder, files), indent=2))


if __name__ == "__main__":
    main()
