"""Marks as written beside their reading, and what a correction changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.identify import Identification
from armstrace.analysis.marks.readings import Reading
from armstrace.records.statements import AGREED
from armstrace.recoveries import fields, queries
from armstrace.translation import say_day, translate, write_list
from armstrace.vocabulary import arms, marks, packaged
from armstrace.vocabulary.codes import Code
from armstrace.web.fields import called

NAMES = {
    "type": _("Type"),
    "make": _("Make"),
    "model": _("Model"),
    "calibre": _("Calibre"),
    "serial": _("Serial number"),
    "country": _("Country of manufacture"),
    "import_mark": _("Import mark"),
}
MARKS = frozenset({"serial", "import_mark"})
DERIVED = frozenset({"recovery", "arm", "source_row", "serial_search"})


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A mark with the name of its field; ``is_mark`` sets it monospaced."""

    name: str
    found: Reading
    value: str
    is_mark: bool


@dataclass(frozen=True, slots=True)
class Change:
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One state of knowledge and what it changed of the one before."""

    known_at: datetime
    source: str
    reason: str
    changes: tuple[Change, ...]


def shown(record: Any) -> tuple[ReadingShown, ...]:  # noqa: ANN401 - any described arm
    """Pair each mark with its reading, under the name of its field.

    Args:
        record: A recovered or registered arm's record.
    """
    return tuple(
        ReadingShown(
            name=gettext(NAMES.get(one.field, one.field)),
            found=one,
            value=_value_words(one),
            is_mark=one.field in MARKS,
        )
        for one in queries.readings_of(record)
    )


def _value_words(one: Reading) -> str:
    is_code = one.field == "type" and one.value in arms.ArmType.__members__
    return gettext(arms.ArmType[one.value].label) if is_code else one.value


def read_as(description: Description) -> tuple[tuple[str, str], ...]:
    """Name the field that each mark was taken for."""
    return tuple(
        (gettext(name), text)
        for field, name in NAMES.items()
        if (text := getattr(description, field))
    )


def remarks(found: Identification) -> tuple[tuple[str, str], ...]:
    """Say what is odd about marks as typed: the name of the field, and what."""
    return tuple(
        (gettext(NAMES.get(one.field, one.field)), translate(one.note))
        for one in found.readings
        if one.note
    )


def history(
    versions: Sequence[tuple[datetime, str, str, Mapping[str, Any]]],
) -> tuple[VersionShown, ...]:
    """Say of each state of knowledge what it changed, newest first.

    Args:
        versions: (known at, source, reason, values), newest first.
    """
    older = [values for _at, _source, _reason, values in versions[1:]]
    return tuple(
        VersionShown(at, source, _reason(reason), _changes(before, values))
        for (at, source, reason, values), before in zip(
            versions, [*older, None], strict=True
        )
    )


def history_of(
    versions: Iterable[Any], names: Iterable[str]
) -> tuple[VersionShown, ...]:
    """Say what each record of a known record changed, newest first."""
    told = tuple(names)
    return history(
        [
            (
                each.known_at,
                each.corrected_by or each.source,
                each.reason,
                {name: getattr(each, name) for name in told},
            )
            for each in versions
        ]
    )


def changes_of(
    records: Sequence[Any], names: Sequence[str]
) -> dict[int, tuple[Change, ...]]:
    """Say by its key what each of the records of a file changed, newest first."""
    told = [{name: getattr(each, name) for name in names} for each in records]
    return {
        each.pk: _changes(before, values)
        for each, values, before in zip(records, told, [*told[1:], None], strict=True)
    }


def _reason(kept: str) -> str:
    """Translate the reason that the system itself gives; others stay as typed."""
    return gettext(kept) if kept == AGREED.template else kept


def _changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> tuple[Change, ...]:
    if before is None:
        return ()
    return tuple(
        Change(_name(name), _text(name, before.get(name)), _text(name, value))
        for name, value in after.items()
        if name not in DERIVED and before.get(name) != value
    )


# What columns are called, if not as fields are.
COLUMNS: Mapping[str, str] = packaged.read_table(__package__, "columns.toml")
CODES: Mapping[str, type[Code]] = {
    **fields.CODES,
    "arm_type": arms.ArmType,
    "ammunition_kind": arms.AmmunitionKind,
    "part_type": arms.PartType,
    "serial_status": marks.SerialStatus,
}


def _name(column: str) -> str:
    told = COLUMNS.get(column)
    return gettext(told) if told else str(called(column))


def _text(column: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return write_list(_text(column, each) for each in value)
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return say_day(value)
    codes = CODES.get(column)
    return gettext(codes.words(str(value))) if codes else str(value)


# Fields of a recovery that its page shows in their own way, or nowhere unasked.
SHOWN_APART = {
    *("recovery_kind", "recovered_on", "recovered_until", "agency", "case_number"),
    *("place", "region", "country", "place_kind", "latitude", "longitude"),
    *("legal_justification", "criminal_contexts", "seal_number"),
    *("year_of_manufacture", "production_class", "modification"),
    *("taken_from", "taken_from_is_holder"),
}
FURTHER = tuple(
    each
    for each in fields.FIELDS
    if each.name not in SHOWN_APART and each.part != fields.MARKS
)


def further(record: object) -> Iterator[tuple[str, str]]:
    """Give what else is stated of a recovered item, each with what it is called."""
    for each in FURTHER:
        if told := _text(each.column, getattr(record, each.column, "")):
            yield _name(each.column), told
