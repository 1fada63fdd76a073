"""Where each node of a drawing goes: the same nodes always at the same places.

Nothing is drawn by chance: a node begins where its own name and its neighbours put
it, so that a picture stays itself when a node is added.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence

import numpy as np
import scipy
from numpy.typing import NDArray

from armstrace.analysis.networks import arrays
from armstrace.analysis.networks.arrays import Arrays

type Points = NDArray[np.float64]
ROUNDS = 40
APART = 3.0
"""How far apart nodes are put that nothing links, in links."""
LEAST = 0.01


def place_nodes(
    names: Sequence[str], pairs: Sequence[tuple[str, str]], *, middle: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """Place nodes so that those which are linked are near each other.

    The distances on paper follow the number of links between two nodes, by
    majorisation of stress from a beginning that the names determine.

    Args:
        names: Of the nodes, at most some hundreds.
        middle: Names that stand in the middle, the first at the origin.

    Returns:
        Places by name; one link is about one long.

    Source:
        Gansner, Koren and North, “Graph drawing by stress majorization” (2004).
    """
    if not names:
        return {}
    laid = _lay(names, pairs)
    begun = _begin(laid, [name for name in middle if name in laid.places])
    found = _relax(begun, _distances(laid), _find_pin(laid, middle))
    return {
        name: (float(x), float(y))
        for name, (x, y) in zip(laid.keys, found, strict=True)
    }


def _lay(names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Arrays:
    keys = tuple(sorted(names))
    places = {key: place for place, key in enumerate(keys)}
    ends = np.array(
        [(places[one], places[other]) for one, other in pairs], dtype=np.int64
    ).reshape(-1, 2)
    return arrays.lay_pairs(keys, ends[:, 0], ends[:, 1], places=places)


def _find_pin(laid: Arrays, middle: Sequence[str]) -> int | None:
    return next((laid.places[name] for name in middle if name in laid.places), None)


def _turn(name: str) -> float:
    """Give a number from 0 to 1 that only the name decides."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4]) / 2**32


def _begin(laid: Arrays, middle: Sequence[str]) -> Points:
    """Put each node outside the one that leads to it, in a direction of its own."""
    depth = arrays.depths(laid, middle).tolist()
    points = np.zeros((len(laid.keys), 2))
    angles = [2 * math.pi * _turn(key) for key in laid.keys]
    for place in sorted(range(len(depth)), key=lambda each: depth[each]):
        steps = depth[place]
        if steps > 1:
            before = [b for b in laid.around(place).tolist() if depth[b] == steps - 1]
            mean = points[before].mean(axis=0)
            own = _turn(laid.keys[place]) - 0.5
            angles[place] = math.atan2(mean[1], mean[0]) + own
        radius = APART if steps < 0 else float(steps)
        if steps == 0 and len(middle) > 1:
            radius = 0.5
        points[place] = (
            radius * math.cos(angles[place]),
            radius * math.sin(angles[place]),
        )
    return points


def _distances(laid: Arrays) -> Points:
    found: Points = scipy.sparse.csgraph.shortest_path(laid.matrix(), unweighted=True)
    longest = np.max(found, initial=1.0, where=np.isfinite(found))
    found[~np.isfinite(found)] = max(APART, longest)
    return found


def _relax(points: Points, wanted: Points, pinned: int | None) -> Points:
    weights = np.divide(1.0, wanted**2, out=np.zeros_like(wanted), where=wanted > 0)
    totals = weights.sum(axis=1)
    totals[totals == 0] = 1.0
    pull = weights * wanted
    for _ in range(ROUNDS):
        share = pull / _apart(points)
        pushed = share.sum(axis=1)[:, None] * points - share @ points
        points = (weights @ points + pushed) / totals[:, None]
        points -= points[pinned] if pinned is not None else points.mean(axis=0)
    return points


def _apart(points: Points) -> Points:
    """Give how far apart each two points are, never nothing."""
    squares = (points**2).sum(axis=1)
    found = squares[:, None] + squares[None, :] - 2 * points @ points.T
    apart: Points = np.sqrt(np.maximum(found, LEAST**2))
    return apart


def fit(
    places: Mapping[str, tuple[float, float]], *, width: float, height: float
) -> dict[str, tuple[float, float]]:
    """Scale places into a frame, with the same scale both ways up to a limit."""
    if not places:
        return {}
    found = np.array(list(places.values()))
    low, high = found.min(axis=0), found.max(axis=0)
    span = np.maximum(high - low, LEAST)
    scale = np.minimum(np.array([width, height]) / span, width)
    scale = np.minimum(scale, 2 * scale.min())
    middle = (low + high) / 2
    moved = (found - middle) * scale + np.array([width, height]) / 2
    return {
        name: (round(float(x), 1), round(float(y), 1))
        for name, (x, y) in zip(places, moved, strict=True)
    }
