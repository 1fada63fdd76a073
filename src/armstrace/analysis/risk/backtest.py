"""What scores were worth: precision, lift and area under the curve, with intervals.

Only what was examined has an outcome. What the score chose is judged by its own
precision; how often anything is found at all is read from what was selected at
random, and a lift is taken against that.

Source:
    Wilson (1927) for proportions; Katz et al., Biometrics 34 (1978), 469-474, for
    the ratio of two; Hanley and McNeil, Radiology 143 (1982), 29-36, for the area.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from armstrace.analysis.statistics.wilson import Z_95, wilson_bounds
from armstrace.vocabulary.risk import Lane

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """One examined declaration."""

    # As it was when the list was drawn.
    score: float
    codes: frozenset[str]
    # Whether arms, parts or ammunition were found.
    is_found: bool
    # Why it was examined; None where no list named it.
    lane: Lane | None
    year: int


@dataclass(frozen=True, slots=True)
class Share:
    """A proportion with its counts and its interval at 95 %.

    Args:
        share: None where nothing was counted.
    """

    hits: int
    trials: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Worth:
    """What one indicator was worth.

    Args:
        precision: Of its hits, how many were found out right.
        recall: Of all finds, how many it had hit.
        lift: Precision over the base rate; None where either is not known.
        low: Lower bound of the lift at 95 %.
        high: Upper bound.
    """

    code: str
    precision: Share
    recall: Share
    lift: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """What the scores of a time were worth.

    Args:
        auc: Area under the curve; None without both finds and other outcomes.
        base_rate: What was found in what was selected at random; of all examined where
            nothing was drawn.
        is_by_lot: Whether the base rate is of what was selected at random.
        precision_at: Number of the highest scores to what was found in them.
        by_score: What was found in all that the score chose.
        unlisted: How many were examined though no list named them; they count in all
            but the base rate and what the score chose.
    """

    examined: int
    found: int
    auc: float | None
    base_rate: Share
    is_by_lot: bool
    by_score: Share
    unlisted: int
    precision_at: tuple[tuple[int, Share], ...]
    indicators: tuple[Worth, ...]


def backtest(
    outcomes: Sequence[Outcome], *, codes: Iterable[str], first: Collection[int]
) -> Backtest:
    """Judge scores by what examinations found."""
    by_lot = [each for each in outcomes if each.lane is Lane.CONTROL]
    base = _share(by_lot or outcomes)
    ranked = sorted(outcomes, key=lambda each: -each.score)
    return Backtest(
        examined=len(outcomes),
        found=sum(each.is_found for each in outcomes),
        auc=auc([(each.score, each.is_found) for each in outcomes]),
        base_rate=base,
        is_by_lot=bool(by_lot),
        by_score=_share([each for each in outcomes if each.lane is Lane.SCORE]),
        unlisted=sum(each.lane is None for each in outcomes),
        precision_at=tuple(
            (number, _share(ranked[:number]))
            for number in sorted(first)
            if number <= len(ranked)
        ),
        indicators=tuple(_worth(code, outcomes, base) for code in codes),
    )


def auc(scored: Collection[tuple[float, bool]]) -> float | None:
    """Give the area under the curve: how often a find scores higher.

    Ties count half. It takes one sort.

    Returns:
        None where there are no finds, or nothing but finds.
    """
    ranked = sorted(scored)
    finds = sum(is_found for _, is_found in ranked)
    others = len(ranked) - finds
    if not finds or not others:
        return None
    below, wins, at = 0, 0.0, 0
    while at < len(ranked):
        end, tied_finds = at, 0
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            tied_finds += ranked[end][1]
            end += 1
        tied_others = end - at - tied_finds
        wins += tied_finds * (below + HALF * tied_others)
        below += tied_others
        at = end
    return wins / (finds * others)


def _worth(code: str, outcomes: Sequence[Outcome], base: Share) -> Worth:
    hit = [each for each in outcomes if code in each.codes]
    finds = sum(each.is_found for each in outcomes)
    precision = _share(hit)
    lift = low = high = None
    if precision.share is not None and base.share and precision.hits:
        lift = precision.share / base.share
        spread = Z_95 * math.sqrt(
            1 / precision.hits - 1 / precision.trials + 1 / base.hits - 1 / base.trials
        )
        low, high = lift * math.exp(-spread), lift * math.exp(spread)
    return Worth(code, precision, proportion(precision.hits, finds), lift, low, high)


def _share(outcomes: Sequence[Outcome]) -> Share:
    return proportion(sum(each.is_found for each in outcomes), len(outcomes))


def proportion(hits: int, trials: int) -> Share:
    """Give a proportion with Wilson's interval."""
    if not trials:
        return Share(hits, 0, None, None, None)
    low, high = wilson_bounds(hits, trials)
    return Share(hits, trials, hits / trials, low, high)
