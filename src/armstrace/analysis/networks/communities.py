"""Which nodes hang together more closely than with the rest.

A community is a proposal to look at, not a group of people who know each other, and
its middle is no sign of guilt.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sknetwork.clustering import Louvain

from armstrace.analysis.networks import arrays
from armstrace.analysis.networks.arrays import Arrays
from armstrace.analysis.networks.graph import Graph
from armstrace.vocabulary.messages import message

SEED = 20181
LEAST_MEMBERS = 3
FINENESS = 0.004
"""How much two nodes must be linked to stay together, against how much each is linked
at all. It does not change with the size of the picture, as a resolution would. Set by
rings that were planted in one synthetic country and checked on others."""
NOT_GUILT = message(
    "Where a record stands in the network says how it is linked, not what anybody "
    "did; it is a reason to look, never a sign of guilt."
)


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes that hang together, with the links within and those that lead out."""

    keys: tuple[str, ...]
    computed: int
    asserted: int
    outward: int


def find_communities(graph: Graph) -> tuple[Community, ...]:
    """Part a graph into communities, the one with the most links within first.

    A link that goes through a node of many links counts less, by the root of its
    number: a dealer of a thousand buyers does not make one group of them.

    Source:
        Blondel, Guillaume, Lambiotte and Lefebvre, “Fast unfolding of communities
        in large networks” (2008), with a fixed seed.
    """
    laid = arrays.lay(graph)
    if not len(laid.links):
        return ()
    matrix = laid.matrix(weights_of(laid, len(graph.edges)))
    resolution = max(1.0, FINENESS * float(matrix.sum()))
    method = Louvain(resolution=resolution, random_state=SEED)
    return _tell(graph, laid, method.fit_predict(matrix, force_bipartite=False))


def weights_of(laid: Arrays, links: int) -> NDArray[np.float64]:
    """Weigh each link down by the links of its busier end.

    Args:
        links: How many links it has, with those that were left out.
    """
    degree = np.diff(laid.first)
    rows = np.repeat(np.arange(len(laid.keys)), degree)
    busier = np.maximum(degree[rows], degree[laid.neighbours])
    weights = np.zeros(links)
    weights[laid.links] = 1.0 / np.sqrt(busier)
    return weights


def _tell(graph: Graph, laid: Arrays, labels: Iterable[int]) -> tuple[Community, ...]:
    parts: dict[int, list[str]] = defaultdict(list)
    for key, label in zip(laid.keys, labels, strict=True):
        parts[int(label)].append(key)
    members = sorted(
        (tuple(keys) for keys in parts.values() if len(keys) >= LEAST_MEMBERS),
        key=lambda keys: (-len(keys), keys),
    )
    where = {key: place for place, keys in enumerate(members) for key in keys}
    counts = np.zeros((len(members), 3), dtype=np.int64)
    for edge in graph.edges:
        start, end = where.get(edge.start), where.get(edge.end)
        if start is not None and start == end:
            counts[start, 0 if edge.is_computed else 1] += 1
            continue
        for place in (start, end):
            if place is not None:
                counts[place, 2] += 1
    found = (
        Community(keys, *(int(each) for each in counts[place]))
        for place, keys in enumerate(members)
    )
    return tuple(sorted(found, key=lambda each: -each.computed - each.asserted))
