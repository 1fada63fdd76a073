"""Insert many rows of one model, faster than objects are saved.

Loading a register is millions of rows, and making a model object of each costs
several times what the database needs to keep it. An action gives plain columns
instead, and hands the keys it gets back to ``entry.about_keys``.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError

Columns = Mapping[str, Any]
AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField)


def insert(model: type[models.Model], rows: Sequence[Columns]) -> list[int]:
    """Insert rows of one model, in the transaction that is open.

    Args:
        model: The model; its primary key is numbered by the database.
        rows: For each row its columns by name (``arm_id``, not ``arm``), codes
            as plain text. A column that is left out gets its default.

    Returns:
        The keys of the rows, in the order given.

    Raises:
        TypeError: A row names a column that the model does not have.
        TransactionManagementError: No transaction is open.

    Source:
        Rule of this design (the ledger entry stands or falls with its records).
    """
    if not connection.in_atomic_block:
        msg = f"rows of {model.__name__} are inserted inside a transaction"
        raise TransactionManagementError(msg)
    if not rows:
        return []
    _require_known(model, rows)
    keys = _reserve(model, len(rows))
    fields = _fields(model)
    columns = [keys, *(_column(field, rows) for field in fields)]
    names = [_key_column(model), *(str(field.column) for field in fields)]
    _write(_table(model), names, list(zip(*columns, strict=True)))
    return keys


@lru_cache(maxsize=256)
def _fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    meta = model._meta  # noqa: SLF001 -- Django's documented model API
    return tuple(field for field in meta.concrete_fields if not field.primary_key)


def _require_known(model: type[models.Model], rows: Sequence[Columns]) -> None:
    known = {field.attname for field in _fields(model)}
    for row in rows:
        if not row.keys() <= known:
            named = ", ".join(sorted(row.keys() - known))
            msg = f"{model.__name__} has no column {named}"
            raise TypeError(msg)


def _column(field: models.Field[Any, Any], rows: Sequence[Columns]) -> list[Any]:
    """Give one column of all rows as the database takes it."""
    name, default = field.attname, field.get_default()
    values = [row.get(name, default) for row in rows]
    prepare = _preparation(field)
    return values if prepare is None else [prepare(value) for value in values]


def _preparation(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, AS_THEY_ARE):
        return None
    if isinstance(target, models.DateTimeField):  # before days, whose class it is of
        return connection.ops.adapt_datetimefield_value
    if isinstance(target, models.DateField):
        return connection.ops.adapt_datefield_value
    return lambda value: field.get_db_prep_save(value, connection)


def _reserve(model: type[models.Model], wanted: int) -> list[int]:
    """Take keys that nobody else gets; SQLite has one writer at a time."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) "
                "FROM generate_series(1, %s)",
                [_table(model), _key_column(model), wanted],
            )
            return [row[0] for row in cursor.fetchall()]
        last_key = "SELECT seq FROM sqlite_sequence WHERE name = %s"
        cursor.execute(last_key, [model._meta.db_table])  # noqa: SLF001 -- documented API
        row = cursor.fetchone()
    last = row[0] if row else 0
    return list(range(last + 1, last + 1 + wanted))


def _write(table: str, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    listed = ", ".join(_quote(name) for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({listed}) FROM STDIN", rows)
            return
        marks = ", ".join(["%s"] * len(names))
        sql = f"INSERT INTO {table} ({listed}) VALUES ({marks})"  # noqa: S608 -- own names
        cursor.executemany(sql, rows)


def _copy(cursor: Any, sql: str, rows: list[tuple[Any, ...]]) -> None:  # noqa: ANN401 - psycopg's own
    with connection.wrap_database_errors, cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)


def _key_column(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)  # noqa: SLF001 -- documented API


def _table(model: type[models.Model]) -> str:
    return _quote(model._meta.db_table)  # noqa: SLF001 -- documented API


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)
