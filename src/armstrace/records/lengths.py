"""The greatest length of each text, as its column has it; nothing is cut."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import models

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True)
class Limit:
    """How long one text of an input may be.

    Args:
        name: What interfaces call the field.
        text: Gives it from the input.
        longest: The most characters that it holds.
    """

    name: str
    text: Callable[[Any], str]
    longest: int


def limits(
    table: type[models.Model],
    columns: Mapping[str, str],
    names: Mapping[str, str] | None = None,
) -> tuple[Limit, ...]:
    """Give the limits of texts from the columns that keep them.

    Args:
        table: Where they are kept.
        columns: Path of the text in its input (``description.serial``) to its
            column; one without a greatest length has no limit.
        names: Path to what interfaces call the field, where that is not the path.
    """
    return tuple(_limits(table, columns, names or {}))


def _limits(
    table: type[models.Model], columns: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Limit]:
    for path, column in columns.items():
        longest = getattr(table._meta.get_field(column), "max_length", None)  # noqa: SLF001 -- Django's documented model API
        if longest is not None:
            yield Limit(names.get(path, path), attrgetter(path), longest)


def refuse_too_long(stated: object, among: tuple[Limit, ...]) -> InvalidInput | None:
    """Make the refusal of the first text that is too long; None where none is.

    Args:
        stated: The input.
        among: Its limits.
    """
    for limit in among:
        length = len(limit.text(stated))
        if length > limit.longest:
            said = message(
                "%(field)s has %(length)s characters and may have at most "
                "%(longest)s; shorten it and keep the rest in the notes.",
                field=limit.name.replace("_", " "),
                length=length,
                longest=limit.longest,
            )
            return InvalidInput(said, field=limit.name)
    return None


REASON = Limit("reason", str, 500)
FILE_NAME = Limit("file_name", str, 255)


def require_fits(text: str, limit: Limit) -> None:
    """Refuse a text that its column cannot hold; nothing is cut.

    Raises:
        InvalidInput: It is too long.
    """
    too_long = refuse_too_long(text, (limit,))
    if too_long is not None:
        raise too_long
