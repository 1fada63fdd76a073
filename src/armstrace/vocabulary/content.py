"""A key of content, by which an unchanged statement is recognised."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

# Begins the identity of a row that has no number and is known by its content.
CONTENT_KEY = "key "


def content_key(stated: Any, *, without: tuple[str, ...] = ()) -> str:  # noqa: ANN401 - any frozen dataclass
    """Give the SHA-256 of what a statement says, apart from where it stood.

    What is not stated is left out, so that a field added to a statement later
    changes no key.

    Args:
        stated: A dataclass of plain values.
        without: Fields that do not belong to the content, such as a row number.
    """
    said = _said(stated, without)
    return hashlib.sha256(_written(said).encode()).hexdigest()


_NAMES: dict[type[Any], tuple[str, ...]] = {}


def _names(kind: type[Any]) -> tuple[str, ...]:
    """Give the fields of a dataclass, looked up once for a kind."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(sorted(field.name for field in fields(kind)))
    return _NAMES[kind]


def _said(stated: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:  # noqa: ANN401 - as above
    return {
        name: value
        for name in _names(type(stated))
        if name not in without
        and (value := getattr(stated, name)) not in ("", None, ())
    }


def _plain(value: object) -> Any:  # noqa: ANN401 - what JSON takes
    if is_dataclass(value):
        return _said(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


_written = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, default=_plain
).encode
