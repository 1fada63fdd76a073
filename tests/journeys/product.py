"""The product as `armstrace serve` runs it, and a fresh country for each test.

On SQLite one server runs all the while. Its database is a link in its home folder:
each test points it at a copy of a template of its own. A connection lives as long
as its request, so a late request still meets the file that it began with, and
nothing is emptied under it. A pool of PostgreSQL's connections outlives requests;
there the server is started anew on a copy of a template database.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import psycopg
from django.db import connections
from django.test import override_settings

from armstrace.accounts import security_settings
from armstrace.project import env
from tests import migrated
from tests.web import world
from tests.with_postgres import free_port

SOURCE = Path(__file__).resolve().parents[2] / "src"
ROLES = ("DATABASE_URL", "DATABASE_ADMIN_URL")
TEMPLATE = f"template_{os.getpid()}"  # each worker makes its own
PATIENCE = 120  # seconds; a busy machine is slow, not wrong


class Product:
    """A home folder, a database and the server upon them."""

    def __init__(self, home):
        self.home = home
        self.urls = {name: os.environ[name] for name in ROLES if name in os.environ}
        self.log = home / "serve.log"
        self.address = ""
        self.country = None
        self._number = count()
        self._server = None

    @property
    def is_postgres(self):
        return bool(self.urls)

    def prepare(self):
        """Make the template: a prepared database with the small world in it."""
        self._use(TEMPLATE)
        subprocess.run(self._command("init"), env=self._env(), check=True)
        hashers = security_settings.PASSWORD_HASHERS
        with self.connected(), override_settings(PASSWORD_HASHERS=hashers):
            people = world.people()
            world.holders()
            self.country = SimpleNamespace(
                people=people, arms=world.arms(), recovered=world.recovered()
            )

    def renew(self):
        """Give the server a copy of the template that nothing has used."""
        if self.is_postgres:
            self.stop()
        name = f"journey_{os.getpid()}_{next(self._number)}"
        if self.is_postgres:
            with psycopg.connect(os.environ[ROLES[1]], autocommit=True) as owner:
                owner.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        else:
            shutil.copyfile(
                self.home / f"{TEMPLATE}.sqlite3", self.home / f"{name}.sqlite3"
            )
        self._use(name)
        self.start()

    def start(self):
        """Serve; give no control back before it answers."""
        if self._server is not None:
            return
        port = free_port()
        self.address = f"http://localhost:{port}"
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                self._command("serve", "--port", str(port)),
                env=self._env(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._server.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)

    def stop(self):
        """End the server and its worker."""
        if self._server is None:
            return
        self._server.terminate()
        try:
            self._server.wait(PATIENCE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._server.pid, signal.SIGKILL)
            self._server = None

    @contextmanager
    def connected(self):
        """Let the test ask and write in the server's database."""
        kept = connections["default"]
        here = (
            env.database(self._urls()[ROLES[1]], self.home, pooled=False)
            if self.is_postgres
            else env.sqlite(self.home / f"{self._name}.sqlite3")
        )
        connections["default"] = type(kept)({**kept.settings_dict, **here}, "default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = kept

    def _use(self, name):
        self._name = name
        if self.is_postgres:
            if name == TEMPLATE:
                admin = os.environ[ROLES[1]]
                source = migrated.template(admin)
                with psycopg.connect(admin, autocommit=True) as owner:
                    owner.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
            return
        if name == TEMPLATE:
            migrated.put_migrated_file(self.home, f"{name}.sqlite3")
        link = self.home / "armstrace.next"
        link.symlink_to(f"{name}.sqlite3")
        link.replace(self.home / "armstrace.sqlite3")

    def _urls(self):
        place = f"/{self._name}"
        return {
            key: urlsplit(url)._replace(path=place).geturl()
            for key, url in self.urls.items()
        }

    def _env(self):
        outside = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO_")}
        return outside | {
            "ARMSTRACE_HOME": str(self.home),
            "ARMSTRACE_COUNTRY": "XV",
            "PYTHONPATH": str(SOURCE),
            **self._urls(),
        }

    def _command(self, *words):
        return [sys.executable, "-m", "armstrace.cli.main", *words]

    def _answers(self):
        try:
            with urllib.request.urlopen(f"{self.address}/sign-in/", timeout=10):
                return True
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False
