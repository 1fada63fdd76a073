"""What the body of an entry says, though it was altered behind the application.

A body that cannot be read says nothing, so that it stops no page and no proof;
``verify`` names its entry.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Told:
    """The members of a body; empty where one is missing or of another shape."""

    # Code of the agency acted for.
    agency: str = ""
    # Code of the role acted in.
    role: str = ""
    # Code of the purpose.
    purpose: str = ""
    is_purpose_assumed: bool = False
    codes: dict[str, object] = field(default_factory=dict)
    # (table, kind, count) of the records that it names.
    subjects: tuple[tuple[str, str, int], ...] = ()
    # (table, key, codes) of what it notes of single records.
    remarks: tuple[tuple[str, int, Mapping[str, object]], ...] = ()


def members(body: str) -> dict[str, object]:
    """Give the members of a body as they stand; none where it cannot be read."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def told(body: str) -> Told:
    """Read a body."""
    found = members(body)
    codes = found.get("codes")
    texts = {name: _text(found.get(name)) for name in ("agency", "role", "purpose")}
    return Told(
        **texts,
        is_purpose_assumed=found.get("purpose_assumed") is True,
        codes=codes if isinstance(codes, dict) else {},
        subjects=tuple(_subjects(found.get("subjects"))),
        remarks=tuple(_remarks(found.get("remarks"))),
    )


def _subjects(value: object) -> Iterator[tuple[str, str, int]]:
    for each in _items(value):
        match each:
            case {"table": str(table), "kind": str(kind), "count": int(count)}:
                yield table, kind, count


def _remarks(value: object) -> Iterator[tuple[str, int, Mapping[str, object]]]:
    for each in _items(value):
        match each:
            case [str(table), int(key), dict(codes)]:
                yield table, key, codes


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []
