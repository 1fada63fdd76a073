"""What goods there are at a border, common ones more often."""

import random
from collections import defaultdict
from typing import NamedTuple

from armstrace.analysis.synthetic import catalogue
from armstrace.analysis.synthetic.draws import Choice


class Goods(NamedTuple):
    """One kind of goods."""

    hs: str
    # From and to, a piece.
    kg: tuple[float, float]
    # From and to, a piece.
    usd: tuple[float, float]
    most: int
    # How it is described, in six languages.
    words: tuple[str, ...]


def _read() -> dict[str, Choice[Goods]]:
    found: dict[str, list[tuple[Goods, float]]] = defaultdict(list)
    for line in catalogue.read_table("goods.tsv"):
        kg = float(line["kg_low"]), float(line["kg_high"])
        usd = float(line["usd_low"]), float(line["usd_high"])
        words = tuple(line["words"].split("|"))
        goods = Goods(line["hs"], kg, usd, int(line["most"]), words)
        found[line["use"]].append((goods, float(line["weight"])))
    return {use: Choice(weighed) for use, weighed in found.items()}


# The kinds of goods, by use.
GOODS = _read()


def pick_goods(use: str, rng: random.Random) -> Goods:
    """Draw goods of a use."""
    return GOODS[use].pick(rng.random())
