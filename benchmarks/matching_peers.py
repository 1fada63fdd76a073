"""The peers that the benchmark of matching sets beside Armstrace.

Each fetches its likeliest serials and ranks them by one weighted likeness. Those
whose package is not installed are named and left out; a slow one answers the first
of the same readings only, and says how many.
"""

import importlib.util
import os
import time
from collections.abc import Callable

import numpy as np

from armstrace.analysis.matching.cards import Card, Query
from benchmarks.matching_databases import peak_mb
from benchmarks.matching_figures import Answer, Result
from benchmarks.matching_readings import Written
from benchmarks.matching_register import Register

FETCHED = 50
WEIGHTS = {"serial": 0.55, "make": 0.2, "model": 0.15, "calibre": 0.1}

Find = Callable[[Query], list[int]]
Read = Callable[..., Query]


def measure(
    name: str,
    register: Register,
    cases: list[tuple[Written, str]],
    *,
    read: Read,
    slow: int,
) -> list[str]:
    """Measure one peer; give its figures as lines."""
    package, make, is_slow = PEERS[name]
    if importlib.util.find_spec(package) is None:
        return [f"{name:22} left out: {package} is not installed"]
    if name.startswith("pg") and not os.environ.get("DATABASE_URL"):
        return [f"{name:22} left out: DATABASE_URL is not set"]
    started = time.perf_counter()
    find = make(register)
    result = Result(name, time.perf_counter() - started)
    for one, truth in cases[: slow if is_slow else len(cases)]:
        query = read("", one.description)
        begun, own = time.perf_counter(), time.thread_time()
        found = find(query) if query.serial else []
        ranked = _ranked(query, [register.card(place) for place in found])
        own = (time.thread_time() - own) * 1000
        ms = (time.perf_counter() - begun) * 1000
        result.take(Answer(ranked), truth, one.error, ms)
        if truth:
            result.fetched.append(int(truth) in found)
    result.remark = f"peak {peak_mb()} MB, load {os.getloadavg()[0]:.1f}"
    return result.lines(is_calibrated=False)


def _ranked(query: Query, cards: list[Card]) -> list[tuple[str, float]]:
    scored = [(card.registry_id, _likeness(query, card)) for card in cards]
    return sorted(scored, key=lambda row: -row[1])


def _likeness(query: Query, card: Card) -> float:
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415 - as the others are

    total = weights = 0.0
    for name, weight in WEIGHTS.items():
        one, other = getattr(query, name), getattr(card, name)
        if one and other:
            total += weight * JaroWinkler.normalized_similarity(one, other)
            weights += weight
    return total / weights if weights else 0.0


def _exact(register: Register) -> Find:
    order = np.argsort(register.serial, kind="stable")
    held = register.serial[order]

    def find(query: Query) -> list[int]:
        key = np.bytes_(query.serial.encode("ascii", "replace"))
        low, high = np.searchsorted(held, key), np.searchsorted(held, key, "right")
        return order[low : min(high, low + FETCHED)].tolist()

    return find


def _rapidfuzz(register: Register) -> Find:
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415

    serials = register.serials()

    def find(query: Query) -> list[int]:
        scorer = JaroWinkler.normalized_similarity
        best = process.extract(query.serial, serials, scorer=scorer, limit=FETCHED)
        return [place for _, _, place in best]

    return find


def _duckdb(register: Register) -> Find:
    import duckdb  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    given = pa.table({
        "place": np.arange(len(register), dtype=np.int32),
        "serial": pa.array(register.serials()),
    })  # fmt: skip
    connection.register("given", given)
    connection.execute("CREATE TABLE arms AS SELECT * FROM given")
    sql = (
        "SELECT place FROM arms ORDER BY "
        f"jaro_winkler_similarity(serial, ?) DESC LIMIT {FETCHED}"
    )

    def find(query: Query) -> list[int]:
        return [p for (p,) in connection.execute(sql, [query.serial]).fetchall()]

    return find


def _trigrams(register: Register, index: str) -> object:
    import psycopg  # noqa: PLC0415

    url = os.environ.get("DATABASE_ADMIN_URL") or os.environ["DATABASE_URL"]
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    connection.execute("DROP TABLE IF EXISTS bench_arms")
    connection.execute("CREATE UNLOGGED TABLE bench_arms (place int, serial text)")
    with connection.cursor().copy("COPY bench_arms FROM STDIN") as copy:
        serials = register.serials()
        for start in range(0, len(serials), 100_000):
            part = serials[start : start + 100_000]
            copy.write("\n".join(f"{n}\t{s}" for n, s in enumerate(part, start)) + "\n")
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute(f"CREATE INDEX ON bench_arms USING {index}")
    connection.execute("ANALYZE bench_arms")
    connection.execute("SET pg_trgm.similarity_threshold = 0.3")
    return connection


def _pg_gin(register: Register) -> Find:
    connection = _trigrams(register, "gin (serial gin_trgm_ops)")
    sql = (
        "SELECT place FROM bench_arms WHERE serial %% %s "
        f"ORDER BY similarity(serial, %s) DESC LIMIT {FETCHED}"
    )

    def find(query: Query) -> list[int]:
        rows = connection.execute(sql, [query.serial, query.serial]).fetchall()
        return [place for (place,) in rows]

    return find


def _pg_gist(register: Register) -> Find:
    connection = _trigrams(register, "gist (serial gist_trgm_ops)")
    sql = f"SELECT place FROM bench_arms ORDER BY serial <-> %s LIMIT {FETCHED}"

    def find(query: Query) -> list[int]:
        return [p for (p,) in connection.execute(sql, [query.serial]).fetchall()]

    return find


def _pg_exact(register: Register) -> Find:
    connection = _trigrams(register, "btree (serial)")
    sql = f"SELECT place FROM bench_arms WHERE serial = %s LIMIT {FETCHED}"

    def find(query: Query) -> list[int]:
        return [p for (p,) in connection.execute(sql, [query.serial]).fetchall()]

    return find


def _symspell(distance: int) -> Callable[[Register], Find]:
    def make(register: Register) -> Find:
        from symspellpy import SymSpell, Verbosity  # noqa: PLC0415

        speller = SymSpell(max_dictionary_edit_distance=distance, prefix_length=32)
        bearers: dict[str, list[int]] = {}
        for place, serial in enumerate(register.serials()):
            bearers.setdefault(serial, []).append(place)
        for serial, places in bearers.items():
            speller.create_dictionary_entry(serial, len(places))

        def find(query: Query) -> list[int]:
            near = speller.lookup(query.serial, Verbosity.ALL, distance)
            found = [place for one in near for place in bearers[one.term]]
            return found[:FETCHED]

        return find

    return make


def _tantivy(distance: int) -> Callable[[Register], Find]:
    def make(register: Register) -> Find:
        import tantivy  # noqa: PLC0415

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("serial", stored=False, tokenizer_name="raw")
        builder.add_unsigned_field("place", stored=True, fast=True)
        schema = builder.build()
        index = tantivy.Index(schema)
        writer = index.writer(500_000_000, 2)
        for place, serial in enumerate(register.serials()):
            writer.add_document(tantivy.Document(serial=serial, place=place))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        searcher = index.searcher()

        def find(query: Query) -> list[int]:
            asked = tantivy.Query.fuzzy_term_query(
                schema, "serial", query.serial, distance=distance
            )
            hits = searcher.search(asked, FETCHED).hits
            return [searcher.doc(address)["place"][0] for _, address in hits]

        return find

    return make


PEERS: dict[str, tuple[str, Callable[[Register], Find], bool]] = {
    "exact": ("numpy", _exact, False),
    "pg-exact": ("psycopg", _pg_exact, False),
    "pg_trgm-gin": ("psycopg", _pg_gin, True),
    "pg_trgm-gist": ("psycopg", _pg_gist, True),
    "rapidfuzz": ("rapidfuzz", _rapidfuzz, True),
    "duckdb": ("duckdb", _duckdb, True),
    "symspell-1": ("symspellpy", _symspell(1), False),
    "symspell-2": ("symspellpy", _symspell(2), True),
    "tantivy-1": ("tantivy", _tantivy(1), False),
    "tantivy-2": ("tantivy", _tantivy(2), True),
}
NAMES = tuple(PEERS)
