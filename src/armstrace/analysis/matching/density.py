"""How likely a serial is to be read on an arm that is not in the registry.

Such arms come from the same makers, so their serials have the shapes, prefixes
and series that the registry shows for each make: a plain number of five digits is
borne by one arm in a hundred thousand and proves little, and less inside a series;
a serial with three letters proves much, unless all of the maker's begin so.
"""

import math

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from armstrace.analysis.matching.channel import Channel
from armstrace.analysis.matching.emissions import Weights
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.shapes import (
    DIGITS,
    FIXED_SHARE,
    LETTERS,
    START,
    number_cell,
    prefix_cell,
    start_cell,
)

LEAST = 1e-5
# Part of the serials of any make that keep to none of its prefixes and series.
UNUSUAL = 0.15

Beginnings = tuple[str, str, str]


def densities_of_shape(shape: str, population: Population, channel: Channel) -> Weights:
    """Give how likely an arm of each make is to show a shape; never zero."""
    table = population.shapes
    given_shape = _of_each_shape(shape, table.cells, channel)
    overall = float(table.shares @ given_shape)
    of_make = np.bincount(
        table.make,
        table.count * given_shape[table.cell],
        minlength=len(table.of_make),
    )
    weight = channel.make_weight
    mixed: Weights = (of_make + weight * overall) / (table.of_make + weight)
    return mixed + LEAST


def beginnings(serial: str) -> Beginnings:
    """Give the cells of a serial's prefix, of its number's and its first signs."""
    return prefix_cell(serial), number_cell(serial), start_cell(serial)


def over_even(cells: Beginnings, population: Population) -> Weights:
    """Give how much commoner a serial's beginnings are than if all were even."""
    factor = np.ones(len(population.shapes.of_make))
    prefix, number, start = cells
    if prefix:
        size = int(prefix[2:])
        named = min(size, 2)
        each = LETTERS**-named
        shares = population.prefixes.of_each_make(prefix, even=each)
        # Where a maker's prefixes begin alike, they go on alike.
        rest = np.where(shares >= FIXED_SHARE, shares * LETTERS, 1.0)
        factor *= UNUSUAL + (1 - UNUSUAL) * shares / each * rest ** (size - named)
    if number:
        each = DIGITS**-2
        shares = population.numbers.of_each_make(number, even=each)
        factor *= UNUSUAL + (1 - UNUSUAL) * shares / each
    if start:
        each = even(start[:START])
        shares = population.starts.of_each_make(start, even=each)
        # A beginning that many arms share is no evidence beyond its share.
        factor = np.maximum(factor, (1 - UNUSUAL) * shares / each)
    return factor


def _of_each_shape(shape: str, known: list[str], channel: Channel) -> Weights:
    """Give the probability that a reading has this shape, for each true shape."""
    if not known:
        return np.zeros(0)
    by_distance = np.array([*channel.shape_distance, 0.0])
    furthest = len(by_distance) - 1
    written = shape.replace("*", "")
    holes = written.count("?")
    distances = process.cdist(
        [written],
        _cut(known, shape, len(written)),
        scorer=OSA.distance,
        score_cutoff=furthest + holes,
        dtype=np.int32,
    )[0]
    # A hole fits any character, but counts as one that differs.
    found: Weights = by_distance[np.clip(distances - holes, 0, furthest)]
    return found


def _cut(values: list[str], shape: str, size: int) -> list[str]:
    """Cut true shapes to the part that a reading with a star speaks of."""
    if "*" not in shape:
        return values
    if shape.startswith("*"):
        return [value[-size:] for value in values]
    return [value[:size] for value in values]


def even(serial: str) -> float:
    """Give the probability of a serial if all signs were equally common."""
    letters = sum(character.isalpha() for character in serial)
    digits = sum(character.isdigit() for character in serial)
    return math.exp(-letters * math.log(LETTERS) - digits * math.log(DIGITS))
