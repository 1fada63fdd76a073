"""Choose what a shift examines: the highest scores, and some selected at random.

The lot is drawn first, among all that could be examined, so that what is found in it
says how often anything is found at all. Precision of the scores is read beside it;
without such a lane only what the score chose would ever be labelled.

Source:
    WCO BACUDA (DATE) on exploration in customs selection; rule of this design.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from armstrace.vocabulary.risk import Lane


@dataclass(frozen=True, slots=True)
class Chosen:
    key: int
    lane: Lane
    score: float


def count_by_lot(
    places: int, control_share: float, before: tuple[int, int] = (0, 0)
) -> int:
    """Count what is selected at random, so that a day keeps the share of the lot.

    Args:
        before: Places of the day that were drawn before, and those of them by lot.
    """
    all_places, by_lot = before
    return min(places, max(0, ceil((all_places + places) * control_share) - by_lot))


def choose(
    scores: Mapping[int, float], *, capacity: int, by_lot: int, seed: int
) -> list[Chosen]:
    """Choose what is examined, in the order in which it is.

    Args:
        scores: Key to score, of all that could be examined.
        by_lot: How many of the places are selected at random.

    Returns:
        As many as the capacity allows, the highest scores first, then the lot. Equal
        scores are in the order of a lot, too.
    """
    keys = sorted(scores)
    lot = random.Random(seed)  # noqa: S311 - a lot, kept with its seed
    drawn = lot.sample(keys, by_lot)
    rest = sorted(scores.keys() - set(drawn))
    lot.shuffle(rest)
    rest.sort(key=scores.__getitem__, reverse=True)
    return [
        *(Chosen(key, Lane.SCORE, scores[key]) for key in rest[: capacity - by_lot]),
        *(Chosen(key, Lane.CONTROL, scores[key]) for key in drawn),
    ]
