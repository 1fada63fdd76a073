"""Peers that are databases: SQLite, PostgreSQL with pg_trgm, DuckDB."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from armstrace.analysis.matching.cards import Query
from benchmarks.matching_peers_held import Held
from benchmarks.matching_peers_reading import FETCHED
from benchmarks.matching_register import Register

CHUNK = 100_000


def sqlite_exact(register: Register, home: Path) -> Held:
    """Index the serials in a SQLite file."""
    path = home / "peer.sqlite3"
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("CREATE TABLE arms (place INTEGER PRIMARY KEY, serial TEXT)")
    database.execute("BEGIN")
    for rows in _rows(register):
        database.executemany("INSERT INTO arms VALUES (?, ?)", rows)
    database.execute("CREATE INDEX by_serial ON arms (serial)")
    database.execute("COMMIT")
    sql = f"SELECT place FROM arms WHERE serial = ? LIMIT {FETCHED}"

    def find(query: Query) -> list[int]:
        return [place for (place,) in database.execute(sql, [query.serial])]

    return Held(find, path.stat().st_size)


def duckdb_scan(register: Register, home: Path) -> Held:
    """Scan a DuckDB table in memory by Jaro-Winkler similarity, on two threads."""
    import duckdb  # noqa: PLC0415 - a peer is loaded in its own process alone
    import pyarrow as pa  # noqa: PLC0415

    del home
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    given = pa.table({
        "place": np.arange(len(register), dtype=np.int32),
        "serial": pa.array(register.serials()),
    })  # fmt: skip
    connection.register("given", given)
    connection.execute("CREATE TABLE arms AS SELECT * FROM given")
    connection.unregister("given")
    sql = (
        "SELECT place FROM arms ORDER BY "
        f"jaro_winkler_similarity(serial, ?) DESC LIMIT {FETCHED}"
    )

    def find(query: Query) -> list[int]:
        return [p for (p,) in connection.execute(sql, [query.serial]).fetchall()]

    return Held(find)


def postgres(index: str, condition: str, threshold: float = 0.3) -> Callable[..., Held]:
    """Give a peer that looks the serials up in PostgreSQL.

    Args:
        index: Method and columns of the index.
        condition: What follows ``FROM``; each ``{}`` becomes the serial.
        threshold: Least similarity of trigrams for the operator ``%``.
    """
    sql = f"SELECT place FROM bench_arms {condition} LIMIT {FETCHED}"
    sql = sql.replace("{}", "%(serial)s")

    def build(register: Register, home: Path) -> Held:
        del home
        connection = _table(register, index)
        connection.execute(f"SET pg_trgm.similarity_threshold = {threshold}")
        (size,) = connection.execute(
            "SELECT pg_total_relation_size('bench_arms')"
        ).fetchone()

        def find(query: Query) -> list[int]:
            rows = connection.execute(sql, {"serial": query.serial}).fetchall()
            return [place for (place,) in rows]

        return Held(
            find, size, close=lambda: connection.execute("DROP TABLE bench_arms")
        )

    return build


pg_exact = postgres("btree (serial)", "WHERE serial = {}")
_LIKE = "WHERE serial %% {} ORDER BY similarity(serial, {}) DESC"
gin_half = postgres("gin (serial gin_trgm_ops)", _LIKE, 0.5)
gin_third = postgres("gin (serial gin_trgm_ops)", _LIKE, 0.3)
gist = postgres("gist (serial gist_trgm_ops)", "ORDER BY serial <-> {}")


def _table(register: Register, index: str) -> object:
    import psycopg  # noqa: PLC0415

    url = os.environ.get("DATABASE_ADMIN_URL") or os.environ["DATABASE_URL"]
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    connection.execute("DROP TABLE IF EXISTS bench_arms")
    connection.execute("CREATE UNLOGGED TABLE bench_arms (place int, serial text)")
    with connection.cursor().copy("COPY bench_arms FROM STDIN") as copy:
        for rows in _rows(register):
            copy.write("".join(f"{place}\t{serial}\n" for place, serial in rows))
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute(f"CREATE INDEX ON bench_arms USING {index}")
    connection.execute("VACUUM ANALYZE bench_arms")
    return connection


def _rows(register: Register) -> Iterator[list[tuple[int, str]]]:
    for start in range(0, len(register), CHUNK):
        part = register.serial[start : start + CHUNK].tolist()
        yield [(place, serial.decode()) for place, serial in enumerate(part, start)]
