"""Measure matching against its peers, on one synthetic register in one run.

    python -m benchmarks matching --size 1000000
    python tests/with_postgres.py python -m benchmarks matching --size 1000000

Every method gets the same canonical values of readings that no rate was set on
(`--seed`; set rates on `--seed 1` alone). A peer fetches its fifty likeliest serials
and ranks them by the weighted Jaro-Winkler similarity of serial, make, model and
calibre. Times of Armstrace are from the description as written to the ranking.
"""

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter

import numpy as np

from armstrace.analysis.matching import canonical, shapes
from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker
from armstrace.analysis.matching.search import Search
from benchmarks import matching_blind as blind
from benchmarks import matching_databases as databases
from benchmarks import matching_peers as peers
from benchmarks import matching_second as second
from benchmarks.matching_figures import Answer, Result
from benchmarks.matching_readings import MIXES, Written, readings
from benchmarks.matching_register import (
    ColumnRegistry,
    Register,
    counts_of,
    make_register,
)

STORES = ("memory", "sqlite", "postgres")


def main() -> None:
    """Measure and print."""
    asked = _asked()
    if asked.inside:
        _measure_store(asked.inside, asked)
        return
    register, _ = _describe(asked)
    del register
    for store in asked.stores:
        if store == "postgres" and not os.environ.get("DATABASE_URL"):
            print("PostgreSQL left out: DATABASE_URL is not set")
        else:
            _apart(["--inside", store], asked)
    for peer in asked.peers:
        _apart(["--inside", f"peer:{peer}"], asked)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="arms")
    parser.add_argument("--queries", type=int, default=2_500)
    parser.add_argument("--slow", type=int, default=250, help="readings for slow peers")
    parser.add_argument("--absent", type=float, default=0.12)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--mix", choices=MIXES, default="half")
    parser.add_argument("--generator", choices=("first", "second"), default="first")
    parser.add_argument("--blind", action="store_true", help="without vocabularies")
    parser.add_argument("--stores", nargs="*", default=STORES, choices=STORES)
    parser.add_argument("--peers", nargs="*", default=(), choices=peers.NAMES)
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.generator == "second" and asked.mix not in second.MIXES:
        parser.error(f"--mix of the second generator is one of {[*second.MIXES]}")
    return asked


def _apart(words: list[str], asked: argparse.Namespace) -> None:
    """Measure one store in a process of its own, so that memory is its own."""
    own = sys.argv[1:] + words
    environment = dict(os.environ)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_TMP")) as home:
        environment["ARMSTRACE_HOME"] = home
        if words[1] == "sqlite":
            environment.pop("DATABASE_URL", None)
            environment.pop("DATABASE_ADMIN_URL", None)
        subprocess.run(
            [sys.executable, "-m", "benchmarks", "matching", *own],
            env=environment, check=False,
        )  # fmt: skip
    del asked


def _made(asked: argparse.Namespace) -> tuple[Register, list[tuple[Written, str]]]:
    """Make the register and the readings, with the place of each arm in it."""
    read = blind.card if asked.blind else canonical.card
    if asked.generator == "second":
        return second.made(
            asked.size, asked.queries, mix=asked.mix, seed=asked.seed,
            absent=asked.absent, read=read,
        )  # fmt: skip
    whole = make_register(asked.size, 11, read=read)
    written = readings(whole, asked.queries, asked.mix, asked.seed)
    rng = np.random.default_rng(asked.seed)
    count = round(asked.absent * len(written))
    lacking = set(rng.choice(len(written), count, replace=False).tolist())
    gone = np.sort([written[n].place for n in lacking])
    register = whole.without(gone)
    cases = []
    for number, one in enumerate(written):
        place = one.place - int(np.searchsorted(gone, one.place))
        cases.append((one, "" if number in lacking else str(place)))
    return register, cases


def _describe(asked: argparse.Namespace) -> tuple[Register, list[object]]:
    register, cases = _made(asked)
    errors = Counter(one.error for one, _ in cases)
    makes = len({card.make for card in register.profiles})
    _, times = np.unique(register.serial, return_counts=True)
    print(
        f"{len(register)} arms of {makes} makes, {len(register.profiles)} profiles, "
        f"{register.bare:.0%} with bare numbers, {int((times > 1).sum())} serials "
        f"borne by several; load {os.getloadavg()[0]:.1f}"
    )
    forms = {shapes.shape_of(serial.decode()) for serial in register.serial[:100_000]}
    print(f"{len(forms)} forms of serials; {len(cases)} readings, mix {asked.mix!r}:")
    absent = sum(not truth for _, truth in cases) / len(cases)
    shares = ", ".join(f"{e} {n / len(cases):.1%}" for e, n in errors.most_common())
    print(f"{shares}; {absent:.0%} of the arms are not registered", flush=True)
    return register, []


def _measure_store(store: str, asked: argparse.Namespace) -> None:
    register, cases = _made(asked)
    if store.startswith("peer:"):
        read = blind.query if asked.blind else canonical.query
        name = store.removeprefix("peer:")
        told = peers.measure(name, register, cases, read=read, slow=asked.slow)
    else:
        told = _armstrace(store, register, cases, asked)
    print("\n".join(told), flush=True)


def _armstrace(
    store: str,
    register: Register,
    cases: list[tuple[Written, str]],
    asked: argparse.Namespace,
) -> list[str]:
    result = Result(f"armstrace, {store}")
    told: list[str] = []
    started = time.perf_counter()
    if store == "memory":
        classes = blind.NO_CLASSES if asked.blind else None
        held = ColumnRegistry(register, classes)
        counts, name = held.counts, lambda registry_id: registry_id
        told.append(f"  key table {held.bytes_held / len(register):.0f} bytes an arm")
    else:
        databases.set_up()
        counts = counts_of(register)
        sizes = databases.hold(register, counts)
        told.append("  " + ", ".join(f"{k} {v:.0f}" for k, v in sizes.items()))
        costs = databases.insert_cost(register)
        told.append(
            "  keys of further arms: "
            + ", ".join(f"{n:.0f} {words}" for words, n in costs.items())
        )
        from armstrace.registry.search import DatabaseRegistry  # noqa: PLC0415

        held, name = DatabaseRegistry(), lambda number: str(int(number) - 1)
    result.seconds_building = time.perf_counter() - started
    channel = blind.channel() if asked.blind else None
    ranker = Ranker(Population(counts), channel)
    del counts
    read = blind.query if asked.blind else canonical.query
    watched = _Watched(held)
    search = Search(watched, ranker, top=10)
    gc.collect()
    gc.freeze()
    for one, _ in cases[: min(200, len(cases) // 10)]:  # as a server that has begun
        search.run(read("", one.description))
    for one, truth in cases:
        watched.fetched.clear()
        begun, own = time.perf_counter(), time.thread_time()
        ranking = search.run(read("", one.description))
        own = (time.thread_time() - own) * 1000
        ms = (time.perf_counter() - begun) * 1000
        found = [(name(c.registry_id), c.probability) for c in ranking.candidates]
        answer = Answer(found, ranking.probability_absent)
        result.take(answer, truth, one.error, ms)
        result.own_milliseconds.append(own)
        if truth:
            result.fetched.append(truth in {name(one) for one in watched.fetched})
    result.remark = f"peak {databases.peak_mb()} MB, load {os.getloadavg()[0]:.1f}"
    return [*result.lines(is_calibrated=True), *told]


class _Watched:
    """A registry that tells which arms were fetched."""

    def __init__(self, held: object) -> None:
        self._held = held
        self.fetched: set[str] = set()

    def cards_for(self, keys: object, **more: object) -> list:
        """Fetch and remember."""
        found = self._held.cards_for(keys, **more)
        self.fetched.update(card.registry_id for card in found)
        return found

    def cards_described(self, query: Query, *, limit: int) -> list:
        """Fetch and remember."""
        found = self._held.cards_described(query, limit=limit)
        self.fetched.update(card.registry_id for card in found)
        return found


if __name__ == "__main__":
    main()
