"""How well a way of parting a network finds rings that are known to be there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import scipy
from sknetwork.clustering import Louvain

from armstrace.analysis.networks import arrays, communities

FOUND_SHARE = 0.5
"""A ring counts as found where half of it is in a part that is half ring."""


@dataclass(frozen=True, slots=True)
class RingScore:
    """How one ring fared.

    Args:
        members: How many it has.
        found: How many of them stand in the part that holds most of them.
        others: How many that part holds beside them.
    """

    members: int
    found: int
    others: int

    @property
    def is_found(self) -> bool:
        """Tell whether half of the ring stands in a part that is half ring."""
        return (
            self.found >= FOUND_SHARE * self.members
            and self.found >= FOUND_SHARE * (self.found + self.others)
        )


@dataclass(frozen=True, slots=True)
class RingsScore:
    """How all rings fared together."""

    rings: tuple[RingScore, ...]

    @property
    def recall(self) -> float | None:
        """Give the share of members found; None where there is no member."""
        members = sum(ring.members for ring in self.rings)
        return sum(ring.found for ring in self.rings) / members if members else None

    @property
    def precision(self) -> float | None:
        """Give the share of ring members in their parts; None where none was found."""
        found = sum(ring.found for ring in self.rings)
        held = found + sum(ring.others for ring in self.rings)
        return found / held if held else None

    @property
    def found(self) -> int:
        """Count the rings that were found."""
        return sum(1 for ring in self.rings if ring.is_found)


def score_rings(
    rings: Iterable[Iterable[str]], parts: Sequence[Iterable[str]]
) -> RingsScore:
    """Score a parting of a network against rings that are known.

    Args:
        rings: Keys of the members of each ring.
        parts: Keys of the nodes of each part; parts do not overlap.
    """
    held = [frozenset(part) for part in parts]
    where = {key: place for place, part in enumerate(held) for key in part}
    scores = []
    for ring in rings:
        members = frozenset(ring)
        counts = Counter(where[key] for key in sorted(members) if key in where)
        if not counts:
            scores.append(RingScore(len(members), 0, 0))
            continue
        place = min(counts, key=lambda each: (-counts[each], len(held[each])))
        inside = counts[place]
        scores.append(RingScore(len(members), inside, len(held[place]) - inside))
    return RingsScore(tuple(scores))


def plain_parts(graph):
    """Part a graph by Louvain with every link alike: what to compare with."""
    laid = arrays.lay(graph)
    method = Louvain(resolution=1.0, random_state=communities.SEED)
    return _by_label(laid.keys, method.fit_predict(laid.matrix()))


def components(graph):
    """Part a graph into what hangs together at all."""
    laid = arrays.lay(graph)
    _, labels = scipy.sparse.csgraph.connected_components(laid.matrix(), directed=False)
    return _by_label(laid.keys, labels)


def _by_label(keys, labels):
    parts = {}
    for key, label in zip(keys, labels, strict=True):
        parts.setdefault(label, []).append(key)
    return list(parts.values())
