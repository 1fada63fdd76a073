"""Measure on real workbooks how surely an arm is known again.

    python -m benchmarks sightings [WORKBOOK …] [--home FOLDER] [--examine FILE]

Loads workbooks of seizures (those of ARMSTRACE_SHARED where none is named) into a
folder, or takes one that holds them, and prints one JSON document:

again       later appearances of one make and whole number in another procedure: the
            share that is listed, and that stands at p >= .5 and .9
different   pairs at p >= .9 whose serials are written differently; ``--examine``
            writes their rows for a person, who says which are one arm
calibration error of the probability of the likeliest earlier recovery, over readings as
            they come and with half of them misread
typed_twice serials of the workbooks (filled up to ``--serials``), one of two misread
            as two people type them, with make: recall of Armstrace and of Jaro-Winkler

Misreadings are those of the second generator and cuts at any place; no rate of the
product was set on them or on these readings, and nothing is learned before. The field
rates of ``channel.toml`` were counted on every second of such pairs: ``again`` counts
those of the other half apart.
"""

import argparse
import copy
import csv
import json
import os
import random
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from armstrace.analysis.marks import search_keys
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.memory import MemoryRegistry
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker
from armstrace.analysis.matching.search import Search
from benchmarks import commands, matching_databases
from benchmarks.matching_figures import Result
from benchmarks.matching_peers_reading import WEIGHTS
from benchmarks.matching_register import make_register
from benchmarks.second_generator import mistype

COLUMNS = ("recovery_id", "recovered_on", "case_number", "arm_type", "make",
           "model", "calibre", "serial_as_marked", "make_as_written",
           "model_as_written", "calibre_as_written", "other_marks_as_written",
           "import_mark_as_written", "custody_number", "notes")  # fmt: skip
SURE, EVEN = 0.9, 0.5
# Of 45 serials that two people typed differently, 13 were cut.
CUT = 13 / 45
SHORTEST_CUT = 3

# Two recoveries and the probability that they are of one arm.
type Pair = tuple[object, object, float]


@dataclass
class Sighting:
    """A recovery, what was stated of its earlier ones, and which are of its arm."""

    record: object
    stated: list[dict[str, object]]
    same: frozenset[int]


def load(home: Path, workbooks: Sequence[Path]) -> None:
    """Load workbooks into a folder."""
    commands.armstrace(home, "init", on_postgres=False)
    for path in workbooks:
        commands.armstrace(
            home, "intake", str(path), "--kind", "recoveries", on_postgres=False
        )


def sightings(records: Sequence[object]) -> Iterator[Sighting]:
    """Compare each recovery that has a serial with all before it."""
    earlier = compared_with(records)
    known: dict[tuple[str, str], dict[int, str]] = {}
    for record in records:
        if not record.serial_search:
            continue
        found = earlier.compare(record)
        before = known.setdefault((record.make, record.serial_search), {})
        same = frozenset(pk for pk, case in before.items() if is_apart(case, record))
        yield Sighting(
            record, found.candidates, same if is_whole(record) else frozenset()
        )
        before[record.recovery_id] = record.case_number


def compared_with(records: Sequence[object]) -> object:
    """Hold all recoveries, each to be compared with those before it."""
    from armstrace.recoveries.comparing import EarlierRecoveries  # noqa: PLC0415

    return EarlierRecoveries(max(one.recovery_id for one in records), "measured")


def is_apart(case: str, record: object) -> bool:
    """Tell whether a record is of another procedure."""
    return not (case and case == record.case_number)


def is_whole(record: object) -> bool:
    """Tell whether a recovery has a make and a whole number."""
    is_complete = record.serial_status == "COMPLETE"
    return bool(record.make) and is_complete and record.serial_search.isalnum()


def again(seen: Sequence[Sighting]) -> dict[str, object]:
    """Give how surely later appearances are known again."""
    best = [
        max((s["probability"] for s in one.stated if s["id"] in one.same), default=-1)
        for one in seen
        if one.same
    ]
    # The field rates were counted on some of the first of each two.
    return {"all": _shares(best), "kept_apart": _shares(best[1::2])}


def _shares(best: Sequence[float]) -> dict[str, float]:
    return {
        "n": len(best),
        "listed": _share(best, 0),
        **{f"p>={least}": _share(best, least) for least in (EVEN, SURE)},
    }


def _share(values: Sequence[float], least: float) -> float:
    return round(sum(v >= least for v in values) / max(len(values), 1), 4)


def different(seen: Sequence[Sighting]) -> list[Pair]:
    """Give the sure pairs whose serials are written differently."""
    from armstrace.recoveries.models import RecoveryRecord  # noqa: PLC0415

    found = [
        (one.record, each)
        for one in seen
        for each in one.stated
        if each["probability"] >= SURE and each["id"] not in one.same
    ]
    rows = RecoveryRecord.objects.current().filter(
        recovery_id__in={each["id"] for _, each in found}
    )
    others = {row.recovery_id: row for row in rows}
    return [
        (record, others[each["id"]], each["probability"])
        for record, each in found
        if others[each["id"]].serial_search != record.serial_search
    ]


def write(pairs: Sequence[Pair], path: Path) -> None:
    """Write the rows of pairs, one below the other, to be examined."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["pair", "probability", *COLUMNS])
        for number, (*both, probability) in enumerate(pairs, 1):
            for record in both:
                told = [getattr(record, name) for name in COLUMNS]
                out.writerow([number, probability, *told])


def calibration(
    records: Sequence[object], seen: Sequence[Sighting], wanted: argparse.Namespace
) -> dict[str, object]:
    """Give how far what is stated is from what is true, as they come and misread."""
    chance = random.Random(wanted.seed)
    whole = [one for one in seen if is_whole(one.record)]
    sample = chance.sample(whole, min(wanted.readings, len(whole)))
    as_they_come = Result("as they come")
    for one in sample:
        as_they_come.stated += _stated(one.stated, one.same)
    earlier = compared_with(records)
    half = Result("half misread")
    for n, one in enumerate(sample):
        stated = one.stated
        if n % 2:
            wrong = misread(one.record.serial_search, chance)
            read = copy.copy(one.record)
            read.serial_search = read.serial_as_marked = wrong
            stated = earlier.compare(read).candidates
        half.stated += _stated(stated, one.same)
    return {
        each.name: {
            "n": len(each.stated),
            "error": round(each.ece(), 4),
            "stated": round(sum(p for p, _ in each.stated) / len(each.stated), 4),
            "true": round(sum(t for _, t in each.stated) / len(each.stated), 4),
            "p>=0.9": sure(each.stated),
        }
        for each in (as_they_come, half)
    }


def sure(stated: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Give how many were stated as sure, and the share of them that is right."""
    right = [is_true for p, is_true in stated if p >= SURE]
    return {"n": len(right), "right": round(sum(right) / max(len(right), 1), 4)}


def _stated(
    candidates: Sequence[Mapping[str, object]], same: Collection[int]
) -> list[tuple[float, bool]]:
    """Give the likeliest candidate's probability and whether it is of that arm."""
    return [(one["probability"], one["id"] in same) for one in candidates[:1]]


def typed_twice(
    seen: Sequence[Sighting], wanted: argparse.Namespace
) -> dict[str, object]:
    """Find serials that are typed differently, with nothing else but the make."""
    chance = random.Random(wanted.seed)
    marked = {
        (one.record.make, one.record.serial_search): one.record.serial_as_marked
        for one in seen
        if is_whole(one.record)
    }
    real = sorted(marked)
    chance.shuffle(real)
    filled = [
        (card.make, card.serial)
        for card in make_register(max(wanted.serials - len(real), 0), 11).cards()
    ]
    rows = list(dict.fromkeys([*real[: wanted.serials], *filled]))
    cards = [
        Card(str(place), make=make, serial=serial, ends=_ends(marked, make, serial))
        for place, (make, serial) in enumerate(rows)
    ]
    asked = []
    places = range(min(len(real), wanted.serials))
    for place in chance.sample(places, min(wanted.typed, len(places))):
        card = cards[place]
        written = marked[card.make, card.serial]
        read, kind = typed_by_another(written, card.serial, chance)
        query = Query(make=card.make, serial=search_keys.search_key(read),
                      ends=search_keys.ends(read))  # fmt: skip
        if query.serial != card.serial:
            asked.append((card, query, kind))
    held = MemoryRegistry(cards)
    search = Search(held, Ranker(Population(held.counts)), top=10)
    methods = {
        "armstrace": [
            [one.registry_id for one in search.run(query).candidates]
            for _, query, _ in asked
        ],
        "jaro-winkler": jaro_winkler(cards, [query for _, query, _ in asked]),
    }
    return {"register": len(cards), "real": min(len(real), wanted.serials),
            "n": len(asked), **{
        name: recall(found, asked) for name, found in methods.items()
    }}  # fmt: skip


def recall(
    found: Sequence[Sequence[str]], asked: Sequence[tuple[Card, Query, str]]
) -> dict[str, object]:
    """Give the share found first and among ten, of all and by what was mistyped."""
    rows = [
        (kind, card.registry_id in ids[:1], card.registry_id in ids[:10])
        for ids, (card, _, kind) in zip(found, asked, strict=True)
    ]
    kinds = {"all", *(kind for kind, _, _ in rows)}
    told = {}
    for name in sorted(kinds):
        part = [row for row in rows if name in ("all", row[0])]
        told[name] = {
            "n": len(part),
            "at_1": round(sum(first for _, first, _ in part) / len(part), 3),
            "at_10": round(sum(ten for _, _, ten in part) / len(part), 3),
        }
    return told


def jaro_winkler(cards: Sequence[Card], queries: Sequence[Query]) -> list[list[str]]:
    """Rank all by the weighted likeness of serial and make that peers are given."""
    serials, makes = [card.serial for card in cards], [card.make for card in cards]
    known = list(dict.fromkeys(makes))
    of_make = np.array([known.index(make) for make in makes])
    found = []
    score = JaroWinkler.normalized_similarity
    for query in queries:
        by_serial = process.cdist([query.serial], serials, scorer=score)[0]
        by_make = process.cdist([query.make], known, scorer=score)[0][of_make]
        likeness = WEIGHTS["serial"] * by_serial + WEIGHTS["make"] * by_make
        best = np.argsort(-likeness, kind="stable")[:10]
        found.append([str(place) for place in best])
    return found


def misread(serial: str, chance: random.Random) -> str:
    """Type a serial as another person does."""
    return typed_by_another(serial, serial, chance)[0]


def typed_by_another(marked: str, key: str, chance: random.Random) -> tuple[str, str]:
    """Give a serial as another person typed it, and what went wrong."""
    if chance.random() >= CUT:
        return mistype(chance, key)
    ends = search_keys.ends(marked)
    if ends and chance.random() < 0.5:
        return chance.choice(ends), "cut at a separator"
    if len(key) <= SHORTEST_CUT:
        return mistype(chance, key)
    size = chance.randrange(SHORTEST_CUT, len(key))
    if chance.random() < 0.5:
        return key[:size], "cut anywhere, beginning kept"
    return key[-size:], "cut anywhere, end kept"


def _ends(
    marked: Mapping[tuple[str, str], str], make: str, key: str
) -> tuple[str, ...]:
    return search_keys.ends(marked.get((make, key), ""))


def measure(home: Path, wanted: argparse.Namespace) -> dict[str, object]:
    """Measure all parts on the workbooks of a folder."""
    os.environ["ARMSTRACE_HOME"] = str(home)
    matching_databases.set_up()
    from armstrace.recoveries.models import RecoveryRecord  # noqa: PLC0415

    rows = RecoveryRecord.objects.current().order_by("recovered_on", "recovery_id")
    records = list(rows)
    started = time.perf_counter()
    seen = list(sightings(records))
    pairs = different(seen)
    if wanted.examine:
        write(pairs, wanted.examine)
    return {
        "recoveries": len(records),
        "with_serial": len(seen),
        "ms_each": round(1000 * (time.perf_counter() - started) / len(seen), 2),
        "again": again(seen),
        "different": len(pairs),
        "calibration": calibration(records, seen, wanted),
        "typed_twice": typed_twice(seen, wanted),
    }


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("workbooks", nargs="*", type=Path)
    words.add_argument("--home", type=Path, help="holds the workbooks already")
    words.add_argument("--examine", type=Path, metavar="FILE")
    words.add_argument("--readings", type=int, default=4000)
    words.add_argument("--serials", type=int, default=20_000)
    words.add_argument("--typed", type=int, default=3000)
    words.add_argument("--seed", type=int, default=2026)
    wanted = words.parse_args()
    shared = Path(os.environ.get("ARMSTRACE_SHARED", "../shared"))
    workbooks = wanted.workbooks or sorted(shared.glob("data/rio/*.xlsx"))
    with tempfile.TemporaryDirectory() as folder:
        if not wanted.home:
            load(Path(folder), workbooks)
        print(json.dumps(measure(wanted.home or Path(folder), wanted), indent=2))


if __name__ == "__main__":
    main()
