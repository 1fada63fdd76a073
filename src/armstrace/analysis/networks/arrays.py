"""A graph as arrays, so that a million nodes are walked in milliseconds."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from armstrace.analysis.networks.graph import Graph

type Whole = NDArray[np.int64]
UNSEEN = -1


@dataclass(frozen=True, slots=True)
class Arrays:
    """Who neighbours whom, both ways, as compressed sparse rows."""

    # Of the nodes, by their place.
    keys: tuple[str, ...]
    places: dict[str, int]
    # Where the neighbours of each node begin; one longer than ``keys``.
    first: Whole
    # Places of neighbours, in ascending order within a node.
    neighbours: Whole
    # Place of the link that leads to each neighbour.
    links: Whole

    def around(self, place: int) -> Whole:
        """Give the places of a node's neighbours."""
        return self.neighbours[self.first[place] : self.first[place + 1]]

    def links_of(self, place: int) -> Whole:
        """Give the places of a node's links, in the order of its neighbours."""
        return self.links[self.first[place] : self.first[place + 1]]

    def reach(self, places: Whole) -> Whole:
        """Give the neighbours of many nodes at once, each as often as it is met."""
        starts = self.first[places]
        counts = self.first[places + 1] - starts
        before = np.cumsum(counts) - counts
        total = int(counts.sum())
        offsets = np.repeat(starts - before, counts)
        met: Whole = self.neighbours[np.arange(total) + offsets]
        return met

    def places_of(self, keys: Iterable[str]) -> Whole:
        """Give the places of those keys that the graph has."""
        found = [self.places[key] for key in keys if key in self.places]
        return np.array(found, dtype=np.int64)

    def matrix(
        self, weights: NDArray[np.float64] | None = None
    ) -> scipy.sparse.csr_matrix:
        """Give the adjacency, links between the same two added up.

        Args:
            weights: Of the links, by their place; each one where None.
        """
        values = np.ones(len(self.links)) if weights is None else weights[self.links]
        size = len(self.keys)
        found = scipy.sparse.csr_matrix(
            (values, self.neighbours, self.first), shape=(size, size)
        )
        found.sum_duplicates()
        return found


def lay(graph: Graph) -> Arrays:
    """Lay a graph out as arrays; a link to what the graph lacks is left out."""
    keys = tuple(node.key for node in graph.nodes)
    places = {key: place for place, key in enumerate(keys)}
    ends = [
        (places.get(edge.start, UNSEEN), places.get(edge.end, UNSEEN))
        for edge in graph.edges
    ]
    found = np.array(ends, dtype=np.int64).reshape(-1, 2)
    return lay_pairs(keys, found[:, 0], found[:, 1], places=places)


def lay_pairs(
    keys: tuple[str, ...],
    starts: Whole,
    ends: Whole,
    *,
    places: dict[str, int] | None = None,
) -> Arrays:
    """Lay out pairs of places as arrays.

    Args:
        starts: Place where each link begins; -1 for none.
        ends: Place where each link ends; -1 for none.
        places: Of the nodes by key, where they are known already.
    """
    numbers = np.arange(len(starts))
    is_link = (starts != ends) & (starts >= 0) & (ends >= 0)
    numbers, starts, ends = numbers[is_link], starts[is_link], ends[is_link]
    rows = np.concatenate([starts, ends])
    columns = np.concatenate([ends, starts])
    order = np.lexsort((columns, rows))
    first = np.zeros(len(keys) + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=len(keys)), out=first[1:])
    return Arrays(
        keys,
        places or {key: place for place, key in enumerate(keys)},
        first,
        columns[order],
        np.concatenate([numbers, numbers])[order],
    )


def depths(arrays: Arrays, keys: Iterable[str], *, hops: int | None = None) -> Whole:
    """Give how many links lie between each node and the nearest of some.

    Args:
        keys: From which to count; those that the graph lacks are passed over.
        hops: How far to go, to the end where None.

    Returns:
        By place; -1 where a node was not reached.
    """
    found = np.full(len(arrays.keys), UNSEEN, dtype=np.int64)
    edge = arrays.places_of(keys)
    depth = 0
    while len(edge):
        found[edge] = depth
        if depth == hops:
            break
        met = arrays.reach(edge)
        edge = np.unique(met[found[met] == UNSEEN])
        depth += 1
    return found
