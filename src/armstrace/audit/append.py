"""Write the ledger's own rows by plain statements.

An entry is written for every request. Making model objects costs more processor time
than all the rest of it: five statements take less than one object.
"""

from functools import lru_cache
from typing import Any

from django.db import connection, models

from armstrace.audit.models import LedgerHead

HEAD = 1
READ_HEAD = "SELECT size, frontier FROM audit_ledgerhead WHERE id = %s"
MOVE_HEAD = "UPDATE audit_ledgerhead SET size = %s, frontier = %s WHERE id = %s"

type Values = tuple[object, ...]


def lock_head() -> tuple[int, bytes]:
    """Give size and frontier of the tree, locked until the transaction ends."""
    # SQLite has one writer at a time: its transaction is the lock.
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(READ_HEAD + lock, [HEAD])
        found = cursor.fetchone()
        if found is None:
            # Of two first acts at once, both go on from the row that stands.
            first = LedgerHead(id=HEAD, size=0, frontier=b"")
            LedgerHead.objects.bulk_create([first], ignore_conflicts=True)
            cursor.execute(READ_HEAD + lock, [HEAD])
            found = cursor.fetchone()
    return int(found[0]), bytes(found[1])


def move_head(size: int, frontier: bytes) -> None:
    """Say how large the tree is now; the head is locked."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE_HEAD, [size, frontier, HEAD])


def insert(model: type[models.Model], *rows: Values) -> None:
    """Insert rows of one of the ledger's tables.

    Args:
        rows: A value for each of its columns in their order, a key that the
            database makes left out.
    """
    if not rows:
        return
    statement, fields = _statement(model, len(rows), connection.vendor)
    values = [
        field.get_db_prep_save(value, connection)
        for row in rows
        for field, value in zip(fields, row, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@lru_cache(maxsize=64)
def _statement(
    model: type[models.Model], rows: int, vendor: str
) -> tuple[str, list[Any]]:
    del vendor  # names a database's own quotes
    meta = model._meta  # noqa: SLF001 -- documented API
    fields = [f for f in meta.concrete_fields if not isinstance(f, models.AutoField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(f.column)) for f in fields)
    row = f"({', '.join('%s' for _ in fields)})"
    table, marks = quote(meta.db_table), ", ".join([row] * rows)
    return f"INSERT INTO {table} ({columns}) VALUES {marks}", fields  # noqa: S608 -- names of the model
