"""How likely a serial is to be read on an arm that is not in the registry.

Such arms come from the same makers, so their serials have the shapes that the
registry shows for each make: a plain number of five digits is borne by one arm in
a hundred thousand and proves little, a serial with three letters proves much.
"""

import math
from itertools import product

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from armstrace.analysis.matching.channel import Channel
from armstrace.analysis.matching.emissions import Weights
from armstrace.analysis.matching.population import Shapes, shape_of

LETTERS, DIGITS = 26.0, 10.0
MOST_HOLES = 4
LEAST = 1e-5


def serial_densities(serial: str, shapes: Shapes, channel: Channel) -> Weights:
    """Give the probability of a serial as read on an unregistered arm.

    Args:
        serial: Search key as read; not empty.
        shapes: The shapes of the registry's serials.
        channel: The rates of misreading.

    Returns:
        (makes,) probability for an arm of each make, never zero.
    """
    given_shape = _of_each_shape(shape_of(serial), shapes, channel)
    overall = float(shapes.overall @ given_shape)
    of_make = np.bincount(
        shapes.pair_make,
        shapes.pair_count * given_shape[shapes.pair_shape],
        minlength=len(shapes.of_make),
    )
    weight = channel.make_weight
    mixed = (of_make + weight * overall) / (shapes.of_make + weight)
    return (mixed + LEAST) * _per_string(serial)


def _of_each_shape(shape: str, shapes: Shapes, channel: Channel) -> Weights:
    """Give the probability that a reading has this shape, for each true shape."""
    if not shapes.values:
        return np.zeros(0)
    by_distance = np.array([*channel.shape_distance, 0.0])
    nearest = np.full(len(shapes.values), len(by_distance) - 1)
    for written in _without_wildcards(shape):
        distances = process.cdist(
            [written],
            _cut(shapes.values, shape, written),
            scorer=OSA.distance,
            score_cutoff=len(by_distance) - 2,
            dtype=np.int32,
        )[0]
        nearest = np.minimum(nearest, np.minimum(distances, len(by_distance) - 1))
    found: Weights = by_distance[nearest]
    return found


def _without_wildcards(shape: str) -> list[str]:
    bare = shape.replace("*", "")
    holes = bare.count("?")
    if holes > MOST_HOLES:
        return [bare.replace("?", "9")]
    parts = bare.split("?")
    return [
        "".join(part + fill for part, fill in zip(parts, (*filling, ""), strict=True))
        for filling in product("A9", repeat=holes)
    ]


def _cut(values: list[str], shape: str, written: str) -> list[str]:
    """Cut true shapes to the part that a reading with a star speaks of."""
    if "*" not in shape:
        return values
    if shape.startswith("*"):
        return [value[-len(written) :] for value in values]
    return [value[: len(written)] for value in values]


def _per_string(serial: str) -> float:
    letters = sum(character.isalpha() for character in serial)
    digits = sum(character.isdigit() for character in serial)
    return math.exp(-letters * math.log(LETTERS) - digits * math.log(DIGITS))
