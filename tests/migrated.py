"""Migrate once for all test runs: SQLite's migrated schema is kept and copied.

Every worker of every run would go through all migrations otherwise, which is a good
part of a narrow run. What is kept bears a hash of all that migrating rests on, so a
new migration is a new file. On PostgreSQL each run migrates.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import django
from django.apps import apps
from django.core import management
from django.db import connections

_CODE = ("migrations/*.py", "models.py", "models/*.py", "guards.py", "restating.py")


@contextmanager
def kept_migrations() -> Iterator[None]:
    """Let what makes the test database copy a migrated one where there is one."""
    with mock.patch.object(management, "call_command", _migrate):
        yield


_call = management.call_command


def _migrate(name: str, *args, **options):
    connection = connections[options.get("database", "default")]
    if name != "migrate" or connection.vendor != "sqlite":
        return _call(name, *args, **options)
    kept = Path(tempfile.gettempdir()) / f"armstrace-migrated-{_key()}.sqlite3"
    connection.ensure_connection()
    if kept.exists():
        with _opened(kept) as source:
            source.backup(connection.connection)
        return None
    done = _call(name, *args, **options)
    own = kept.with_suffix(f".{os.getpid()}")
    with _opened(own) as target:
        connection.connection.backup(target)
    own.rename(kept)
    return done


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(path)
    try:
        yield opened
    finally:
        opened.close()


def _key() -> str:
    """Hash what decides how a migrated database looks."""
    told = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for app in apps.get_app_configs():
        for found in (each for code in _CODE for each in Path(app.path).glob(code)):
            told.update(f"{app.label}/{found.name}".encode() + found.read_bytes())
    return told.hexdigest()[:24]
