"""The shortest ways by which two nodes hang together."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from armstrace.analysis.networks.arrays import UNSEEN, Arrays, Whole
from armstrace.analysis.networks.graph import Edge, Graph

MOST_PATHS = 25


@dataclass(frozen=True, slots=True)
class Paths:
    """All shortest ways between two nodes, as far as a bound goes.

    Args:
        ways: Keys from one end to the other; none where nothing leads there.
        is_all: False where there are more ways as short than are given.
    """

    ways: tuple[tuple[str, ...], ...]
    is_all: bool

    @property
    def links(self) -> int | None:
        """Give how many links a way has; None where there is no way."""
        return len(self.ways[0]) - 1 if self.ways else None


@dataclass(slots=True)
class _Side:
    """What was reached from one end, level by level."""

    depth: Whole
    edge: Whole
    level: int = 0

    def cost(self, arrays: Arrays) -> int:
        """Give how many neighbours the next level looks at."""
        return int((arrays.first[self.edge + 1] - arrays.first[self.edge]).sum())

    def go_on(self, arrays: Arrays) -> None:
        """Reach one level further."""
        met = arrays.reach(self.edge)
        self.edge = np.unique(met[self.depth[met] == UNSEEN])
        self.level += 1
        self.depth[self.edge] = self.level


def shortest_paths(
    arrays: Arrays, one: str, other: str, *, most: int = MOST_PATHS
) -> Paths:
    """Find the shortest ways between two nodes, from both ends at once.

    That two nodes hang together says nothing of what they know of each other: a
    dealer with a thousand buyers links them all.

    Args:
        other: Key of another; the same node is a way of no links.

    Source:
        Pohl, I., “Bi-directional search”, Machine Intelligence 6 (1971), 127-140.
    """
    if one not in arrays.places or other not in arrays.places:
        return Paths((), is_all=True)
    left, right = (_begin(arrays, arrays.places[key]) for key in (one, other))
    meeting = _meet(arrays, left, right)
    ways = itertools.islice(_ways(arrays, left, right, meeting), most + 1)
    found = tuple(tuple(arrays.keys[place] for place in way) for way in ways)
    return Paths(found[:most], is_all=len(found) <= most)


def _begin(arrays: Arrays, place: int) -> _Side:
    depth = np.full(len(arrays.keys), UNSEEN, dtype=np.int64)
    depth[place] = 0
    return _Side(depth, np.array([place], dtype=np.int64))


def _meet(arrays: Arrays, left: _Side, right: _Side) -> Whole:
    """Go on from the cheaper end until both have reached the same nodes."""
    near, far = left, right
    while True:
        shared: Whole = near.edge[far.depth[near.edge] != UNSEEN]
        if len(shared):
            return shared
        if not len(left.edge) or not len(right.edge):
            return shared
        is_left = left.cost(arrays) <= right.cost(arrays)
        near, far = (left, right) if is_left else (right, left)
        near.go_on(arrays)


def _ways(
    arrays: Arrays, left: _Side, right: _Side, meeting: Whole
) -> Iterator[tuple[int, ...]]:
    for place in meeting.tolist():
        for before in _back(arrays, left, place):
            for after in _back(arrays, right, place):
                yield (*before, place, *reversed(after))


def _back(arrays: Arrays, side: _Side, place: int) -> Iterator[tuple[int, ...]]:
    """Give every way from the end of a side to a node, the node left out."""
    depth = int(side.depth[place])
    if depth == 0:
        yield ()
        return
    around = np.unique(arrays.around(place))
    for before in around[side.depth[around] == depth - 1].tolist():
        for way in _back(arrays, side, before):
            yield (*way, before)


def links_along(
    graph: Graph, arrays: Arrays, way: tuple[str, ...]
) -> tuple[tuple[Edge, ...], ...]:
    """Give all links between each two neighbours of a way."""
    steps = []
    for one, other in itertools.pairwise(arrays.places[key] for key in way):
        found = np.sort(arrays.links_of(one)[arrays.around(one) == other])
        steps.append(tuple(graph.edges[number] for number in found.tolist()))
    return tuple(steps)
