"""The settings of a Splink model that weighs as matching does.

A level of a comparison weighs log2(m / u). Here the weight of a level depends on
the reading: how rare its make is, how rare its model for that make. Splink has a
place for such weights, the term frequencies; each level has a look-up table, in
which the reading's own frequency stands. A serial is weighed by a function that the
engine is given, in steps of half a bit.

Limits: pairs are scored one by one, so that twins do not share a probability, and
a prefix that is the model is not tried as one. The order of the candidates of one
reading, and the weight of each field, are those of matching.
"""

import math
from collections.abc import Sequence
from typing import Any

from armstrace.analysis.matching.alignment import Aligner
from armstrace.analysis.matching.channel import SerialRates
from armstrace.analysis.matching.linkage.tables import BASE, COMPARED, LEVEL_NAMES
from armstrace.vocabulary.matching import Agreement

STEP_BITS = 0.5
MOST_STEPS = 60
SERIAL_STEP = "serial_step"

type Settings = dict[str, Any]


class SerialSteps:
    """Tells how unlikely a serial was read from another, in steps of ``STEP_BITS``.

    It travels to other processes as its rates alone.
    """

    def __init__(self, rates: SerialRates) -> None:
        self._rates = rates
        self._aligner: Aligner | None = None

    def __getstate__(self) -> SerialRates:
        """Give what travels."""
        return self._rates

    def __setstate__(self, rates: SerialRates) -> None:
        """Take up what travelled."""
        self._rates, self._aligner = rates, None

    def __call__(self, read: str | None, registered: str | None) -> int:
        """Give the steps: 0 where the reading was certain, ``MOST_STEPS`` at most."""
        if not read or not registered:
            return MOST_STEPS
        if self._aligner is None:
            self._aligner = Aligner(self._rates)
        bits = -self._aligner.log_probability(registered, read) / math.log(2)
        return min(max(round(bits / STEP_BITS), 0), MOST_STEPS)


def settings(prior: float, fields: Sequence[str] = COMPARED) -> Settings:
    """Give the settings, as Splink reads them.

    Args:
        prior: The probability that a reading and an arm drawn at random match.
    """
    blocking = {
        "blocking_rule": "l.search_keys = r.search_keys",
        "arrays_to_explode": ["search_keys"],
    }
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": [blocking],
        "comparisons": [*map(_describe, fields), _serial()],
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": False,
    }


def _describe(field: str) -> Settings:
    conditions = {
        Agreement.NOT_RECORDED: f"{field}_r IS NULL",
        Agreement.AGREES: f"{field}_l = {field}_r",
        Agreement.CLOSE: f"array_contains({field}_near_l, {field}_r)",
        Agreement.DIFFERS: f"{field}_l <> {field}_r",
    }
    levels = [_null(f"{field}_l IS NULL")]
    levels += [
        _level(conditions[level], f"{field}_{LEVEL_NAMES[level]}", label=level.label)
        for level in conditions
    ]
    return {"output_column_name": field, "comparison_levels": [*levels, _rest()]}


def _serial() -> Settings:
    levels = [_null("serial_l IS NULL OR serial_r IS NULL")]
    function = f"{SERIAL_STEP}(serial_l, serial_r)"
    levels += [
        _level(
            f"{function} <= {step}",
            "serial_expected",
            m=BASE * 2 ** (-STEP_BITS * step),
            label=f"{step} steps",
        )
        for step in range(MOST_STEPS)
    ]
    return {"output_column_name": "serial", "comparison_levels": [*levels, _rest()]}


def _level(condition: str, column: str, *, label: str, m: float = BASE) -> Settings:
    return {
        "sql_condition": condition,
        "label_for_charts": label,
        "m_probability": m,
        "u_probability": BASE,
        "tf_adjustment_column": column,
        "tf_adjustment_weight": 1.0,
        "disable_tf_exact_match_detection": True,
    }


def _null(condition: str) -> Settings:
    return {
        "sql_condition": condition,
        "label_for_charts": "not read",
        "is_null_level": True,
    }


def _rest() -> Settings:
    """Give the level that Splink asks for; nothing comes to it but the unlikely."""
    return {
        "sql_condition": "ELSE",
        "label_for_charts": "else",
        "m_probability": BASE * 2 ** (-STEP_BITS * MOST_STEPS),
        "u_probability": BASE,
    }
