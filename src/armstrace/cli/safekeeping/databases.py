"""The database as one stream, at one moment, while others write; and back again."""

import gzip
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.db import connection

from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SHOWN = 300
COPIED = 1024 * 1024


def write_database(target: IO[bytes], beside: Path) -> None:
    """Write the database as it is at one moment.

    Args:
        target: Where the stream goes: the file by gzip, or pg_dump's own format.
        beside: Folder for the copy of SQLite, which is proved before it is sealed.

    Raises:
        SourceUnavailable: The copy is broken, or pg_dump is missing or failed.
    """
    if connection.vendor == POSTGRESQL:
        _dump(target)
        return
    copy = beside / "database.sqlite3"
    with (
        closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as live,
        closing(sqlite3.connect(copy)) as kept,
    ):
        live.backup(kept)
    require_sound(copy)
    with (
        copy.open("rb") as read,
        gzip.GzipFile("", "wb", compresslevel=1, fileobj=target, mtime=0) as written,
    ):
        shutil.copyfileobj(read, written, COPIED)
    copy.unlink()


def require_sound(path: Path) -> None:
    """Refuse a file of SQLite whose pages contradict each other.

    Raises:
        SourceUnavailable: They do.
    """
    with closing(sqlite3.connect(path)) as copy:
        try:
            told = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            told = str(error)
    if told != "ok":
        raise SourceUnavailable(SAID.say("COPY_DAMAGED", told=told[:SHOWN]))


def require_empty() -> None:
    """Refuse to restore over a database that holds tables.

    Raises:
        SourceUnavailable: It holds some, or the owner's address is missing.
    """
    if connection.vendor == POSTGRESQL and not settings.OWNER_DATABASE:
        raise SourceUnavailable(SAID.say("OWNER_RESTORES"))
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == SQLITE and not path.exists():
        return
    if connection.introspection.table_names():
        raise SourceUnavailable(SAID.say("DATABASE_HOLDS_TABLES"))


def read_database(source: IO[bytes], into: Path) -> None:
    """Put a database back: a file beside its place, or a whole dump in one act.

    Args:
        source: The stream as ``write_database`` wrote it.

    Raises:
        SourceUnavailable: It is damaged, or pg_restore is missing or failed.
    """
    if connection.vendor == POSTGRESQL:
        _load(source)
        return
    with gzip.GzipFile(fileobj=source) as read, into.open("wb") as written:
        shutil.copyfileobj(read, written, COPIED)
        written.flush()
        os.fsync(written.fileno())
    require_sound(into)


def _dump(target: IO[bytes]) -> None:
    database = settings.OWNER_DATABASE or connection.settings_dict
    words = ["pg_dump", "--format=custom", "--compress=1", "--no-password"]
    with _running(words, database, stdout=subprocess.PIPE) as dumping:
        shutil.copyfileobj(cast("IO[bytes]", dumping.stdout), target, COPIED)


def _load(source: IO[bytes]) -> None:
    words = ["pg_restore", "--exit-on-error", "--single-transaction"]
    words += ["--no-owner", "--no-privileges", "--no-password"]
    words.append(f"--dbname={settings.OWNER_DATABASE['NAME']}")
    with _running(words, settings.OWNER_DATABASE, stdin=subprocess.PIPE) as loading:
        into = cast("IO[bytes]", loading.stdin)
        # Where it has ended already, it says itself why.
        with suppress(BrokenPipeError):
            shutil.copyfileobj(source, into, COPIED)
            into.close()


@contextmanager
def _running(
    words: list[str],
    database: dict[str, Any],
    *,
    stdin: int | None = None,
    stdout: int | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program of PostgreSQL; end it where what it works for breaks off.

    Raises:
        SourceUnavailable: It is missing or failed.
    """
    name, command = words[0], [_program(words[0]), *words[1:]]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(  # noqa: S603 - own words
            command,
            env=_environment(database),
            stdin=stdin,
            stdout=stdout,
            stderr=said,
        ) as running:
            try:
                yield running
            except BaseException:  # Ctrl-C too: no program goes on alone
                running.kill()
                raise
        if running.returncode == 0:
            return
        said.seek(0)
        told = said.read(SHOWN).decode(errors="replace").strip()
    raise SourceUnavailable(SAID.say("PROGRAM_FAILED", program=name, told=told))


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SourceUnavailable(SAID.say("NO_CLIENT_PROGRAMS", name=name))
    return found


def _environment(database: dict[str, Any]) -> dict[str, str]:
    """Give the address in the environment, where no list of processes shows it."""
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    told = {name: str(database.get(key) or "") for name, key in names.items()}
    options = database.get("OPTIONS", {})
    told |= {"PGSSLMODE": options["sslmode"]} if "sslmode" in options else {}
    return os.environ | {name: value for name, value in told.items() if value}
