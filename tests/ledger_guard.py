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
from typing import ClassVar

from django.apps import apps
from django.db import connections

from armstrace.audit import ledger, ledgered
from armstrace.vocabulary.ledger import BlockKind

# Wherever it stands: behind a comment, a WITH or another statement, in a schema.
WRITES = re.compile(
    r"""\b(?:INTO|(?<!FOR )UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?"""
    r"""|COPY)\s+(?:ONLY\s+)?(?:["`]?\w+["`]?\s*\.\s*)?["`]?(\w+)""",
    re.IGNORECASE,
)


class WrittenOutsideTheLedger(AssertionError):
    """A business record was written, and no entry of the ledger names it as changed."""


class _Open:
    """How many entries are open, and how many ways around them are allowed."""

    entries = 0
    allowed = 0
    # Tables that were written, and that an entry names as changed, since the outermost.
    written: ClassVar[set[str]] = set()
    named: ClassVar[set[str]] = set()


@cache
def _ledgered_tables() -> frozenset[str]:
    return frozenset(m._meta.db_table for m in ledgered.business_models())


@lru_cache(20_000)
def _ledgered_in(sql):
    """Name the ledgered tables that a statement writes; most are sent often."""
    return {*WRITES.findall(sql)} & _ledgered_tables()


def _guard(execute, sql, params, many, context):
    written = set() if _Open.allowed or not isinstance(sql, str) else _ledgered_in(sql)
    if written and not _Open.entries:
        msg = f"{min(written)} was written outside ledger.entry: {sql[:120]}"
        raise WrittenOutsideTheLedger(msg)
    done = execute(sql, params, many, context)
    if written and context["cursor"].rowcount:
        _Open.written |= written
    return done


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
            _note_named(opened)
        finally:
            _Open.entries -= 1
            left = _Open.written - _Open.named
            if not _Open.entries:
                _Open.written, _Open.named = set(), set()
    if left and not _Open.entries:
        msg = f"{min(left)} was written and {opened.act} names it as seen at most"
        raise WrittenOutsideTheLedger(msg)


def _note_named(opened):
    kinds = opened.subjects
    changed = {label for label, kind in kinds if kind is not BlockKind.SEEN}
    _Open.named |= {apps.get_model(label)._meta.db_table for label in changed}


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
