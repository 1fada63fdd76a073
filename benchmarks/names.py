"""Time one name against a long list, and all subjects against what changed in it.

    python -m benchmarks names [--listed 100000] [--asked 500] [--subjects 100000]

Names are drawn from syllables, first names as unevenly as they are given: some stand
on the list thousands of times. Of the names asked, half are on the list with a letter
changed, left out or doubled, a fifth of these with their words in another order; the
others are drawn as the list is. A new version of the list changes one entry in a
hundred, and every subject is looked for among those. One core; no database.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator

from armstrace.analysis.names.entries import Entry
from armstrace.analysis.names.screening import KindIndexes

STARTS = "b br ch d dr f g gr h j k kr l m n p r s sh st t tr v vl y z"
VOWELS = "a e i o u ai ia"
ENDS = "k l m n r s v sk nd rt"


def main() -> None:
    """Print the figures as JSON."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--listed", type=int, default=100_000)
    words.add_argument("--asked", type=int, default=500)
    words.add_argument("--subjects", type=int, default=100_000)
    words.add_argument("--seed", type=int, default=1)
    wanted = words.parse_args()
    print(json.dumps(measure(wanted), indent=1))


def measure(wanted: argparse.Namespace) -> dict[str, object]:
    """Ask for names one by one, then for all subjects among one entry in a hundred."""
    rng = random.Random(wanted.seed)
    people = _people(rng)
    listed = [_entry(place, next(people), rng) for place in range(wanted.listed)]
    begun = time.process_time()
    index = KindIndexes(listed)
    index.near(listed[0].names[0], "Person")
    built = time.process_time() - begun

    taken, found = [], 0
    for place in range(wanted.asked):
        own = listed[rng.randrange(wanted.listed)] if place % 2 else None
        name = _misspell(own.names[0], rng) if own else next(people)
        begun = time.process_time()
        hits = index.near(name, "Person")
        taken.append(round(1000 * (time.process_time() - begun), 1))
        found += own is not None and own.number in {hit.entry.number for hit in hits}

    changed = KindIndexes(listed[::100])
    begun, near = time.process_time(), 0
    for _ in range(wanted.subjects):
        near += bool(changed.near(next(people), "Person"))
    ranked = sorted(taken)
    return {
        "listed": wanted.listed,
        "index_s": round(built, 1),
        "asked": len(ranked),
        "processor_ms": {
            "median": ranked[len(ranked) // 2],
            "p95": ranked[len(ranked) * 95 // 100],
            "worst": ranked[-1],
        },
        "misspelt_and_found": f"{found} of {wanted.asked // 2}",
        "changed": len(changed),
        "subjects": wanted.subjects,
        "subjects_s": round(time.process_time() - begun, 1),
        "subjects_near": near,
    }


def _people(rng: random.Random) -> Iterator[str]:
    firsts = [_word(rng, 2) for _ in range(2_000)]
    lasts = [_word(rng, 3) for _ in range(40_000)]
    weights = [1 / place for place in range(1, len(firsts) + 1)]
    while True:
        given = rng.choices(firsts, weights, k=rng.choice((1, 1, 2)))
        yield " ".join((*given, rng.choice(lasts))).title()


def _word(rng: random.Random, syllables: int) -> str:
    drawn = (
        rng.choice(letters.split()) for letters in (*(STARTS, VOWELS) * syllables, ENDS)
    )
    return "".join(drawn)


def _entry(place: int, name: str, rng: random.Random) -> Entry:
    aliases = (_misspell(name, rng),) if rng.random() < 0.3 else ()
    return Entry(f"L{place}", "Person", (name, *aliases))


def _misspell(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name))
    changed = rng.choice(("", name[at] * 2, rng.choice("aeiou")))
    parts = f"{name[:at]}{changed}{name[at + 1 :]}".split()
    return " ".join((*parts[1:], parts[0]) if rng.random() < 0.2 else parts)


if __name__ == "__main__":
    main()
