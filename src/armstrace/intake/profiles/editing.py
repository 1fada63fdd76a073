"""Change a profile's text by what a person chose, and keep the rest as it says."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from armstrace.intake.profiles.schema import Profile

_SETTINGS = ("agency", "country", "date_order", "two_digit_years")


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person chose for a profile."""

    # The profile's name; another one makes a copy.
    name: str
    source: str
    # What holds for the file, such as ``date_order``; empty takes it out.
    settings: Mapping[str, str | int]
    # Heading to canonical field; empty keeps it in the notes.
    columns: Mapping[str, str]
    # Headings that are left out; a reason that stands there stays.
    left_out: tuple[str, ...]
    # Canonical field to what holds for every row; empty takes it out.
    constants: Mapping[str, str]
    # Canonical field to wording to code; empty takes it out.
    values: Mapping[str, Mapping[str, str]]
    # Why it is changed, which stands with what is new.
    reason: str


def change_text(profile: Profile, edit: Edit) -> str:
    """Give the text of a profile after a change; only comments in it are lost."""
    told = deepcopy(dict(profile.told)) | {"name": edit.name, "source": edit.source}
    for name in _SETTINGS:
        _state(told, name, edit.settings.get(name, ""))
    _change_columns(told, edit)
    constants = told.setdefault("constants", {})
    for field, value in edit.constants.items():
        if value != constants.get(field, {}).get("value", ""):
            stated = {"value": value, "reason": edit.reason}
            _state(constants, field, stated if value else "")
    for field, words in edit.values.items():
        known = told.setdefault("values", {}).setdefault(field, {})
        for word, code in words.items():
            _state(known, word, code)
    return write_toml(told)


def _change_columns(told: dict[str, Any], edit: Edit) -> None:
    columns = told.setdefault("columns", {})
    ignored = told.setdefault("ignored", {})
    for heading, field in edit.columns.items():
        _state(columns, heading, field)
        ignored.pop(heading, None)
    for heading in edit.left_out:
        columns.pop(heading, None)
        ignored.setdefault(heading, edit.reason)


def _state(table: dict[str, Any], key: str, value: object) -> None:
    if value:
        table[key] = value
    else:
        table.pop(key, None)


def write_toml(told: Mapping[str, Any]) -> str:
    """Write what a profile holds as TOML."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    tables = {key: value for key, value in told.items() if _is_table(value)}
    for key, value in told.items():
        if key not in tables:
            yield f"{key} = {_value(value)}"
    for key, value in tables.items():
        if isinstance(value, list):
            for each in value:
                yield from ("", f"[[{key}]]", *_pairs(each))
        else:
            yield from _table(key, value)


def _table(key: str, table: Mapping[str, Any]) -> Iterator[str]:
    inner = {name: each for name, each in table.items() if isinstance(each, dict)}
    plain = {name: each for name, each in table.items() if name not in inner}
    if plain:
        yield from ("", f"[{key}]", *_pairs(plain))
    for name, each in inner.items():
        if each:
            yield from ("", f"[{key}.{_value(name)}]", *_pairs(each))


def _is_table(value: object) -> bool:
    if isinstance(value, list):
        return any(isinstance(each, dict) for each in value)
    return isinstance(value, dict)


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield f"{_value(key)} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(_pairs(value)) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
