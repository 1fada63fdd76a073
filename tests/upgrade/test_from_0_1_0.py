"""A database of version 0.1.0 goes to the present one and loses nothing."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from armstrace.vocabulary.messages import Message
from tests import migrated
from tests.upgrade import release, tables

ROOT = Path(__file__).resolve().parents[2]
VERSION = "0.1.0"
SECONDS = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
# Moves with every act, or with the upgrade itself.
MOVES = {"audit_ledgerhead"}
# Tables whose rows moved into another, each with its own test.
MOVED_TABLES = {"ballistics_searchprogress"}
# Derived from records and made anew at will.
DERIVED = {
    "registry_keystorestate",
    "registry_populationsnapshot",
    "registry_serialkey",
}
# What a migration took away on purpose, each with its reason. A table may go only
# if nothing could be in it, a column only if another says the same.
GONE_TABLES: set[str] = {"evidence_custodyevent", "evidence_exhibit"}
GONE_COLUMNS: set[tuple[str, str]] = {
    ("ballistics_ballisticmark", "exhibit_id"),  # never written
    ("recoveries_recovery", "exhibit_id"),  # never written
    ("intake_heldrow", "sentence"),  # its troubles say the same, one by one
    ("tracing_tracefinding", "hop_why"),  # hop_reasons
    ("tracing_chaingap", "sentence"),  # said
}
# Django's own table, which nothing uses: its migrations number it by wider numbers.
OF_GROUPS = "auth_group_permissions"
# What moved to the job of a row, and its name there.
MOVED = {
    "ballistics_searchrun": {"state": "state", "finished_at": "finished_at"},
    "intake_batch": {
        "state": "state",
        "cursor": "cursor",
        "worker": "worker",
        "heartbeat_at": "heartbeat_at",
        "finished_at": "finished_at",
    },
    "recoveries_matchingrun": {
        "state": "state",
        "cursor": "cursor",
        "worker": "worker",
        "heartbeat_at": "heartbeat_at",
        "finished_at": "finished_at",
    },
}
# What a person stopped was not to go on; a job says that by a state of its own.
STATES = {("ballistics_searchrun", "STOPPED"): "CANCELLED"}
GONE_COLUMNS |= {(name, column) for name, moved in MOVED.items() for column in moved}
# Columns whose content a migration rewrites on purpose, each with its own test;
# prose that became messages needs no line here: its English has to be the same.
REWRITTEN: set[tuple[str, str]] = {
    # tests/registry/test_kept_notes.py
    ("registry_armrecord", "readings"),
    ("registry_lossreport", "readings"),
    ("recoveries_recoveryrecord", "readings"),
    # tests/indicators/test_kept_messages.py
    ("indicators_explaineddifference", "sentence"),
    ("indicators_figure", "reason"),
    ("indicators_publishedrelease", "remarks"),
    ("indicators_return", "content"),
    ("recoveries_resighting", "why"),
    ("tracing_tracefinding", "why"),
}


class Place:
    """A home folder and a database of its own, and commands that run in it."""

    def __init__(self, home, urls):
        self.home, self.urls = home, urls

    def run(self, *command, expect=0):
        env = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO_")}
        env |= {"ARMSTRACE_HOME": str(self.home), "ARMSTRACE_DEMO": "True", **self.urls}
        env["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        done = subprocess.run(
            [sys.executable, "-m", *command], env=env, capture_output=True, text=True
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout

    def armstrace(self, *words, expect=0):
        return self.run("armstrace.cli.main", *words, expect=expect)

    def connect(self):
        if self.urls:
            return psycopg.connect(self.urls["DATABASE_ADMIN_URL"])
        return sqlite3.connect(self.home / "armstrace.sqlite3")

    def ask(self, statement):
        with closing(self.connect()) as connection:
            asked = connection.execute(statement)
            return [column[0] for column in asked.description], asked.fetchall()


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """Give an empty database beside the one that the tests use."""
    home = tmp_path_factory.mktemp("upgrade")
    admin = os.environ.get("DATABASE_ADMIN_URL")
    if not admin:
        yield Place(home, {})
        return
    name = f"upgrade_{os.getpid()}"
    urls = {
        key: urlsplit(os.environ[key])._replace(path=f"/{name}").geturl()
        for key in ("DATABASE_URL", "DATABASE_ADMIN_URL")
    }
    with psycopg.connect(admin, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name}")
        yield Place(home, urls)
        owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def upgraded(place):
    place.run("tests.upgrade.release", VERSION)
    place.armstrace("init")
    return place


def plain(value):
    """Write a value in one way, whichever database gave it."""
    match value:
        case str() if value[:1] in {"[", "{"}:
            value = json.loads(value)
        case str() if SECONDS.fullmatch(value):
            value = f"{value}.000000"
        case datetime():
            value = value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        case date():
            value = value.isoformat()
        case bool() | int() | float() | Decimal():
            value = f"{float(value):.12g}"
    return said(value)


def said(value):
    """Give the English of every message in a value: what 0.1.0 kept as prose."""
    if isinstance(value, dict) and value.keys() <= {"template", "params"} and value:
        return str(Message.read(value))
    if isinstance(value, dict):
        return {name: said(each) for name, each in value.items()}
    return [said(each) for each in value] if isinstance(value, list) else value


def before_and_after(upgraded, name):
    table = release.read(VERSION)["tables"][name]
    columns, found = upgraded.ask(f'SELECT * FROM "{name}"')
    key = columns.index(table["key"])
    after = {row[key]: dict(zip(columns, row, strict=True)) for row in found}
    before = [
        dict(zip(table["columns"], row, strict=True)) for row in release.rows(table)
    ]
    return [(row, after.get(row[table["key"]])) for row in before]


TABLES = sorted(
    set(release.read(VERSION)["tables"]) - MOVES - MOVED_TABLES - DERIVED - GONE_TABLES
)


def test_every_row_is_there_as_it_was(upgraded):
    lost, changed = [], []
    for name in TABLES:
        for before, after in before_and_after(upgraded, name):
            if after is None:
                lost.append((name, before))
                continue
            changed += [
                (name, column, value, after.get(column, "no such column"))
                for column, value in before.items()
                if (name, column) not in GONE_COLUMNS | REWRITTEN
                and plain(value) != plain(after.get(column, "no such column"))
            ]

    assert lost == []
    assert changed == []


@pytest.mark.parametrize("name", sorted(MOVED))
def test_what_moved_to_a_job_is_there_as_it_was(upgraded, name):
    columns, found = upgraded.ask("SELECT * FROM jobs_job")
    jobs = {row[0]: dict(zip(columns, row, strict=True)) for row in found}

    for before, after in before_and_after(upgraded, name):
        job = jobs[after["job_id"]]
        for column, there in MOVED[name].items():
            was = STATES.get((name, before[column]), before[column])
            assert plain(job[there]) == plain(was)
        assert job["actor"] == before.get("begun_by", before.get("started_by"))


def test_how_far_a_search_had_come_lies_in_its_job(upgraded):
    table = release.read(VERSION)["tables"]["ballistics_searchprogress"]
    columns, found = upgraded.ask(
        "SELECT s.id AS run_id, j.* FROM ballistics_searchrun s "
        "JOIN jobs_job j ON j.id = s.job_id"
    )
    jobs = {row[0]: dict(zip(columns, row, strict=True)) for row in found}

    for row in release.rows(table):
        before = dict(zip(table["columns"], row, strict=True))
        job = jobs[before["run_id"]]
        for column in ("cursor", "done", "worker", "heartbeat_at"):
            assert plain(job[column]) == plain(before[column])
        kept = {name: plain(before[name]) for name in ("best", "counts")}
        assert plain(job["result"]) == kept


def test_no_table_that_could_hold_a_record_is_gone():
    tables = release.read(VERSION)["tables"]

    assert [name for name in GONE_TABLES if tables[name]["rows"]] == []


def test_what_is_said_to_be_gone_is_gone(upgraded):
    there = []
    for name, column in GONE_COLUMNS:
        columns, _ = upgraded.ask(f'SELECT * FROM "{name}" WHERE 1 = 0')
        there += [(name, column)] * (column in columns)

    assert there == []


def test_the_ledger_holds_over_the_old_entries(upgraded):
    told = upgraded.armstrace("ledger", "verify", expect=1)

    # the release is kept without the files of its photographs; nothing else is missed
    missed = [line for line in told.splitlines() if line.startswith("- ")]
    assert all("evidence.storedfile is gone" in line for line in missed[:-1])
    files = len(release.read(VERSION)["tables"]["evidence_storedfile"]["rows"])
    assert f"disagree: {files}." in told
    entries = len(release.read(VERSION)["tables"]["audit_ledgerentry"]["rows"])
    assert int(told.split()[2].rstrip(",")) >= entries
    assert "stored checkpoints: 1" in told


def test_a_figure_of_a_past_day_is_the_same(upgraded):
    wanted = release.figures(VERSION)
    told = []
    years = sorted({figure["year"] for figure in wanted})
    for found in upgraded.run("tests.upgrade.figures", *map(str, years)).splitlines():
        told += [
            {name: figure[name] for name in wanted[0]}
            for figure in json.loads(found)["figures"]
        ]

    assert told == wanted


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("recoveries_recoveryrecord", "reason"),
        ("tracing_tracedecision", "reason"),
        ("licensing_holderrecord", "name"),
    ],
)
def test_a_row_that_is_altered_after_the_upgrade_is_named(upgraded, table, column):
    key = max(row["id"] for row, _ in before_and_after(upgraded, table))
    _, [(was,)] = upgraded.ask(f"SELECT {column} FROM {table} WHERE id = {key}")

    alter(upgraded, table, column, key, f"{was}!")
    try:
        told = upgraded.armstrace("ledger", "verify", expect=1)
    finally:
        alter(upgraded, table, column, key, was)

    assert f"{table.replace('_', '.')} {key}" in told


@contextmanager
def new_database():
    """Give an empty database of this version, and connect to it."""
    admin = os.environ.get("DATABASE_ADMIN_URL")
    if not admin:
        with closing(sqlite3.connect(migrated.kept_file())) as connection:
            yield connection
        return
    name = f"new_{os.getpid()}"
    with psycopg.connect(admin, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {migrated.template(admin)}")
        with psycopg.connect(urlsplit(admin)._replace(path=f"/{name}").geturl()) as it:
            yield it
        owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_new_database_has_the_tables_of_an_upgraded_one(upgraded):
    is_sqlite = not upgraded.urls
    with closing(upgraded.connect()) as old, new_database() as new:
        wanted = tables.described(old, is_sqlite=is_sqlite)
        found = tables.described(new, is_sqlite=is_sqlite)

    assert {
        name: (wanted.get(name), text)
        for name, text in found.items()
        if wanted.get(name) != text and not name.startswith(OF_GROUPS)
    } == {}
    assert wanted.keys() == found.keys()


def alter(upgraded, table, column, key, value):
    with closing(upgraded.connect()) as connection:
        mark = "%s" if upgraded.urls else "?"
        connection.execute(
            f"UPDATE {table} SET {column} = {mark} WHERE id = {key}", [value]
        )
        connection.commit()
