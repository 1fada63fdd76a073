"""The score of a declaration: a sum of points, each with its sentence.

Points are log-odds: with each hit they add up under the assumption that indicators
say different things, which holds only roughly, so the order of scores is what counts
and no probability is told. A score selects for examination and decides nothing.

Source:
    I. J. Good, Weight of evidence: a brief survey, Bayesian Statistics 2 (1985).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from armstrace.analysis.risk import on_goods, on_papers, on_parties
from armstrace.analysis.risk.catalogue import UNTOLD, Indicator, Known, parameters
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import History
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.profiles import RiskSetting

CUSTOMS = {
    each.code: each
    for each in sorted(
        (
            found
            for module in (on_goods, on_papers, on_parties)
            for found in vars(module).values()
            if isinstance(found, Indicator)
        ),
        key=lambda each: each.code,
    )
}
"""CU-01 to CU-33, by code: on declarations, parcels and manifests."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What hits add."""

    source: str
    # Log-odds without any hit.
    prior: float
    # Code to weight.
    of: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Point:
    """One reason of a score."""

    code: str
    weight: float
    sentence: Message


@dataclass(frozen=True, slots=True)
class Score:
    """What is said of one declaration."""

    # The sum; higher is more like what was found before.
    log_odds: float
    points: tuple[Point, ...]
    untold: tuple[str, ...]


@cache
def default_weights() -> Weights:
    """Give the weights that come with the product."""
    return read_weights(read_table(__package__, "data/weights.toml"))


def read_weights(told: Mapping[str, Any]) -> Weights:
    """Read weights as the file holds them."""
    return Weights(told["source"], float(told["prior"]), dict(told["weights"]))


def score(goods: Declaration, known: Known, weights: Weights) -> Score:
    """Score one declaration.

    Args:
        goods: What is declared; what is not stated adds nothing.
        known: Settings and what came before; it is not changed.
    """
    total, points, untold = weights.prior, [], []
    for code, indicator in CUSTOMS.items():
        answer = indicator.judge(goods, known)
        if isinstance(answer, Message):
            weight = weights.of.get(code, 0.0)
            total += weight
            points.append(Point(code, weight, answer))
        elif answer is UNTOLD:
            untold.append(code)
    points.sort(key=lambda point: -point.weight)
    return Score(total, tuple(points), tuple(untold))


def score_in_turn(
    declarations: Iterable[Declaration],
    history: History,
    law: Collection[RiskSetting] = (),
    *,
    today: date,
) -> Iterator[tuple[Declaration, Score]]:
    """Score declarations in their order; each counts as history for the next.

    Args:
        declarations: In the order of their days.
        history: What came before; they are added to it.
        law: Settings of a State; those of the day of a declaration hold.
        today: The day of a declaration that states none.
    """
    weights = default_weights()
    settings_on = cache(partial(parameters, law))
    for goods in declarations:
        settings = settings_on(goods.declared_on or today)
        yield goods, score(goods, Known(settings, history), weights)
        history.add(goods)
