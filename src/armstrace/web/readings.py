"""Marks as written beside their reading, and what a correction changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from armstrace.recoveries import queries
from armstrace.vocabulary.marks import Certainty

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
    as_written: str
    value: str
    certainty: Certainty
    rule: str
    note: str
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
            as_written=one.as_written,
            value=one.value,
            certainty=one.certainty,
            rule=one.rule,
            note=one.note,
            is_mark=one.field in MARKS,
        )
        for one in queries.readings_of(record)
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
        VersionShown(at, source, reason, _changes(before, values))
        for (at, source, reason, values), before in zip(
            versions, [*older, None], strict=True
        )
    )


def _changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> tuple[Change, ...]:
    if before is None:
        return ()
    return tuple(
        Change(name.replace("_", " "), _text(before.get(name)), _text(value))
        for name, value in after.items()
        if name not in DERIVED and before.get(name) != value
    )


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
