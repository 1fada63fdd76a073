"""Measure matching against its peers, on one synthetic register in one run.

    python -m benchmarks matching --size 1000000
    python tests/with_postgres.py python -m benchmarks matching --peers all

Every method gets the same readings, on which no rate was set (`--seed`; set rates on
`--seed 1` alone). A peer reads both sides in plain words, or as Armstrace reads them
(`--peer-reading canonical`), fetches its fifty likeliest serials and ranks them by the
weighted Jaro-Winkler similarity of serial, make, model and calibre. Times are from the
description as written to the ranking. A table and, with `--json FILE`, a file sum up.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching import canonical, shapes
from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.population import Counts, Population
from armstrace.analysis.matching.rank import Ranker
from armstrace.analysis.matching.search import Search
from benchmarks import matching_blind as blind
from benchmarks import matching_databases as databases
from benchmarks import matching_learned as learned
from benchmarks import matching_peers as peers
from benchmarks import matching_peers_table as tables
from benchmarks import matching_second as second
from benchmarks.matching_figures import Answer, Result
from benchmarks.matching_peers_reading import READINGS
from benchmarks.matching_peers_table import Measured
from benchmarks.matching_readings import MIXES, Written, readings
from benchmarks.matching_register import (
    ColumnRegistry,
    Read,
    Register,
    counts_of,
    make_register,
)

STORES = ("memory", "sqlite", "postgres")
# What a register held before must have been made with.
HELD = ("size", "queries", "absent", "seed", "mix", "generator", "blind")


def main() -> None:
    """Measure and print."""
    asked = _asked()
    if asked.inside:
        _measure_inside(asked.inside, asked)
        return
    about = _describe(asked)
    rows, ours = [], []
    for store in asked.stores:
        if store == "postgres" and not os.environ.get("DATABASE_URL"):
            print("PostgreSQL left out: DATABASE_URL is not set")
        else:
            rows.append(_apart(store, f"armstrace {store}", keep=asked.keep))
            ours.append(f"armstrace {store}")
    rows += [_apart(f"peer:{name}", name) for name in asked.peers]
    rows += [Measured(name, missing=peers.TOO_LARGE).row() for name in asked.left_out]
    rows = tables.compared(rows, ours)
    if asked.peers:
        print(f"\n{tables.table(rows)}", flush=True)
    if asked.json:
        tables.write(asked.json, about, rows)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="arms")
    parser.add_argument("--queries", type=int, default=2_500)
    parser.add_argument("--absent", type=float, default=0.12)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--mix", choices=MIXES, default="half")
    parser.add_argument("--generator", choices=("first", "second"), default="first")
    parser.add_argument("--blind", action="store_true", help="without vocabularies")
    parser.add_argument(
        "--learned", action="store_true", help="rates and calibration learned first"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="DIR",
        help="keep the databases' state there, to measure again without building; "
        "a PostgreSQL database is its own and must be kept as well",
    )  # fmt: skip
    parser.add_argument("--stores", nargs="*", default=STORES, choices=STORES)
    parser.add_argument(
        "--peers", default="", metavar="all|NAME,NAME", help=", ".join(peers.PEERS)
    )
    parser.add_argument(
        "--peer-queries", type=int, default=0,
        help="readings for each peer; by default as many as take it about "
        f"{peers.SECONDS} s, {peers.FEWEST} at least",
    )  # fmt: skip
    parser.add_argument("--peer-reading", choices=READINGS, default="plain")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    parser.add_argument("--row", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    try:
        asked.peers, asked.left_out = peers.chosen(asked.peers, asked.size)
    except ValueError as error:
        parser.error(str(error))
    if asked.generator == "second" and asked.mix not in second.MIXES:
        parser.error(f"--mix of the second generator is one of {[*second.MIXES]}")
    if asked.learned and asked.generator != "second":
        parser.error("--learned needs --generator second, whose register is the same "
                     "for all readings")  # fmt: skip
    return asked


def _apart(what: str, name: str, *, keep: Path | None = None) -> dict[str, object]:
    """Measure one method in a process of its own, so that memory is its own."""
    environment = dict(os.environ)
    if what == "sqlite":
        environment.pop("DATABASE_URL", None)
        environment.pop("DATABASE_ADMIN_URL", None)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_TMP")) as home:
        environment["ARMSTRACE_HOME"] = str(keep / what) if keep else home
        row = Path(home) / "row.json"
        own = [*sys.argv[1:], "--inside", what, "--row", str(row)]
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", "matching", *own],
            env=environment, check=False,
        )  # fmt: skip
        if done.returncode:
            return {"method": name, "missing": f"broke off ({done.returncode})"}
        return json.loads(row.read_text(encoding="utf-8"))


def _made(
    asked: argparse.Namespace, read: Read
) -> tuple[Register, list[tuple[Written, str]]]:
    """Make the register and the readings, with the place of each arm in it."""
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


def _describe(asked: argparse.Namespace) -> dict[str, object]:
    register, cases = _made(asked, _card(asked))
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
    return {
        "arms": len(register),
        "makes": makes,
        "bare_numbers": round(register.bare, 4),
        "serials_of_several": int((times > 1).sum()),
        "readings": len(cases),
        "not_registered": round(absent, 4),
        "errors": {name: n / len(cases) for name, n in errors.most_common()},
        "generator": asked.generator,
        "mix": asked.mix,
        "seed": asked.seed,
        "blind": asked.blind,
        "peer_reading": asked.peer_reading,
    }


def _card(asked: argparse.Namespace) -> Read:
    return blind.card if asked.blind else canonical.card


def _measure_inside(what: str, asked: argparse.Namespace) -> None:
    if what.startswith("peer:"):
        measured, told = _peer(what.removeprefix("peer:"), asked), []
    else:
        measured, told = _armstrace(what, *_made(asked, _card(asked)), asked)
    lines = [f"{measured.name:22} {measured.missing}"]
    if measured.result:
        lines = measured.result.lines(is_calibrated=measured.states_probability)
    print("\n".join([*lines, *told]), flush=True)
    asked.row.write_text(json.dumps(measured.row()), encoding="utf-8")


def _peer(name: str, asked: argparse.Namespace) -> Measured:
    if peers.lacking(name):
        return Measured(name, missing=peers.lacking(name))
    register, cases = _made(asked, READINGS[asked.peer_reading][0])
    count = asked.peer_queries or peers.asked_of(name, asked.size, len(cases))
    home = Path(os.environ["ARMSTRACE_HOME"])
    return peers.measure(
        name, register, cases[:count], reading=asked.peer_reading, home=home
    )


def _armstrace(
    store: str,
    register: Register,
    cases: list[tuple[Written, str]],
    asked: argparse.Namespace,
) -> tuple[Measured, list[str]]:
    result = Result(f"armstrace {store}")
    measured = Measured(result.name, result, tables.Memory(), states_probability=True)
    if store == "memory":
        held, counts, told = _in_memory(register, measured, asked)
        name = str
    else:
        held, counts, told = _in_database(register, measured, asked)
        name = databases.place_of
    read = blind.query if asked.blind else canonical.query
    ranker = _ranker(Population(counts), held, name, read, asked)
    del counts
    watched = _Watched(held)
    search = Search(watched, ranker, top=10)
    measured.memory.built()
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
    return measured, told


def _ranker(
    population: Population,
    held: object,
    name: Callable[[str], str],
    read: Callable[[str, Description], Query],
    asked: argparse.Namespace,
) -> Ranker:
    if not asked.learned:
        return Ranker(population, blind.channel() if asked.blind else None)

    def draw(count: int, seed: int) -> list[tuple[Query, str]]:
        others = argparse.Namespace(**{**vars(asked), "queries": count, "seed": seed})
        _, cases = _made(others, _card(asked))
        return [(read("", one.description), truth) for one, truth in cases]

    return learned.ranker(held, population, draw, name=name, seed=asked.seed)


def _in_memory(
    register: Register, measured: Measured, asked: argparse.Namespace
) -> tuple[object, Counts, list[str]]:
    started = time.perf_counter()
    held = ColumnRegistry(register, blind.NO_CLASSES if asked.blind else None)
    measured.result.seconds_building = time.perf_counter() - started
    measured.store = {"key bytes an arm": held.bytes_held / len(register)}
    return held, held.counts, [_store_line(measured.store)]


def _in_database(
    register: Register, measured: Measured, asked: argparse.Namespace
) -> tuple[object, Counts, list[str]]:
    vendor = databases.set_up()
    started = time.perf_counter()
    counts = counts_of(register)
    marker = Path(os.environ["ARMSTRACE_HOME"]) / "held.json"
    held = json.dumps([str(getattr(asked, name)) for name in HELD])
    if marker.exists() and marker.read_text(encoding="utf-8") == held:
        sizes = databases.sizes(vendor, len(register))
    else:
        sizes = databases.hold(register, counts)
        marker.write_text(held, encoding="utf-8")
    measured.result.seconds_building = time.perf_counter() - started
    an_arm = sum(size for words, size in sizes.items() if "bytes an arm" in words)
    measured.stored_bytes = an_arm * len(register)
    costs = databases.insert_cost(register)
    measured.store = sizes | {
        f"{words} for a further arm": n for words, n in costs.items()
    }
    from armstrace.registry.search import DatabaseRegistry  # noqa: PLC0415

    return DatabaseRegistry(), counts, [_store_line(measured.store)]


def _store_line(sizes: dict[str, float]) -> str:
    return "  " + ", ".join(f"{words} {size:.0f}" for words, size in sizes.items())


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
