"""What goods there are at a border, common ones more often."""

import random
from bisect import bisect
from itertools import accumulate
from typing import NamedTuple

from armstrace.analysis.synthetic import catalogue


class Goods(NamedTuple):
    """One kind of goods.

    Args:
        hs: Its heading.
        kg: From and to, a piece.
        usd: From and to, a piece.
        most: Most pieces in a line.
        words: How it is described, in six languages.
    """

    hs: str
    kg: tuple[float, float]
    usd: tuple[float, float]
    most: int
    words: tuple[str, ...]


def _read() -> dict[str, tuple[list[Goods], list[float]]]:
    found: dict[str, tuple[list[Goods], list[float]]] = {}
    for line in catalogue.read_table("goods.tsv"):
        goods, weights = found.setdefault(line["use"], ([], []))
        kg = float(line["kg_low"]), float(line["kg_high"])
        usd = float(line["usd_low"]), float(line["usd_high"])
        words = tuple(line["words"].split("|"))
        goods.append(Goods(line["hs"], kg, usd, int(line["most"]), words))
        weights.append(float(line["weight"]))
    return {use: (goods, list(accumulate(w))) for use, (goods, w) in found.items()}


GOODS = _read()
"""By use: the kinds of goods, and the bounds that they are drawn by."""


def pick_goods(use: str, rng: random.Random) -> Goods:
    """Draw goods of a use."""
    goods, bounds = GOODS[use]
    return goods[bisect(bounds, rng.random() * bounds[-1])]
