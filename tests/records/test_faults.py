"""What the machine cannot do is said: 503 or 409 with a sentence, never 500."""

import errno

import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError

from armstrace.records import faults
from armstrace.vocabulary.errors import InvalidInput, RuleBroken, SourceUnavailable

pytestmark = pytest.mark.pure


class Cause(Exception):
    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def raised(kind, text, sqlstate=None):
    error = kind(text)
    error.__cause__ = Cause(sqlstate) if sqlstate else None
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (raised(OperationalError, "connection refused"), "cannot be reached"),
        (raised(OperationalError, "couldn't get a connection after 5 s"), "reached"),
        (raised(InterfaceError, "connection already closed"), "cannot be reached"),
        (raised(OperationalError, "database is locked"), "Others are writing"),
        (raised(OperationalError, "lock timeout", "55P03"), "Others are writing"),
        (raised(OperationalError, "database or disk is full"), "disk is full"),
        (raised(OperationalError, "could not extend file", "53100"), "disk is full"),
        (raised(OperationalError, "disk I/O error"), "cannot be written"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "cannot be written"),
    ],
)
def test_what_is_away_full_or_busy_is_said(error, words):
    refused = faults.explain(error)

    assert isinstance(refused, SourceUnavailable)
    assert words in str(refused)


@pytest.mark.parametrize(
    "error",
    [
        raised(IntegrityError, "UNIQUE constraint failed: recoveries_recovery.number"),
        raised(IntegrityError, "duplicate key value", "23505"),
        raised(OperationalError, "could not serialize access", "40001"),
        raised(OperationalError, "deadlock detected", "40P01"),
    ],
)
def test_RS_04_the_slower_of_two_is_told_to_look_again(error):
    refused = faults.explain(error)

    assert isinstance(refused, RuleBroken)
    assert refused.rule == "RS-04"


@pytest.mark.parametrize(
    "error",
    [
        raised(DataError, "integer out of range"),
        OverflowError("Python int too large to convert to SQLite INTEGER"),
    ],
)
def test_a_number_that_is_too_large_is_bad_input(error):
    assert isinstance(faults.explain(error), InvalidInput)


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError("a fault of the programme"),
        raised(IntegrityError, "NOT NULL constraint failed: a.b"),
        FileNotFoundError(errno.ENOENT, "No such file"),
    ],
)
def test_a_fault_of_the_programme_is_not_explained_away(error):
    assert faults.explain(error) is None
