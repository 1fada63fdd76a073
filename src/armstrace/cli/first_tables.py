"""The tables of a new database, made from the models of this version.

Going through what all earlier versions did takes thirty times as long and ends in the
same tables; `tests/upgrade` holds the one against the other.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython
from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.migrations.state import StateApps

# Statements and rows that no model states; their functions serve an empty database.
BY_HAND = (
    ("audit", "0002_guards"),
    ("licensing", "0006_find_parts_of_names"),
    ("registry", "0001_begin"),
    ("registry", "0003_keep_cards_and_foldings"),
    ("registry", "0012_say_which_keys_arms_have"),
    ("transfers", "0012_find_parties"),
)


def make() -> None:
    """Make the tables of an empty database, and note that no migration waits."""
    executor = MigrationExecutor(connection)
    loader, noted = executor.loader, executor.recorder.Migration
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    by_hand = apps.get_model("registry", "SerialKey")
    with connection.schema_editor() as editor:
        editor.create_model(noted)
        for model in apps.get_models():
            if model._meta.can_migrate(connection) and model is not by_hand:  # noqa: SLF001 -- documented API
                editor.create_model(model)
        for key in BY_HAND:
            _run(loader.disk_migrations[key].operations, editor)
        executor.recorder.migration_qs.bulk_create(
            noted(app=each.app_label, name=each.name) for each, _ in plan
        )
    emit_post_migrate_signal(0, interactive=False, db=DEFAULT_DB_ALIAS)


def _run(operations: Iterable[Operation], editor: BaseDatabaseSchemaEditor) -> None:
    for each in operations:
        if isinstance(each, RunPython):
            each.code(cast("StateApps", apps), editor)
        _run(getattr(each, "database_operations", ()), editor)
