"""Which nodes hang together more closely than with the rest.

A community is a proposal to look at, not a group of people who know each other, and
its middle is no sign of guilt.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray
from sknetwork.clustering import Louvain

from armstrace.analysis.networks import arrays
from armstrace.analysis.networks.arrays import Arrays, Whole
from armstrace.analysis.networks.graph import Graph
from armstrace.analysis.networks.narrowing import Narrowing, RestsOn, narrow
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
    """Nodes that hang together."""

    # In the order of the graph.
    keys: tuple[str, ...]
    # How many computed links lie within.
    computed: int
    # How many asserted links lie within.
    asserted: int
    # How many links lead out of it.
    outward: int


def find_communities(
    graph: Graph,
    *,
    rests_on: RestsOn = RestsOn.BOTH,
    least: int = LEAST_MEMBERS,
    fineness: float = FINENESS,
) -> tuple[Community, ...]:
    """Part a graph into communities, the one with the most links within first.

    A link that goes through a node of many links counts less, by the root of its
    number: a dealer of a thousand buyers does not make one group of them.

    Args:
        rests_on: Whether computed links count, asserted ones, or both.
        least: Fewer nodes are not a community.
        fineness: The more, the smaller the communities; 0 for what modularity says.

    Source:
        Blondel, Guillaume, Lambiotte and Lefebvre, “Fast unfolding of communities
        in large networks” (2008), with a fixed seed.
    """
    wanted = narrow(graph, Narrowing(rests_on=rests_on))
    laid = arrays.lay(wanted)
    if not len(laid.links):
        return ()
    weights = weights_of(laid, len(wanted.edges))
    resolution = max(1.0, fineness * float(laid.matrix(weights).sum()))
    return _tell(wanted, laid, _louvain(laid, weights, resolution), least)


def components(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Part a graph into what hangs together at all, the largest first."""
    laid = arrays.lay(graph)
    _, labels = scipy.sparse.csgraph.connected_components(laid.matrix(), directed=False)
    return _keys_by_label(laid, labels)


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


def _louvain(laid: Arrays, weights: NDArray[np.float64], resolution: float) -> Whole:
    method = Louvain(resolution=resolution, random_state=SEED)
    labels: Whole = method.fit_predict(laid.matrix(weights), force_bipartite=False)
    return labels


def _keys_by_label(laid: Arrays, labels: Iterable[int]) -> tuple[tuple[str, ...], ...]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, label in zip(laid.keys, labels, strict=True):
        found[int(label)].append(key)
    return tuple(
        sorted((tuple(keys) for keys in found.values()), key=lambda k: (-len(k), k))
    )


def _tell(
    graph: Graph, laid: Arrays, labels: Whole, least: int
) -> tuple[Community, ...]:
    members = [each for each in _keys_by_label(laid, labels) if len(each) >= least]
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
