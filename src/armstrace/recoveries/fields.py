"""The fields of a recovery: one table that every interface is held to.

A field is declared here and in its input; its greatest length is that of its
column. Pages, files, the API and corrections name fields as this table does.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from armstrace.analysis.marks import places
from armstrace.records.lengths import Limit, limits
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import Circumstances, RecoveryRecord
from armstrace.vocabulary.arms import Modification, ProductionClass
from armstrace.vocabulary.codes import Code, Known
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)

MARKS, PLACE = "description", "where"


@dataclass(frozen=True, slots=True)
class RecoveryField:
    """One field of a recovered arm."""

    # Its name on pages, in files and in the API.
    name: str
    # Its name in the input, or in the part of it.
    attribute: str
    # ``MARKS`` or ``PLACE`` where it belongs to that part of the input.
    part: str
    # Its column in ``RecoveryRecord``.
    column: str
    # Makes its value of what an interface gives.
    read: Callable[[Any], Any] | None = None
    is_personal: bool = False
    # Gives its value of an input; made once, as a load asks for millions.
    give: Callable[[RecoveryInput], Any] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Make what gives its value."""
        object.__setattr__(self, "give", attrgetter(self.path))

    @property
    def path(self) -> str:
        """Where it stands in the input."""
        return f"{self.part}.{self.attribute}" if self.part else self.attribute

    def restore(self, kept: Any) -> Any:  # noqa: ANN401 - of any kind
        """Give the value that its column keeps; a country is kept as it is stated."""
        return kept if self.read in {None, country_code} else self.read(kept)


def _field(
    name: str,
    read: Callable[[Any], Any] | None = None,
    *,
    column: str = "",
    is_personal: bool = False,
) -> RecoveryField:
    return RecoveryField(name, name, "", column or name, read, is_personal)


def _mark(name: str, attribute: str, column: str) -> RecoveryField:
    return RecoveryField(name, attribute, MARKS, column)


def _place(
    name: str, attribute: str = "", read: Callable[[Any], Any] | None = None
) -> RecoveryField:
    return RecoveryField(name, attribute or name, PLACE, name, read)


def _contexts(codes: Any) -> tuple[CriminalContext, ...]:  # noqa: ANN401 - a list of codes
    listed = filter(None, codes.split(";")) if isinstance(codes, str) else codes
    return tuple(map(CriminalContext, listed))


def country_code(text: str) -> str:
    """Give the two letters of a country as a person states it; empty of none."""
    code = places.find_country(text)
    if text.strip() and not code:
        msg = message(
            "“%(text)s” is not a recognised country; write its name or its two "
            "letters.",
            text=text[:40],
        )
        raise InvalidInput(msg, field="country")
    return code


def _day(given: date | str | None) -> date | None:
    if isinstance(given, str):
        return date.fromisoformat(given) if given else None
    return given


def days_of(span: DateSpan) -> dict[str, date | None]:
    """Give the two fields that keep when an arm was recovered."""
    return {"recovered_on": span.first, "recovered_until": span.until}


FIELDS = (
    _field("recovery_kind", RecoveryKind),
    _field("recovered_on", _day),
    _field("recovered_until", _day),
    _field("agency"),
    _field("case_number"),
    _mark("arm_type", "type", "type_as_written"),
    _mark("make", "make", "make_as_written"),
    _mark("model", "model", "model_as_written"),
    _mark("calibre", "calibre", "calibre_as_written"),
    _mark("serial", "serial", "serial_as_marked"),
    _mark("country_of_manufacture", "country", "country_as_written"),
    _mark("import_mark", "import_mark", "import_mark_as_written"),
    _mark("other_marks", "other", "other_marks_as_written"),
    _field("year_of_manufacture"),
    _field("production_class", ProductionClass),
    _field("modification", Modification),
    _place("place"),
    _place("region"),
    _place("country", read=country_code),
    _place("place_kind", "kind", PlaceKind),
    _place("latitude"),
    _place("longitude"),
    _field("legal_justification", LegalJustification),
    _field("criminal_contexts", _contexts),
    _field("offences", column="offences_as_written"),
    _field("taken_from", is_personal=True),
    _field("taken_from_is_holder", Known, is_personal=True),
    _field("seal_number"),
    _field("custody_number"),
    _field("notes"),
)
BY_NAME: Mapping[str, RecoveryField] = {each.name: each for each in FIELDS}
# The vocabulary of each column that holds codes.
CODES: Mapping[str, type[Code]] = {
    "criminal_contexts": CriminalContext,
    **{
        each.column: each.read
        for each in FIELDS
        if isinstance(each.read, type) and issubclass(each.read, Code)
    },
}
_COLUMNS = Circumstances._meta.local_fields  # noqa: SLF001 -- documented API
_SHARED = {each.name for each in _COLUMNS}
# What is known of any recovered item, and what of an arm alone beside its marks.
OF_ITEMS = tuple(each for each in FIELDS if each.column in _SHARED)
OF_ARMS = tuple(each for each in FIELDS if each not in OF_ITEMS and each.part != MARKS)


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


_TEXTS = {each.path: each for each in FIELDS if each.read in {None, country_code}}
# The most characters of texts whose columns have no limit of their own.
LONGEST_PROSE = 4000
LIMITS = (
    *limits(
        RecoveryRecord,
        {path: each.column for path, each in _TEXTS.items()},
        {path: each.name for path, each in _TEXTS.items()},
    ),
    *(
        Limit(name, attrgetter(BY_NAME[name].path), LONGEST_PROSE)
        for name in ("offences", "notes")
    ),
)
