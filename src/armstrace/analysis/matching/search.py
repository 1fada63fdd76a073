"""Find and rank the registered arms for a reading, in widening circles."""

from collections.abc import Sequence
from dataclasses import replace

from armstrace.analysis.matching import keys
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.rank import Ranker, Ranking
from armstrace.analysis.matching.retrieval import Registry
from armstrace.analysis.matching.weighed import Weighing
from armstrace.vocabulary.messages import NOTHING, Message, message

SERIAL_NEEDED = message(
    "Too little of a serial was read: read at least two characters,"
    " and leave no more than four as ?."
)
TOO_MANY_ALIKE = message(
    "No usable serial was read and too many registered arms are alike: the serial is "
    "what is needed."
)
MANY_FIT = message(
    "More registered arms fit what was read than can be listed: read more of the marks."
)
SHORTEST_BEGINNING = 3
# Each circle is a tier of keys, and whether only plausible makes are looked at. A
# second error on an arm of an implausible make as well is left to chance.
CIRCLES = ((1, True), (1, False), (2, True))


class Search:
    """Searches one registry with one ranker.

    Tier 1 looks for one error among the makes that may have been read, then among
    all; tier 2 for a second error among the former. Each step is taken only if the
    one before left the likeliest arm unsure.

    Args:
        top: How many candidates to list.
    """

    def __init__(self, registry: Registry, ranker: Ranker, *, top: int = 10) -> None:
        self._registry = registry
        self._ranker = ranker
        self._top = top
        self._rules = ranker.channel.search
        self._classes = ranker.channel.serial.folding

    def run(self, query: Query) -> Ranking:
        """Find and rank the arms for one reading; it says what is needed where none."""
        weighing = self._ranker.weighing(query)
        serials = [take.serial for take in weighing.taken]
        alike, note = self._alike(weighing)
        weighing.add(alike)
        if not self._keys(serials, 1):
            return replace(self._ranking(query, weighing), note=note)
        self._widen(weighing)
        ranking = self._ranking(query, weighing)
        if ranking.probability_others <= self._rules.unsure:
            return ranking
        return replace(ranking, note=note or MANY_FIT)

    def _widen(self, weighing: Weighing) -> None:
        """Fetch and weigh arms in wider circles, until the best is sure enough."""
        makes = self._ranker.scales.plausible_makes(
            take.description for take in weighing.taken
        )
        serials = [take.serial for take in weighing.taken]
        ends = weighing.taken[0].reading.query.ends
        for tier, is_scoped in CIRCLES:
            if makes is None and (tier, is_scoped) == CIRCLES[0]:
                continue
            asked = self._keys(serials, tier, ends=ends if tier == 1 else ())
            found = self._registry.cards_for(
                self._with_tails(asked, serials[0]) if is_scoped else asked,
                makes=makes if is_scoped else None,
                limit=self._most_cards(is_scoped=is_scoped and makes is not None),
            )
            weighing.add(found, left_out=getattr(found, "left_out", 0))
            if self._is_enough(weighing, tier=tier, is_scoped=is_scoped):
                return
            is_first = tier == 1 and (is_scoped or makes is None)
            if is_first and self._go_on(weighing, serials[0], makes):
                return

    def _go_on(
        self, weighing: Weighing, read: str, makes: frozenset[str] | None
    ) -> bool:
        """Weigh the arms whose serial goes on from what was read, if that was cut."""
        self._by_other_numbers(weighing)
        beginning = read.removesuffix("*")
        if not _is_number(beginning):
            return False
        found = self._registry.cards_beginning(
            beginning,
            makes=makes,
            limit=self._most_cards(is_scoped=makes is not None),
        )
        weighing.add(found, left_out=getattr(found, "left_out", 0))
        return self._is_enough(weighing, tier=1, is_scoped=False)

    def _by_other_numbers(self, weighing: Weighing) -> None:
        """Weigh the arms on which what was read stands as another number."""
        read = weighing.taken[0].serial
        if not _is_number(read):
            return
        found = self._registry.cards_for(
            keys.other_keys([read], self._classes),
            makes=None,
            limit=self._rules.few_cards,
        )
        weighing.add_by_other_number(found)

    def _with_tails(self, asked: tuple[int, ...], read: str) -> tuple[int, ...]:
        return tuple(sorted({*asked, *keys.tail_keys(read, self._classes)}))

    def _most_cards(self, *, is_scoped: bool) -> int:
        return self._rules.most_cards if is_scoped else self._rules.most_cards_anywhere

    def _is_enough(self, weighing: Weighing, *, tier: int, is_scoped: bool) -> bool:
        best, clear = self._ranker.outlook(weighing)
        if best < self._rules.unsure:
            return False
        if tier == 1 and is_scoped:
            return clear is not None and best >= self._rules.enough
        return tier > 1 or best >= self._rules.enough

    def _ranking(self, query: Query, weighing: Weighing) -> Ranking:
        return self._ranker.ranking(query, weighing, top=self._top)

    def _keys(
        self, serials: Sequence[str], tier: int, *, ends: Sequence[str] = ()
    ) -> tuple[int, ...]:
        several = [
            keys.query_keys(one, tier, self._classes) for one in dict.fromkeys(serials)
        ]
        if len(several) == 1 and not ends:
            return several[0]
        several.append(tuple(keys.end_keys(ends, self._classes)))
        return tuple(sorted({key for found in several for key in found}))

    def _alike(self, weighing: Weighing) -> tuple[list[Card], Message]:
        """Give the arms alike where the serial says nothing and they are few."""
        few, note = self._rules.few_cards, NOTHING
        for take in weighing.taken:
            if self._keys([take.serial], 1):
                continue
            found = self._registry.cards_described(take.reading.query, limit=few + 1)
            if len(found) > few:
                return [], TOO_MANY_ALIKE
            if found:
                return found, NOTHING
            note = SERIAL_NEEDED
        return [], note


def _is_number(read: str) -> bool:
    """Tell whether what was read is whole and long enough to be looked up."""
    return len(read) >= SHORTEST_BEGINNING and read.isalnum()
