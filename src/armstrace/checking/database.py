"""The database: reachable, migrated, durable and guarded."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from armstrace.audit import guards, schema
from armstrace.checking.finding import Finding, fine, problem, warning

INIT = "Run armstrace init."
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


def findings(at: datetime) -> Iterator[Finding]:
    """Look at the database itself."""
    del at
    if _is_absent():
        sentence = f"There is no database yet at {_file()}."
        yield problem("database", sentence, INIT)
        return
    try:
        pending = _pending()
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        advice = "Start it, or correct DATABASE_URL."
        yield problem("database", f"The database cannot be reached: {first}.", advice)
        return
    yield fine("database", f"The database is {connection.display_name}.")
    if pending:
        sentence = f"{len(pending)} migrations are waiting, first {pending[0]}."
        yield problem("migrations", sentence, INIT)
        return
    yield fine("migrations", "Every migration has been run.")
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
        return fine("guards", "The database refuses to change the ledger.")
    more = f" and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
    sentence = f"The database lacks {', '.join(lacking[:SHOWN])}{more}."
    if connection.vendor == "sqlite":
        advice = "Restore the database from a backup; something removed its triggers."
    else:
        advice = "Run armstrace init with DATABASE_ADMIN_URL; serve as another role."
    return problem("guards", sentence, advice)


def _schema() -> Finding:
    altered = list(schema.differences(connection).values())
    if not altered:
        return fine("schema", "Triggers, functions and indexes are as init left them.")
    more = f" And {len(altered) - SHOWN} more." if len(altered) > SHOWN else ""
    advice = "Find out who altered it, and restore the database from a backup."
    return problem("schema", " ".join(altered[:SHOWN]) + more, advice)


def _sqlite() -> Iterator[Finding]:
    if _setting("PRAGMA synchronous") != FULL:
        advice = "Leave the settings of the database as they come."
        sentence = "A power cut could lose what was acknowledged."
        yield problem("durability", sentence, advice)
    else:
        yield fine("durability", "What is acknowledged survives a power cut.")
    path = _file()
    if path.exists() and path.stat().st_mode & OTHERS:
        sentence = "Other users of this machine can read the database file."
        yield warning("file", sentence, f"chmod 600 {path}")


def _postgresql() -> Iterator[Finding]:
    if _setting("SHOW synchronous_commit") == "off":
        sentence = "A crash could lose what was acknowledged."
        yield problem("durability", sentence, "Set synchronous_commit to on.")
    else:
        yield fine("durability", "What is acknowledged survives a crash.")
    if _setting("SHOW data_checksums") != "on":
        sentence = "The cluster has no checksums, so a bad disk goes unseen."
        yield warning("checksums", sentence, "Stop it and run pg_checksums --enable.")
    if os.environ.get("DATABASE_ADMIN_URL"):
        sentence = "The owner's address of the database is in this environment."
        advice = "Set DATABASE_ADMIN_URL for armstrace init only, not for serving."
        yield warning("owner", sentence, advice)


def _setting(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
