"""Rows of what is on record: a dataclass filled from what has fields of its names."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from armstrace.vocabulary.codes import Code


def fill[Row](row: Callable[..., Row], /, *sources: object, **more: object) -> Row:
    """Make a row of fields of the same names.

    Args:
        row: A dataclass; a code that is kept as text becomes the code, a list a tuple.
        sources: What is asked for each field, in this order; a row of a table is a
            dict.
        more: Fields that the sources have otherwise, or not at all.
    """
    told = dict(more)
    for name, read in _fields(row):
        for source in sources if name not in more else ():
            value = _told(source, name)
            if value is not fill:
                told[name] = read(value) if read else value
                break
    return row(**told)


def _told(source: object, name: str) -> object:
    if isinstance(source, dict):
        return source.get(name, fill)
    return getattr(source, name, fill)


@cache
def _fields(row: Any) -> tuple[tuple[str, Callable[[Any], object] | None], ...]:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(row)
    return tuple((each.name, _reader(hints[each.name])) for each in fields(row))


def _reader(hint: Any) -> Callable[[Any], object] | None:  # noqa: ANN401 - a type
    """Give what reads a code or several values as they are kept; None of others."""
    if get_origin(hint) is tuple:
        return tuple
    for kind in get_args(hint):
        if isinstance(kind, type) and issubclass(kind, Code):
            return lambda value: kind(value) if value else None
    return hint if isinstance(hint, type) and issubclass(hint, Code) else None
