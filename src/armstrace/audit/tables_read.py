"""Which tables the queries within a block read."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import lru_cache

from django.db import connection

# A name before a bracket is a function, such as json_each(…).
READ = re.compile(
    r"""\b(?:FROM|JOIN)\s+\(*"?(?!SELECT\b)([a-z]\w*)"?(?!["\w(])""", re.IGNORECASE
)

type Tables = frozenset[str]

_READING: ContextVar[set[str] | None] = ContextVar("reading", default=None)


@contextmanager
def gather() -> Iterator[set[str]]:
    """Gather the names of the tables that are read until the block ends."""
    around, tables = _READING.get(), set[str]()
    before = _READING.set(tables)
    watched = connection.execute_wrapper(_note) if around is None else nullcontext()
    try:
        with watched:
            yield tables
    finally:
        _READING.reset(before)
        add(tables)


def add(tables: Iterable[str]) -> None:
    """Count tables as read that were read before, for what is shown now."""
    if (reading := _READING.get()) is not None:
        reading.update(tables)


def _note(execute: Callable[..., object], sql: str, *told: object) -> object:
    add(_tables_of(sql))
    return execute(sql, *told)


@lru_cache(maxsize=4096)
def _tables_of(sql: str) -> Tables:
    return frozenset(name.lower() for name in READ.findall(sql))
