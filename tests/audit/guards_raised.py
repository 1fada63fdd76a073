"""Raise and lower the ledger's guards in a test database.

Tests of the transactional kind empty every table afterwards, which the guards
would refuse; so the test database has them lowered, and tests of the guards
raise them again inside their own transaction.
"""

from importlib import import_module

from django.db import connection

MIGRATION = import_module("armstrace.audit.migrations.0002_guards")


class Cursor:
    """The little of a schema editor that the migration uses."""

    connection = connection

    def execute(self, statement: str, params: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)


def raise_guards() -> None:
    MIGRATION.raise_guards(None, Cursor())


def lower_guards() -> None:
    MIGRATION.lower_guards(None, Cursor())
