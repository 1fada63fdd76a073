"""Lay a register and readings out as the tables that a linkage engine joins.

Both sides carry their search keys as an array, so that the engine blocks by
exploding it. The side of the readings carries what its weights depend on besides:
which registered values are close to what was read, and a name for each reading,
under which its weights stand in look-up tables (``lookups``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from armstrace.analysis.matching import keys
from armstrace.analysis.matching.cards import FIELDS, Card, Query
from armstrace.analysis.matching.emissions import LEVELS
from armstrace.analysis.matching.rank import Ranker
from armstrace.vocabulary.matching import Agreement

COMPARED = (*FIELDS, "import_country")
LEVEL_NAMES = {
    Agreement.AGREES: "agrees",
    Agreement.CLOSE: "close",
    Agreement.DIFFERS: "differs",
    Agreement.NOT_RECORDED: "not_recorded",
}
# The m probability of every level; its weight stands in the look-up table.
BASE = 0.5

type Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an engine needs to score readings against a register."""

    # One row a reading; ``unique_id`` is the query's.
    readings: list[Row]
    # One row an arm; ``unique_id`` is the registry's.
    register: list[Row]
    # For each column of ``columns``, value to frequency.
    lookups: dict[str, dict[str, float]]
    # The probability that a reading and an arm drawn at random match.
    prior: float

    @property
    def fields(self) -> tuple[str, ...]:
        """The described fields that any reading has."""
        return tuple(
            field for field in COMPARED if any(row[field] for row in self.readings)
        )


def lookup_columns() -> list[str]:
    """Name the columns that have a look-up table."""
    levels = [f"{field}_{name}" for field in COMPARED for name in LEVEL_NAMES.values()]
    return [*levels, "serial_expected"]


def export(
    queries: Iterable[Query], cards: Iterable[Card], ranker: Ranker, *, tier: int = 1
) -> Exported:
    """Write readings and a register as tables with the weights of a ranker.

    Args:
        queries: Canonical values as read; each has an identifier of its own. Only
            the reading as written counts, not one with fields exchanged.
        ranker: Whose weights are written out; a calibration is not.
        tier: Which keys readings carry; see ``keys.query_keys``.

    Returns:
        Rows of plain values, ready for pandas, Parquet or Spark.
    """
    lookups: dict[str, dict[str, float]] = {name: {} for name in lookup_columns()}
    classes = ranker.channel.serial.folding
    readings = [
        _reading(query, ranker, lookups)
        | {"search_keys": list(keys.query_keys(query.serial, tier, classes))}
        for query in queries
    ]
    register = [
        _describe(card)
        | {
            "unique_id": card.registry_id,
            "serial": card.serial or None,
            "search_keys": list(keys.storage_keys(card.serial, classes)),
            **{f"{field}_near": None for field in COMPARED},
            **dict.fromkeys(lookups),
        }
        for card in cards
    ]
    prior = (1 - ranker.channel.absent) / max(ranker.population.size, 1)
    return Exported(readings, register, lookups, prior)


def _describe(one: Card | Query) -> Row:
    return {field: getattr(one, field) or None for field in COMPARED}


def _reading(query: Query, ranker: Ranker, lookups: dict[str, dict[str, float]]) -> Row:
    row = _describe(query) | {
        "unique_id": query.query_id,
        "serial": query.serial or None,
        **{f"{field}_near": [] for field in COMPARED},
        **dict.fromkeys(lookups),
    }
    scales = ranker.scales
    description = scales.describe(query)
    for field, emission in description.emissions.items():
        values = _values(ranker, field)
        close = np.flatnonzero(emission.levels == LEVELS.index(Agreement.CLOSE))
        row[f"{field}_near"] = [values[place] for place in close.tolist()]
        weights = {Agreement.AGREES: emission.agreeing}
        for level in (Agreement.CLOSE, Agreement.DIFFERS, Agreement.NOT_RECORDED):
            places = np.flatnonzero(emission.levels == LEVELS.index(level))
            if places.size:
                weights[level] = float(emission.weights[places[0]])
        weights.setdefault(Agreement.DIFFERS, emission.elsewhere)
        for level, weight in weights.items():
            column = f"{field}_{LEVEL_NAMES[level]}"
            expected = description.expected[field]
            row[column] = query.query_id
            lookups[column][query.query_id] = BASE * expected / weight
    if query.serial:
        expected = float(np.exp(scales.log_serial_expected(description, query.serial)))
        row["serial_expected"] = query.query_id
        lookups["serial_expected"][query.query_id] = BASE * expected
    return row


def _values(ranker: Ranker, field: str) -> list[str]:
    population = ranker.population
    if field == "import_country":
        return list(population.imports.values)
    return list(population.vocabularies[field].values)


def lookup_rows(column: str, table: dict[str, float]) -> Iterator[Row]:
    """Give a look-up table as rows, as Splink reads term frequencies."""
    for value, frequency in table.items():
        yield {column: value, f"tf_{column}": frequency}
