"""The database: reachable, migrated, durable and guarded."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from armstrace.audit import guards, schema
from armstrace.checking.finding import Finding, first, found
from armstrace.vocabulary.messages import join, message

FULL = 2
OTHERS = 0o077
SHOWN = 3


def is_ready() -> bool:
    """Tell whether every migration has been run."""
    if _is_absent():
        return False
    try:
        return not _pending()
    except DatabaseError:
        return False


def findings(_at: datetime) -> Iterator[Finding]:
    """Look at the database itself."""
    if _is_absent():
        yield found("database", "none", file=str(_file()))
        return
    try:
        pending = _pending()
    except DatabaseError as error:
        yield found("database", "away", why=str(error).strip().splitlines()[0])
        return
    yield found("database", "there", kind=connection.display_name)
    if pending:
        yield found("migrations", "waiting", count=len(pending), first=pending[0])
        return
    yield found("migrations", "run")
    yield _guards()
    yield _schema()
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _is_absent() -> bool:
    """Tell that SQLite has no file yet; to connect would make an empty one."""
    name = str(connection.settings_dict["NAME"])
    is_in_memory = name.startswith(("file:", ":memory:"))
    is_file = connection.vendor == "sqlite" and not is_in_memory
    return is_file and not _file().exists()


def _pending() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _guards() -> Finding:
    lacking = guards.missing_guards(connection)
    if not lacking:
        return found("guards", "there")
    case = "gone_sqlite" if connection.vendor == "sqlite" else "gone_postgresql"
    return found("guards", case, names=first(lacking, SHOWN))


def _schema() -> Finding:
    altered = list(schema.differences(connection).values())
    if not altered:
        return found("schema", "stated")
    told, more = altered[:SHOWN], len(altered) - SHOWN
    if more > 0:
        told.append(message("And %(count)s more.", count=more))
    return found("schema", "altered", differences=join(told))


def _sqlite() -> Iterator[Finding]:
    is_safe = _setting("PRAGMA synchronous") == FULL
    yield found("durability", "power_cut_spares" if is_safe else "power_cut_loses")
    path = _file()
    if path.exists() and path.stat().st_mode & OTHERS:
        yield found("file", "open", path=str(path))


def _postgresql() -> Iterator[Finding]:
    is_safe = _setting("SHOW synchronous_commit") != "off"
    yield found("durability", "crash_spares" if is_safe else "crash_loses")
    if _setting("SHOW data_checksums") != "on":
        yield found("checksums", "none")
    if os.environ.get("DATABASE_ADMIN_URL"):
        yield found("owner", "named")


def _setting(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
