"""The tables of a profile: which provisions it has, and what is wrong with a row."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.profiles import deactivating, provisions, transferring

TABLES: dict[str, type] = {
    "definition": provisions.Definition,
    "retention": provisions.Retention,
    "deadline": provisions.Deadline,
    "offence": provisions.Offence,
    "element": provisions.Element,
    "licence": provisions.LicenceAsked,
    "check": provisions.LicenceCheck,
    "category": provisions.Category,
    "advice": provisions.AdviceAsked,
    "appeal": provisions.Appeal,
    "marking": provisions.MarkingAsked,
    "risk": provisions.RiskSetting,
    "second_person": provisions.SecondPerson,
    "technique": provisions.TechniqueBasis,
    "disposal": provisions.DisposalAsked,
    "transfer": transferring.TransferAsked,
    "vetting": provisions.VettingAsked,
    "deactivation": deactivating.DeactivationStandard,
    "inoperable": deactivating.PartsInoperable,
}


@cache
def codes_of(kind: type) -> Mapping[str, tuple[type[Code], bool]]:
    """Give the fields of a provision that hold codes, and whether they hold several."""
    return {
        name: (code, get_origin(hint) is tuple)
        for name, hint in get_type_hints(kind).items()
        for code in (hint, *get_args(hint))
        if isinstance(code, type) and issubclass(code, Code)
    }


def provision_of(kind: type, row: dict[str, Any]) -> Any:  # noqa: ANN401 - one of TABLES
    """Make a provision of a row that has no problem."""
    values = {key: _value(kind, key, value) for key, value in row.items()}
    if kind is provisions.Retention:
        values.setdefault("years", None)
    return kind(**values)


def _value(kind: type, key: str, given: Any) -> Any:  # noqa: ANN401 - what TOML holds
    code, _ = codes_of(kind).get(key, (None, False))
    if isinstance(given, list):
        return tuple(map(code, given) if code else given)
    return code(given) if code else given


def problems_of(table: dict[str, Any], name: str) -> Iterator[Message]:
    """Say in one sentence each what is wrong with a file."""
    for where, what in _problems(table):
        place = f"{name}: {where}" if where else name
        yield message("%(where)s: %(what)s", where=place, what=what)


def _problems(table: dict[str, Any]) -> Iterator[tuple[str, Message]]:
    """Say what is wrong, and in which row."""
    for key in ("code", "name"):
        if not isinstance(table.get(key), str) or not table.get(key):
            yield "", message("“%(key)s” is missing; write it as text.", key=key)
    for key in table:
        if key not in {"code", "name", *TABLES}:
            said = message(
                "“%(key)s” is not part of a profile; remove or correct it.", key=key
            )
            yield "", said
    for key, kind in TABLES.items():
        for number, row in enumerate(table.get(key, ()), start=1):
            for what in (*_row_problems(kind, row), *_date_problems(row)):
                yield f"{key} {number}", what


def _row_problems(kind: type, row: dict[str, Any]) -> Iterator[Message]:
    known = {f.name: f for f in fields(kind)}
    yield from (
        message("“%(key)s” is not a field; remove or correct it.", key=key)
        for key in row
        if key not in known
    )
    yield from (
        message("“%(key)s” is missing.", key=key)
        for key, one in known.items()
        if one.default is MISSING and key not in {"years", *row}
    )
    yield from (
        message(
            "“%(value)s” is not a %(key)s; use %(codes)s.",
            value=str(value),
            key=key,
            codes=[code.value for code in codes],
        )
        for key, (codes, is_list) in codes_of(kind).items()
        if key in row
        for value in (row[key] if is_list else [row[key]])
        if value not in list(codes)
    )
    yield from (
        message("“%(key)s” is not a whole number; correct it.", key=key)
        for key in ("years", "days")
        if key in row and (not isinstance(row[key], int) or row[key] < 0)
    )


def _date_problems(row: dict[str, Any]) -> Iterator[Message]:
    begun, ended = row.get("valid_from"), row.get("valid_until")
    for key, value in (("valid_from", begun), ("valid_until", ended)):
        if value is not None and not isinstance(value, date):
            yield message("“%(key)s” is not a date; write it as 2024-01-31.", key=key)
            return
    if begun and ended and ended < begun:
        yield message("it ends before it begins; correct the dates.")
