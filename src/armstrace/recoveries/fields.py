"""The fields of a recovery: one table that every interface is held to.

A field is declared in its input and has a column of the same name; its words stand
in ``vocabulary/field_words.toml``. Its type and its column say the rest: the box of
a form, the column of a file, the field of the API, its greatest length.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from operator import attrgetter
from typing import Any, get_args, get_origin, get_type_hints

from django.apps import apps

from armstrace.analysis.marks import places
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.dates import DateSpan

MARKS, PLACE = "description", "where"
# What is stated of a statement, or of ammunition and parts alone.
NOT_OF_ARMS = {
    *("number", "source_row", "known_at", "kind_reason"),
    *("item_kind", "ammunition_kind", "part_type", "quantity"),
}
# Fields that are called otherwise than the part of the input calls them.
CALLED = {
    (MARKS, "type"): "arm_type",
    (MARKS, "country"): "country_of_manufacture",
    (MARKS, "other"): "other_marks",
    (PLACE, "kind"): "place_kind",
}
# Columns that keep what was written beside what was read.
COLUMNS = {
    "arm_type": "type_as_written",
    "make": "make_as_written",
    "model": "model_as_written",
    "calibre": "calibre_as_written",
    "serial": "serial_as_marked",
    "country_of_manufacture": "country_as_written",
    "import_mark": "import_mark_as_written",
    "other_marks": "other_marks_as_written",
    "offences": "offences_as_written",
}
# Read from the marks, typed otherwise, or shown on a map alone: only files state them.
IN_FILES_ALONE = frozenset(
    {"recovered_until", "year_of_manufacture", "production_class"}
    | {"latitude", "longitude"}
)
PERSONAL = frozenset({"taken_from", "taken_from_is_holder"})
# The most characters of texts whose columns have no limit of their own.
LONGEST_PROSE = 4000


@dataclass(frozen=True)
class RecoveryField:
    """One field of a recovered arm."""

    # Its name on pages, in files and in the API.
    name: str
    # Its name in the input, or in the part of it.
    attribute: str
    # ``MARKS`` or ``PLACE`` where it belongs to that part of the input.
    part: str
    # Its type in the input.
    hint: Any
    # What it is where nothing is stated; ``dataclasses.MISSING`` where it must be.
    default: Any

    @property
    def path(self) -> str:
        """Where it stands in the input."""
        return f"{self.part}.{self.attribute}" if self.part else self.attribute

    @property
    def is_personal(self) -> bool:
        """Tell whether it says who a person is."""
        return self.name in PERSONAL

    # What follows is made once for a field, as a load asks for millions.
    @cached_property
    def give(self) -> Callable[[RecoveryInput], Any]:
        """Gives its value of an input."""
        return attrgetter(self.path)

    @cached_property
    def column(self) -> str:
        """Its column in ``RecoveryRecord``."""
        return COLUMNS.get(self.name, self.name)

    @cached_property
    def codes(self) -> type[Code] | None:
        """The vocabulary of its code or codes; None where it has none."""
        kinds = (self.hint, *get_args(self.hint))
        return next((one for one in kinds if _is_vocabulary(one)), None)

    @cached_property
    def is_several(self) -> bool:
        """Tell whether it holds several codes."""
        return get_origin(self.hint) is tuple

    @cached_property
    def read(self) -> Callable[[Any], Any] | None:
        """Makes its value of what an interface gives."""
        if self.codes and self.is_several:
            return partial(_several, self.codes)
        if self.name == "country":
            return country_code
        return _day if date in (self.hint, *get_args(self.hint)) else self.codes

    @cached_property
    def longest(self) -> int | None:
        """The most characters that its column holds; None where it is no text."""
        if self.hint is not str:
            return None
        # Asked for when it is needed: files are read where no tables are set up.
        table = apps.get_model("recoveries", "RecoveryRecord")
        return getattr(table._meta.get_field(self.column), "max_length", None) or (  # noqa: SLF001 -- documented API
            LONGEST_PROSE
        )

    def restore(self, kept: Any) -> Any:  # noqa: ANN401 - of any kind
        """Give the value that its column keeps; a country is kept as it is stated."""
        return kept if self.read in {None, country_code} else self.read(kept)


def _is_vocabulary(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Code)


def _several(kind: type[Code], codes: Any) -> tuple[Code, ...]:  # noqa: ANN401 - a list of codes
    listed = filter(None, codes.split(";")) if isinstance(codes, str) else codes
    return tuple(map(kind, listed))


country_code = places.require_country


def _day(given: date | str | None) -> date | None:
    if isinstance(given, str):
        return date.fromisoformat(given) if given else None
    return given


def days_of(span: DateSpan) -> dict[str, date | None]:
    """Give the two fields that keep when an arm was recovered."""
    return {"recovered_on": span.first, "recovered_until": span.until}


def _fields_of(kind: type, part: str = "") -> Iterator[RecoveryField]:
    """Give the fields of an input, each part in its place, as it declares them."""
    hints = get_type_hints(kind)
    for each in dataclasses.fields(kind):
        hint = hints[each.name]
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            yield from _fields_of(hint, each.name)
        elif part or each.name not in NOT_OF_ARMS:
            name = CALLED.get((part, each.name), each.name)
            yield RecoveryField(name, each.name, part, hint, each.default)


FIELDS = tuple(_fields_of(RecoveryInput))
BY_NAME: Mapping[str, RecoveryField] = {each.name: each for each in FIELDS}
# The vocabulary of each column that holds codes.
CODES: Mapping[str, type[Code]] = {
    each.column: each.codes for each in FIELDS if each.codes
}


@cache
def not_kept_of(kind: ItemKind) -> tuple[RecoveryField, ...]:
    """Give the fields for which the records of such an item have no column."""
    if kind is ItemKind.ARM:
        return ()
    table = apps.get_model("recoveries", f"{kind.value.capitalize()}Record")
    columns = {each.name for each in table._meta.local_fields}  # noqa: SLF001 -- documented API
    # Marks on ammunition stand where an arm has its number.
    columns.add(BY_NAME["serial"].column)
    return tuple(each for each in FIELDS if each.column not in columns)


@dataclass(frozen=True, slots=True)
class Changes:
    """Fields that are to read otherwise, by their names in the input."""

    # Fields of ``RecoveryInput``.
    stated: Mapping[str, Any] = field(default_factory=dict)
    description: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)


def changes_of(given: Mapping[str, Any]) -> Changes:
    """Give the changes that an interface sends; what it does not send stays.

    Args:
        given: The fields that were sent, by name, as plain values.
    """
    parts: dict[str, dict[str, Any]] = {"": {}, MARKS: {}, PLACE: {}}
    for name, value in given.items():
        each = BY_NAME[name]
        parts[each.part][each.attribute] = each.read(value) if each.read else value
    return Changes(parts[""], parts[MARKS], parts[PLACE])


def values_of(stated: RecoveryInput) -> dict[str, Any]:
    """Give the value of every field, by name."""
    return {each.name: each.give(stated) for each in FIELDS}


def columns_of(
    stated: RecoveryInput, fields: Iterable[RecoveryField]
) -> dict[str, Any]:
    """Give the columns that keep some fields of a statement."""
    return {each.column: _plain(each.give(stated)) for each in fields}


def kept_in(
    record: Any,  # noqa: ANN401 - a record of any kind
    fields: Iterable[RecoveryField],
) -> Changes:
    """Give what a record keeps of some fields, as it was stated."""
    parts: dict[str, dict[str, Any]] = {"": {}, MARKS: {}, PLACE: {}}
    for each in fields:
        kept = getattr(record, each.column)
        parts[each.part][each.attribute] = each.restore(kept)
    return Changes(parts[""], parts[MARKS], parts[PLACE])


def _plain(value: Any) -> Any:  # noqa: ANN401 - of any kind
    if type(value) is str or value is None:
        return value
    if isinstance(value, tuple):
        return [each.value for each in value]
    return value.value if isinstance(value, Code) else value
