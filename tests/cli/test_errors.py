"""An administrator reads one sentence; --debug shows the trace."""

import socket

import pytest
from django.db import connection

from armstrace.cli import demo, main
from armstrace.vocabulary.errors import RuleBroken
from tests.cli.installation import SMALL, has_demo, installed

NOWHERE = "postgresql://x@127.0.0.1:1/y"


@pytest.fixture
def empty(tmp_path):
    with installed(tmp_path / "home", "errors") as at:
        yield at


def one_sentence(done):
    return done.stderr.strip().splitlines()[-1]


def test_a_database_that_is_away_is_said(empty):
    away = {"DATABASE_URL": NOWHERE, "DATABASE_ADMIN_URL": NOWHERE}

    done = empty.run("init", expect=1, **away)

    assert "The database cannot be reached" in one_sentence(done)


def test_debug_shows_the_trace(empty):
    away = {"DATABASE_URL": NOWHERE, "DATABASE_ADMIN_URL": NOWHERE}

    with pytest.raises(AssertionError, match="Traceback"):
        empty.run("init", "--debug", expect=1, **away)


def test_init_without_the_owners_address_says_what_is_missing(empty):
    if not empty.urls:
        pytest.skip("SQLite has no owner")
    del empty.urls["DATABASE_ADMIN_URL"]

    done = empty.run("init", expect=1)

    assert "DATABASE_ADMIN_URL" in one_sentence(done)


@pytest.mark.parametrize("port", ["0", "70000", "99999999", "x"])
def test_a_port_out_of_range_is_wrong_usage(port, capsys):
    assert main.status_of(["serve", "--port", port]) == 2
    assert "--port" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said(empty):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = empty.run("serve", "--port", port, expect=1)

    assert f"port {port} cannot be listened on" in one_sentence(done)


def test_a_folder_where_a_file_is_wanted_is_said(empty, tmp_path):
    done = empty.run("identify", tmp_path, expect=1)

    assert "or is a folder" in one_sentence(done)


def test_DE_03_only_a_demo_is_served_as_one(tmp_path, settings):
    settings.HOME = tmp_path

    with pytest.raises(RuleBroken) as refused:
        demo.require_demo()

    assert refused.value.rule == "DE-03"


def test_DE_04_a_demo_that_was_worked_in_is_not_cleared_unasked(tmp_path, settings):
    if connection.vendor != "sqlite":
        pytest.skip("a demo on PostgreSQL is never cleared")
    with installed(tmp_path, "worked_in", is_migrated=True) as at:
        has_demo(at)
        at.run("account", "agency", "NEW", "New agency", "--kind", "HUB")

        refused = at.run(*SMALL, expect=1)

    assert "was worked in" in one_sentence(refused)
    assert b"NEW" in (tmp_path / "armstrace.sqlite3").read_bytes()
    settings.HOME = tmp_path
    demo.require_leave(is_given=True)
    demo.make_fresh()
    assert not (tmp_path / "armstrace.sqlite3").exists()
