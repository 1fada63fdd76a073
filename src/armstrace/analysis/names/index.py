"""Find the names of a list that are near one name, without comparing all of them.

Words are found by their sound, by their sound less one letter, by their consonants
and by the name of which they are a form; those entries are compared that share the
rarest words.
"""

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

from rapidfuzz.fuzz import ratio

from armstrace.analysis.names import alignment, comparison, reading, spelling, words
from armstrace.analysis.names.comparison import Score

MOST_COMPARED, LEAST_COMPARED = 120, 20
# A comparison costs by the words of both: of a long name fewer entries are compared,
# those that share its rarest words.
MOST_WORDS_COMPARED = 480
MOST_ENTRIES_OF_A_WORD = 20_000
MOST_PAIRED = 6
# Share of the rarity of all words of the lighter name that two near names share.
LEAST_SHARED = 0.4
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
        self._kin_rarities: dict[str, float] = {}

    def nearest(self, name: str, *, top: int = 10) -> list[Hit]:
        """Give the entries nearest a name, best first, none that scores 0.

        Of two with one score the one goes first whose letters are nearer.
        """
        scored = (
            (place, self._compare(name, place)) for place in self._candidates(name)
        )
        return self._hits(name, [s for s in scored if s[1].score > 0])[:top]

    def near(self, name: str) -> list[Hit]:
        """Give the entries that reach the cut, best first, as ``nearest`` does.

        Only those are compared that share so much of the rarer words that they can
        reach it: a common first name alone costs no comparison.
        """
        shared = self._gains(name, self._kin_rarity)
        total = self._total(name)
        scored = (
            (place, self._compare(name, place))
            for place, gain in shared.items()
            if gain >= LEAST_SHARED * min(total, self._totals[place])
        )
        return self._hits(name, [s for s in scored if s[1].is_near])

    def _hits(self, name: str, scored: list[tuple[int, Score]]) -> list[Hit]:
        hits = [Hit(place, self._names[place], score) for place, score in scored]
        return sorted(
            hits,
            key=lambda hit: (
                -hit.score.score,
                -ratio(name, hit.name, processor=str.casefold),
                hit.place,
            ),
        )

    def _compare(self, name: str, place: int) -> Score:
        return comparison.compare(self._schema, name, self._names[place])

    def _candidates(self, name: str) -> list[int]:
        own = set(self._plain(name))
        shared = self._gains(name, self._rarity)
        most = max(LEAST_COMPARED, MOST_WORDS_COMPARED // max(1, len(own) - 1))
        return heapq.nlargest(
            min(most, MOST_COMPARED), shared, key=lambda p: (shared[p], -p)
        )

    def _gains(self, name: str, rarity: Callable[[str], float]) -> dict[int, float]:
        """Give how much each entry shares with a name, by the rarity of its words."""
        shared: dict[int, float] = defaultdict(float)
        own = set(self._plain(name))
        for plain in own:
            near = {held for key in _keys(plain) for held in self._by_key.get(key, ())}
            best: dict[int, float] = {}
            for held in near:
                entries = self._entries[held]
                if len(entries) > MOST_ENTRIES_OF_A_WORD:
                    continue
                gain = rarity(held) * (1.0 if held == plain else 0.8)
                best |= {p: gain for p in entries if best.get(p, 0.0) < gain}
            for place, gain in best.items():
                shared[place] += gain
        return shared

    @cached_property
    def _totals(self) -> array[float]:
        """Give the total of each entry; ``nearest`` does without."""
        return array("f", map(self._total, self._names))

    def _total(self, name: str) -> float:
        return sum(map(self._kin_rarity, set(self._words(name))))

    def _rarity(self, plain: str) -> float:
        return math.log(1 + len(self._names) / len(self._entries.get(plain, " ")))

    def _kin_rarity(self, plain: str) -> float:
        """Give how rare a word is with all that are written like it.

        A frequent name misspelt is as frequent as it is spelt well: counted by its
        own letters it would be rare, and meet all who bear that name.
        """
        if (known := self._kin_rarities.get(plain)) is None:
            often = max((self._often.get(key, 1) for key in _keys(plain)), default=1)
            known = math.log(1 + len(self._names) / often)
            if plain in self._entries:
                self._kin_rarities[plain] = known
        return known

    @cached_property
    def _often(self) -> dict[str, int]:
        """Give in how many entries a word of each key stands."""
        return {
            key: sum(len(self._entries[plain]) for plain in plains)
            for key, plains in self._by_key.items()
        }

    def _plain(self, name: str) -> Iterator[str]:
        """Give the words of a name, and all of it as one, of two in both orders."""
        found = [w.plain for w in reading.tokens(name, is_person=self._is_person)]
        yield from self._words(name)
        yield "".join(found)
        if len(found) == alignment.PAIR:
            yield "".join(reversed(found))

    def _words(self, name: str) -> Iterator[str]:
        found = reading.tokens(name, is_person=self._is_person)
        return (word.plain for word in found if len(word.plain) > 1)


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
