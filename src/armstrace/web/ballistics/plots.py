"""Charts of comparisons and reference sets, each with its table."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext

from armstrace.analysis.ballistics import outlines, reliability
from armstrace.analysis.ballistics.references import ReferenceSet
from armstrace.ballistics.queries import TestedSet
from armstrace.web.drawing import ballistic_bars, ballistic_curves
from armstrace.web.drawing.ballistic_bars import Bars, Labels
from armstrace.web.drawing.ballistic_curves import Curve, Curves

STEPS = 60
FARTHEST = 6.0


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart, and the table that says the same."""

    # As drawn.
    chart: Bars | Curves
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def angles(numbers: Mapping[str, Any]) -> Plot:
    """Count the cells of the first mark by the angle each was found best under."""
    counts = outlines.angle_counts(numbers["first_in_second"])
    yes, no = gettext("congruent"), gettext("other")
    series = {
        yes: {one.angle_deg: float(one.congruent) for one in counts},
        no: {one.angle_deg: float(one.other) for one in counts},
    }
    labels = Labels(gettext("angle of the best fit"), step_unit="°")
    every = sorted(one.angle_deg for one in counts)
    return Plot(
        ballistic_bars.draw(series, labels, steps=_even(every)),
        (gettext("Angle"), yes, no),
        tuple(
            (f"{one.angle_deg:g}°", str(one.congruent), str(one.other))
            for one in counts
        ),
    )


def known_pairs(reference: ReferenceSet, congruent_cells: int | None = None) -> Plot:
    """Show how many cells agree in the pairs of a set, with this count marked.

    Args:
        congruent_cells: Of the comparison at hand, if any.
    """
    table = reference.table
    same, different = gettext("one source"), gettext("two sources")
    highest = max(int(table.congruent.max()), congruent_cells or 0)
    steps = range(highest + 1)
    counts = {
        same: np.bincount(table.congruent[table.is_same], minlength=highest + 1),
        different: np.bincount(table.congruent[~table.is_same], minlength=highest + 1),
    }
    series = {
        name: {float(k): 100 * float(row[k]) / row.sum() for k in steps if row[k]}
        for name, row in counts.items()
    }
    words = gettext("this comparison: %(n)s") % {"n": congruent_cells}
    return Plot(
        ballistic_bars.draw(
            series,
            Labels(gettext("congruent cells"), unit="%"),
            steps=[float(k) for k in steps],
            marker=None if congruent_cells is None else (congruent_cells, words),
        ),
        (gettext("Congruent cells"), same, different),
        tuple(
            (str(k), str(counts[same][k]), str(counts[different][k]))
            for k in steps
            if counts[same][k] or counts[different][k]
        ),
    )


def tippett(tested: TestedSet) -> Plot:
    """Show the share of ratios above each value, both kinds of pairs."""
    low, high = tested.row.bounds
    kinds = {
        gettext("one source"): np.clip(tested.same, -FARTHEST, FARTHEST),
        gettext("two sources"): np.clip(tested.different, -FARTHEST, FARTHEST),
    }
    every = np.concatenate([*kinds.values(), [low, high, -1.0, 1.0]])
    span = (float(every.min()) - 0.3, float(every.max()) + 0.3)
    thresholds = np.linspace(*span, STEPS * 4)
    curves = [
        Curve(
            name,
            list(
                zip(
                    thresholds.tolist(),
                    reliability.tippett(ratios, thresholds).tolist(),
                    strict=True,
                )
            ),
        )
        for name, ratios in kinds.items()
    ]
    told = [round(value, 1) for value in np.arange(np.ceil(span[0]), span[1], 1.0)]
    rows = [
        (
            f"{at:g}",
            *(
                f"{reliability.tippett(ratios, np.array([at]))[0]:.1%}"
                for ratios in kinds.values()
            ),
        )
        for at in told
    ]
    return Plot(
        ballistic_curves.draw(
            curves,
            axis=gettext("log10 likelihood ratio greater than"),
            span=span,
            marks=[
                (0.0, gettext("ratio of one")),
                (low, gettext("lower bound")),
                (high, gettext("upper bound")),
            ],
        ),
        (gettext("log10 ratio greater than"), *kinds),
        tuple(rows),
    )


def reliable(tested: TestedSet) -> Plot:
    """Set what the ratios say beside what was so."""
    low, high = tested.row.bounds
    found = reliability.bins(
        np.clip(tested.same, low, high), np.clip(tested.different, low, high)
    )
    curve = Curve(
        gettext("pairs of the set"),
        [(one.said, one.seen) for one in found],
        [(one.said, one.low, one.high) for one in found],
    )
    return Plot(
        ballistic_curves.draw(
            [curve],
            axis=gettext("probability of one source that the ratio gives"),
            span=(0.0, 1.0),
            has_diagonal=True,
        ),
        (gettext("Said"), gettext("Seen"), gettext("Pairs")),
        tuple((f"{b.said:.1%}", f"{b.seen:.1%}", str(b.pairs)) for b in found),
    )


def _even(steps: list[float]) -> list[float]:
    """Fill the gaps between angles that lie on one grid."""
    if len(steps) < 2:
        return steps
    gap = min(b - a for a, b in itertools.pairwise(steps))
    count = round((steps[-1] - steps[0]) / gap)
    filled = [round(steps[0] + gap * number, 6) for number in range(count + 1)]
    return filled if set(np.round(steps, 6)) <= set(filled) else steps
