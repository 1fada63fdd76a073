"""A home and a database of its own, and commands that run in it."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
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
