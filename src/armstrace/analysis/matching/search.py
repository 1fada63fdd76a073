"""Find and rank the registered arms for a reading, in widening circles."""

from armstrace.analysis.matching import keys
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker, Ranking, ranker_of, with_note
from armstrace.analysis.matching.retrieval import Registry
from armstrace.vocabulary.matching import MatchClass

SERIAL_NEEDED = (
    "Too little of a serial was read: read at least two characters, and leave no more "
    "than four as ?."
)
TOO_MANY_ALIKE = (
    "No usable serial was read and more than {few} registered arms are alike: the "
    "serial is what is needed."
)
MANY_FIT = (
    "More registered arms fit what was read than can be listed: read more of the marks."
)
# Each circle is a tier of keys, and whether only plausible makes are looked at.
CIRCLES = ((1, True), (1, False), (2, True), (2, False))

_CLEAR = frozenset({MatchClass.EXACT, MatchClass.CONFUSABLE})


def search(
    query: Query, registry: Registry, population: Population, *, top: int = 10
) -> Ranking:
    """Find and rank the registered arms that a reading may be of.

    Tier 1 looks for one error among the makes that may have been read, then among
    all; tier 2 for a second error. Each step is taken only if the one before left
    the likeliest arm unsure.

    Args:
        query: Canonical values as read.
        registry: Where the arms are held.
        population: The registry's counts.
        top: How many candidates to list.

    Returns:
        The ranking; without candidates it says what is needed.
    """
    return Search(registry, ranker_of(population), top=top).run(query)


class Search:
    """Searches one registry with one ranker.

    Args:
        registry: Where the arms are held.
        ranker: How they are weighed.
        top: How many candidates to list.
    """

    def __init__(self, registry: Registry, ranker: Ranker, *, top: int = 10) -> None:
        self._registry = registry
        self._ranker = ranker
        self._top = top
        self._rules = ranker.channel.search

    def run(self, query: Query) -> Ranking:
        """Find and rank the arms for one reading; see ``search``."""
        alike, note = self._alike(query)
        if not self._keys(query, 1):
            return with_note(self._rank(query, alike), note)
        ranking = self._widening(query, alike)
        if ranking.probability_others <= self._rules.unsure:
            return ranking
        return with_note(ranking, note or MANY_FIT)

    def _widening(self, query: Query, alike: list[Card]) -> Ranking:
        makes = self._ranker.scales.plausible_makes(query)
        looked_up: dict[int, tuple[int, ...]] = {}
        cards, ranking = alike, self._rank(query, alike)
        for tier, is_scoped in CIRCLES:
            if is_scoped and not makes:
                continue
            if tier not in looked_up:
                looked_up[tier] = self._keys(query, tier)
            cards += self._registry.cards_for(
                looked_up[tier],
                makes=makes if is_scoped else None,
                limit=self._rules.most_cards,
            )
            ranking = self._rank(query, cards)
            if self._is_enough(ranking, tier=tier, is_scoped=is_scoped):
                break
        return ranking

    def _is_enough(self, ranking: Ranking, *, tier: int, is_scoped: bool) -> bool:
        if ranking.best < self._rules.unsure:
            return False
        if tier == 1 and is_scoped:
            is_clear = ranking.candidates[0].match_class in _CLEAR
            return is_clear and ranking.best >= self._rules.enough
        return tier > 1 or ranking.best >= self._rules.enough

    def _rank(self, query: Query, cards: list[Card]) -> Ranking:
        return self._ranker.rank(query, cards, top=self._top)

    def _keys(self, query: Query, tier: int) -> tuple[int, ...]:
        found: set[int] = set()
        for reading in self._ranker.readings(query):
            found.update(keys.query_keys(reading.query.serial, tier))
        return tuple(sorted(found))

    def _alike(self, query: Query) -> tuple[list[Card], str]:
        """Give the arms alike where the serial says nothing and they are few."""
        few, note = self._rules.few_cards, ""
        for reading in self._ranker.readings(query):
            if keys.query_keys(reading.query.serial, 1):
                continue
            found = self._registry.cards_described(reading.query, limit=few + 1)
            if len(found) > few:
                return [], TOO_MANY_ALIKE.format(few=few)
            if found:
                return found, ""
            note = SERIAL_NEEDED
        return [], note
