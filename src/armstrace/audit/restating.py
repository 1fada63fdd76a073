"""Migrations that change rows or columns which the ledger vouches for.

A digest covers the columns that its table had, so a migration that rewrites,
renames, retypes or drops a column would leave digests that nothing fits any more.

    operations = restated(
        "intake.heldrow",
        [
            migrations.AddField(...),
            migrations.RunPython(rewrite_sentences, migrations.RunPython.noop),
            migrations.RemoveField(...),
        ],
    )

The rows are proved before the operations and stated anew after them, in one
entry. A row that did not fit its digest before is left out: what was altered
behind the application stays a finding.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection, migrations
from django.db.migrations.operations.base import Operation

from armstrace.audit import layouts, ledger, states, verify_records
from armstrace.audit.findings import Finding
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.actors import Actor, Purpose, Role

BY = Actor("system", "SYSTEM", Role.SYSTEM, Purpose.ADMINISTRATION)
ROWS_AT_ONCE = 5000


class _WhereKept(migrations.RunPython):
    """Runs where there are entries; a new database makes no historical models."""

    def database_forwards(self, *given: Any) -> None:  # noqa: ANN401 -- Django's own
        """Run, or do nothing in a new database."""
        if _is_kept():
            super().database_forwards(*given)


@dataclass(slots=True)
class _Altered:
    """Keys of the rows that did not fit their digests; takes findings."""

    keys: set[int] = field(default_factory=set)

    def add(self, finding: Finding) -> None:
        """Keep the key that a finding names."""
        if finding.key is not None:
            self.keys.add(finding.key)


def restated(
    label: str, operations: Sequence[Operation], *, was: str = ""
) -> list[Operation]:
    """Give operations with the proof before and the statement after them.

    Args:
        label: Of the model after the operations (``intake.heldrow``).
        operations: Of one migration, which must depend on those of ``audit``.
        was: Its label before, where the operations change that.
    """
    altered = _Altered()

    def prove(apps: Any, _editor: object) -> None:  # noqa: ANN401 -- historical models
        altered.keys.clear()
        layout = _layout(apps, was or label)
        if layout is not None:
            for _ in verify_records.prove_table(layout, altered):
                pass

    def state(apps: Any, _editor: object) -> None:  # noqa: ANN401 -- historical models
        layout = _layout(apps, label)
        if layout is not None:
            _state(layout, altered.keys)

    return [
        _WhereKept(prove, migrations.RunPython.noop),
        *operations,
        _WhereKept(state, migrations.RunPython.noop),
    ]


def _layout(apps: Any, label: str) -> layouts.Layout | None:  # noqa: ANN401 -- historical models
    try:
        return layouts.layout_of(apps.get_model(label))
    except LookupError:
        return None


def _is_kept() -> bool:
    """Tell whether there is a ledger with entries; not in a new database."""
    table = LedgerEntry._meta.db_table  # noqa: SLF001 -- documented API
    is_there = table in connection.introspection.table_names()
    return is_there and LedgerEntry.objects.exists()


def _state(layout: layouts.Layout, altered: set[int]) -> None:
    keys = array("q", (key for key in _keys(layout) if key not in altered))
    if not keys:
        return
    with ledger.entry("records.restated", by=BY, at=datetime.now(UTC)) as entry:
        entry.restated(layout, keys)
        entry.note(left_out=len(altered))


def _keys(layout: layouts.Layout) -> Iterator[int]:
    after: int | None = None
    while True:
        found, _ = states.states_between(layout, after, None, ROWS_AT_ONCE)
        yield from found.tolist()
        if len(found) < ROWS_AT_ONCE:
            return
        after = int(found[-1])
