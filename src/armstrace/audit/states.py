"""Read rows as they stand in the database and digest them.

The rows are read back rather than taken from objects in memory: what is vouched
for is what the database holds.
"""

import numpy as np
from django.db import connection

from armstrace.audit import layouts
from armstrace.audit.blocks import Keys


def states_of(layout: layouts.Layout, keys: Keys) -> tuple[Keys, bytes]:
    """Digest the rows of some keys.

    Args:
        keys: Primary keys, rising and distinct; a few thousand at most.

    Returns:
        The keys that exist, rising, and 32 bytes for each.
    """
    if not len(keys):
        return keys, b""
    return _digest(layout, _where_keys(layout, keys))


def states_between(
    layout: layouts.Layout, after: int | None, until: int | None, limit: int
) -> tuple[Keys, bytes]:
    """Digest the first rows of a range of keys.

    Args:
        after: Keys above this; None from the lowest.
        until: Keys up to this; None to the highest.
    """
    key = _quote(layout.key_column)
    bounds = []
    if after is not None:
        bounds.append(f"{key} > {int(after)}")
    if until is not None:
        bounds.append(f"{key} <= {int(until)}")
    where = f"WHERE {' AND '.join(bounds)}" if bounds else ""
    return _digest(layout, f"{where} ORDER BY {key} LIMIT {int(limit)}")


def columns_of(table: str) -> frozenset[str]:
    """Name the columns that a table has now; none where there is no such table."""
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return frozenset()
        # Django's own description parses the whole definition: far too slow here.
        cursor.execute(f"SELECT * FROM {_quote(table)} LIMIT 0")  # noqa: S608 -- own names
        return frozenset(column[0] for column in cursor.description)


def nth_key(layout: layouts.Layout, after: int | None, step: int) -> int | None:
    """Give the key that stands some rows further on; None past the end."""
    key, table = _quote(layout.key_column), _quote(layout.table)
    where = "" if after is None else f"WHERE {key} > {int(after)}"
    sql = (
        f"SELECT {key} FROM {table} {where} ORDER BY {key} "  # noqa: S608 -- own names
        f"LIMIT 1 OFFSET {int(step)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def _digest(layout: layouts.Layout, where: str) -> tuple[Keys, bytes]:
    names = [layout.key_column, *(name for name, _ in layout.columns)]
    columns = ", ".join(_raw(name) for name in names)
    sql = f"SELECT {columns} FROM {_quote(layout.table)} {where}"  # noqa: S608 -- own names
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    digest = layouts.digester(layout, connection.vendor)
    keys = np.fromiter((row[0] for row in rows), np.int64, count=len(rows))
    return keys, b"".join([digest(row[1:]) for row in rows])


def _where_keys(layout: layouts.Layout, keys: Keys) -> str:
    key = _quote(layout.key_column)
    first, last = int(keys[0]), int(keys[-1])
    if last - first + 1 == len(keys):
        return f"WHERE {key} BETWEEN {first} AND {last} ORDER BY {key}"
    return f"WHERE {key} IN ({','.join(map(str, keys.tolist()))}) ORDER BY {key}"


def _raw(name: str) -> str:
    """Select a column as stored; a bare one Django's SQLite driver converts."""
    return f"+{_quote(name)}" if connection.vendor == "sqlite" else _quote(name)


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)
