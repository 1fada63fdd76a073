"""What queries give, made of the records that it shows."""

import dataclasses
from collections.abc import Callable
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from armstrace.vocabulary.codes import Code


def row_of[T](kind: Callable[..., T], record: object, /, **more: object) -> T:
    """Make what a query gives of the columns of a record that have its names.

    A column that holds a code gives the member of its list; an empty one gives None
    where that may stand there.

    Args:
        kind: A dataclass.
        more: What the record has not and has no default, or what is shown otherwise.
    """
    given = {
        name: read(held)
        for name, read in _readers(kind)
        if name not in more and (held := getattr(record, name, ...)) is not ...
    }
    return kind(**given, **more)


@cache
def _readers(kind: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(kind)
    return tuple(
        (each.name, _reader(hints[each.name])) for each in dataclasses.fields(kind)
    )


def _reader(hint: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - a type
    if get_origin(hint) is tuple:
        return tuple
    for each in (hint, *get_args(hint)):
        if isinstance(each, type) and issubclass(each, Code):
            may_lack = NoneType in get_args(hint)
            return lambda held: None if may_lack and not held else each(held)
    return lambda held: held
