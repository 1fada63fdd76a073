"""Measure matching against its peers, on one synthetic country in one run.

    python -m benchmarks.matching --arms 100000 --queries 1000
    python tests/with_postgres.py python -m benchmarks.matching

Every method gets the same canonical values. A peer fetches its fifty likeliest
serials and ranks them by the weighted Jaro-Winkler similarity of serial, make,
model and calibre; absent arms count for the calibration only.
"""

import argparse
import os
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import duckdb
import numpy as np
import psycopg
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching import canonical, shapes
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.memory import MemoryRegistry
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import ranker_of
from armstrace.analysis.matching.search import Search
from armstrace.analysis.statistics import wilson
from armstrace.analysis.synthetic.cases import Marking
from armstrace.analysis.synthetic.country import SyntheticCountry

FETCHED = 50
WEIGHTS = {"serial": 0.55, "make": 0.2, "model": 0.15, "calibre": 0.1}
CERTAIN = 0.95

Find = Callable[[Query], list[tuple[str, float]]]


@dataclass
class Case:
    """A reading, the arm it is of, and the errors that were made."""

    query: Query
    truth: str
    errors: str


@dataclass
class Result:
    """What one method found."""

    name: str
    seconds_building: float = 0.0
    first: int = 0
    within_ten: int = 0
    present: int = 0
    milliseconds: list[float] = field(default_factory=list)
    stated: list[tuple[float, bool]] = field(default_factory=list)
    by_error: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    asked = _asked()
    country = SyntheticCountry(asked.seed, asked.arms, asked.recoveries)
    cases = list(_cases(country))[: asked.queries]
    withheld = _withhold(cases, asked.absent)
    cards = [
        _card(row) for row in country.registry() if row["source_number"] not in withheld
    ]
    _describe(cards, cases)
    peers = {
        "armstrace": lambda: _armstrace(cards),
        "trigram": lambda: _trigrams(cards),
        "rapidfuzz": lambda: _rapidfuzz(cards),
        "duckdb": lambda: _duckdb(cards),
        "pg_trgm": lambda: _pg_trgm(cards),
    }
    for name in asked.peers:
        _print(_measured(name, peers[name], cases))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak} MiB, registry and all methods together")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arms", type=int, default=100_000)
    parser.add_argument("--recoveries", type=int, default=5_000)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--absent", type=float, default=0.12)
    parser.add_argument("--seed", type=int, default=11)
    default = ["armstrace", "trigram", "rapidfuzz", "duckdb"]
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        default.append("pg_trgm")
    parser.add_argument("--peers", nargs="*", default=default)
    return parser.parse_args()


def _card(row: dict[str, str]) -> Card:
    return canonical.card(
        row["source_number"], _description(row), import_country=row["import_country"]
    )


def _description(row: dict[str, str]) -> Description:
    return Description(
        type=row["arm_type"],
        make=row["make"],
        model=row["model"],
        calibre=row["calibre"],
        serial=row["serial"],
        country=row["country_of_manufacture"],
    )


def _cases(country: SyntheticCountry) -> Iterator[Case]:
    truth = {row["source_number"]: row for row in country.truth()}
    for row in country.recoveries():
        known = truth[row["source_number"]]
        query = canonical.query(row["source_number"], _description(row))
        is_marked = known["marking"] == Marking.UNIQUE and query.serial
        if row["item_kind"] == "ARM" and is_marked:
            yield Case(query, known["arm_number"], known["mark_errors"] or "none")


def _withhold(cases: list[Case], share: float) -> set[str]:
    """Choose arms to leave out of the registry until a share of readings is of none."""
    lacking = round(share * len(cases)) - sum(not case.truth for case in cases)
    present = [case for case in cases if case.truth]
    withheld: set[str] = set()
    for case in present[:: max(1, len(present) // max(1, lacking))][: max(0, lacking)]:
        withheld.add(case.truth)
    for case in cases:
        if case.truth in withheld:
            case.truth = ""
    return withheld


def _describe(cards: list[Card], cases: list[Case]) -> None:
    bare = sum(card.serial.isdigit() for card in cards) / len(cards)
    absent = sum(not case.truth for case in cases) / len(cases)
    made = defaultdict(int)
    for case in cases:
        for error in case.errors.split(";"):
            made[error] += 1
    print(f"{len(cards)} arms, {bare:.0%} with bare numbers; {len(cases)} readings")
    print(f"{absent:.0%} of the arms read are not registered; errors:")
    print(", ".join(f"{e} {n / len(cases):.1%}" for e, n in sorted(made.items())))
    print(f"distinct shapes {len({shapes.shape_of(c.serial) for c in cards})}")


def _measured(name: str, build: Callable[[], Find], cases: list[Case]) -> Result:
    started = time.perf_counter()
    find = build()
    result = Result(name, time.perf_counter() - started)
    for case in cases:
        started = time.perf_counter()
        found = find(case.query)
        result.milliseconds.append((time.perf_counter() - started) * 1000)
        ids = [registry_id for registry_id, _ in found]
        if found:
            result.stated.append((found[0][1], ids[0] == case.truth))
        if case.truth:
            result.present += 1
            result.first += ids[:1] == [case.truth]
            result.within_ten += case.truth in ids[:10]
            errors = case.errors.split(";")
            for error in errors if errors == ["none"] else [*errors, "any error"]:
                result.by_error[error].append(ids[:1] == [case.truth])
    return result


def _print(result: Result) -> None:
    p50, p95 = np.percentile(result.milliseconds, [50, 95])
    first = result.first / result.present
    low, high = wilson.wilson_bounds(result.first, result.present)
    print(
        f"{result.name:10} n={result.present} R@1 {first:.3f} [{low:.3f}-{high:.3f}] "
        f"R@10 {result.within_ten / result.present:.3f} "
        f"p50 {p50:.2f} ms p95 {p95:.2f} ms built in {result.seconds_building:.1f} s"
    )
    misread = result.by_error["any error"]
    low, high = wilson.wilson_bounds(sum(misread), len(misread))
    print(
        f"           misread only n={len(misread)} "
        f"R@1 {sum(misread) / len(misread):.3f} [{low:.3f}-{high:.3f}]"
    )
    if result.name == "armstrace":
        _print_calibration(result)


def _print_calibration(result: Result) -> None:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, is_right in result.stated:
        bins[min(int(probability * 10), 9)].append((probability, is_right))
    error = sum(
        abs(sum(p for p, _ in rows) - sum(right for _, right in rows))
        for rows in bins.values()
    ) / len(result.stated)
    sure = [right for probability, right in result.stated if probability >= CERTAIN]
    print(
        f"           calibration error {error:.4f}; of p >= {CERTAIN}, "
        f"{len(sure)} of {len(result.stated)}, {sum(sure) / len(sure):.4f} are right"
    )
    for name, rows in sorted(result.by_error.items()):
        print(f"           {name:20} n={len(rows):5} R@1 {sum(rows) / len(rows):.3f}")


def _armstrace(cards: list[Card]) -> Find:
    registry = MemoryRegistry(cards)
    search = Search(registry, ranker_of(Population(registry.counts)))

    def find(query: Query) -> list[tuple[str, float]]:
        found = search.run(query).candidates
        return [(one.registry_id, one.probability) for one in found]

    return find


def _trigrams(cards: list[Card]) -> Find:
    grams: dict[str, list[int]] = defaultdict(list)
    sizes = np.zeros(len(cards))
    for place, card in enumerate(cards):
        own = _grams(card.serial)
        sizes[place] = len(own)
        for gram in own:
            grams[gram].append(place)
    held = {gram: np.array(places) for gram, places in grams.items()}

    def find(query: Query) -> list[tuple[str, float]]:
        own = _grams(query.serial)
        places = [held[gram] for gram in own if gram in held]
        if not places:
            return []
        shared = np.bincount(np.concatenate(places), minlength=len(cards))
        likeness = shared / (sizes + len(own) - shared)
        best = np.argpartition(-likeness, FETCHED)[:FETCHED]
        return _ranked(query, [cards[place] for place in best if shared[place]])

    return find


def _grams(serial: str) -> set[str]:
    padded = f"  {serial} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _rapidfuzz(cards: list[Card]) -> Find:
    serials = [card.serial for card in cards]

    def find(query: Query) -> list[tuple[str, float]]:
        scorer = JaroWinkler.normalized_similarity
        best = process.extract(query.serial, serials, scorer=scorer, limit=FETCHED)
        return _ranked(query, [cards[place] for _, _, place in best])

    return find


def _duckdb(cards: list[Card]) -> Find:
    connection = duckdb.connect()
    places = np.arange(len(cards))
    serials = np.array([card.serial for card in cards], dtype=object)
    table = {"place": places, "serial": serials}
    connection.register("given", table)
    connection.execute("create table arms as select * from given")
    sql = (
        "select place from arms order by "
        f"jaro_winkler_similarity(serial, ?) desc limit {FETCHED}"
    )

    def find(query: Query) -> list[tuple[str, float]]:
        rows = connection.execute(sql, [query.serial]).fetchall()
        return _ranked(query, [cards[place] for (place,) in rows])

    return find


def _pg_trgm(cards: list[Card]) -> Find:
    url = os.environ.get("DATABASE_ADMIN_URL") or os.environ["DATABASE_URL"]
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("create extension if not exists pg_trgm")
    connection.execute("create temp table arms (place int, serial text)")
    with connection.cursor().copy("copy arms from stdin") as copy:
        for place, card in enumerate(cards):
            copy.write_row((place, card.serial))
    connection.execute("create index on arms using gin (serial gin_trgm_ops)")
    connection.execute("analyze arms")
    connection.execute("set pg_trgm.similarity_threshold = 0.3")
    sql = (
        "select place from arms where serial %% %s "
        f"order by similarity(serial, %s) desc limit {FETCHED}"
    )

    def find(query: Query) -> list[tuple[str, float]]:
        rows = connection.execute(sql, [query.serial, query.serial]).fetchall()
        return _ranked(query, [cards[place] for (place,) in rows])

    return find


def _ranked(query: Query, cards: list[Card]) -> list[tuple[str, float]]:
    scored = [(card.registry_id, _likeness(query, card)) for card in cards]
    return sorted(scored, key=lambda row: -row[1])


def _likeness(query: Query, card: Card) -> float:
    total = weights = 0.0
    for name, weight in WEIGHTS.items():
        read, registered = getattr(query, name), getattr(card, name)
        if read and registered:
            total += weight * JaroWinkler.normalized_similarity(read, registered)
            weights += weight
    return total / weights if weights else 0.0


if __name__ == "__main__":
    main()
