"""Lay the tables of an earlier release into an empty database, as it had them.

    python -m tests.upgrade.release 0.1.0

The database is the one that ``armstrace`` would use in this environment.
"""

import base64
import gzip
import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

FOLDER = Path(__file__).with_name("releases")


@cache
def read(version: str) -> dict[str, Any]:
    """Read what a release left behind."""
    packed = (FOLDER / f"{version}.json.gz").read_bytes()
    return json.loads(gzip.decompress(packed))


def figures(version: str) -> list[dict[str, Any]]:
    """Read the figures that a release computed from it."""
    return json.loads((FOLDER / f"{version}.figures.json").read_text("utf-8"))


def rows(table: dict[str, Any]) -> list[list[Any]]:
    """Give the rows of a table, bytes as bytes."""
    packed = {table["columns"].index(name) for name in table["bytes"]}
    return [
        [
            base64.b64decode(value) if place in packed and value is not None else value
            for place, value in enumerate(row)
        ]
        for row in table["rows"]
    ]


def lay(version: str) -> None:
    """Migrate to the release, insert its rows and keep its public keys."""
    if settings.OWNER_DATABASE:
        connection.settings_dict.update(settings.OWNER_DATABASE)
    left = read(version)
    executor = MigrationExecutor(connection)
    executor.migrate(list(left["migrations"].items()))
    historical = executor.loader.project_state(list(left["migrations"].items())).apps
    models = {each._meta.db_table: each for each in historical.get_models()}
    with transaction.atomic():
        for name, table in left["tables"].items():
            insert(name, table, models[name])
        connection.check_constraints()
    kept = Path(settings.HOME) / "keys"
    kept.mkdir(parents=True, exist_ok=True)
    for name, text in left["keys"].items():
        (kept / name).write_text(text, "utf-8")


def insert(name: str, table: dict[str, Any], model: Any) -> None:
    """Insert the rows of one table as they were; number on after them."""
    quoted = connection.ops.quote_name
    columns, found = table["columns"], rows(table)
    truths = {  # SQLite keeps them as numbers
        columns.index(field.column)
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "BooleanField"
    }
    if connection.vendor == "postgresql":
        for row in found:
            row[:] = [bool(v) if at in truths else v for at, v in enumerate(row)]
    names, marks = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quoted(name)}")  # what its migrations put there
        cursor.executemany(
            f"INSERT INTO {quoted(name)} ({names}) VALUES ({marks})", found
        )
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armstrace.project.settings")
    django.setup()
    lay(sys.argv[1])
