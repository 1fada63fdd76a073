"""Find the names of a list that are near one name, without comparing all of them.

Words are found by their sound, by their sound less one letter, by their consonants
and by the name of which they are a form; those entries are compared that share the
rarest words.
"""

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from armstrace.analysis.names import comparison, reading, spelling, words
from armstrace.analysis.names.comparison import Score

MOST_COMPARED, LEAST_COMPARED = 120, 20
MOST_WORDS_COMPARED = 480
"""A comparison costs by the words of both: of a long name fewer entries are compared,
those that share its rarest words."""
MOST_ENTRIES_OF_A_WORD = 20_000
MOST_PAIRED = 6
LEAST_LESS_ONE = 4
LONGEST_LESS_ONE = 14


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry of the list that is near a name."""

    place: int
    name: str
    score: Score


class NameIndex:
    """A list of names that can be asked for those near another.

    Args:
        names: Names as written; each is known by its place in them.
        schema: Of what they are names; see ``comparison.compare``.
    """

    def __init__(self, names: Iterable[str], schema: str) -> None:
        self._names = tuple(names)
        self._schema = schema
        self._is_person = schema.upper() in reading.PERSONS
        self._entries: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for place, name in enumerate(self._names):
            for plain in set(self._plain(name)):
                self._entries[plain].append(place)
        for plain in self._entries:
            for key in set(_keys(plain)):
                self._by_key[key].append(plain)

    def nearest(self, name: str, *, top: int = 10) -> list[Hit]:
        """Give the entries nearest a name, best first, none that scores 0."""
        hits = [
            Hit(place, self._names[place], score)
            for place in self._candidates(name)
            if (score := self._compare(name, place)).score > 0
        ]
        hits.sort(key=lambda hit: (-hit.score.score, hit.place))
        return hits[:top]

    def _compare(self, name: str, place: int) -> Score:
        return comparison.compare(self._schema, name, self._names[place])

    def _candidates(self, name: str) -> list[int]:
        shared: dict[int, float] = defaultdict(float)
        own = set(self._plain(name))
        for plain in own:
            near = {held for key in _keys(plain) for held in self._by_key.get(key, ())}
            best: dict[int, float] = {}
            for held in near:
                entries = self._entries[held]
                if len(entries) > MOST_ENTRIES_OF_A_WORD:
                    continue
                rarity = math.log(1 + len(self._names) / len(entries))
                gain = rarity * (1.0 if held == plain else 0.8)
                best |= {p: gain for p in entries if best.get(p, 0.0) < gain}
            for place, gain in best.items():
                shared[place] += gain
        most = max(LEAST_COMPARED, MOST_WORDS_COMPARED // max(1, len(own) - 1))
        return heapq.nlargest(
            min(most, MOST_COMPARED), shared, key=lambda p: (shared[p], -p)
        )

    def _plain(self, name: str) -> Iterator[str]:
        """Give the words of a name, and all of it as one."""
        found = reading.tokens(name, is_person=self._is_person)
        yield from (word.plain for word in found if len(word.plain) > 1)
        yield "".join(word.plain for word in found)


@lru_cache(maxsize=65_536)
def name_keys(schema: str, name: str) -> frozenset[str]:
    """Give the keys by which a table finds names like one: few, and most of them rare.

    The sound and the consonants of each word, each two words together in whatever
    order, and the whole as one word.

    Args:
        schema: Of what it is the name; see ``comparison.compare``.
        name: As written, in any script.
    """
    found = reading.tokens(name, is_person=schema.upper() in reading.PERSONS)
    heard = [spelling.sound(word.plain) for word in found if len(word.plain) > 1]
    bones = (spelling.skeleton(word.plain) for word in found)
    pairs = combinations(sorted(set(heard))[:MOST_PAIRED], 2)
    return frozenset(
        {
            *heard,
            *(f"-{each}" for each in bones if len(each) > 1),
            *("+".join(pair) for pair in pairs),
            "".join(spelling.sound(word.plain) for word in found),
        }
        - {""}
    )


@lru_cache(maxsize=262_144)
def _keys(plain: str) -> tuple[str, ...]:
    heard = spelling.sound(plain)
    keys = {heard, *(f"={number}" for number in words.variants().get(plain, ()))}
    if len(bones := spelling.skeleton(plain)) > 1:
        keys.add(f"-{bones}")
    if LEAST_LESS_ONE <= len(heard) <= LONGEST_LESS_ONE:
        keys |= {heard[:n] + heard[n + 1 :] for n in range(len(heard))}
    return tuple(sorted(keys))
