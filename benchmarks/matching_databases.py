"""Hold the benchmark's register in the database that is set, in slim rows.

Arms are written past intake: the current records with what is compared, the key
store, and the counts. Times of single stores are those of the product's own code.
"""

import io
import os
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from armstrace.analysis.matching import keys as key_tables
from armstrace.analysis.matching.population import Counts
from benchmarks.matching_register import Register

CHUNK = 500_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def set_up() -> str:
    """Start Django, make the tables, and name the database."""
    from armstrace.cli.main import set_up as start  # noqa: PLC0415 - a door of its own

    start()
    from django.db import connection  # noqa: PLC0415

    from armstrace.cli import init  # noqa: PLC0415

    init.prepare()
    return connection.vendor


def hold(register: Register, counts: Counts) -> dict[str, float]:
    """Write the register; give seconds and bytes an arm of each part."""
    from armstrace.registry.models import PopulationSnapshot  # noqa: PLC0415

    started = time.perf_counter()
    vendor = _write(register)
    told = {"seconds": time.perf_counter() - started}
    PopulationSnapshot.objects.update_or_create(
        pk=1,
        defaults={
            "arms": len(register),
            "last_record": len(register),
            "counts": counts.to_json(),
        },
    )
    return told | sizes(vendor, len(register))


def insert_cost(register: Register, count: int = 2000) -> dict[str, float]:
    """Time the keys of single further arms, each in a transaction of its own."""
    from django.db import transaction  # noqa: PLC0415

    from armstrace.registry import keystore  # noqa: PLC0415

    def rows_from(start: int, size: int) -> list[dict[str, object]]:
        cards = [(place, register.card(place)) for place in range(start, start + size)]
        return [
            {"make": c.make, "arm_id": 10**9 + place, "serial_search": c.serial}
            for place, c in cards
        ]

    def each(size: int) -> float:
        parts = [rows_from(start, size) for start in range(0, count, size)]
        started = time.perf_counter()
        for rows in parts:
            with transaction.atomic():
                keystore.store(rows)
        seconds = time.perf_counter() - started
        for rows in parts:
            with transaction.atomic():
                keystore.forget(rows)
        return seconds / count * 1e6

    return {"µs alone": each(1), "µs in thousands": each(1000)}


def peak_mb() -> int:
    """Give the process's resident memory at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _write(register: Register) -> str:
    from django.db import connection  # noqa: PLC0415

    from armstrace.registry.keystore import make_code  # noqa: PLC0415

    makes = np.array([make_code(card.make) for card in register.profiles], np.int64)
    of_arm = makes[register.model]
    table, rows = key_tables.storage_key_table(register.serials())
    # The order of the primary key, so that the tree grows at its end.
    order = np.lexsort((rows, of_arm[rows], table))
    table, rows = table[order], rows[order]
    parts = (
        (table[at], of_arm[rows[at]], rows[at].astype(np.int64) + 1)
        for at in _slices(len(table))
    )
    if connection.vendor == "postgresql":
        _write_postgres(register, parts)
    else:
        _write_sqlite(register, parts)
    return connection.vendor


def _slices(size: int) -> Iterator[slice]:
    return (slice(at, min(at + CHUNK, size)) for at in range(0, size, CHUNK))


RECORD = (
    "id", "known_at", "reason", "source", "arm_id", "arm_type", "make", "model",
    "calibre", "serial_search", "country_of_manufacture", "import_country",
    "serial_status", "readings",
)  # fmt: skip


def _columns() -> tuple[str, ...]:
    """Give the columns of a record; after the named ones every text is empty."""
    from django.db.models import CharField, TextField  # noqa: PLC0415

    from armstrace.registry.models import ArmRecord  # noqa: PLC0415

    texts = (
        each.column
        for each in ArmRecord._meta.concrete_fields  # noqa: SLF001 - documented API
        if isinstance(each, CharField | TextField) and not each.null
    )
    return (*RECORD, *(column for column in texts if column not in RECORD))


def _records(register: Register) -> Iterator[list[tuple[object, ...]]]:
    empty = [""] * (len(_columns()) - len(RECORD))
    kept = [
        (card.type or "UNKNOWN", card.make, card.model, card.calibre, card.country)
        for card in register.profiles
    ]
    for at in _slices(len(register)):
        pairs = zip(
            register.model[at].tolist(), register.serial[at].tolist(), strict=True
        )
        yield [
            (place, NOW.isoformat(" "), "", "BENCH", place, *kept[model][:4],
             serial.decode(), kept[model][4], "", "COMPLETE", "[]", *empty)
            for place, (model, serial) in enumerate(pairs, at.start + 1)
        ]  # fmt: skip


def _write_sqlite(register: Register, parts: Iterator[tuple[np.ndarray, ...]]) -> None:
    from django.db import connection  # noqa: PLC0415

    connection.ensure_connection()
    database = connection.connection
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("PRAGMA synchronous = OFF")
    columns = _columns()
    holes = ", ".join("?" * len(columns))
    sql = f"INSERT INTO registry_armrecord ({', '.join(columns)}) VALUES ({holes})"
    indexes = _without_indexes(database)
    database.execute("BEGIN")
    for rows in _records(register):
        database.executemany(sql, rows)
    for keys, makes, arms in parts:
        database.executemany(
            "INSERT INTO registry_serialkey (key, make_code, arm_id) VALUES (?, ?, ?)",
            zip(keys.tolist(), makes.tolist(), arms.tolist(), strict=True),
        )
    database.execute("COMMIT")
    for statement in indexes:
        if "arm_record_card" in statement:  # the one that a search reads
            database.execute(statement)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the load is no day's work
    database.execute("PRAGMA synchronous = NORMAL")


def _without_indexes(database: object) -> list[str]:
    """Drop the indexes of the records; give what makes them again."""
    rows = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' "
        "AND tbl_name = 'registry_armrecord' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in rows:
        database.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in rows]


def _write_postgres(
    register: Register, parts: Iterator[tuple[np.ndarray, ...]]
) -> None:
    import psycopg  # noqa: PLC0415

    url = os.environ.get("DATABASE_ADMIN_URL") or os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as database:
        made = database.execute(
            "SELECT indexname, indexdef FROM pg_indexes "
            "WHERE tablename = 'registry_armrecord' AND indexname LIKE 'arm_record%'"
        ).fetchall()
        for name, _ in made:
            database.execute(f'DROP INDEX "{name}"')
        # Arms themselves are left out: nothing here reads them.
        database.execute(
            "ALTER TABLE registry_armrecord DROP CONSTRAINT IF EXISTS "
            + _arm_key(database)
        )
        with database.cursor().copy(
            f"COPY registry_armrecord ({', '.join(_columns())}) FROM STDIN"
        ) as copy:
            for rows in _records(register):
                text = "\n".join("\t".join(map(str, row)) for row in rows)
                copy.write(text + "\n")
        database.execute(
            "ALTER TABLE registry_serialkey DROP CONSTRAINT registry_serialkey_pkey"
        )
        with database.cursor().copy(
            "COPY registry_serialkey FROM STDIN (FORMAT csv)"
        ) as copy:
            for columns in parts:
                copy.write(_as_csv(columns))
        database.execute("SET maintenance_work_mem = '1GB'")
        database.execute(
            "ALTER TABLE registry_serialkey ADD PRIMARY KEY (key, make_code, arm_id)"
        )
        for name, statement in made:
            if name == "arm_record_card":  # the one that a search reads
                database.execute(statement)
        database.execute("VACUUM ANALYZE registry_serialkey")
        database.execute("VACUUM ANALYZE registry_armrecord")


def _arm_key(database: object) -> str:
    """Give the name of the foreign key from records to arms."""
    row = database.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' "
        "AND conrelid = 'registry_armrecord'::regclass"
    ).fetchone()
    return row[0]


def _as_csv(columns: tuple[np.ndarray, ...]) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - needed for PostgreSQL alone
    from pyarrow import csv  # noqa: PLC0415

    held = io.BytesIO()
    table = pa.table({str(n): column for n, column in enumerate(columns)})
    csv.write_csv(table, held, csv.WriteOptions(include_header=False))
    return held.getvalue()


def sizes(vendor: str, arms: int) -> dict[str, float]:
    """Give the bytes an arm of the key store and of the cards."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute(
                "SELECT pg_total_relation_size('registry_serialkey'), "
                "pg_relation_size('arm_record_card')"
            )
            keys, cards = cursor.fetchone()
        else:
            cursor.execute(
                "SELECT name, sum(pgsize) FROM dbstat WHERE name IN "
                "('registry_serialkey', 'arm_record_card') GROUP BY name"
            )
            found = dict(cursor.fetchall())
            keys = found.get("registry_serialkey", 0)
            cards = found.get("arm_record_card", 0)
    return {"key bytes an arm": keys / arms, "card bytes an arm": cards / arms}


def place_of(registry_id: str) -> str:
    """Give the register's place of an arm, which is numbered from 1."""
    return str(int(registry_id) - 1)
