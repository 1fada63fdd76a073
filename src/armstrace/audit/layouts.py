"""What a state digest covers: the columns of a table and how each is written.

A state digest is SHA-256 over the layout's text, a line feed and the JSON list
of the row's values in the layout's order. Both databases give the same list:
times in UTC to the microsecond, decimals as plain text, JSON rewritten, bytes in
hexadecimal. The ledger keeps the layout of every digest, so a column that is
added later leaves earlier digests true.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import models

from armstrace.audit import canonical, ledgered

Row = Sequence[object]
Turn = Callable[[object], object]
KINDS = {
    "CharField": "text",
    "TextField": "text",
    "EmailField": "text",
    "SlugField": "text",
    "URLField": "text",
    "BooleanField": "truth",
    "DateField": "date",
    "DateTimeField": "time",
    "FloatField": "float",
    "JSONField": "json",
    "BinaryField": "bytes",
    "UUIDField": "uuid",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that a digest covers."""

    label: str
    table: str
    # Name of the primary key's column, a whole number.
    key_column: str
    # (name, kind) in the order of the names.
    columns: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The layout as the ledger keeps it."""
        fields = [list(column) for column in self.columns]
        return canonical.text_of([self.label, self.table, self.key_column, fields])

    @property
    def key(self) -> str:
        """The layout's name: SHA-256 of its text, in hexadecimal."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """Give the name of the layout that a text describes."""
    return hashlib.sha256(canonical.utf8(text)).hexdigest()


@lru_cache(maxsize=256)
def layout_of(model: type[models.Model]) -> Layout:
    """Give the layout of a model as it is now.

    Raises:
        TypeError: The model has a field or a key that no digest is defined for.
    """
    meta = model._meta  # noqa: SLF001 -- Django's documented model API
    omitted = ledgered.columns_left_out(model)
    fields = sorted(meta.concrete_fields, key=lambda field: str(field.column))
    columns = tuple(
        (str(field.column), _kind(field))
        for field in fields
        if field.column not in omitted
    )
    key = meta.pk
    if _kind(key) != "whole":
        msg = f"{meta.label} needs a whole number as its primary key"
        raise TypeError(msg)
    return Layout(meta.label_lower, meta.db_table, str(key.column), columns)


def read_layout(text: str) -> Layout:
    """Read a layout from the text that the ledger keeps."""
    label, table, key_column, columns = json.loads(text)
    return Layout(label, table, key_column, tuple((n, k) for n, k in columns))


def digester(layout: Layout, vendor: str) -> Callable[[Row], bytes]:
    """Make the function that digests a row read under a layout.

    Args:
        layout: The row's columns stand in its order, as the driver gave them.
        vendor: Django's name of the database.
    """
    seed = hashlib.sha256(canonical.utf8(layout.text) + b"\n")
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    turns = [
        (place, turn)
        for place, (_, kind) in enumerate(layout.columns)
        if (turn := _turn(kind, vendor)) is not None
    ]

    def digest(row: Row) -> bytes:
        values = list(row)
        for place, turn in turns:
            value = values[place]
            if value is not None:
                values[place] = turn(value)
        state = seed.copy()
        state.update(encode(values).encode("utf-8", "surrogatepass"))
        return state.digest()

    return digest


def _kind(field: models.Field[Any, Any]) -> str:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    name = target.get_internal_type()
    if isinstance(target, models.IntegerField):
        return "whole"
    if isinstance(target, models.DecimalField):
        return f"decimal{target.decimal_places}"
    if name not in KINDS:
        msg = f"no digest is defined for {name} ({field.name})"
        raise TypeError(msg)
    return KINDS[name]


def _turn(kind: str, vendor: str) -> Turn | None:
    """Give what turns a driver's value into the written one; None for nothing."""
    if kind.startswith("decimal"):
        return _decimal(int(kind.removeprefix("decimal")))
    if vendor == "sqlite":
        return {**TURNS, "date": None, "time": _pad}.get(kind)
    return TURNS.get(kind)


def _decimal(places: int) -> Turn:
    def turn(value: object) -> object:
        number = isinstance(value, int | float | Decimal)
        return f"{value:.{places}f}" if number else str(value)

    return turn


def _truth(value: object) -> object:
    return {0: False, 1: True}.get(value, value) if isinstance(value, int) else value


def _json(value: object) -> object:
    return value if value == "[]" else canonical.rewritten(str(value))


def _hexadecimal(value: object) -> object:
    return value if isinstance(value, str) else bytes(value).hex()  # type: ignore[call-overload]


def _uuid(value: object) -> str:
    return str(getattr(value, "hex", value))


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _moment(value: object) -> str:
    if not isinstance(value, datetime):
        return str(value)
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _pad(value: object) -> object:
    """Add the fraction that SQLite leaves out of whole seconds."""
    bare = isinstance(value, str) and len(value) == len("2000-01-01 00:00:00")
    return f"{value}.000000" if bare else value


TURNS: dict[str, Turn | None] = {
    "truth": _truth,
    "json": _json,
    "bytes": _hexadecimal,
    "uuid": _uuid,
    "date": _day,
    "time": _moment,
}
