"""No test passes in which a ledgered table is written outside ``ledger.entry``.

What a statement writes is read from the statement itself when it is sent, so no way
to save, update, delete or insert gets around it, whatever it is called. Tests that
write beside the ledger on purpose say so with ``written_directly``, or with the mark
``unledgered`` where being altered is what they are about.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

from django.db import connections

from armstrace.audit import ledger, ledgered

# Wherever it stands: behind a comment, a WITH or another statement, in a schema.
WRITES = re.compile(
    r"""\b(?:INTO|(?<!FOR )UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?"""
    r"""|COPY)\s+(?:ONLY\s+)?(?:["`]?\w+["`]?\s*\.\s*)?["`]?(\w+)""",
    re.IGNORECASE,
)


class WrittenOutsideTheLedger(AssertionError):
    """A business record was written and no entry of the ledger was open."""


class _Open:
    """How many entries are open, and how many ways around them are allowed."""

    entries = 0
    allowed = 0


@cache
def _ledgered_tables() -> frozenset[str]:
    return frozenset(m._meta.db_table for m in ledgered.business_models())


@lru_cache(20_000)
def _ledgered_in(sql):
    """Name the ledgered tables that a statement writes; most are sent often."""
    return {*WRITES.findall(sql)} & _ledgered_tables()


def _guard(execute, sql, params, many, context):
    if isinstance(sql, str) and not _Open.entries and not _Open.allowed:
        for table in _ledgered_in(sql):
            msg = f"{table} was written outside ledger.entry: {sql[:120]}"
            raise WrittenOutsideTheLedger(msg)
    return execute(sql, params, many, context)


@contextmanager
def written_directly() -> Iterator[None]:
    """Let a test lay records down that no act of the product has made."""
    _Open.allowed += 1
    try:
        yield
    finally:
        _Open.allowed -= 1


_entry = ledger.entry


@contextmanager
def _counted(*args, **kwargs):
    with _entry(*args, **kwargs) as opened:
        _Open.entries += 1
        try:
            yield opened
        finally:
            _Open.entries -= 1


@contextmanager
def guarded() -> Iterator[None]:
    """Watch what is sent to the database; emptying it afterwards is no write."""
    wrappers = connections["default"].execute_wrappers
    ledger.entry = _counted
    wrappers.append(_guard)
    try:
        yield
    finally:
        if _guard in wrappers:
            wrappers.remove(_guard)
        ledger.entry = _entry
