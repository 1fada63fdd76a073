"""What the fields of a query may hold other than what their headings say.

Model names and numbers stand near the serial and are written down for it; a
query is therefore weighed under each reading that the registry makes plausible.

Source:
    Firearms Protocol, art. 8, para. 1 (b), for numbers given at import; mark
    taxonomy, instruments 3.4: a model can be confused with a serial prefix
    or catalogue number, a serial with model, patent and inventory numbers.
"""

import math
from dataclasses import dataclass, replace

from armstrace.analysis.marks.search_keys import search_key
from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.channel import Channel
from armstrace.analysis.matching.closeness import compact
from armstrace.analysis.matching.population import Population
from armstrace.vocabulary.messages import NOTHING, Message, message

SHORTEST_MODEL = 2
SHORTEST_SERIAL = 3
FEWEST_DIGITS = 3
LONG_NUMBER = 8
MOST_MODELS = 3
MODEL_BEFORE = message("model written before the serial")
OTHER_ON_RECORD = message("the serial taken for another number on the arm on record")
OTHER_NUMBER = message("another number on the arm taken for the serial")
IMPORT_NUMBER = message("number of the import mark taken for the serial")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a query."""

    # The query, its fields moved to where they belong.
    query: Query
    # Natural logarithm of how often fields are mixed up so.
    log_prior: float
    # What was taken for what; empty for the query as written.
    words: Message = NOTHING


def readings_of(
    query: Query, population: Population, channel: Channel
) -> tuple[Reading, ...]:
    """List the ways to take a query, as written first.

    Args:
        population: The registry's counts: which models there are.
        channel: How often fields are mixed up.
    """
    rates = dict(channel.readings)
    other_rate = rates.pop("other_number")
    further = _other_numbers(query, other_rate)
    if further and not query.serial:
        return further
    imported = _import_number(query, rates.pop("import_number"))
    if imported is not None and not query.serial:
        return (replace(imported, log_prior=0.0),)
    others = [
        imported,
        _exchange(query, population, rates["model_and_serial_exchanged"]),
        _model_only(query, population, rates["model_for_serial"]),
    ]
    left = math.log1p(-sum(rates.values()))
    if imported is not None:
        left += math.log1p(-math.exp(imported.log_prior))
    if further:
        left += math.log1p(-other_rate)
    as_written = Reading(query, left)
    return (
        as_written,
        *(other for other in others if other is not None),
        *further,
        *_models_before(query, population, rates["model_before_serial"]),
    )


def _import_number(query: Query, rate: float) -> Reading | None:
    """Take the number of the import mark, which is given to arms marked badly."""
    if not query.import_number or query.import_number == query.serial:
        return None
    moved = replace(query, serial=query.import_number)
    return Reading(moved, math.log(rate), IMPORT_NUMBER)


def _other_numbers(query: Query, rate: float) -> tuple[Reading, ...]:
    """Take each further number of the arm for the one that the register holds."""
    numbers = [number for number in query.others if number != query.serial]
    each = math.log((rate if query.serial else 1.0) / max(len(numbers), 1))
    return tuple(
        Reading(replace(query, serial=number), each, OTHER_NUMBER) for number in numbers
    )


def _exchange(query: Query, population: Population, rate: float) -> Reading | None:
    other = search_key(query.model)
    if not query.serial or len(other) < SHORTEST_SERIAL:
        return None
    if _digits(other) < FEWEST_DIGITS:
        return None
    model = population.models.get(query.serial)
    if model is None and compact(query.model) in population.models:
        return None
    moved = replace(query, serial=other, model=model or query.serial)
    return Reading(
        moved, math.log(rate), message("model and serial taken for each other")
    )


def _models_before(query: Query, population: Population, rate: float) -> list[Reading]:
    """Take a start of the serial for the model, the longest first."""
    found: list[Reading] = []
    stated = compact(query.model)
    for size in range(len(query.serial) - SHORTEST_SERIAL, SHORTEST_MODEL - 1, -1):
        start, rest = query.serial[:size], query.serial[size:]
        model = population.models.get(start)
        if stated and not (start == stated or (model and start.startswith(stated))):
            continue
        if (not stated and model is None) or _digits(rest) < FEWEST_DIGITS:
            continue
        if start.isdigit() and rest.isdigit() and len(query.serial) < LONG_NUMBER:
            continue
        moved = replace(query, serial=rest, model=model or query.model)
        found.append(Reading(moved, math.log(rate), MODEL_BEFORE))
    return found[:MOST_MODELS]


def _model_only(query: Query, population: Population, rate: float) -> Reading | None:
    model = population.models.get(query.serial) if query.serial else None
    if model is None or (query.model and compact(query.model) != query.serial):
        return None
    moved = replace(query, serial="", model=model)
    return Reading(moved, math.log(rate), message("model written for the serial"))


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
