"""Copies of real records: what acts made once, again and again, by the database."""

from collections.abc import Collection, Iterator
from typing import Any

LEFT_OUT = {"accounts", "audit", "jobs"}


def kept_models() -> Iterator[Any]:
    """Give the models whose rows have a number, but those of people and the ledger."""
    from django.apps import apps  # noqa: PLC0415 - after set_up
    from django.db.models import IntegerField  # noqa: PLC0415

    for model in apps.get_models(include_auto_created=True):
        meta = model._meta  # noqa: SLF001 - Django's documented model API
        is_ours = model.__module__.startswith("armstrace.")
        is_numbered = isinstance(meta.pk, IntegerField) or meta.pk.is_relation
        if is_ours and meta.managed and is_numbered and meta.app_label not in LEFT_OUT:
            yield model


def _last_of(model: Any) -> int:
    keys = model.objects.order_by("-pk").values_list("pk", flat=True)
    last: object = keys.first() or 0
    return last if isinstance(last, int) else 0


class Batch:
    """What the acts since it was begun have put on record."""

    def __init__(self) -> None:
        self.before = {model: _last_of(model) for model in kept_models()}

    def copy(self, times: int, varied: Collection[str] = ()) -> None:
        """Copy it so often; copies name copies, and texts that are unique differ.

        Args:
            varied: Columns of texts that differ in each copy as well.
        """
        from django.db import transaction  # noqa: PLC0415 - after set_up

        ends = {model: _last_of(model) for model in self.before}
        spans = {
            model: (first, ends[model])
            for model, first in self.before.items()
            if ends[model] > first
        }
        with transaction.atomic():
            for model in spans:
                _copy(model, spans, times, varied)


def _copy(
    model: Any,
    spans: dict[Any, tuple[int, int]],
    times: int,
    varied: Collection[str],
) -> None:
    from django.db import connection  # noqa: PLC0415 - after set_up

    meta, named = model._meta, connection.ops.quote_name  # noqa: SLF001
    table, key = named(meta.db_table), named(meta.pk.column)
    differs = _texts_to_vary(model, spans) | {*varied}
    columns, values = [], []
    for field in meta.concrete_fields:
        column = f"t.{named(field.column)}"
        columns.append(named(field.column))
        values.append(_value(field, column, spans, is_varied=field.name in differs))
    first, last = spans[model]
    is_postgres = connection.vendor == "postgresql"
    numbers = f"generate_series(1, {times - 1}) AS g(n)"
    if not is_postgres:
        numbers = (
            "(WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g "
            f"WHERE n < {times - 1}) SELECT n FROM g) AS g"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) "
            f"SELECT {', '.join(values)} FROM {numbers}, {table} t "
            f"WHERE t.{key} > {first} AND t.{key} <= {last} ORDER BY g.n, t.{key}"
        )
        if is_postgres and not meta.pk.is_relation:
            cursor.execute(
                f"SELECT max(nextval(pg_get_serial_sequence('{meta.db_table}', "
                f"'{meta.pk.column}'))) FROM generate_series(1, {cursor.rowcount})"
            )


def _value(
    field: Any,
    column: str,
    spans: dict[Any, tuple[int, int]],
    *,
    is_varied: bool,
) -> str:
    """Write what stands in a column of a copy."""
    about = field.related_model if field.is_relation else field.model
    if (field.primary_key or field.is_relation) and about in spans:
        first, last = spans[about]
        moved = f"{column} + g.n * {last - first}"
        return f"CASE WHEN {column} > {first} THEN {moved} ELSE {column} END"
    if is_varied and field.max_length:
        most = field.max_length - 9
        text = f"substr({column}, 1, {most}) || '-' || CAST(g.n AS TEXT)"
        return f"CASE WHEN {column} = '' THEN '' ELSE {text} END"
    return column


def _texts_to_vary(
    model: Any,
    spans: dict[Any, tuple[int, int]],
) -> set[str]:
    """Name the texts by which a copy differs where its numbers alone do not do so."""
    meta = model._meta  # noqa: SLF001 - Django's documented model API
    unique = [[field.name] for field in meta.concrete_fields if field.unique]
    unique += [[*each.fields] for each in meta.total_unique_constraints]
    unique += [
        [*each.fields]
        for each in meta.constraints
        if getattr(each, "condition", None) is not None and hasattr(each, "fields")
    ]
    found = set()
    for names in unique:
        fields = [meta.get_field(name) for name in names]
        if not any(one.primary_key or one.related_model in spans for one in fields):
            found |= {one.name for one in fields if one.max_length and not one.choices}
    return found


def settle() -> None:
    """Let the database count what it holds, as it does by itself in a week."""
    from django.conf import settings  # noqa: PLC0415 - after set_up
    from django.db import connection  # noqa: PLC0415

    from armstrace.records import lookups  # noqa: PLC0415

    if connection.vendor != "postgresql":
        lookups.learn_sizes()
        return
    import psycopg  # noqa: PLC0415 - where it is installed

    with psycopg.connect(settings.ADMIN_DATABASE_URL, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
