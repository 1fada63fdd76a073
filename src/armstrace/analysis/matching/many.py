"""Search a registry for many readings at once, sharing what is fetched.

Each reading is searched as ``search.Search`` does it; where that needs cards that
were not fetched yet, the reading waits, and what all of them wait for is fetched
in one go. A reading is taken up again at most once for each circle of the search.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.rank import Ranker, Ranking
from armstrace.analysis.matching.search import Search


@dataclass(frozen=True, slots=True)
class Request:
    """One look-up of a search: ``retrieval.Registry.cards_for`` as a value."""

    keys: tuple[int, ...]
    makes: frozenset[str] | None
    limit: int


class BulkRegistry(Protocol):
    """A registry that answers many look-ups together."""

    def cards_for_each(self, requests: Sequence[Request]) -> list[list[Card]]:
        """Answer each look-up as ``retrieval.Registry.cards_for`` does."""
        ...

    def cards_described(self, query: Query, *, limit: int) -> list[Card]:
        """Give arms alike; see ``retrieval.Registry``."""
        ...


class _NotFetched(Exception):
    """A search needs cards that are not here yet."""

    def __init__(self, request: Request) -> None:
        """Keep what is needed."""
        super().__init__()
        self.request = request


class _Fetched:
    """What was fetched for the readings at hand, as ``retrieval.Registry``."""

    def __init__(self, source: BulkRegistry) -> None:
        self._source = source
        self._cards: dict[Request, list[Card]] = {}
        self._alike: dict[tuple[str, str, str, int], list[Card]] = {}

    def cards_for(
        self,
        keys: Sequence[int],
        *,
        makes: AbstractSet[str] | None = None,
        limit: int,
    ) -> list[Card]:
        among = None if makes is None else frozenset(makes)
        request = Request(tuple(keys), among, limit)
        if request not in self._cards:
            raise _NotFetched(request)
        return self._cards[request]

    def cards_described(self, query: Query, *, limit: int) -> list[Card]:
        described = (query.make, query.model, query.calibre, limit)
        if described not in self._alike:
            found = self._source.cards_described(query, limit=limit)
            self._alike[described] = found
        return self._alike[described]

    def fetch(self, requests: Iterable[Request]) -> None:
        wanted = list(dict.fromkeys(requests))
        found = self._source.cards_for_each(wanted)
        self._cards.update(zip(wanted, found, strict=True))


def search_many(
    queries: Sequence[Query], source: BulkRegistry, ranker: Ranker, *, top: int = 10
) -> list[Ranking]:
    """Find and rank the registered arms for many readings.

    Args:
        queries: Canonical values as read.
        source: Where the arms are held.
        ranker: How they are weighed.
        top: How many candidates to list for each.

    Returns:
        For each reading, in order, what ``search.Search`` gives for it alone.
    """
    held = _Fetched(source)
    search = Search(held, ranker, top=top)
    found: dict[int, Ranking] = {}
    waiting = list(range(len(queries)))
    while waiting:
        needed: dict[int, Request] = {}
        for place in waiting:
            try:
                found[place] = search.run(queries[place])
            except _NotFetched as lack:
                needed[place] = lack.request
        held.fetch(needed.values())
        waiting = list(needed)
    return [found[place] for place in range(len(queries))]
