"""The key store of matching, kept in the transaction of the arms' records."""

from collections.abc import Iterable, Sequence

from django.db import connection

from armstrace.analysis.matching import keys
from armstrace.registry.models import ArmRecord, SerialKey

INSERT = (
    "INSERT INTO registry_serialkey (key, make_code, arm_id) "
    "VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)


def store(records: Iterable[ArmRecord], *, replaced: Sequence[int] = ()) -> None:
    """Keep the search keys of arms.

    Args:
        records: Current records of the arms.
        replaced: Arms whose earlier keys no longer hold.
    """
    if replaced:
        SerialKey.objects.filter(arm_id__in=replaced).delete()
    rows = [
        (key, keys.make_code(record.make), record.arm_id)
        for record in records
        for key in keys.storage_keys(record.serial_search)
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, rows)
