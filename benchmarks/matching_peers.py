"""The peers that the benchmark of matching sets beside Armstrace.

Each fetches its fifty likeliest serials, which are ranked by one weighted likeness;
Splink ranks by the model that it trains. A slow peer answers the first of the same
readings only. What is not installed is named.
"""

import gc
import importlib
import importlib.util
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from armstrace.analysis.matching.cards import Query
from benchmarks import matching_peers_databases as databases
from benchmarks import matching_peers_memory as memory
from benchmarks.matching_figures import Answer, Result
from benchmarks.matching_peers_held import Held, HeldForBatch
from benchmarks.matching_peers_reading import READINGS, ranked
from benchmarks.matching_peers_table import Measured, Memory
from benchmarks.matching_readings import Written
from benchmarks.matching_register import Register

SECONDS, FEWEST = 60, 50
LARGE = 5_000_000
TOO_LARGE = f"left out from {LARGE:,} arms on; it is measured when it is named"

Cases = list[tuple[Written, str]]


@dataclass(frozen=True, slots=True)
class Peer:
    """One tool in one use.

    Args:
        packages: The modules that it needs, with spaces between them.
        build: Gives the register as the peer holds it.
        ms: About how long one reading takes among a million arms.
        needs_server: It asks PostgreSQL.
        is_for_large: ``all`` means this one as well from ``LARGE`` arms on.
        grows: Its time grows with the number of arms.
    """

    packages: str
    build: Callable[[Register, Path], Held | HeldForBatch]
    ms: float
    needs_server: bool = False
    is_for_large: bool = False
    grows: bool = True


def _link(register: Register, home: Path) -> HeldForBatch:
    # Splink's extra brings pyarrow, which may be absent.
    from benchmarks import matching_peers_splink  # noqa: PLC0415

    return matching_peers_splink.link(register, home)


PEERS = {
    "sqlite-exact": Peer(
        "sqlite3", databases.sqlite_exact, 0.1, is_for_large=True, grows=False
    ),
    "pg-exact": Peer(
        "psycopg", databases.pg_exact, 0.3,
        needs_server=True, is_for_large=True, grows=False,
    ),
    "pg_trgm-gin-.5": Peer(
        "psycopg", databases.gin_half, 10, needs_server=True, is_for_large=True
    ),
    "pg_trgm-gin-.3": Peer(
        "psycopg", databases.gin_third, 20, needs_server=True, is_for_large=True
    ),
    "pg_trgm-gist-knn": Peer("psycopg", databases.gist, 300, needs_server=True),
    "rapidfuzz-osa": Peer("rapidfuzz", memory.rapidfuzz_osa, 150),
    "rapidfuzz-jw": Peer("rapidfuzz", memory.rapidfuzz_jaro_winkler, 150),
    "duckdb-jw": Peer("duckdb pyarrow", databases.duckdb_scan, 120, is_for_large=True),
    "symspell-1": Peer("symspellpy", memory.symspell(1), 1),
    "symspell-2": Peer("symspellpy", memory.symspell(2), 20),
    "tantivy-1": Peer("tantivy", memory.tantivy(1), 2, is_for_large=True),
    "tantivy-2": Peer("tantivy", memory.tantivy(2), 20, is_for_large=True),
    "splink": Peer("splink duckdb pyarrow", _link, 1),
}  # fmt: skip


def chosen(text: str, size: int) -> tuple[list[str], list[str]]:
    """Name the peers to measure, and those left out.

    Args:
        text: Names with commas between them, or ``all``.
        size: Arms; ``all`` leaves out the peers that a large register is too much for.

    Raises:
        ValueError: A name is not that of a peer.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    if names == ["all"]:
        names = [n for n, peer in PEERS.items() if size < LARGE or peer.is_for_large]
        return names, [name for name in PEERS if name not in names]
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        raise ValueError(
            f"no peer is called {unknown[0]}; there are {', '.join(PEERS)}, and all"
        )
    return names, []


def asked_of(name: str, size: int, wanted: int) -> int:
    """Say how many readings a peer answers in about ``SECONDS`` seconds.

    Args:
        name: Of the peer.
        size: Arms.
        wanted: Readings at most.
    """
    peer = PEERS[name]
    each = peer.ms * (max(size, 1) / 1_000_000 if peer.grows else 1)
    return min(wanted, max(FEWEST, int(SECONDS * 1000 / each)))


def lacking(name: str) -> str:
    """Say why a peer cannot be measured; empty where it can."""
    peer = PEERS[name]
    absent = [n for n in peer.packages.split() if importlib.util.find_spec(n) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    if peer.needs_server and not os.environ.get("DATABASE_URL"):
        return "no PostgreSQL: DATABASE_URL is not set"
    return ""


def measure(
    name: str, register: Register, cases: Cases, *, reading: str, home: Path
) -> Measured:
    """Measure one peer on the cases given.

    Args:
        name: Of the peer.
        register: As that reading reads it.
        cases: Readings with the place of their arm; empty where not registered.
        reading: One of ``READINGS``.
        home: Where it may keep files.
    """
    if lacking(name):
        return Measured(name, missing=lacking(name))
    read = READINGS[reading][1]
    memory_held = Memory()
    for package in PEERS[name].packages.split():
        importlib.import_module(package)
    started = time.perf_counter()
    held = PEERS[name].build(register, home)
    if isinstance(held, HeldForBatch):
        queries = [read(str(n), one.description) for n, (one, _) in enumerate(cases)]
        held.train(queries)
    result = Result(name, time.perf_counter() - started)
    memory_held.built()
    if isinstance(held, HeldForBatch):
        _answer_at_once(held, cases, result)
    else:
        _answer_singly(held, register, cases, read=read, result=result)
        held.close()
    return Measured(
        name,
        result,
        memory_held,
        stored_bytes=getattr(held, "stored_bytes", None),
        is_batch=isinstance(held, HeldForBatch),
        states_probability=isinstance(held, HeldForBatch),
    )


def _answer_singly(
    held: Held,
    register: Register,
    cases: Cases,
    *,
    read: Callable[..., Query],
    result: Result,
) -> None:
    gc.collect()
    gc.freeze()
    for one, _ in cases[: min(200, len(cases) // 10)]:  # as for Armstrace
        query = read("", one.description)
        held.find(query) if query.serial else None
    for one, truth in cases:
        begun = time.perf_counter()
        query = read("", one.description)
        found = held.find(query) if query.serial else []
        best = ranked(query, [register.card(place) for place in found])
        ms = (time.perf_counter() - begun) * 1000
        result.take(Answer(best), truth, one.error, ms)
        if truth:
            result.fetched.append(int(truth) in found)


def _answer_at_once(held: HeldForBatch, cases: Cases, result: Result) -> None:
    begun = time.perf_counter()
    answers = held.answer()
    each = (time.perf_counter() - begun) * 1000 / len(cases)
    for number, (one, truth) in enumerate(cases):
        found = answers.get(str(number), [])
        result.take(Answer(found), truth, one.error, each)
        if truth:
            result.fetched.append(truth in {place for place, _ in found})
