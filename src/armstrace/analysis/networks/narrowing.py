"""Parts of a graph: around a record, of some kinds, known until a day."""

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from armstrace.analysis.networks import arrays
from armstrace.analysis.networks.graph import Edge, Graph
from armstrace.vocabulary.networks import LinkKind, NodeKind


class RestsOn(StrEnum):
    """Which links count."""

    BOTH = "both"
    COMPUTED = "computed"
    ASSERTED = "asserted"

    def counts(self, edge: Edge) -> bool:
        return self is RestsOn.BOTH or edge.is_computed is (self is RestsOn.COMPUTED)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is wanted of a graph; what is empty narrows nothing."""

    links: frozenset[LinkKind] = frozenset()
    kinds: frozenset[NodeKind] = frozenset()
    # Computed links, asserted ones, or both.
    rests_on: RestsOn = RestsOn.BOTH
    # First day; what has no day is kept.
    since: date | None = None
    # Last day; what has no day is kept.
    until: date | None = None


def narrow(graph: Graph, wanted: Narrowing, *, kept: Iterable[str] = ()) -> Graph:
    """Keep the wanted part of a graph.

    Args:
        kept: Keys of nodes that stay whatever their kind and day.
    """
    always = frozenset(kept)
    nodes = tuple(
        node
        for node in graph.nodes
        if node.key in always
        or (
            (not wanted.kinds or node.kind in wanted.kinds)
            and _is_within(node.day, wanted)
        )
    )
    left = {node.key for node in nodes}
    edges = tuple(
        edge
        for edge in graph.edges
        if edge.start in left and edge.end in left and _is_wanted(edge, wanted)
    )
    return Graph(nodes, edges, _left_out(graph, left))


def _left_out(graph: Graph, left: Collection[str]) -> dict[str, int]:
    return {key: count for key, count in graph.left_out.items() if key in left}


def _is_wanted(edge: Edge, wanted: Narrowing) -> bool:
    if wanted.links and edge.kind not in wanted.links:
        return False
    return wanted.rests_on.counts(edge) and _is_within(edge.day, wanted)


def _is_within(day: date | None, wanted: Narrowing) -> bool:
    if day is None:
        return True
    return (wanted.since is None or wanted.since <= day) and (
        wanted.until is None or day <= wanted.until
    )


def around(graph: Graph, keys: Iterable[str], *, hops: int) -> Graph:
    """Give what lies within some links of some nodes, with the links between."""
    laid = arrays.lay(graph)
    found = arrays.depths(laid, keys, hops=hops)
    near = {
        key for key, depth in zip(laid.keys, found.tolist(), strict=True) if depth >= 0
    }
    return among(graph, near)


def among(graph: Graph, keys: Iterable[str]) -> Graph:
    """Give some nodes of a graph and the links between them."""
    near = frozenset(keys)
    return Graph(
        tuple(node for node in graph.nodes if node.key in near),
        tuple(edge for edge in graph.edges if edge.start in near and edge.end in near),
        _left_out(graph, near),
    )


def along(graph: Graph, ways: Iterable[Sequence[str]]) -> Graph:
    """Give what lies on some ways, without the links that lead aside."""
    walked = list(ways)
    steps = {frozenset(pair) for way in walked for pair in itertools.pairwise(way)}
    near = among(graph, (key for way in walked for key in way))
    edges = (edge for edge in near.edges if frozenset((edge.start, edge.end)) in steps)
    return Graph(near.nodes, tuple(edges))
