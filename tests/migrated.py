"""Make the tables once for all test runs: an empty database is kept and copied.

Every worker, every installation that a test makes and every narrow run would make
them otherwise. What is kept lies in the temporary folder, under a hash of all that
they rest on, so a new migration makes a new one.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import django
import psycopg
from django.core import management
from django.db import connections

from tests import with_postgres

ROOT = Path(__file__).resolve().parents[1]
_CODE = (
    "migrations/*.py",
    "models.py",
    "models/*.py",
    "guards.py",
    "restating.py",
    "parts.py",
    "first_tables.py",
)
_MAKING = """import django; django.setup()
from armstrace.cli import first_tables; first_tables.make()"""
_FILE = "armstrace.sqlite3"
_TEMPLATE = "armstrace_migrated"
_call = management.call_command


@contextmanager
def kept_migrations() -> Iterator[None]:
    """Let what makes the test database copy a migrated one instead of migrating."""
    admin = os.environ.get("DATABASE_ADMIN_URL")
    if admin:
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = template(admin)
    with mock.patch.object(management, "call_command", _migrate):
        yield


def template(admin: str) -> str:
    """Give the PostgreSQL database that others are copied from; make it once.

    Args:
        admin: The address of a database of its cluster, as the owner.
    """
    with psycopg.connect(admin, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(hashtext(%s))", [_TEMPLATE])
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if owner.execute(known, [_TEMPLATE]).fetchone() is None:
            owner.execute(f"CREATE DATABASE {_TEMPLATE}_begun")
            _fill(urlsplit(admin)._replace(path=f"/{_TEMPLATE}_begun").geturl())
            owner.execute(f"ALTER DATABASE {_TEMPLATE}_begun RENAME TO {_TEMPLATE}")
    return _TEMPLATE


def _fill(url: str) -> None:
    """Make the tables of an empty database of PostgreSQL."""
    path, programs = kept(".sql"), with_postgres.binaries()
    if path.exists():
        psql = [programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", path, url]
        subprocess.run(psql, check=True, stdout=subprocess.DEVNULL)
        return
    with tempfile.TemporaryDirectory() as home:
        _make({"DATABASE_URL": url, "DATABASE_ADMIN_URL": url}, Path(home))
    own = path.with_suffix(f".{os.getpid()}")
    subprocess.run([programs / "pg_dump", "--file", own, url], check=True)
    own.rename(path)


def put_migrated_file(home: Path, name: str = _FILE) -> None:
    """Give a home folder an empty SQLite database of the present version."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(kept_file(), home / name)
    (home / name).chmod(0o600)


def run_on_file(home: Path, module: str, function: str) -> None:
    """Run a function of tests in a process of its own, on a database in a file.

    Tests share one connection to a database in memory; writers of a file contend.
    """
    put_migrated_file(home)
    given = os.environ | {
        "ARMSTRACE_HOME": str(home),
        "ARMSTRACE_COUNTRY": "XV",
        "DJANGO_SETTINGS_MODULE": "armstrace.project.settings",
        "DATABASE_URL": "",
    }
    code = f"import django; django.setup()\nfrom {module} import {function} as it\nit()"
    ran = subprocess.run(
        [sys.executable, "-c", code], env=given, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr[-3000:]


def migrate(urls: dict[str, str], home: Path) -> None:
    """Go through all migrations, in a process of its own."""
    _run(urls, home, str(ROOT / "manage.py"), "migrate", "-v", "0", "--skip-checks")


def _make(urls: dict[str, str], home: Path) -> None:
    _run(urls, home, "-c", _MAKING)


def _run(urls: dict[str, str], home: Path, *words: str) -> None:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "armstrace.project.settings"}
    env |= {"ARMSTRACE_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), **urls}
    subprocess.run([sys.executable, *words], env=env, check=True)


def kept(ending: str) -> Path:
    """Name the file that keeps what this code migrates to."""
    return Path(tempfile.gettempdir()) / f"armstrace-migrated-{_key()}{ending}"


def _migrate(name: str, *args, **options):
    if name != "migrate":
        return _call(name, *args, **options)
    connection = connections[options.get("database", "default")]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(kept_file())) as source:
            source.backup(connection.connection)
    return None


def kept_file() -> Path:
    path = kept(".sqlite3")
    if not path.exists():
        own = path.with_suffix(f".{os.getpid()}")
        with tempfile.TemporaryDirectory() as home:
            none = dict.fromkeys(("DATABASE_URL", "DATABASE_ADMIN_URL"), "")
            _make(none, Path(home))
            with closing(sqlite3.connect(Path(home) / _FILE)) as source:
                source.execute("VACUUM INTO ?", [str(own)])
        own.rename(path)
    return path


def _key() -> str:
    """Hash what decides how a migrated database looks."""
    told = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    source = ROOT / "src" / "armstrace"
    for path in sorted(path for code in _CODE for path in source.glob(f"*/{code}")):
        told.update(f"{path.relative_to(source)}".encode() + path.read_bytes())
    return told.hexdigest()[:24]
