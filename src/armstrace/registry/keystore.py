"""The key store of matching, kept in the transaction of the arms' records."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from armstrace.analysis.matching import keys
from armstrace.registry.models import SerialKey

CODES = 1 << 30


def make_code(make: str) -> int:
    """Give the number under which a canonical make stands in the key store."""
    return zlib.crc32(make.encode()) % CODES if make else 0


INSERT = (
    "INSERT INTO registry_serialkey (key, make_code, arm_id) "
    "VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)
# One statement for all rows: a statement a row costs PostgreSQL as much again as
# the arms themselves.
INSERT_ARRAYS = (
    "INSERT INTO registry_serialkey (key, make_code, arm_id) "
    "SELECT * FROM unnest(%s::bigint[], %s::integer[], %s::bigint[]) "
    "ON CONFLICT DO NOTHING"
)


def store(
    records: Iterable[Mapping[str, Any]], *, replaced: Sequence[int] = ()
) -> None:
    """Keep the search keys of arms.

    Args:
        records: Columns of the current records of the arms.
        replaced: Arms whose earlier keys no longer hold.
    """
    if replaced:
        SerialKey.objects.filter(arm_id__in=replaced).delete()
    rows = [
        (key, make_code(record["make"]), record["arm_id"])
        for record in records
        for key in keys.storage_keys(record["serial_search"])
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(INSERT_ARRAYS, columns)
        else:
            cursor.executemany(INSERT, rows)
