"""Check observations against the code lists of a structure.

Readers of SDMX check the form of a message, not its codes: one with SEX=ZZ
passes them. This check names every code that the structure does not have.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from armstrace.analysis.statistics.sdmx.structure import MEASURE, TIME, Structure
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.sources import Source

type Observation = Mapping[str, str]

SDMX = Source("sdmx-sdg")
NAMED = 5  # findings that a refusal spells out


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a message that the structure does not allow.

    Args:
        rule: ``SX-01`` to ``SX-06``.
        row: Number of the observation, from 1.
        component: The dimension, attribute or measure.
        value: What stands there.
        message: What is wrong and what to do.
    """

    rule: str
    row: int
    component: str
    value: str
    message: str


def findings(
    observations: Iterable[Observation], structure: Structure
) -> tuple[Finding, ...]:
    """Name what the structure does not allow, observation by observation.

    Args:
        observations: Values by component; an absent or empty one is no value.
        structure: What they must fit.

    Source:
        Global SDG data structure, IAEG-SDGs:SDG.
    """
    seen: dict[tuple[str, ...], int] = {}
    found: list[Finding] = []
    for row, observation in enumerate(observations, start=1):
        found.extend(_of_codes(row, observation, structure))
        found.extend(_of_series(row, observation, structure))
        found.extend(_of_value(row, observation))
        key = tuple(observation.get(each.id, "") for each in structure.dimensions)
        if key in seen:
            words = f"Observation {row} has the key of observation {seen[key]}."
            found.append(Finding("SX-06", row, TIME, observation.get(TIME, ""), words))
        seen.setdefault(key, row)
    return tuple(found)


def refuse(found: tuple[Finding, ...]) -> None:
    """Refuse a message that has findings, by the rule of the first.

    Raises:
        RuleBroken: The rule of the first finding; its message names the first
            ones.
    """
    if not found:
        return
    words = " ".join(each.message for each in found[:NAMED])
    more = len(found) - NAMED
    tail = f" {more} more are not named here." if more > 0 else ""
    raise RuleBroken(found[0].rule, f"{words}{tail}", source=SDMX)


def _of_codes(
    row: int, observation: Observation, structure: Structure
) -> Iterator[Finding]:
    for each in structure.components:
        value = observation.get(each.id, "")
        if not value:
            if each.is_required:
                words = f"Observation {row} has no {each.id}; give it a code."
                yield Finding("SX-02", row, each.id, "", words)
        elif each.codes is not None and value not in each.codes:
            words = (
                f"{each.id}={value} (observation {row}) is no code of "
                f"{structure.name}; correct it."
            )
            yield Finding("SX-01", row, each.id, value, words)
    known = {MEASURE, *(each.id for each in structure.components)}
    for name in observation:
        if name not in known:
            words = f"{structure.name} has no component {name}; leave it out."
            yield Finding("SX-03", row, name, observation[name], words)


def _of_series(
    row: int, observation: Observation, structure: Structure
) -> Iterator[Finding]:
    series = observation.get("SERIES", "")
    for name, codes in structure.allowed.get(series, {}).items():
        value = observation.get(name, "")
        lists = next((c.codes for c in structure.components if c.id == name), None)
        is_a_code = lists is None or value in lists
        if value and is_a_code and value not in codes:
            words = (
                f"{name}={value} (observation {row}) is a code, but not one that "
                f"{series} is broken down by; write {', '.join(sorted(codes))}."
            )
            yield Finding("SX-05", row, name, value, words)


def _of_value(row: int, observation: Observation) -> Iterator[Finding]:
    text = observation.get(MEASURE, "")
    value = _number(text)
    if value is None:
        words = f"{MEASURE}={text} (observation {row}) is not a number."
        yield Finding("SX-04", row, MEASURE, text, words)
    elif observation.get("UNIT_MEASURE") == "PT" and not 0 <= value <= 100:
        words = f"{MEASURE}={text} (observation {row}) is no percentage of 0 to 100."
        yield Finding("SX-04", row, MEASURE, text, words)
    period = observation.get(TIME, "")
    if period and not re.fullmatch(r"[0-9]{4}", period):
        words = f"{TIME}={period} (observation {row}) is not a year, as FREQ=A asks."
        yield Finding("SX-04", row, TIME, period, words)


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
