"""Check observations against the code lists of a structure.

Readers of SDMX check the form of a message, not its codes: one with SEX=ZZ
passes them. This check names every code that the structure does not have.

Source:
    Global SDG data structure (IAEG-SDGs:SDG).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from armstrace.analysis.statistics.sdmx.structure import MEASURE, TIME, Structure
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import Message, Parameter, join, message
from armstrace.vocabulary.sources import Source

type Observation = Mapping[str, str]

SDMX = Source("sdmx-sdg")
NAMED = 5  # findings that a refusal spells out


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a message that the structure does not allow."""

    # ``SX-01`` to ``SX-06``.
    rule: str
    # Number of the observation, from 1.
    row: int
    component: str
    value: str
    message: Message


def findings(
    observations: Iterable[Observation], structure: Structure
) -> tuple[Finding, ...]:
    """Name what the structure does not allow, observation by observation.

    Args:
        observations: Values by component; an absent or empty one is no value.

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
            words = message(
                "Observation %(row)s has the key of observation %(other)s.",
                row=row,
                other=seen[key],
            )
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
    said = [each.message for each in found[:NAMED]]
    if len(found) > NAMED:
        more = len(found) - NAMED
        said.append(message("%(more)s more are not named here.", more=more))
    raise RuleBroken(found[0].rule, join(said), source=SDMX)


def _finding(
    rule: str, at: tuple[int, str, str], words: Message, **more: Parameter
) -> Finding:
    """Say what is wrong with a value; ``at`` is its observation, name and text."""
    row, name, value = at
    said = {"row": row, "name": name, "value": value, **more}
    return Finding(rule, row, name, value, replace(words, params=said))


def _of_codes(
    row: int, observation: Observation, structure: Structure
) -> Iterator[Finding]:
    named = structure.name
    for each in structure.components:
        value = observation.get(each.id, "")
        if not value:
            if each.is_required:
                yield _finding("SX-02", (row, each.id, ""), _LACKS)
        elif each.codes is not None and value not in each.codes:
            yield _finding("SX-01", (row, each.id, value), _NO_CODE, structure=named)
    known = {MEASURE, *(each.id for each in structure.components)}
    for name in (each for each in observation if each not in known):
        at = row, name, observation[name]
        yield _finding("SX-03", at, _NO_COMPONENT, structure=named)


def _of_series(
    row: int, observation: Observation, structure: Structure
) -> Iterator[Finding]:
    series = observation.get("SERIES", "")
    for name, codes in structure.allowed.get(series, {}).items():
        value = observation.get(name, "")
        lists = next((c.codes for c in structure.components if c.id == name), None)
        is_a_code = lists is None or value in lists
        if value and is_a_code and value not in codes:
            more: dict[str, Parameter] = {"series": series, "codes": sorted(codes)}
            yield _finding("SX-05", (row, name, value), _NOT_OF_SERIES, **more)


def _of_value(row: int, observation: Observation) -> Iterator[Finding]:
    text = observation.get(MEASURE, "")
    value = _number(text)
    if value is None:
        yield _finding("SX-04", (row, MEASURE, text), _NO_NUMBER)
    elif observation.get("UNIT_MEASURE") == "PT" and not 0 <= value <= 100:
        yield _finding("SX-04", (row, MEASURE, text), _NO_PERCENTAGE)
    period = observation.get(TIME, "")
    if period and not re.fullmatch(r"[0-9]{4}", period):
        yield _finding("SX-04", (row, TIME, period), _NO_YEAR)


_LACKS = message("Observation %(row)s has no %(name)s; give it a code.")
_NO_CODE = message(
    "%(name)s=%(value)s (observation %(row)s) is not a code of %(structure)s; correct "
    "it."
)
_NO_COMPONENT = message("%(structure)s has no component %(name)s; leave it out.")
_NOT_OF_SERIES = message(
    "%(name)s=%(value)s (observation %(row)s) is a code, but not one that %(series)s "
    "is broken down by; write %(codes)s."
)
_NO_NUMBER = message("%(name)s=%(value)s (observation %(row)s) is not a number.")
_NO_PERCENTAGE = message(
    "%(name)s=%(value)s (observation %(row)s) is not a percentage from 0 to 100."
)
_NO_YEAR = message(
    "%(name)s=%(value)s (observation %(row)s) is not a year, as FREQ=A asks."
)


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
