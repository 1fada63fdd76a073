"""Reference sets as files: a laboratory's own score table."""

from pathlib import Path
from typing import Any

from armstrace.analysis.ballistics import documents, references
from armstrace.analysis.ballistics.references import Pair, Population, ReferenceSet
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

LARGEST_BYTES = 64 * 2**20


def load(path: Path) -> ReferenceSet:
    """Load a reference set.

    Args:
        path: JSON with ``name``, ``population`` (mark, maker, calibre, instrument,
            method) and ``pairs`` ([source, source, congruent cells, cells]).

    Raises:
        InvalidInput: It is no reference set, or too small a one.
    """
    large = message("%(name)s is too large for a reference set.", name=path.name)
    try:
        told = documents.read_file(path, most_bytes=LARGEST_BYTES, too_large=large)
        return built(told)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise InvalidInput(
            message(
                '%(name)s is not a reference set: it needs "name", "population"'
                ' and "pairs", each pair as [source, source, congruent cells, '
                "cells].",
                name=path.name,
            )
        ) from error


def written(reference: ReferenceSet) -> dict[str, Any]:
    """Write a reference set out as plain values; see ``load``."""
    table, names = reference.table, reference.sources
    columns = (table.first, table.second, table.congruent, table.cells)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    population = reference.population
    return {
        "name": reference.name,
        "population": {
            name: getattr(population, name) for name in Population.__dataclass_fields__
        },
        "pairs": [[names[a], names[b], k, n] for a, b, k, n in rows],
    }


def built(document: dict[str, Any]) -> ReferenceSet:
    """Build a reference set from plain values; see ``load``."""
    population = Population(**{k: str(v) for k, v in document["population"].items()})
    pairs = [Pair(str(a), str(b), int(k), int(n)) for a, b, k, n in document["pairs"]]
    return references.build(str(document["name"]), population, pairs)
