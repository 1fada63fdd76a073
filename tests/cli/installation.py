"""A home and a database of its own, and commands that run in it."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
SMALL = ("demo", "--size", 100, "--recoveries", 20, "--no-serve")
NOT_OURS = ("DATABASE_URL", "DATABASE_ADMIN_URL", "DJANGO_SETTINGS_MODULE")


class Installation:
    """An installation on the database on which the tests run."""

    def __init__(self, home, urls):
        self.home, self.urls = home, urls

    def run(self, *words, expect=0, **settings):
        env = {k: v for k, v in os.environ.items() if k not in NOT_OURS}
        env |= {"ARMSTRACE_HOME": str(self.home), **self.urls, **settings}
        env["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        command = [sys.executable, "-m", "armstrace.cli.main", *map(str, words)]
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        assert done.returncode == expect, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done


def has_demo(at: Installation) -> None:
    """Give an installation with empty tables the records of a small demo.

    On SQLite it is made once for all runs on the same code, and copied.
    """
    if at.urls:
        at.run(*SMALL)
        return
    told = hashlib.sha256()
    for path in sorted((ROOT / "src").rglob("*.*")):
        if path.is_file() and path.suffix != ".pyc":
            told.update(path.read_bytes())
    name = f"armstrace-demo-{told.hexdigest()[:24]}"
    kept = Path(tempfile.gettempdir()) / name
    if not kept.exists():
        with tempfile.TemporaryDirectory(prefix="armstrace-") as folder:
            own = Installation(Path(folder) / "home", {})
            migrated.put_migrated_file(own.home)
            own.run(*SMALL)
            with suppress(OSError):  # another worker was first
                own.home.rename(kept)
    shutil.copytree(kept, at.home, dirs_exist_ok=True)


@contextmanager
def installed(home: Path, name: str, *, is_migrated: bool = False):
    """Give an installation with an empty home and a database without records.

    Args:
        home: Its folder.
        name: What its database is called, where that is on PostgreSQL.
        is_migrated: Whether the database has its tables already.
    """
    admin = os.environ.get("DATABASE_ADMIN_URL")
    if not admin:
        if is_migrated:
            migrated.put_migrated_file(home)
        yield Installation(home, {})
        return
    name = f"{name}_{os.getpid()}"
    urls = {
        key: urlsplit(os.environ[key])._replace(path=f"/{name}").geturl()
        for key in ("DATABASE_URL", "DATABASE_ADMIN_URL")
    }
    with psycopg.connect(admin, autocommit=True) as owner:
        source = migrated.template(admin) if is_migrated else "template1"
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
        try:
            yield Installation(home, urls)
        finally:
            owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
