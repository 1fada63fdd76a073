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
from armstrace.vocabulary.messages import Message, join, message
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


def _of_codes(
    row: int, observation: Observation, structure: Structure
) -> Iterator[Finding]:
    for each in structure.components:
        value = observation.get(each.id, "")
        if not value:
            if each.is_required:
                words = message(
                    "Observation %(row)s has no %(name)s; give it a code.",
                    row=row,
                    name=each.id,
                )
                yield Finding("SX-02", row, each.id, "", words)
        elif each.codes is not None and value not in each.codes:
            words = message(
                "%(name)s=%(value)s (observation %(row)s) is no code of "
                "%(structure)s; correct it.",
                name=each.id,
                value=value,
                row=row,
                structure=structure.name,
            )
            yield Finding("SX-01", row, each.id, value, words)
    known = {MEASURE, *(each.id for each in structure.components)}
    for name in observation:
        if name not in known:
            words = message(
                "%(structure)s has no component %(name)s; leave it out.",
                structure=structure.name,
                name=name,
            )
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
            words = message(
                "%(name)s=%(value)s (observation %(row)s) is a code, but not one that "
                "%(series)s is broken down by; write %(codes)s.",
                name=name,
                value=value,
                row=row,
                series=series,
                codes=sorted(codes),
            )
            yield Finding("SX-05", row, name, value, words)


def _of_value(row: int, observation: Observation) -> Iterator[Finding]:
    text = observation.get(MEASURE, "")
    value = _number(text)
    if value is None:
        words = message(
            "%(name)s=%(value)s (observation %(row)s) is not a number.",
            name=MEASURE,
            value=text,
            row=row,
        )
        yield Finding("SX-04", row, MEASURE, text, words)
    elif observation.get("UNIT_MEASURE") == "PT" and not 0 <= value <= 100:
        words = message(
            "%(name)s=%(value)s (observation %(row)s) is no percentage of 0 to 100.",
            name=MEASURE,
            value=text,
            row=row,
        )
        yield Finding("SX-04", row, MEASURE, text, words)
    period = observation.get(TIME, "")
    if period and not re.fullmatch(r"[0-9]{4}", period):
        words = message(
            "%(name)s=%(value)s (observation %(row)s) is not a year, as FREQ=A asks.",
            name=TIME,
            value=period,
            row=row,
        )
        yield Finding("SX-04", row, TIME, period, words)


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
