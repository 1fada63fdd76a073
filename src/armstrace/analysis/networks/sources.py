"""From whom recovered arms came: counts by dealer, holder and address, and a share.

A source with many arms has many recovered ones: the share is drawn towards that of
all sources, the more the fewer arms there are. Recovered arms are no random sample of
arms, so that a share says where to look and is no rank of guilt.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from armstrace.analysis.networks.graph import Edge, Graph
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import LinkKind, NodeKind

FROM_SOURCE = frozenset({LinkKind.HELD_BY, LinkKind.BOUGHT_FROM, LinkKind.HAD})
SOURCES = frozenset(
    {
        NodeKind.HOLDER,
        NodeKind.PERSON,
        NodeKind.GROUP,
        NodeKind.ORGANISATION,
        NodeKind.ADDRESS,
    }
)
REPEATED = 2
NO_SAMPLE = message(
    "Recovered arms are not a random sample of arms: where the police look, more is "
    "found. A high share is a reason to look, never a sign of guilt."
)


@dataclass(frozen=True, slots=True)
class Held:
    """What one source had."""

    key: str
    # How many arms are known to have passed it.
    arms: int
    recovered: int
    cases: int


@dataclass(frozen=True, slots=True)
class Source:
    """One repeat source with its shrunken share."""

    held: Held
    # Recovered of its arms, drawn towards the share of all.
    share: float
    overall: float


def count_sources(graph: Graph) -> tuple[Held, ...]:
    """Count the arms, recoveries and cases of every source in a graph.

    Recoveries that were taken together, or that stand in one case, are one case.
    """
    kinds = {node.key: node.kind for node in graph.nodes}
    arms: dict[str, set[str]] = defaultdict(set)
    recovered: dict[str, set[str]] = defaultdict(set)
    together = _Joined()
    for edge, arm, other in _links_of_arms(graph):
        kind = kinds.get(other)
        if edge.kind in FROM_SOURCE and kind in SOURCES:
            arms[other].add(arm)
        if edge.kind is LinkKind.SAME_ARM and kind is NodeKind.RECOVERY:
            recovered[arm].add(other)
    for edge in graph.edges:
        if edge.kind in {LinkKind.TAKEN_TOGETHER, LinkKind.IN_CASE}:
            together.join(edge.start, edge.end)
    return tuple(
        Held(
            key,
            len(had),
            sum(1 for arm in had if recovered.get(arm)),
            len({together.of(each) for arm in had for each in recovered.get(arm, ())}),
        )
        for key, had in arms.items()
    )


def _links_of_arms(graph: Graph) -> Iterator[tuple[Edge, str, str]]:
    """Give each link of an arm, with the arm and the other end."""
    arms = {node.key for node in graph.nodes if node.kind is NodeKind.ARM}
    for edge in graph.edges:
        for arm, other in ((edge.start, edge.end), (edge.end, edge.start)):
            if arm in arms:
                yield edge, arm, other


def sources_by_part(
    graph: Graph, parts: Sequence[Collection[str]]
) -> tuple[tuple[tuple[str, int], ...], ...]:
    """Give from whom the arms of each part of a graph came, most arms first.

    Args:
        parts: Keys of the nodes of each part; parts do not overlap.
    """
    kinds = {node.key: node.kind for node in graph.nodes}
    where = {key: place for place, keys in enumerate(parts) for key in keys}
    arms: list[dict[str, set[str]]] = [defaultdict(set) for _ in parts]
    for edge, arm, other in _links_of_arms(graph):
        is_source = edge.kind in FROM_SOURCE and kinds.get(other) in SOURCES
        if is_source and arm in where:
            arms[where[arm]][other].add(arm)
    return tuple(
        tuple(
            sorted(
                ((key, len(had)) for key, had in each.items()),
                key=lambda row: (-row[1], row[0]),
            )
        )
        for each in arms
    )


def repeat_sources(held: Iterable[Held]) -> tuple[Source, ...]:
    """Give the sources whose arms were recovered in several cases.

    The share is the mean of a beta distribution whose prior is fitted to all sources
    by their moments: (recovered + m × overall) / (arms + m).

    Args:
        held: Of every source, also of those without a recovered arm.

    Source:
        Efron and Morris, “Stein's estimator and its generalizations” (1975); Casella,
        “An introduction to empirical Bayes data analysis” (1985).
    """
    every = [each for each in held if each.arms]
    total = sum(each.arms for each in every)
    if not total:
        return ()
    overall = sum(each.recovered for each in every) / total
    weight = _prior_weight(every, overall)
    found = [
        Source(
            each,
            (each.recovered + weight * overall) / (each.arms + weight),
            overall,
        )
        for each in every
        if each.cases >= REPEATED
    ]
    return tuple(
        sorted(found, key=lambda each: (-each.held.cases, -each.share, each.held.key))
    )


def _prior_weight(every: list[Held], overall: float) -> float:
    """Give how many arms the share of all counts for: more where sources are alike."""
    total = sum(each.arms for each in every)
    even = overall * (1 - overall)
    spread = sum(
        each.arms * (each.recovered / each.arms - overall) ** 2 for each in every
    )
    size = total - sum(each.arms**2 for each in every) / total
    between = (spread - (len(every) - 1) * even) / size if size > 0 else 0.0
    if between <= 0 or even <= 0:
        return float(total)
    return min(float(total), max(1.0, even / between - 1))


class _Joined:
    """Sets that are joined two at a time."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, key: str) -> str:
        """Give the name of the set that a key is in."""
        while (above := self._above.get(key, key)) != key:
            key = above
        return key

    def join(self, one: str, other: str) -> None:
        """Join the sets of two keys, under the smaller name."""
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first
