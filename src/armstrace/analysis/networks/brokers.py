"""Nodes through which the shortest ways between others lead.

It says where to look first, and nothing of what anybody did: a busy dealer or a
large address stands between many who never met.
"""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from armstrace.analysis.networks import arrays
from armstrace.analysis.networks.arrays import Arrays
from armstrace.analysis.networks.graph import Graph

type Table = NDArray[np.float64]
EXACT_UP_TO = 2_000
MOST_SHOWN = 10
STARTS = 256
"""From so many nodes at most the ways are followed where the graph is larger."""
WORK = 20_000_000
"""Links looked at in all; in a very large graph the ways are followed from fewer."""
CELLS = 4_000_000
"""Numbers held in one table: so many nodes times ways followed at once."""
LEAST_NODES = 3
"""Nothing lies between two."""


@dataclass(frozen=True, slots=True)
class Broker:
    """One node between others."""

    key: str
    # Part of the shortest ways between two others that lead through it.
    share: float
    neighbours: int


@dataclass(frozen=True, slots=True)
class Brokers:
    """The nodes that stand between most others."""

    rows: tuple[Broker, ...]
    # From how many nodes the ways were followed.
    starts: int
    # How many nodes there are; the shares are estimates where it is more.
    nodes: int

    @property
    def is_estimate(self) -> bool:
        """Tell whether the ways were followed from some nodes only."""
        return self.starts < self.nodes


def find_brokers(graph: Graph) -> Brokers:
    """Find the nodes through which most shortest ways lead.

    Up to 2,000 linked nodes every way is followed; beyond, the ways from at most 256
    nodes at even distances in the order of their keys, fewer the larger the graph is,
    and the shares are estimates.

    Source:
        Brandes, “A faster algorithm for betweenness centrality” (2001); Brandes and
        Pich, “Centrality estimation in large networks” (2007).
    """
    laid = arrays.lay(graph)
    linked = np.flatnonzero(np.diff(laid.first))
    if len(linked) < LEAST_NODES:
        return Brokers((), len(linked), len(linked))
    starts = _starts(laid, linked)
    scores = betweenness(laid, starts) * len(linked) / len(starts)
    shares = scores / ((len(linked) - 1) * (len(linked) - 2))
    around = {place: len(set(laid.around(place).tolist())) for place in _top(shares)}
    rows = tuple(
        Broker(laid.keys[place], float(shares[place]), near)
        for place, near in around.items()
        if shares[place] > 0
    )
    return Brokers(rows, len(starts), len(linked))


def _starts(laid: Arrays, linked: NDArray[np.int64]) -> NDArray[np.int64]:
    if len(linked) <= EXACT_UP_TO:
        return linked
    ordered = np.array(sorted(linked.tolist(), key=laid.keys.__getitem__))
    wanted = max(1, min(STARTS, WORK // len(laid.links)))
    spread = np.linspace(0, len(ordered) - 1, wanted).astype(np.int64)
    return ordered[spread]


def _top(shares: Table) -> list[int]:
    order = np.lexsort((np.arange(len(shares)), -shares))
    return [int(place) for place in order[:MOST_SHOWN]]


def betweenness(laid: Arrays, starts: NDArray[np.int64]) -> Table:
    """Add up the ways from some nodes that lead through each, ends left out."""
    matrix = laid.matrix()
    matrix.data[:] = 1.0
    total = np.zeros(len(laid.keys))
    at_once = max(1, CELLS // len(laid.keys))
    for begin in range(0, len(starts), at_once):
        total += _through(matrix, starts[begin : begin + at_once])
    return total


def _through(matrix: scipy.sparse.csr_matrix, starts: NDArray[np.int64]) -> Table:
    """Follow the ways of some nodes out, level by level, and add them up going back."""
    columns = np.arange(len(starts))
    ways = np.zeros((matrix.shape[0], len(starts)))
    ways[starts, columns] = 1.0
    levels = [ways > 0]
    seen, edge = levels[0].copy(), ways.copy()
    while levels[-1].any():
        edge = (matrix @ edge) * ~seen
        ways += edge
        levels.append(edge > 0)
        seen |= levels[-1]
    owed = np.zeros_like(ways)
    for near, far in zip(levels[-2::-1], levels[:0:-1], strict=True):
        share = np.divide(1.0 + owed, ways, out=np.zeros_like(ways), where=far)
        owed += near * ways * (matrix @ share)
    owed[starts, columns] = 0.0
    summed: Table = owed.sum(axis=1)
    return summed
