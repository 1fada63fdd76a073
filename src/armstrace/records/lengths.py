"""Which texts and days a column can hold; nothing is cut."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter, le
from typing import Any

from django.apps import apps
from django.db import models

from armstrace.vocabulary.dates import EARLIEST, LATEST
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.rules import Rule

# Signs of no text: PostgreSQL keeps no NUL, and no page can show the others.
UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
# Signs that turn the direction of writing, so that a text reads otherwise than it is.
TURNING = re.compile("[\u202a-\u202e\u2066\u2067]")
# The limits of texts by their input and their name in it, for interfaces.
_DECLARED: dict[tuple[type, str], int] = {}


@dataclass(frozen=True, slots=True)
class Limit:
    """How long one text of an input may be."""

    # What interfaces call the field.
    name: str
    text: Callable[[Any], str]
    # The most characters that it holds.
    longest: int


def limits(
    table: type[models.Model],
    columns: Mapping[str, str] | Sequence[str],
    names: Mapping[str, str] | None = None,
    *,
    of: type | None = None,
) -> tuple[Limit, ...]:
    """Give the limits of texts from the columns that keep them.

    Args:
        columns: Path of the text in its input (``description.serial``) to its
            column, or names that both have; one without a greatest length has no
            limit.
        names: Path to what interfaces call the field, where that is not the path.
        of: The input, or the part of it, to which interfaces declare the limits.
    """
    if not isinstance(columns, Mapping):
        columns = {name: name for name in columns}
    found = []
    for path, column in columns.items():
        longest = getattr(table._meta.get_field(column), "max_length", None)  # noqa: SLF001 -- Django's documented model API
        if longest is not None:
            name = (names or {}).get(path, path)
            found.append(Limit(name, attrgetter(path), longest))
            if of is not None:
                _DECLARED[of, path.rpartition(".")[2]] = longest
    return tuple(found)


def length_of(stated: type, name: str) -> int | None:
    """Give how long a text of an input may be; None where no column says it."""
    known = (_DECLARED.get((kind, name)) for kind in stated.__mro__)
    return next(filter(None, known), None)


@cache
def longest(filled: tuple[type | str, ...], name: str) -> int | None:
    """Give how long a text may be; None where nothing says it.

    Args:
        filled: Inputs, or tables such as ``custody.Store``, that the text is put
            into; the first that has a text of this name counts.
    """
    for each in filled:
        said = length_of(each, name) if isinstance(each, type) else _column(each, name)
        if said is not None:
            return said
    return REASON.longest if name == REASON.name else None


def _column(table: str, name: str) -> int | None:
    columns = {each.name: each for each in apps.get_model(table)._meta.fields}  # noqa: SLF001 -- Django's documented model API
    found: int | None = getattr(columns.get(name), "max_length", None)
    return found


def too_long(field: str, length: int, longest: int) -> Message:
    """Say that a text is too long: its field, its length, the limit."""
    return message(
        "“%(field)s” has %(length)s characters, and the limit is %(longest)s; shorten "
        "it.",
        field=words_of(field),
        length=length,
        longest=longest,
    )


def turning(field: str) -> Message:
    """Say that a text may read otherwise than it is."""
    return message(
        "“%(field)s” has hidden signs that turn the direction of writing; type it "
        "again by hand.",
        field=words_of(field),
    )


def refuse_unfit(stated: object, among: tuple[Limit, ...]) -> InvalidInput | None:
    """Make the refusal of the first text that cannot be kept; None where none is."""
    texts = [limit.text(stated) for limit in among]
    are_short = all(map(le, map(len, texts), [limit.longest for limit in among]))
    if are_short and "".join(texts).isprintable():
        return None  # nearly every statement, at the least cost
    for limit, text in zip(among, texts, strict=True):
        if UNSTORABLE.search(text):
            said = message(
                "“%(field)s” has control characters; remove them.",
                field=words_of(limit.name),
            )
            return InvalidInput(said, field=limit.name)
        if TURNING.search(text):
            return InvalidInput(turning(limit.name), field=limit.name)
        if len(text) > limit.longest:
            said = too_long(limit.name, len(text), limit.longest)
            return InvalidInput(said, field=limit.name)
    return None


REASON = Limit("reason", str, 500)
FILE_NAME = Limit("file_name", str, 255)


def require_fits(stated: object, *among: Limit) -> None:
    """Refuse a text, or an input, that its columns cannot hold; nothing is cut.

    Raises:
        InvalidInput: A text is too long, has control characters or signs that turn
            the direction of writing, or a day lies in a year that is a slip.

    Source:
        Unicode Technical Report 36, section 2.5 (bidirectional text spoofing).
    """
    unfit = refuse_unfit(stated, among) or refuse_day(stated)
    if unfit is not None:
        raise unfit


def refuse_day(stated: object) -> InvalidInput | None:
    """Make the refusal of the first day of an input that no record has, if any."""
    names = [each.name for each in fields(stated)] if is_dataclass(stated) else []
    told = (_refuse_year(name, getattr(stated, name)) for name in names)
    return next(filter(None, told), None)


def require_day(field: str, day: date | None) -> None:
    """Refuse a day that no record has; None where nobody says it.

    Raises:
        InvalidInput: Its year is a slip.
    """
    unfit = _refuse_year(field, day)
    if unfit is not None:
        raise unfit


def _refuse_year(field: str, value: object) -> InvalidInput | None:
    if not isinstance(value, date) or isinstance(value, datetime):
        return None
    if EARLIEST <= value <= LATEST:
        return None
    said = message(
        "“%(field)s” is %(day)s; days lie between %(earliest)s and %(latest)s, so "
        "check the year, or leave it empty where there is no such day.",
        field=words_of(field),
        day=value,
        earliest=EARLIEST,
        latest=LATEST,
    )
    return InvalidInput(said, field=field)


def require_count(
    field: str, many: int | None, least: int = 1, most: int | None = None
) -> None:
    """Refuse a number of things that a column cannot hold; None where nobody says.

    Raises:
        InvalidInput: It is too small, or too large.
    """
    if many is not None and many < least:
        said = message(
            "“%(field)s” must be at least %(ge)s.", field=words_of(field), ge=least
        )
        raise InvalidInput(said, field=field)
    if many is not None and most is not None and many > most:
        said = message(
            "“%(field)s” must be at most %(le)s.", field=words_of(field), le=most
        )
        raise InvalidInput(said, field=field)


def require_reason(rule: Rule[str], reason: str) -> None:
    """Refuse an act without a reason, or with one that cannot be kept.

    Raises:
        RuleBroken: There is none.
        InvalidInput: It is too long, or has control characters.
    """
    rule.require(reason)
    require_fits(reason, REASON)
