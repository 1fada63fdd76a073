"""A new database is what going through all migrations would have made."""

import sqlite3
from contextlib import closing

import pytest

from tests import migrated
from tests.upgrade import tables

NUMBERED = {"auth_permission", "sqlite_sequence"}
"""Their rows name others by numbers, in the order in which apps were made."""
pytestmark = pytest.mark.pure


def test_a_new_database_is_what_all_migrations_make(tmp_path):
    migrated.migrate({"DATABASE_URL": "", "DATABASE_ADMIN_URL": ""}, tmp_path)

    with (
        closing(sqlite3.connect(tmp_path / "armstrace.sqlite3")) as old,
        closing(sqlite3.connect(migrated.kept_file())) as new,
    ):
        wanted, found = (tables.described(one, is_sqlite=True) for one in (old, new))
        assert found == wanted
        put, there = tables.rows(old), tables.rows(new)
        assert {n: r for n, r in there.items() if n not in NUMBERED} == {
            n: r for n, r in put.items() if n not in NUMBERED
        }
        assert len(there["auth_permission"]) == len(put["auth_permission"])
