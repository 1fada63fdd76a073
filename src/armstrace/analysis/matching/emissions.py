"""How likely a field's reading is for each value that the registry knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.matching import closeness
from armstrace.analysis.matching.channel import FieldRates
from armstrace.vocabulary.matching import Agreement

LEVELS = (Agreement.DIFFERS, Agreement.CLOSE, Agreement.AGREES, Agreement.NOT_RECORDED)
_DIFFERS, _CLOSE, _AGREES, _NOT_RECORDED = range(len(LEVELS))

LEAST = 1e-300

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Emission:
    """The probability of one reading given each registered value."""

    # (values,) probability of the reading for each value.
    weights: Weights
    # (values,) their natural logarithms, never minus infinity.
    logs: Weights
    # (values,) index into ``LEVELS``.
    levels: NDArray[np.int8]
    # Probability given another value that the counts do not know.
    elsewhere: float
    agreeing: float
    reading: str


class Vocabulary:
    """The distinct values of one field with their counts.

    Args:
        field: Name of the field, as in ``cards.FIELDS``.
        counts: How many arms bear each value; the empty value counts those
            for which the field is not recorded.
    """

    def __init__(self, field: str, counts: Mapping[str, int]) -> None:
        self.values: Sequence[str] = list(counts)
        self.index = {value: place for place, value in enumerate(self.values)}
        self._counts = np.array(list(counts.values()), float)
        self._total = float(self._counts.sum())
        self._closeness = _closeness(field, self.values)

    @property
    def shares(self) -> Weights:
        """(values,) share of the arms that bear each value."""
        return self._counts / max(self._total, 1.0)

    def emission(
        self,
        reading: str,
        rates: FieldRates,
        *,
        floor: float = 0.0,
        share: float | None = None,
    ) -> Emission:
        """Weigh a reading against every registered value.

        Args:
            reading: Canonical value as read; not empty.
            rates: How often this field is read in a close form or wrongly.
            floor: Probability added for every value that differs, such as that
                of reading an importer's name for any make.
            share: How common the reading is where it was read, such as a model among
                the arms of its make; among all when None.

        Returns:
            The probabilities; a value that is not recorded explains a reading
            no better and no worse than the registry at large does.
        """
        background = self._background(reading)
        if share is not None:
            background = max(background, share)
        weights = np.full(len(self.values), rates.wrong * background + floor)
        levels = np.full(len(self.values), _DIFFERS, np.int8)
        closeness_of = self._closeness
        close = sorted(closeness_of.close_to(reading)) if closeness_of else []
        if close and rates.close:
            weights[close] += rates.close / (1 + len(close)) ** 0.5
            levels[close] = _CLOSE
        agreeing = 1 - rates.close - rates.wrong - rates.importer
        place = self.index.get(reading)
        if place is not None:
            weights[place] = agreeing
            levels[place] = _AGREES
        empty = self.index.get("")
        if empty is not None:
            weights[empty] = min(background, agreeing)
            levels[empty] = _NOT_RECORDED
        elsewhere = rates.wrong * background + floor
        logs = np.log(np.maximum(weights, LEAST))
        return Emission(weights, logs, levels, elsewhere, agreeing, reading)

    def _background(self, reading: str) -> float:
        place = self.index.get(reading)
        count = 0.0 if place is None else float(self._counts[place])
        return (count + 0.5) / (self._total + 0.5 * (len(self.values) + 1))


def _closeness(
    field: str, values: Sequence[str]
) -> closeness.Names | closeness.Bores | None:
    """Tell what is close to a value; a code of a closed list has nothing close."""
    if field in {"make", "model"}:
        return closeness.Names(values)
    return closeness.Bores(values) if field == "calibre" else None
