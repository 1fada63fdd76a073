"""Rates and calibration as a register in use would have learned them.

Rates come from readings that nobody labelled, the calibration from others of which
a person decided the likeliest candidate; neither are among those measured.
"""

from collections.abc import Callable, Sequence

from armstrace.analysis.matching import calibration, channel, learning, tuning
from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker
from armstrace.analysis.matching.retrieval import Registry
from armstrace.analysis.matching.search import Search

UNLABELLED, DECIDED = 2_000, 2_000

# Gives a number of readings, each with the arm it is of, for a seed.
Draw = Callable[[int, int], Sequence[tuple[Query, str]]]


def ranker(
    held: Registry,
    population: Population,
    draw: Draw,
    *,
    name: Callable[[str], str],
    seed: int,
) -> Ranker:
    """Learn rates, then a calibration under them.

    Args:
        held: The register.
        population: Its counts.
        draw: Draws readings.
        name: Gives the place of an arm by its registry id.
        seed: Of the readings that are measured; others are drawn.
    """
    shipped = channel.standard()
    search = Search(held, Ranker(population, shipped), top=10)
    unlabelled = [search.run(query) for query, _ in draw(UNLABELLED, seed + 1)]
    cases = learning.cases_of(unlabelled, shipped)
    learned = learning.learn(cases, learning.rates_of(shipped))
    table = learning.channel_changes(shipped, learned.rates)
    rates = tuning.channel_with(shipped, table, name=f"{shipped.model}+learned")
    search = Search(held, Ranker(population, rates), top=10)
    stated, same = [], []
    for query, truth in draw(DECIDED, seed + 2):
        found = search.run(query).candidates[:1]
        for one in found:
            stated.append(one.probability)
            same.append(name(one.registry_id) == truth)
    return Ranker(population, rates, calibration.fit(stated, same))
