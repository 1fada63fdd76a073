"""The key store of matching, kept in the transaction of the arms' records."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from armstrace.analysis.marks import folding, search_keys
from armstrace.analysis.marks.folding import Folding
from armstrace.analysis.matching import canonical, keys
from armstrace.registry.models import ArmRecord, KeyStoreState

CODES = 1 << 30
# The columns of a record that its keys are made of.
KEYED = ("arm_id", "make", "serial_search", "serial_as_marked")

type Row = tuple[int, int, int]
type Kept = Iterable[Mapping[str, Any]]

INSERT = (
    "INSERT INTO registry_serialkey (key, make_code, arm_id) "
    "VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)
# One statement for all rows: a statement a row costs PostgreSQL as much again as
# the arms themselves.
INSERT_ARRAYS = (
    "INSERT INTO registry_serialkey (key, make_code, arm_id) "
    "SELECT * FROM unnest(%s::bigint[], %s::integer[], %s::integer[]) "
    "ON CONFLICT DO NOTHING"
)
DELETE = (
    "DELETE FROM registry_serialkey WHERE key = %s AND make_code = %s AND arm_id = %s"
)
DELETE_ARRAYS = (
    "DELETE FROM registry_serialkey k USING "
    "unnest(%s::bigint[], %s::integer[], %s::integer[]) w (key, make_code, arm_id) "
    "WHERE k.key = w.key AND k.make_code = w.make_code AND k.arm_id = w.arm_id"
)


def make_code(make: str) -> int:
    """Give the number under which a canonical make stands in the key store."""
    return zlib.crc32(make.encode()) % CODES if make else 0


def store(records: Kept, *, replaced: Sequence[int] = ()) -> None:
    """Keep the search keys of arms.

    Args:
        replaced: Arms whose earlier keys no longer hold.
    """
    state = _lock_state()
    rows = {row for record in records for row in rows_of(record, _written(state))}
    if replaced:
        earlier = ArmRecord.objects.filter(
            arm_id__in=replaced, superseded_at__isnull=False
        ).values(*KEYED)
        known = foldings(state)
        gone = {row for record in earlier for row in rows_of(record, known)}
        change(DELETE, DELETE_ARRAYS, sorted(gone - rows))
    change(INSERT, INSERT_ARRAYS, sorted(rows))


def forget(records: Kept) -> None:
    """Take the search keys of records away."""
    known = foldings(_lock_state())
    rows = {row for record in records for row in rows_of(record, known)}
    change(DELETE, DELETE_ARRAYS, sorted(rows))


def folding_in_use() -> Folding:
    """Give the look-alikes by which the stored keys can be searched."""
    found = KeyStoreState.objects.filter(pk=1).values_list("version", "classes").first()
    return Folding(found[0], tuple(found[1])) if found else folding.standard()


def rows_of(
    record: Mapping[str, Any], foldings: Sequence[Folding], owner: str = "arm_id"
) -> list[Row]:
    """Give the rows of one record, by each of the foldings.

    Args:
        foldings: The look-alikes to make keys by.
        owner: The column that names whose record it is.
    """
    code = make_code(record["make"])
    return [
        (key, code, record[owner])
        for classes in foldings
        for key in keys.storage_keys(
            record["serial_search"],
            classes,
            ends=search_keys.ends(record.get("serial_as_marked", "")),
            others=canonical.other_numbers(record.get("serial_as_marked", "")),
        )
    ]


def change(single: str, arrays: str, rows: Sequence[Row]) -> None:
    """Run one of the statements above for many rows."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(arrays, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(single, rows)


def foldings(state: KeyStoreState | None) -> list[Folding]:
    """Give the foldings of which keys may stand in the store, the one in use first."""
    if state is None:
        return [folding.standard()]
    found = [Folding(state.version, tuple(state.classes))]
    if state.step != KeyStoreState.Step.NONE:
        found.append(Folding(state.other_version, tuple(state.other_classes)))
    return found


def _written(state: KeyStoreState | None) -> list[Folding]:
    """Give the foldings by which keys are written at the time."""
    is_clearing = state is not None and state.step == KeyStoreState.Step.CLEARING
    return foldings(state)[: 1 if is_clearing else 2]


def _lock_state() -> KeyStoreState | None:
    """Read how keys are made.

    The lock keeps a change of look-alikes from beginning or ending inside this
    transaction, so that no arm is left without the keys that come next.
    """
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    states = KeyStoreState.objects.raw(
        f"SELECT * FROM registry_keystorestate WHERE id = 1{lock}"  # noqa: S608 - fixed
    )
    return next(iter(states), None)
