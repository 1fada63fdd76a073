"""Arms and readings that the tests of matching share."""

from collections.abc import Iterable

from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.memory import MemoryRegistry
from armstrace.analysis.matching.population import Counts, Population
from armstrace.analysis.matching.rank import Ranking, ranker_of
from armstrace.analysis.matching.search import Search


def card(registry_id: str = "R1", **fields: str) -> Card:
    """Build a registered pistol; any field can be overridden."""
    given = {
        "type": "PISTOL",
        "make": "TAURUS",
        "model": "PT92",
        "calibre": "9X19",
        "serial": "TAB12345",
        "country": "BR",
    }
    return Card(registry_id, **(given | fields))


def found(query: Query, cards: Iterable[Card], *, top: int = 10) -> Ranking:
    """Search a registry that holds these arms."""
    registry = MemoryRegistry(cards)
    ranker = ranker_of(Population(registry.counts))
    return Search(registry, ranker, top=top).run(query)


def count(cards: Iterable[Card]) -> Counts:
    """Count the arms of a registry."""
    counts = Counts()
    for each in cards:
        counts.add(each)
    return counts


def rank(
    query: Query,
    cards: Iterable[Card],
    population: Population,
    *,
    top: int | None = None,
) -> Ranking:
    """Rank arms under the rates that are shipped."""
    return ranker_of(population).rank(query, cards, top=top)


def colts_and_a_smith() -> list[Card]:
    """Give three different arms that bear the number 40000."""
    return [
        card("COLT-1903", make="COLT", model="1903", calibre=".32 ACP", serial="40000"),
        card("COLT-1908", make="COLT", model="1908", calibre=".25 ACP", serial="40000"),
        card(
            "SW-1902",
            make="SMITH & WESSON",
            model="1902",
            calibre=".38 SPECIAL",
            type="REVOLVER",
            serial="40000",
        ),
    ]
