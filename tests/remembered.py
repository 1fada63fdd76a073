"""Lay a world down by acts once; afterwards send what those acts wrote again.

Hundreds of tests begin with the same register and the same recoveries. Whoever asks
first has them made by acts of the product; the statements that wrote them are kept,
and from the same state they give the same rows. On SQLite alone, where the numbers of
rows begin anew with each test. What is remembered writes no file.
"""

import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import connection

from tests.ledger_guard import written_directly

CHANGES = re.compile(r"\s*(INSERT|REPLACE|UPDATE|DELETE|ROLLBACK)\b", re.IGNORECASE)
UNTOUCHED = b"untouched"

type Writes = list[tuple[str, Any, bool]]


class _Here:
    """How the database of this test came to be; None where nothing tells."""

    made: bytes | None = None
    writes: Writes | None = None


_KEPT: dict[bytes, tuple[Writes, bytes]] = {}


def begin() -> None:
    """Say that a test begins, in a database that holds what migrations put there."""
    _Here.made, _Here.writes = UNTOUCHED, None


@contextmanager
def noted() -> Iterator[None]:
    """Note what is written, while a test is set up and while it runs."""
    wrappers = connection.execute_wrappers
    wrappers.append(_note)
    try:
        yield
    finally:
        if _note in wrappers:
            wrappers.remove(_note)


def _note(execute, sql, params, many, context):
    if isinstance(sql, str) and CHANGES.match(sql):
        _Here.made = None
        if _Here.writes is not None:
            _Here.writes.append((sql, params, many))
    return execute(sql, params, many, context)


def remembered[**P, T](make: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function puts on record, where it is called first in a test."""

    @wraps(make)
    def lay(*args: P.args, **kwargs: P.kwargs) -> T:
        before = _Here.made
        is_here = connection.vendor == "sqlite" and connection.in_atomic_block
        if before is None or _Here.writes is not None or not is_here:
            return make(*args, **kwargs)
        start = _numbers() if before == UNTOUCHED else before
        key = pickle.dumps((start, make.__module__, make.__qualname__, args, kwargs))
        if key in _KEPT:
            _send(_KEPT[key][0])
        else:
            _Here.writes = writes = []
            try:
                given = make(*args, **kwargs)
            finally:
                _Here.writes = None
            if any(sql.startswith("ROLLBACK") for sql, *_ in writes):
                return given
            _KEPT[key] = writes, pickle.dumps(given)
        _Here.made = key
        return pickle.loads(_KEPT[key][1])

    return lay


def _numbers() -> list[tuple[str, int]]:
    """Give the last number of each table: what a test left that emptied its tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        return cursor.fetchall()


def _send(writes: Writes) -> None:
    with written_directly(), connection.cursor() as cursor:
        for sql, params, many in writes:
            (cursor.executemany if many else cursor.execute)(sql, params)
