"""The file of SQLite stays open between requests, and never a file that is gone."""

from pathlib import Path

import pytest

from armstrace.project import env
from armstrace.project.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def database(tmp_path: Path):
    settings = env.sqlite(tmp_path / "kept.sqlite3")
    made = DatabaseWrapper({**DEFAULTS, **settings}, "kept")
    yield made
    made.close()


DEFAULTS = {
    "ATOMIC_REQUESTS": False,
    "AUTOCOMMIT": True,
    "CONN_HEALTH_CHECKS": False,
    "TIME_ZONE": None,
}


def ask(database: DatabaseWrapper, statement: str) -> list[tuple[object, ...]]:
    with database.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def test_it_stays_open_when_a_request_ends(database: DatabaseWrapper) -> None:
    ask(database, "CREATE TABLE kept (number integer)")
    before = database.connection

    database.close_if_unusable_or_obsolete()

    assert database.connection is before


def test_a_file_that_takes_its_place_is_opened_at_the_next_request(
    database: DatabaseWrapper, tmp_path: Path
) -> None:
    ask(database, "CREATE TABLE kept (number integer)")
    ask(database, "PRAGMA wal_checkpoint(TRUNCATE)")
    other = DatabaseWrapper({**DEFAULTS, **env.sqlite(tmp_path / "new")}, "other")
    ask(other, "CREATE TABLE other (number integer)")
    other.close()
    (tmp_path / "new").replace(tmp_path / "kept.sqlite3")

    database.close_if_unusable_or_obsolete()

    assert database.connection is None
    assert ask(database, "SELECT name FROM sqlite_master") == [("other",)]
