"""How what is declared is kept: one JSON object, typed by the plain value's fields."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from armstrace.analysis.risk.declarations import Declaration
from armstrace.vocabulary.codes import Code


def kept(goods: Declaration) -> dict[str, Any]:
    """Give what is stated as JSON keeps it; what nobody stated is left out."""
    told = ((each.name, getattr(goods, each.name)) for each in fields(goods))
    return {name: _plain(value) for name, value in told if value is not None}


def read(told: Mapping[str, Any]) -> Declaration:
    """Give the plain value that JSON keeps."""
    readers = _readers()
    return Declaration(**{name: readers[name](value) for name, value in told.items()})


def short(key: str) -> str:
    """Give a key that an index can hold; empty for an empty one."""
    if not key:
        return ""
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def _plain(value: object) -> Any:  # noqa: ANN401 - what JSON takes
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool) else str(value)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(Declaration)
    return {name: _reader(hint) for name, hint in hints.items()}


def _reader(hint: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - a type hint
    kinds = [each for each in get_args(hint) if each is not NoneType] or [hint]
    kind = kinds[0]
    if kind is date:
        return date.fromisoformat
    if get_origin(kind) is tuple:
        return tuple
    if kind in {Decimal, bool, str} or issubclass(kind, Code):
        read: Callable[[Any], Any] = kind
        return read
    msg = f"{hint} is not kept"
    raise TypeError(msg)
