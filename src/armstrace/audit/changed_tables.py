"""When acts last changed each table, as the ledger says."""

import threading
from collections import deque
from dataclasses import dataclass, field
from functools import cache

from django.db import connection

from armstrace.audit import ledger, ledgered, tables_read
from armstrace.vocabulary.ledger import BlockKind, Operation

CHANGING = tuple(each.value for each in Operation if each not in ledger.NAMES_ONLY)
MOST_AT_ONCE = 5_000
"""Entries after which all is taken for changed, where a process slept so long."""
LEAF = "SELECT leaf FROM audit_ledgerentry WHERE seq = %s"
CHANGED = (
    "SELECT b.label, max(b.seq) FROM audit_ledgerentry e"  # noqa: S608 -- no values
    " JOIN audit_digestblock b ON b.seq = e.seq"
    f" WHERE e.operation IN ({', '.join(['%s'] * len(CHANGING))})"
    " AND e.seq > %s AND e.seq <= %s AND b.kind <> %s GROUP BY b.label"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in the ledger; it has no ledger where nothing tells the state."""

    ledger: int = 0
    seq: int = -1


@dataclass(slots=True)
class _Known:
    """What this process knows of the ledger up to an entry."""

    # Counts the ledgers that were met: a restored one, or one of another database.
    ledger: int = 0
    last: tuple[object, ...] = ()
    changed: dict[str, int] = field(default_factory=dict)
    # Last entries of a while ago, which an answer that began then still has.
    before: deque[object] = field(default_factory=lambda: deque(maxlen=64))


_KNOWN = _Known()
_LEARNING = threading.Lock()


def moment_of(last: tuple[object, ...]) -> Moment:
    """Give the place of the last entry that changed a record.

    Args:
        last: Database, number and leaf of the entry; empty where there is none.
    """
    if not last:
        return Moment()
    with _LEARNING:
        if last != _KNOWN.last and last not in _KNOWN.before:
            _learn(last)
        return Moment(_KNOWN.ledger, _seq(last))


def last_of(tables: tables_read.Tables, now: Moment) -> int:
    """Give the number of the last entry that changed one of some tables.

    Every act is taken to change a table that the ledger does not vouch for, and
    what was made of no table at all.
    """
    labels = _labels()
    if not tables or not labels.keys() >= tables:
        return now.seq
    return max(_KNOWN.changed.get(labels[each], -1) for each in tables)


def _learn(last: tuple[object, ...]) -> None:
    known, seq = _seq(_KNOWN.last), _seq(last)
    if not _goes_on(last) or not 0 < seq - known <= MOST_AT_ONCE:
        _KNOWN.ledger += 1
        _KNOWN.changed = {}
        _KNOWN.before.clear()
    else:
        with connection.cursor() as cursor:
            cursor.execute(CHANGED, [*CHANGING, known, seq, BlockKind.SEEN.value])
            _KNOWN.changed |= dict(cursor.fetchall())
        _KNOWN.before.append(_KNOWN.last)
    _KNOWN.last = last


def _goes_on(last: tuple[object, ...]) -> bool:
    """Tell whether the entry that is known is still in the ledger."""
    if not _KNOWN.last or _KNOWN.last[0] != last[0]:
        return False
    with connection.cursor() as cursor:
        cursor.execute(LEAF, [_seq(_KNOWN.last)])
        found = cursor.fetchone()
    return found is not None and bytes(found[0]) == _KNOWN.last[2]


def _seq(last: tuple[object, ...]) -> int:
    return int(str(last[1])) if last else -1


@cache
def _labels() -> dict[str, str]:
    """Give the label of each table of business records."""
    return {
        model._meta.db_table: ledgered.label_of(model)  # noqa: SLF001 -- documented API
        for model in ledgered.business_models()
    }
